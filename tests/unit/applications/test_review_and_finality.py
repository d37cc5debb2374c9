"""Seeking review: in time or late, what it holds open, who decides, and when a decision is final."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.applications.domain.errors import AlreadyDealtWith, NotYetClosable, PreparedByYou, ReviewedByYou
from services.applications.use_cases import afterwards
from shared.asker import Asker, Role
from shared.errors import InvalidFields, NotFound
from tests.support import applications_builders as an
from tests.support.afterwards_journeys import AWARDED_ON, Afterwards, costs
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey

# Sent electronically on Tuesday 15.9.2026: served on the 18th, thirty days end on Sunday 18.10., so on Monday.
LAST_DAY = date(2026, 10, 19)
FINAL = LAST_DAY + timedelta(days=1)


@pytest.fixture
def after(journey: Journey) -> Afterwards:
    return Afterwards(journey)


@pytest.fixture
def sent(after: Afterwards) -> str:
    """A grant whose letter has been written on the day of the award."""
    number = after.granted()
    after.letter(number)
    return number


def finality(after: Afterwards, number: str, on: date, act: int = 1) -> str:
    return str(after.acts(number, on=on)["acts"][act - 1]["finality"])


def announced(desk: Desk, kind: str) -> list[dict[str, object]]:
    return [data for event, _, data in desk.announced if event == f"applications.{kind}"]


def test_the_letter_starts_the_time_and_its_end_is_told(after: Afterwards, sent: str, desk: Desk) -> None:
    [service] = after.acts(sent)["acts"][0]["services"]

    assert (service.served_on, service.last_day, service.final_from) == (date(2026, 9, 18), LAST_DAY, FINAL)
    [told] = announced(desk, "decision_sent")
    assert (told["served_on"], told["last_day"], told["anew"]) == ("2026-09-18", "2026-10-19", False)


def test_before_it_is_sent_no_time_runs(after: Afterwards) -> None:
    number = after.granted()

    assert finality(after, number, AWARDED_ON + timedelta(days=400)) == "not_sent"
    assert after.mark_final(AWARDED_ON + timedelta(days=400)) == 0


def test_a_letter_heard_twice_or_in_another_language_does_not_move_the_time(after: Afterwards, sent: str) -> None:
    after.letter(sent, on=AWARDED_ON + timedelta(days=9))

    assert len(after.acts(sent)["acts"][0]["services"]) == 1


def test_the_party_that_wants_letters_has_four_days_more(after: Afterwards) -> None:
    number = after.granted()
    after.do(an.COMPANY, afterwards.choose_channel, number, 1, "letter")
    after.letter(number)

    [service] = after.acts(number)["acts"][0]["services"]
    assert (service.channel, service.served_on, service.last_day) == ("letter", date(2026, 9, 22), date(2026, 10, 22))


@pytest.mark.parametrize(("on", "marked"), [(LAST_DAY, 0), (FINAL, 1)], ids=["last day", "the day after"])
def test_a_decision_becomes_final_the_day_after_the_last_day_once(
    after: Afterwards, sent: str, desk: Desk, on: date, marked: int
) -> None:
    assert after.mark_final(on) == marked
    assert after.mark_final(on) == 0

    told = announced(desk, "finality_reached")
    assert [fact["final_on"] for fact in told] == ["2026-10-20"] * marked
    assert finality(after, sent, on) == ("final" if marked else "running")


def test_a_new_instruction_starts_the_time_anew_and_says_why(after: Afterwards, sent: str, desk: Desk) -> None:
    version, on = after.version(sent), date(2026, 10, 1)
    with pytest.raises(InvalidFields) as refusal:
        after.do(an.HANDLER, afterwards.record_sending, sent, version, 1, on, "electronic", on=on)
    assert [fault.rule for fault in refusal.value.faults] == ["say_why_anew"]

    after.do(an.HANDLER, afterwards.record_sending, sent, version, 1, on, "letter", "Ohje oli väärä.", on=on)

    first, second = after.acts(sent)["acts"][0]["services"]
    assert (first.last_day, second.last_day) == (LAST_DAY, date(2026, 11, 9))
    assert after.mark_final(FINAL) == 0
    assert announced(desk, "decision_sent")[-1]["anew"] is True


def test_a_sending_is_not_recorded_for_a_day_that_has_not_come_nor_before_the_decision(
    after: Afterwards, sent: str
) -> None:
    for day, rule in ((date(2026, 9, 17), "in_the_future"), (date(2026, 9, 14), "before_the_decision")):
        with pytest.raises(InvalidFields) as refusal:
            after.do(
                an.HANDLER, afterwards.record_sending, sent, 1, 1, day, "letter", "x", on=AWARDED_ON + timedelta(days=1)
            )
        assert [fault.rule for fault in refusal.value.faults] == [rule]


@pytest.mark.parametrize(("on", "in_time"), [(LAST_DAY, True), (FINAL, False)], ids=["last day", "a day late"])
def test_a_request_for_review_is_registered_in_time_or_late_and_says_which(
    after: Afterwards, sent: str, desk: Desk, on: date, in_time: bool
) -> None:
    [review] = after.ask_review(sent, on=on)["reviews"]

    assert (review["in_time"], review["last_day"]) == (in_time, LAST_DAY)
    [told] = announced(desk, "review_requested")
    assert told["in_time"] is in_time
    assert "demand" not in told  # what the party wrote stays in the room


def test_a_request_in_time_keeps_the_decision_from_becoming_final(after: Afterwards, sent: str) -> None:
    after.ask_review(sent, on=LAST_DAY)

    assert finality(after, sent, FINAL) == "under_review"
    assert after.mark_final(FINAL + timedelta(days=300)) == 0


def test_a_late_request_keeps_nothing_open_and_is_left_unexamined_by_decision(after: Afterwards, sent: str) -> None:
    after.ask_review(sent, on=FINAL)

    assert after.mark_final(FINAL) == 1
    with pytest.raises(InvalidFields) as refusal:
        after.propose(sent, "review_decision", about=1, verdict="uphold", on=FINAL)
    assert [fault.rule for fault in refusal.value.faults] == ["late_is_not_examined"]

    shown = after.done(sent, "review_decision", about=1, verdict="leave_unexamined", on=FINAL)
    assert [(one["state"], one["result"]) for one in shown["reviews"]] == [
        (after.kept(sent).reviews[0].state, "leave_unexamined")
    ]


def test_after_an_upheld_review_the_decision_is_final_when_the_review_is(after: Afterwards, sent: str) -> None:
    after.ask_review(sent, on=date(2026, 10, 1))
    after.done(sent, "review_decision", about=1, verdict="uphold", on=date(2026, 11, 2))
    after.letter(sent, 2, date(2026, 11, 3))

    served = after.acts(sent, on=date(2026, 11, 3))["acts"][1]["services"][0]
    assert finality(after, sent, served.last_day) == "under_review"
    assert after.mark_final(served.last_day) == 0
    assert after.mark_final(served.final_from) == 2
    assert [act["finality"] for act in after.acts(sent, on=served.final_from)["acts"]] == ["final", "final"]


def test_the_decision_on_review_points_to_the_court(after: Afterwards, sent: str) -> None:
    after.ask_review(sent, on=date(2026, 10, 1))
    shown = after.done(sent, "review_decision", about=1, verdict="uphold", on=date(2026, 11, 2))

    appeal = shown["acts"][1]["appeal"]
    assert (appeal.route, appeal.days, appeal.to) == ("state_appeal", 30, "ISHAO")


def test_a_review_may_change_the_decision_and_more_aid_binds_authority(
    after: Afterwards, sent: str, desk: Desk
) -> None:
    after.ask_review(sent, on=date(2026, 10, 1))
    wanted = {"about": 1, "verdict": "change", "changes": {"costs": costs("30000.00")}}
    shown = after.done(sent, "review_decision", on=date(2026, 11, 2), **wanted)

    assert str(shown["terms"].aid) == "15000.00"
    assert after.envelope() == ("100000.00", "15000.00")
    [told] = announced(desk, "review_decided")
    assert (told["verdict"], told["aid_before"], told["aid"]) == ("change", "10000.00", "15000.00")


def test_a_refusal_changed_on_review_is_an_award(after: Afterwards, desk: Desk) -> None:
    number = after.refused()
    after.letter(number)
    after.ask_review(number, on=date(2026, 10, 1))
    changes = {"outcome": "approve", "costs": costs("20000.00")}
    shown = after.done(number, "review_decision", about=1, verdict="change", changes=changes, on=date(2026, 11, 2))

    assert (str(shown["terms"].aid), str(shown["bound"])) == ("10000.00", "10000.00")
    assert after.journey.look(number, an.HANDLER)["state"] == "approved"
    assert shown["acts"][0]["kind"] == "refusal"
    assert announced(desk, "review_decided")[0]["outcome"] == "approve"


def test_what_came_on_paper_counts_from_the_day_it_arrived(after: Afterwards, sent: str) -> None:
    shown = after.do(
        an.HANDLER,
        afterwards.record_review,
        sent,
        after.version(sent),
        1,
        "review",
        "Saimaan Levypaja Oy",
        LAST_DAY,
        "Tuki on myönnettävä.",
        on=LAST_DAY + timedelta(days=4),
    )

    assert [(one["in_time"], one["recorded_by"]) for one in shown["reviews"]] == [(True, an.HANDLER.person)]


def test_an_appeal_is_open_until_the_court_has_ruled(after: Afterwards, sent: str, desk: Desk) -> None:
    appeal = {"kind": "appeal", "by": "Saimaan Levypaja Oy", "arrived_on": LAST_DAY, "demand": "Kumottava."}
    after.do(an.HANDLER, afterwards.record_review, sent, after.version(sent), 1, on=LAST_DAY, **appeal)
    assert finality(after, sent, date(2027, 6, 1)) == "under_review"
    with pytest.raises(InvalidFields):
        after.propose(sent, "review_decision", about=1, verdict="uphold", on=date(2027, 6, 1))

    ruling = {"ruling": "dismissed", "ruled_on": date(2027, 6, 1), "ruling_number": "H1234/2027"}
    after.do(an.HANDLER, afterwards.record_ruling, sent, after.version(sent), 1, on=date(2027, 6, 2), **ruling)

    assert finality(after, sent, date(2027, 6, 2)) == "final"
    assert announced(desk, "court_ruled")[0]["ruling"] == "dismissed"
    with pytest.raises(AlreadyDealtWith):
        after.do(an.HANDLER, afterwards.record_ruling, sent, after.version(sent), 1, on=date(2027, 6, 2), **ruling)


def test_nothing_is_closed_while_a_review_is_pending(after: Afterwards, sent: str) -> None:
    after.claim(sent, f"{sent}-1", "10000.00", kind="final", paid_on=date(2026, 10, 5))
    after.ask_review(sent, on=LAST_DAY)

    with pytest.raises(NotYetClosable) as refusal:
        after.propose(sent, "closure", on=date(2027, 6, 1))
    assert refusal.value.facts["why"] == "review_pending"


def test_only_decided_acts_can_be_reviewed(after: Afterwards, sent: str) -> None:
    after.propose(sent, "correction_of_error", about=1, changes={"conditions": ()})

    with pytest.raises(NotFound):
        after.ask_review(sent, 2, on=AWARDED_ON)


# ---- who decides it ----


@pytest.mark.parametrize("reviewer", ["marja.hyvarinen", "tero.korhonen"])
def test_who_proposed_or_decided_does_not_propose_the_review(after: Afterwards, reviewer: str) -> None:
    number = after.granted()
    after.letter(number)
    after.ask_review(number, on=date(2026, 10, 1))
    again = Asker(person=reviewer, role=Role.HANDLER, authority="ITA")

    with pytest.raises(ReviewedByYou) as refusal:
        after.propose(number, "review_decision", about=1, verdict="uphold", on=date(2026, 10, 5), asker=again)

    assert refusal.value.facts == {"act": "1"}


@pytest.mark.parametrize("reviewer", ["marja.hyvarinen", "tero.korhonen"])
def test_who_proposed_or_decided_does_not_decide_the_review(after: Afterwards, reviewer: str) -> None:
    number = after.granted()
    after.letter(number)
    after.ask_review(number, on=date(2026, 10, 1))
    after.propose(number, "review_decision", about=1, verdict="uphold", on=date(2026, 10, 5))
    again = Asker(person=reviewer, role=Role.DECISION_MAKER, authority="ITA")

    with pytest.raises((ReviewedByYou, PreparedByYou)):
        after.decide(number, 2, asker=again, on=date(2026, 10, 6))

    assert after.decide(number, 2, asker=an.OTHER_DECIDER, on=date(2026, 10, 6))["reviews"][0]["result"] == "uphold"


def test_the_review_of_a_correction_is_barred_to_who_corrected_and_not_to_who_awarded(after: Afterwards) -> None:
    number = after.granted()
    corrected = after.propose(
        number, "correction_of_error", about=1, changes={"conditions": ()}, asker=an.OTHER_HANDLER
    )
    after.decide(number, corrected["acts"][-1]["act"], asker=an.OTHER_DECIDER)
    after.letter(number, 2)
    after.ask_review(number, 2, on=date(2026, 10, 1))

    with pytest.raises(ReviewedByYou):
        after.propose(number, "review_decision", about=1, verdict="uphold", asker=an.OTHER_HANDLER)
    after.propose(number, "review_decision", about=1, verdict="uphold", asker=an.HANDLER)
    with pytest.raises(ReviewedByYou):
        after.decide(number, 3, asker=an.OTHER_DECIDER)
    assert after.decide(number, 3, asker=an.DECIDER)["acts"][-1]["state"] == "decided"
