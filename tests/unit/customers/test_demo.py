"""The invented people: enough of them for a whole case, and none that could be mistaken for a real one."""

from __future__ import annotations

import pytest
from stdnum.fi import ytunnus

from services.customers import use_cases
from services.customers.demo import CHIEF, DEMO_ISSUER, DUTIES, NAMES, UNDERTAKINGS, people
from services.customers.domain.errors import DemoIsOff
from shared.asker import Role
from shared.reference.authorities import AUTHORITIES
from tests.support.customers_fakes import FakeWork


def test_every_invented_business_id_holds_to_the_check_digit_and_starts_with_nine() -> None:
    assert all(ytunnus.is_valid(company.business_id) for company in UNDERTAKINGS)
    assert {company.business_id[0] for company in UNDERTAKINGS} == {"9"}


def test_everyone_has_a_name_of_their_own() -> None:
    everyone = people()
    assert len({person.name for person in everyone}) == len(everyone)
    assert len({person.subject for person in everyone}) == len(everyone)


def test_representatives_act_for_companies_that_exist() -> None:
    registered = {company.business_id for company in UNDERTAKINGS}
    mandated = {business_id for person in people() for business_id, _rights in person.mandates}
    assert mandated == registered


@pytest.mark.parametrize("authority", [authority.code for authority in AUTHORITIES])
def test_each_authority_has_different_people_for_award_verification_payment_and_audit(authority: str) -> None:
    posts = [role for person in people() for role, where in person.posts if where == authority]
    assert posts.count(Role.HANDLER) >= 2
    assert posts.count(Role.DECISION_MAKER) >= 2
    assert {Role.VERIFIER, Role.PAYER, Role.AUDITOR, Role.OPERATOR} <= set(posts)


def test_each_authority_has_a_name_for_every_duty() -> None:
    assert {len(names) for names in NAMES.values()} == {len(DUTIES)}


def test_a_swedish_speaking_company_is_among_them() -> None:
    assert {"fi", "sv"} <= {company.language for company in UNDERTAKINGS}


def test_the_chief_people_stand_first_in_line() -> None:
    work = FakeWork()
    for person in reversed(people()):
        use_cases.welcome(
            work, demo=True, issuer=DEMO_ISSUER, subject=person.subject, name=person.name, language=person.language
        )
    items = use_cases.demo_people(work, demo=True)["items"]
    assert [item["name"] for item in items[:3]] == [person.name for person in CHIEF]
    assert len(items) == len(people())


def test_outside_demo_mode_nobody_is_listed() -> None:
    with pytest.raises(DemoIsOff):
        use_cases.demo_people(FakeWork(), demo=False)
