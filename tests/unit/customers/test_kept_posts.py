"""A form whose session had ended waits a day for its own sender."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.customers import use_cases
from services.customers.domain.errors import KeptPostTaken, KeptPostTooOld, TooMuchToKeep
from shared.errors import NotFound
from tests.support.customers_builders import NOW, VISITOR, a_representative
from tests.support.customers_fakes import FakeWork

FORM = {"title": "Uusi hitsaussolu", "costs.0.amount": "1 234,5"}


@pytest.fixture
def work() -> FakeWork:
    return FakeWork(asker=VISITOR)


def keep(work: FakeWork) -> str:
    return use_cases.keep_post(work, path="/oma/asiat/A1/tallenna", fields=FORM, kept_for="person-1")["kept_id"]


def test_the_sender_gets_the_form_back_as_it_was_typed(work: FakeWork) -> None:
    kept_id = keep(work)
    work.asker = a_representative(person="person-1")
    kept = use_cases.take_kept(work, kept_id=kept_id)
    assert (kept.path, kept.fields) == ("/oma/asiat/A1/tallenna", FORM)


def test_another_person_learns_not_even_that_it_exists(work: FakeWork) -> None:
    kept_id = keep(work)
    work.asker = a_representative(person="person-2")
    with pytest.raises(NotFound):
        use_cases.take_kept(work, kept_id=kept_id)


def test_it_is_given_back_once_and_then_forgotten(work: FakeWork) -> None:
    kept_id = keep(work)
    work.asker = a_representative(person="person-1")
    use_cases.take_kept(work, kept_id=kept_id)
    with pytest.raises(KeptPostTaken):
        use_cases.take_kept(work, kept_id=kept_id)
    assert work.kept_posts.rows[kept_id].fields == {}


@pytest.mark.parametrize(("waited", "is_there"), [(timedelta(hours=23, minutes=59), True), (timedelta(days=1), False)])
def test_it_is_kept_for_one_day(work: FakeWork, waited: timedelta, is_there: bool) -> None:
    kept_id = keep(work)
    work.asker, work.now = a_representative(person="person-1"), NOW + waited
    if is_there:
        assert use_cases.take_kept(work, kept_id=kept_id).fields == FORM
    else:
        with pytest.raises(KeptPostTooOld) as refused:
            use_cases.take_kept(work, kept_id=kept_id)
        assert refused.value.facts == {"at": (NOW + timedelta(days=1)).isoformat()}


def test_more_than_a_form_can_hold_is_not_kept(work: FakeWork) -> None:
    with pytest.raises(TooMuchToKeep) as refused:
        use_cases.keep_post(work, path="/", fields={"title": "x" * 1_100_000}, kept_for="person-1")
    assert refused.value.facts == {"most": "1024"}


def test_what_nobody_came_for_is_swept_away(work: FakeWork) -> None:
    keep(work)
    work.now = NOW + timedelta(days=3)
    use_cases.forget_old(work)
    assert work.kept_posts.rows == {}
