"""A decision is corrected by an act of its own: the old version stays, marked, and who did what is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.applications.domain.acts import digest_of
from services.applications.domain.errors import (
    ActWaits,
    AuthorityShort,
    NoSuchProposal,
    NotDecidedYet,
    PreparedByYou,
)
from services.applications.use_cases import afterwards
from shared.asker import Asker
from shared.errors import ChangedMeanwhile, InvalidFields, NotForYou, NotFound
from tests.support import applications_builders as an
from tests.support.afterwards_journeys import AWARDED_ON, Afterwards, costs
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey


@pytest.fixture
def after(journey: Journey) -> Afterwards:
    return Afterwards(journey)


def rules(refused: Callable[[], object]) -> set[tuple[str, str]]:
    with pytest.raises(InvalidFields) as refusal:
        refused()
    return {(fault.path, fault.rule) for fault in refusal.value.faults}


def announced(desk: Desk, kind: str) -> list[dict[str, object]]:
    return [data for event, _, data in desk.announced if event == f"applications.{kind}"]


LESS = {"changes": {"costs": costs("18000.00")}, "about": 1, "ground": "facts"}


def test_the_decision_itself_is_the_first_act_with_its_terms_and_seal(after: Afterwards) -> None:
    [award] = after.acts(after.granted())["acts"]

    assert (award["act"], award["kind"], award["decided_by"]) == (1, "award", "tero.korhonen")
    assert str(award["terms"].aid) == "10000.00"
    assert (award["terms"].period_first, award["terms"].period_last) == (date(2027, 1, 1), date(2027, 12, 31))
    assert len(award["digest"]) == 64


def test_nothing_follows_a_case_that_is_not_decided(after: Afterwards) -> None:
    number = after.journey.proposed()

    with pytest.raises(NotDecidedYet):
        after.acts(number)


def test_a_corrected_decision_is_kept_as_it_was_and_marked(after: Afterwards, desk: Desk) -> None:
    number = after.granted()

    shown = after.done(number, "correction_of_fact", consent=True, **LESS)

    first, second = shown["acts"]
    assert (str(first["terms"].aid), first["corrected_by"]) == ("10000.00", 2)
    assert (str(second["terms"].aid), second["kind"], second["about"]) == ("9000.00", "correction_of_fact", 1)
    assert {(change.what, change.before, change.after) for change in second["changes"]} == {
        ("aid", "10000.00", "9000.00"),
        ("eligible_costs", "20000.00", "18000.00"),
        ("costs.equipment.2027", "20000.00", "18000.00"),
    }
    [told] = announced(desk, "decision_corrected")
    assert (told["act"], told["about"], told["aid_before"], told["aid"]) == (2, 1, "10000.00", "9000.00")
    assert told["legal_basis"] == ["HL 434/2003 50 §", "HL 434/2003 52–53 §"]


def test_a_correction_to_the_partys_harm_needs_its_consent_and_a_hearing(after: Afterwards) -> None:
    number = after.granted()

    assert rules(lambda: after.propose(number, "correction_of_fact", unheard=None, **LESS)) == {
        ("consent", "needs_consent"),
        ("unheard.ground", "must_be_heard"),
    }
    after.propose(number, "correction_of_fact", own_fault=True, **LESS)


def test_new_evidence_is_never_used_to_the_partys_harm(after: Afterwards) -> None:
    wanted = {**LESS, "ground": "new_evidence", "consent": True}

    assert rules(lambda: after.propose(after.granted(), "correction_of_fact", **wanted)) == {
        ("ground", "new_evidence_only_for_the_party")
    }


def test_a_clerical_error_in_the_partys_favour_needs_neither(after: Afterwards) -> None:
    shown = after.done(after.granted(), "correction_of_error", about=1, changes={"period_last": date(2028, 6, 30)})

    assert shown["terms"].period_last == date(2028, 6, 30)
    assert shown["acts"][0]["terms"].period_last == date(2027, 12, 31)


def test_the_words_of_a_condition_are_set_right_freely_but_one_more_is_to_the_partys_harm(after: Afterwards) -> None:
    number = after.granted()

    after.done(number, "correction_of_error", about=1, changes={"conditions": ("Raportoi vuosittain.",)})
    more = {"conditions": ("Raportoi vuosittain.", "Palauta.")}
    assert rules(lambda: after.propose(number, "correction_of_error", about=2, changes=more, unheard=None)) == {
        ("consent", "needs_consent"),
        ("unheard.ground", "must_be_heard"),
    }


@pytest.mark.parametrize(
    ("on", "fits"), [(date(2031, 9, 15), True), (date(2031, 9, 16), False)], ids=["five years to the day", "a day more"]
)
def test_errors_are_corrected_for_five_years(after: Afterwards, on: date, fits: bool) -> None:
    number = after.granted()
    wanted = {"about": 1, "changes": {"conditions": ()}}

    if fits:
        after.propose(number, "correction_of_error", on=on, **wanted)
    else:
        refused = rules(lambda: after.propose(number, "correction_of_error", on=on, **wanted))
        assert refused == {("about", "too_old_to_correct")}


def test_what_is_corrected_already_is_corrected_in_its_correction(after: Afterwards) -> None:
    number = after.granted()
    after.done(number, "correction_of_error", about=1, changes={"period_last": date(2028, 6, 30)})
    wanted = {"changes": {"period_last": date(2028, 7, 31)}}

    assert rules(lambda: after.propose(number, "correction_of_error", about=1, **wanted)) == {
        ("about", "corrected_already")
    }
    shown = after.done(number, "correction_of_error", about=2, **wanted)
    assert [act["corrected_by"] for act in shown["acts"]] == [2, 3, None]


def test_a_correction_that_changes_nothing_is_none(after: Afterwards) -> None:
    number = after.granted()

    assert rules(lambda: after.propose(number, "correction_of_error", about=1)) == {("changes", "nothing_changes")}
    same = {"changes": {"period_last": date(2027, 12, 31)}}
    assert rules(lambda: after.propose(number, "correction_of_error", about=1, **same)) == {
        ("changes", "nothing_changes")
    }


def test_whoever_proposed_does_not_decide_and_neither_does_the_cases_preparer(after: Afterwards) -> None:
    number = after.granted()
    after.propose(number, "correction_of_error", about=1, changes={"conditions": ()}, asker=an.OTHER_HANDLER)

    for person in (an.OTHER_HANDLER.person, an.HANDLER.person):
        with pytest.raises(PreparedByYou):
            after.decide(number, 2, asker=_as_decider(person))


def _as_decider(person: str) -> Asker:
    return replace(an.DECIDER, person=person)


def test_a_proposal_sent_back_says_why_and_another_may_be_made(after: Afterwards, desk: Desk) -> None:
    number = after.granted()
    after.propose(number, "correction_of_error", about=1, changes={"conditions": ()})

    with pytest.raises(ActWaits):
        after.propose(number, "correction_of_error", about=1, changes={"conditions": ()})
    assert rules(lambda: after.decide(number, 2, verdict="return")) == {("note", "required")}
    after.decide(number, 2, verdict="return", note="Perustele.")
    with pytest.raises(NoSuchProposal):
        after.decide(number, 2)

    shown = after.done(number, "correction_of_error", about=1, changes={"conditions": ()})
    assert [(act["act"], act["state"]) for act in shown["acts"]] == [(1, "decided"), (2, "returned"), (3, "decided")]
    assert [told["note"] for told in announced(desk, "act_returned")] == ["Perustele."]


def test_a_page_that_grew_old_decides_nothing(after: Afterwards) -> None:
    number = after.granted()
    version = after.version(number)
    after.ask_review(number, on=AWARDED_ON)

    with pytest.raises(ChangedMeanwhile):
        after.do(an.HANDLER, afterwards.propose_act, number, version, "correction_of_error", about=1, reasons="x")


def test_the_company_sees_decisions_and_not_what_is_being_prepared(after: Afterwards) -> None:
    number = after.granted()
    after.propose(number, "correction_of_error", about=1, changes={"conditions": ()})

    assert [act["act"] for act in after.acts(number, an.COMPANY)["acts"]] == [1]
    assert [act["act"] for act in after.acts(number, an.AUDITOR)["acts"]] == [1, 2]


def test_another_company_finds_nothing_and_another_authority_is_told_it_is_not_theirs(after: Afterwards) -> None:
    number = after.granted()

    with pytest.raises(NotFound):
        after.acts(number, an.STRANGER)
    with pytest.raises(NotForYou):
        after.acts(number, an.HANDLER_ELSEWHERE)


def test_an_award_taken_back_as_an_error_frees_the_whole_sum_and_the_case_is_rejected(after: Afterwards) -> None:
    number = after.granted()
    assert after.envelope() == ("100000.00", "10000.00")

    wanted = {"about": 1, "ground": "law", "consent": True, "changes": {"outcome": "reject"}}
    shown = after.done(number, "correction_of_fact", **wanted)

    assert (str(shown["terms"].aid), str(shown["bound"])) == ("0.00", "0.00")
    assert after.envelope() == ("100000.00", "0.00")
    assert after.journey.look(number, an.HANDLER)["state"] == "rejected"


def test_more_aid_than_there_is_authority_for_is_not_granted(after: Afterwards) -> None:
    number = after.granted()
    after.journey.fund("10500.00")
    after.propose(number, "correction_of_fact", about=1, ground="facts", changes={"costs": costs("22000.00")})

    with pytest.raises(AuthorityShort):
        after.decide(number, 2)

    assert [act["state"] for act in after.acts(number)["acts"]] == ["decided", "proposed"]
    assert after.envelope() == ("10500.00", "10000.00")


def test_aid_is_never_set_below_what_has_been_decided_to_be_paid(after: Afterwards) -> None:
    number = after.granted()
    after.claim(number, f"{number}-1", "9500.00", paid_on=None)

    wanted = {**LESS, "consent": True}
    assert rules(lambda: after.propose(number, "correction_of_fact", **wanted)) == {("changes.costs", "aid_below_paid")}


def test_the_seal_of_an_act_is_that_of_what_it_says(after: Afterwards) -> None:
    number = after.granted()
    after.done(number, "correction_of_error", about=1, changes={"conditions": ()}, on=AWARDED_ON + timedelta(days=1))

    assert all(digest_of(number, act) == act.digest for act in after.kept(number).acts)
