"""The party is heard before a decision against it, or the statutory ground for not hearing stands in the decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from services.applications import use_cases
from services.applications.domain.correspondence.hearings import GROUNDS
from services.applications.domain.correspondence.requests import Stage
from services.applications.domain.errors import RequestWaits
from services.applications.domain.selection import REGIONAL_AID, Selection
from services.applications.use_cases import correspondence
from shared.asker import the_house
from shared.contracts.applications import UNHEARD_GROUNDS
from shared.errors import InvalidFields, NotFound
from shared.money import Money
from tests.support import applications_builders as an
from tests.support.afterwards_journeys import Afterwards, costs, noon
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey
from tests.support.correspondence_journeys import DUE, ask_hearing, let_time_pass
from tests.support.deciding_builders import DecidingJourney, a_choosing_call

CUT = [an.accepted("18000.00")]
SPRING = date(2027, 3, 1)


@pytest.fixture
def after(journey: Journey) -> Afterwards:
    return Afterwards(journey)


def refused(attempt: Callable[[], object]) -> set[tuple[str, str]]:
    with pytest.raises(InvalidFields) as refusal:
        attempt()
    return {(fault.path, fault.rule) for fault in refusal.value.faults}


HEAR_FIRST = {("unheard.ground", "must_be_heard")}


def comment(journey: Journey, number: str, place: int = 1, version: int = 1, **at: Any) -> None:
    journey.do(an.COMPANY, correspondence.save_reply, number, place, version, reply="Emme ole samaa mieltä.", **at)
    journey.do(an.COMPANY, correspondence.answer_hearing, number, place, version + 1, **at)


# ---- the first decision ----


@pytest.mark.parametrize(("outcome", "accepted"), [("reject", []), ("approve_in_part", CUT)])
def test_what_goes_against_the_applicant_is_not_proposed_before_it_is_heard(
    journey: Journey, outcome: str, accepted: list[Any]
) -> None:
    number = journey.taken()

    assert refused(lambda: journey.propose(number, 5, outcome, accepted, unheard=None)) == HEAR_FIRST


@pytest.mark.parametrize("outcome", ["approve", "leave_unexamined", "lapse"])
def test_what_takes_nothing_from_the_applicant_needs_no_hearing(journey: Journey, outcome: str) -> None:
    rows = None if outcome == "approve" else []

    proposed = journey.propose(journey.taken(), 5, outcome, rows, unheard=None)

    assert proposed["proposal"].hearing is None


def test_a_condition_that_the_call_did_not_tell_of_is_to_the_applicants_harm(journey: Journey) -> None:
    number = journey.taken()
    own = {"conditions": ["Raportoi. (sv)", "Kone pidetään Savonlinnassa kymmenen vuotta."]}

    assert refused(lambda: journey.propose(number, 5, unheard=None, **own)) == HEAR_FIRST
    assert journey.propose(number, 5, unheard=None, conditions=["Raportoi. (sv)"])["state"] == "proposed"


def test_less_aid_than_was_applied_for_is_to_its_harm_though_every_cost_is_accepted(desk: Desk) -> None:
    """Half was applied for, and the regional aid map lets 40 per cent be given: 8 560 euros and not 10 700."""
    choosing = DecidingJourney(desk.work)
    bare = Selection(aid_basis=REGIONAL_AID, purpose="investment")
    choosing.publish(a_choosing_call(bare))
    number = choosing.assessed(eligibility=[], scores=[], checklist=[])

    def put_forward(unheard: dict[str, str] | None) -> Any:
        told = (number, 5, "approve", [an.accepted("20000.00")], "Hanke täyttää ehdot.")
        return choosing.do(an.HANDLER, use_cases.propose, *told, unheard=unheard)

    assert refused(lambda: put_forward(None)) == HEAR_FIRST
    proposed = put_forward(an.UNNECESSARY)

    assert (proposed["aid_sought"], proposed["proposal"].aid) == (Money.eur("10700.00"), Money.eur("8560.00"))
    assert proposed["proposal"].hearing.ground == "unnecessary"


def test_after_its_comment_the_applicant_has_been_heard_and_the_proposal_says_so(journey: Journey) -> None:
    number = ask_hearing(journey)
    comment(journey, number)

    proposed = journey.propose(number, journey.look(number, an.HANDLER)["version"], "reject", [], unheard=None)

    hearing = proposed["proposal"].hearing
    assert (hearing.place, hearing.answered_at, hearing.ground) == (1, an.NOON, "")
    assert hearing.source == "HL 434/2003 34 § 1 mom."


def test_who_let_the_time_pass_has_had_the_chance(journey: Journey) -> None:
    number = ask_hearing(journey)
    let_time_pass(journey, number)

    proposed = journey.propose(number, journey.look(number, an.HANDLER)["version"], "reject", [], unheard=None)

    assert (proposed["proposal"].hearing.place, proposed["proposal"].hearing.answered_at) == (1, None)


def test_a_completion_is_no_hearing(journey: Journey) -> None:
    number = journey.taken()
    journey.do(an.HANDLER, correspondence.ask_completion, number, 5, asked="Tarkenna.", due_on=DUE, keys=["summary"])
    let_time_pass(journey, number)
    version = journey.look(number, an.HANDLER)["version"]

    assert refused(lambda: journey.propose(number, version, "reject", [], unheard=None)) == HEAR_FIRST


def test_the_ground_for_not_hearing_is_kept_with_its_reason_and_told_to_the_party(journey: Journey, desk: Desk) -> None:
    number = journey.proposed("reject", [])
    journey.decide(number)

    told = desk.announced[-1][2]["hearing"]

    assert (told["ground"], told["reason"]) == (an.UNNECESSARY["ground"], an.UNNECESSARY["reason"])
    assert told["source"] == "HL 434/2003 34 § 2 mom. 5 k."
    assert Afterwards(journey).acts(number)["acts"][0]["hearing"].reason == an.UNNECESSARY["reason"]


@pytest.mark.parametrize(
    ("outcome", "unheard", "broken"),
    [
        ("reject", {"ground": "unnecessary", "reason": "  "}, ("unheard.reason", "required")),
        ("approve_in_part", {"ground": "unfounded", "reason": "Selvä."}, ("unheard.ground", "only_when_rejected")),
        ("reject", {"ground": "in_a_hurry", "reason": "Kiire."}, ("unheard.ground", "must_be_heard")),
    ],
)
def test_a_ground_that_the_law_does_not_know_or_nobody_explains_is_none(
    journey: Journey, outcome: str, unheard: dict[str, str], broken: tuple[str, str]
) -> None:
    number = journey.taken()
    accepted = CUT if outcome == "approve_in_part" else []

    assert refused(lambda: journey.propose(number, 5, outcome, accepted, unheard=unheard)) == {broken}


def test_a_claim_may_be_rejected_at_once_as_unfounded(journey: Journey) -> None:
    unheard = {"ground": "unfounded", "reason": "Haku on vain yrityksille, ja hakija on yhdistys."}

    proposed = journey.propose(journey.taken(), 5, "reject", [], unheard=unheard)

    assert proposed["proposal"].hearing.source == "HL 434/2003 34 § 2 mom. 1 k."


def test_the_contract_knows_the_grounds_of_the_law() -> None:
    assert set(UNHEARD_GROUNDS) == set(GROUNDS)


# ---- after the decision ----


def hear_again(after: Afterwards, number: str, *, on: date = SPRING) -> int:
    """A hearing asked after the decision; its place."""
    shown = after.journey.look(number, an.HANDLER)
    asked = after.do(
        an.OTHER_HANDLER,
        correspondence.ask_hearing,
        number,
        shown["version"],
        asked="Voit lausua ennen korjausta.",
        facts=["Kone maksoi 18 000 euroa."],
        due_on=on + timedelta(days=14),
        on=on,
    )
    return int(asked["place"])


def test_the_party_is_heard_of_a_later_act_while_the_decision_stands(after: Afterwards) -> None:
    number = after.granted()
    place = hear_again(after, number)

    shown = after.acts(number, on=SPRING)

    assert (shown["hearing"]["place"], shown["hearing"]["state"]) == (place, "open")
    assert after.journey.look(number)["state"] == "approved"
    status = after.do(an.COMPANY, correspondence.get_status, number, on=SPRING)
    assert (status.what, status.whom, status.todo, status.place) == ("hearing", "you", "comment", place)


def test_two_things_are_not_asked_of_the_party_at_once(after: Afterwards) -> None:
    number = after.granted()
    hear_again(after, number)

    with pytest.raises(RequestWaits):
        hear_again(after, number)


@pytest.mark.parametrize("answers", [True, False])
def test_a_correction_to_the_partys_harm_stands_on_the_hearing(after: Afterwards, answers: bool) -> None:
    number = after.granted()
    place = hear_again(after, number)
    less = {"changes": {"costs": costs("18000.00")}, "about": 1, "ground": "facts", "consent": True, "unheard": None}
    assert refused(lambda: after.propose(number, "correction_of_fact", on=SPRING, **less)) == HEAR_FIRST
    if answers:
        comment(after.journey, number, place, now=noon(SPRING))
    else:
        assert let_time_pass(after.journey, number, place, noon(SPRING + timedelta(days=20)))

    shown = after.done(number, "correction_of_fact", on=SPRING + timedelta(days=21), **less)

    assert shown["acts"][-1]["hearing"].place == place
    assert (shown["acts"][-1]["hearing"].answered_at is not None) is answers
    assert after.journey.look(number)["state"] == "approved"


def test_a_hearing_before_one_decision_does_not_serve_the_next(after: Afterwards) -> None:
    number = after.granted()
    place = hear_again(after, number)
    comment(after.journey, number, place, now=noon(SPRING))
    after.done(number, "suspension", on=SPRING + timedelta(days=1), unheard=None)

    later = SPRING + timedelta(days=2)

    assert after.acts(number, on=later)["hearing"] is None
    ended = {"ground": "wrong_use", "unheard": None}
    assert refused(lambda: after.propose(number, "cancellation", on=later, **ended)) == HEAR_FIRST


@pytest.mark.parametrize(("verdict", "changes"), [("reject", None), ("approve_in_part", {"costs": costs("21000.00")})])
def test_an_amendment_that_is_refused_or_cut_is_heard_first(
    after: Afterwards, verdict: str, changes: dict[str, Any] | None
) -> None:
    number = after.granted()
    after.ask_amendment(number, on=SPRING, change_on=date(2027, 4, 1), costs=costs("22000.00"))
    wanted = {"about": 1, "verdict": verdict, "changes": changes, "unheard": None}

    assert refused(lambda: after.propose(number, "amendment", on=SPRING, **wanted)) == HEAR_FIRST


def test_an_amendment_as_asked_for_and_a_stop_that_the_party_itself_asked_need_none(after: Afterwards) -> None:
    number = after.granted()
    after.ask_amendment(number, on=SPRING, change_on=date(2027, 4, 1), period_last=date(2028, 3, 31))

    after.done(number, "amendment", about=1, verdict="approve", on=SPRING, unheard=None)
    shown = after.done(number, "cancellation", ground="given_up", on=SPRING, unheard=None)

    assert [act["hearing"] for act in shown["acts"]] == [None, None, None]


def test_payment_may_be_suspended_unheard_when_the_money_would_go_first(after: Afterwards) -> None:
    unheard = {"ground": "purpose_at_risk", "reason": "Maksu lähtisi pankkiin ennen vastausta."}

    shown = after.done(after.granted(), "suspension", on=SPRING, unheard=unheard)

    assert shown["acts"][-1]["hearing"].source == "HL 434/2003 34 § 2 mom. 4 k."


def test_the_clock_does_not_move_a_decided_case(after: Afterwards, desk: Desk) -> None:
    number = after.granted()
    place = hear_again(after, number)
    before = desk.applications[number]

    after.do(the_house("clock"), correspondence.run_out_one, number, place, on=SPRING + timedelta(days=30))

    assert desk.applications[number] == before
    assert desk.correspondence.requests[number, place].state is Stage.EXPIRED


def test_a_stranger_is_not_told_that_somebody_is_heard(after: Afterwards) -> None:
    number = after.granted()
    place = hear_again(after, number)

    with pytest.raises(NotFound):
        after.do(an.STRANGER, correspondence.get_request, number, place, on=SPRING)


def test_a_case_that_was_turned_shows_how_the_party_was_heard_of_that(after: Afterwards, desk: Desk) -> None:
    number = after.granted()
    wanted = {"about": 1, "ground": "law", "consent": True, "changes": {"outcome": "reject"}}

    after.done(number, "correction_of_fact", **wanted)

    turned = desk.applications[number].proposal
    assert turned is not None
    assert turned.hearing == after.kept(number).acts[-1].hearing
