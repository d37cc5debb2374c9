"""What follows a decision, on the fake and on PostgreSQL alike; and many people at the same moment."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from services.applications import queries
from services.applications.domain.errors import ActWaits, AuthorityShort
from services.applications.use_cases import afterwards
from services.applications.use_cases.afterwards import sending
from shared.errors import ChangedMeanwhile, DomainError
from shared.storage.database import Database
from tests.storage.applications.test_two_at_once import at_once, one_row, refusals
from tests.support import applications_builders as an
from tests.support.afterwards_journeys import HOUSE, Afterwards, costs, noon
from tests.support.applications_journeys import Journey

SPRING = date(2027, 3, 1)


@pytest.fixture
def after(journey: Journey) -> Afterwards:
    journey.publish()
    journey.fund("100000.00")
    return Afterwards(journey)


@pytest.fixture
def stored(stored_journey: Journey) -> Afterwards:
    stored_journey.publish()
    stored_journey.fund("100000.00")
    return Afterwards(stored_journey)


def test_a_whole_life_after_the_decision_comes_back_from_storage_as_it_was(after: Afterwards) -> None:
    number = after.granted()
    after.letter(number)
    after.ask_review(number, on=date(2026, 10, 1))
    after.done(number, "review_decision", about=1, verdict="uphold", on=date(2026, 10, 5))
    after.ask_amendment(
        number,
        on=SPRING,
        change_on=date(2027, 4, 1),
        costs=costs("24000.00"),
        period_last=date(2028, 2, 29),
        indicators=[{"code": "RCR01", "target": "3"}],
    )
    after.done(number, "amendment", about=1, verdict="approve", on=SPRING)
    more = {"conditions": ("Raportoi.", "Säilytä.")}
    after.done(number, "correction_of_error", about=1, changes=more, consent=True, on=SPRING)
    after.claim(number, f"{number}-1", "9000.00", kind="final", paid_on=date(2027, 6, 1))
    after.done(number, "closure", on=date(2027, 7, 1))

    shown = after.acts(number, on=date(2027, 7, 2))
    assert [(act["act"], act["kind"], act["corrected_by"]) for act in shown["acts"]] == [
        (1, "award", 4),
        (2, "review_decision", None),
        (3, "amendment", None),
        (4, "correction_of_error", None),
        (5, "closure", None),
    ]
    assert (str(shown["acts"][0]["terms"].aid), str(shown["acts"][2]["terms"].aid)) == ("10000.00", "12000.00")
    assert shown["terms"].conditions == ("Raportoi.", "Säilytä.")
    assert [target.target for target in shown["terms"].indicators] == ["3"]
    assert shown["acts"][0]["services"][0].last_day == date(2026, 10, 19)
    assert (shown["project_state"], str(shown["bound"]), after.envelope()[1]) == ("closed", "9000.00", "9000.00")
    assert [str(entry["amount"]) for entry in shown["entries"]] == ["10000.00", "2000.00", "-3000.00"]


def test_the_round_marks_what_has_become_final(after: Afterwards) -> None:
    sent, unsent = after.granted(), after.granted()
    after.letter(sent)

    assert (after.mark_final(date(2026, 10, 19)), after.mark_final(date(2026, 10, 20))) == (0, 1)
    assert after.acts(sent)["acts"][0]["became_final_on"] == date(2026, 10, 20)
    assert after.acts(unsent)["acts"][0]["became_final_on"] is None


def test_cases_that_wait_for_a_court_do_not_keep_later_ones_from_becoming_final(
    after: Afterwards, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "FINAL_AT_ONCE", 1)
    waits, passes = sorted((after.granted(), after.granted()))
    for number in (waits, passes):
        after.letter(number)
    after.ask_review(waits, on=date(2026, 10, 1))

    assert after.mark_final(date(2026, 10, 20)) == 1
    assert after.acts(waits)["acts"][0]["became_final_on"] is None
    assert after.acts(passes)["acts"][0]["became_final_on"] == date(2026, 10, 20)


@pytest.mark.postgres
def test_what_waits_for_an_official_is_listed_oldest_first(stored: Afterwards) -> None:
    reviewed, amended, closable = stored.granted(), stored.granted(), stored.granted()
    stored.letter(reviewed)
    stored.ask_review(reviewed, on=date(2026, 10, 1))
    stored.ask_amendment(amended, on=SPRING, change_on=date(2027, 4, 1), contact_name="Antti")
    stored.propose(amended, "amendment", about=1, verdict="approve", on=date(2027, 3, 5))
    stored.claim(closable, f"{closable}-1", "9000.00", kind="final", paid_on=date(2027, 6, 1))

    def listed(asker: Any, what: str = "") -> list[tuple[str, str]]:
        with stored.journey.open_work(asker, noon(SPRING)) as work:
            found = queries.list_follow_ups(work.session, asker, page=1, size=50, sort="", what=what)
            assert found["total"] == len(found["items"])
            return [(row["number"], row["what"]) for row in found["items"]]

    assert listed(an.HANDLER) == [
        (closable, "closable"),
        (reviewed, "review"),
        (amended, "amendment"),
        (amended, "proposal"),
    ]
    assert listed(an.HANDLER, "review") == [(reviewed, "review")]
    assert listed(an.HANDLER_ELSEWHERE) == []


@pytest.mark.postgres
def test_eight_amendments_at_once_never_go_over_the_authority_together(stored: Afterwards) -> None:
    numbers = [stored.granted() for _ in range(8)]  # 80 000 of 100 000 bound
    for number in numbers:
        stored.ask_amendment(number, on=SPRING, change_on=date(2027, 4, 1), costs=costs("30000.00"))  # 5 000 more each
        stored.propose(number, "amendment", about=1, verdict="approve", on=SPRING)

    outcomes = at_once(*(lambda number=number: stored.decide(number, 2, on=SPRING) for number in numbers))

    assert refusals(outcomes) == {AuthorityShort: 4}
    assert stored.envelope() == ("100000.00", "100000.00")


@pytest.mark.postgres
def test_of_two_deciders_of_one_act_one_decides(stored: Afterwards) -> None:
    number = stored.granted()
    stored.propose(number, "correction_of_error", about=1, changes={"conditions": ()})
    version = stored.version(number)
    deciders = [replace(an.DECIDER, person=f"ratkaisija.{at}") for at in range(6)]

    def decide(asker: Any) -> Any:
        return stored.do(asker, afterwards.decide_act, number, version, 2, "sign")

    outcomes = at_once(*(lambda asker=asker: decide(asker) for asker in deciders))

    assert Counter(isinstance(outcome, DomainError) for outcome in outcomes) == {False: 1, True: 5}
    assert refusals(outcomes).keys() <= {ChangedMeanwhile}


@pytest.mark.postgres
def test_of_two_proposals_at_once_one_waits(stored: Afterwards) -> None:
    number = stored.granted()
    wanted = {"about": 1, "changes": {"conditions": ()}, "reasons": "x"}

    def propose(asker: Any) -> Any:
        return stored.do(asker, afterwards.propose_act, number, 1, "correction_of_error", **wanted)

    outcomes = at_once(lambda: propose(an.HANDLER), lambda: propose(an.OTHER_HANDLER))

    assert sum(isinstance(outcome, DomainError) for outcome in outcomes) == 1
    assert refusals(outcomes).keys() <= {ChangedMeanwhile, ActWaits}


@pytest.mark.postgres
def test_the_house_and_a_person_at_once_lose_nothing_of_each_other(stored: Afterwards) -> None:
    number = stored.granted()
    heard = {"number": number, "claim_id": f"{number}-1", "kind": "interim"}

    at_once(
        lambda: stored.letter(number),
        lambda: stored.do(HOUSE, afterwards.note_filed_claim, heard),
        lambda: stored.ask_amendment(number, on=SPRING, change_on=date(2027, 4, 1), contact_name="Antti"),
    )

    kept = stored.kept(number)
    assert (len(kept.acts[0].services), len(kept.claims), len(kept.amendments)) == (1, 1, 1)


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("change", "promise"),
    [
        ("UPDATE applications.acts SET reasons = 'Toisin.'", "decided_acts_stay"),
        ('UPDATE applications.acts SET terms = terms || \'{"aid": "1.00"}\'', "decided_acts_stay"),
        ("DELETE FROM applications.acts", "decided_acts_stay"),
        ("UPDATE applications.decided_cases SET standing = 'lost'", "standing_known"),
        ("UPDATE applications.envelopes SET reserved = -1", "never_over_the_authority"),
    ],
)
def test_the_database_keeps_the_promises_too(stored: Afterwards, change: str, promise: str) -> None:
    stored.letter(stored.granted())

    with pytest.raises(IntegrityError, match=promise), stored.journey.open_work(HOUSE, noon(SPRING)) as work:
        work.session.execute(text(change))


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("change", "promise"),
    [("decided_by = proposed_by", "decided_by_another"), ("reasons = reasons", "decided_by_someone")],
)
def test_an_act_is_not_decided_by_its_proposer_nor_by_nobody(stored: Afterwards, change: str, promise: str) -> None:
    stored.propose(stored.granted(), "correction_of_error", about=1, changes={"conditions": ()})
    signed = "decided_at = now(), digest = 'd', appeal = '{}', state = 'decided'"

    with pytest.raises(IntegrityError, match=promise), stored.journey.open_work(HOUSE, noon(SPRING)) as work:
        work.session.execute(text(f"UPDATE applications.acts SET {signed}, {change} WHERE state = 'proposed'"))


@pytest.mark.postgres
def test_each_act_of_a_case_is_one_row_and_stays(stored: Afterwards, room_database: Database) -> None:
    number = stored.granted()
    for at in range(3):
        changes = {"conditions": (f"Ehto {at}.",)}
        stored.done(number, "correction_of_error", about=at + 1, changes=changes)

    rows = "SELECT count(*), count(DISTINCT digest), count(corrected_by) FROM applications.acts"
    assert one_row(room_database, rows) == (4, 4, 3)
