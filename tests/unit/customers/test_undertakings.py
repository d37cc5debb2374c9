"""Registering an undertaking, and who may look at it."""

from __future__ import annotations

import pytest

from services.customers import use_cases
from services.customers.domain.errors import RegisteredOtherwise
from shared.errors import NotFound
from tests.support.customers_builders import COMPANY, HANDLER, NOW, OTHER_COMPANY, a_representative, an_undertaking
from tests.support.customers_fakes import FakeWork

AS_ASKED = {"business_id": COMPANY, "name": "Mallimetalli Esimerkki Oy", "language": "fi", "municipality": "Mikkeli"}


def test_a_registered_undertaking_is_announced_once() -> None:
    work = FakeWork()
    use_cases.register_undertaking(work, **AS_ASKED)
    again = use_cases.register_undertaking(work, **AS_ASKED)
    assert again == an_undertaking()
    assert [announced[:2] for announced in work.announced] == [("customers.undertaking_registered", COMPANY)]


def test_other_data_under_a_registered_business_id_is_refused_and_names_who_registered_it_and_when() -> None:
    work = FakeWork()
    use_cases.register_undertaking(work, **AS_ASKED)
    with pytest.raises(RegisteredOtherwise) as refused:
        use_cases.register_undertaking(work, **{**AS_ASKED, "name": "Toinen nimi Oy"})
    assert refused.value.facts == {
        "business_id": COMPANY,
        "name": "Mallimetalli Esimerkki Oy",
        "by": "operator-1",
        "at": NOW.isoformat(),
    }


def test_a_company_sees_itself() -> None:
    work = FakeWork(asker=a_representative())
    work.undertakings.add(an_undertaking())
    assert use_cases.get_undertaking(work, business_id=COMPANY) == an_undertaking()


def test_a_company_does_not_learn_whether_another_is_a_customer() -> None:
    work = FakeWork(asker=a_representative())
    work.undertakings.add(an_undertaking(OTHER_COMPANY))
    with pytest.raises(NotFound):
        use_cases.get_undertaking(work, business_id=OTHER_COMPANY)


def test_an_official_sees_any_undertaking() -> None:
    work = FakeWork(asker=HANDLER)
    work.undertakings.add(an_undertaking(OTHER_COMPANY))
    assert use_cases.get_undertaking(work, business_id=OTHER_COMPANY).business_id == OTHER_COMPANY
