"""Nobody opens a case before saying that nothing disqualifies them, and who is disqualified is out of it for good."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.applications import use_cases
from services.applications.domain.errors import (
    DeclareFirst,
    Disqualified,
    InterestWaits,
    NoSuchProposal,
    NothingToResolve,
    OwnInterest,
    PreparedByYou,
)
from services.applications.domain.states import State
from shared.asker import Asker, Role
from shared.errors import NotForYou, NotFound
from tests.support import applications_builders as an
from tests.support.afterwards_journeys import Afterwards, costs
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey

VERIFIER = Asker(person="ville.varmentaja", role=Role.VERIFIER, authority="ITA")
PAYER = Asker(person="maija.maksaja", role=Role.PAYER, authority="ITA")
CONTENT = {"answers", "attachments", "title", "aid_sought", "totals", "proposal", "decision", "digest"}


@pytest.fixture
def people(desk: Desk, journey: Journey) -> Journey:
    """The same house, in which nobody has declared anything beforehand."""
    return Journey(desk.work, declares=False)


def declare(people: Journey, asker: Asker, number: str, answer: str, **more: str) -> Any:
    return people.do(asker, use_cases.declare_interest, number, answer, **more)


def told(desk: Desk, kind: str) -> list[dict[str, Any]]:
    return [data for name, _, data in desk.announced if name == f"applications.{kind}"]


@pytest.mark.parametrize("official", [an.HANDLER, an.DECIDER, VERIFIER, PAYER])
def test_an_official_who_has_not_answered_sees_nothing_of_the_content(
    journey: Journey, people: Journey, official: Asker
) -> None:
    number = journey.submitted()

    with pytest.raises(DeclareFirst) as refusal:
        people.look(number, official)

    assert refusal.value.facts == {"number": number}


@pytest.mark.parametrize(
    ("asker", "use_case", "rest"),
    [
        (an.HANDLER, use_cases.take_case, (4,)),
        (an.HANDLER, use_cases.propose, (4, "reject", [], "Ei täytä ehtoja.")),
        (an.DECIDER, use_cases.decide, (4, "sign")),
    ],
)
def test_nothing_is_done_with_a_case_before_the_answer(
    journey: Journey, people: Journey, asker: Asker, use_case: Any, rest: tuple[Any, ...]
) -> None:
    number = journey.submitted()

    with pytest.raises(DeclareFirst):
        people.do(asker, use_case, number, *rest)


def test_the_gate_shows_who_the_case_is_about_and_nothing_of_what_is_in_it(journey: Journey, people: Journey) -> None:
    number = journey.submitted()

    gate = people.do(an.HANDLER, use_cases.get_gate, number)

    assert (gate["business_id"], gate["undertaking_name"]) == ("9104416-3", "Saimaan Levypaja Oy")
    assert gate["standing"] == "undeclared"
    assert CONTENT & gate.keys() == set()


def test_with_no_conflict_the_case_opens_and_the_answer_is_in_the_trail(
    desk: Desk, journey: Journey, people: Journey
) -> None:
    number = journey.submitted()

    assert declare(people, an.HANDLER, number, "none")["standing"] == "clear"

    assert people.look(number, an.HANDLER)["title"] == "Robottihitsaussolu"
    assert told(desk, "interest_declared") == [
        {"number": number, "authority": "ITA", "person": "marja.hyvarinen", "answer": "none"}
    ]


def test_ones_answer_opens_the_case_to_nobody_else(journey: Journey, people: Journey) -> None:
    number = journey.submitted()
    declare(people, an.HANDLER, number, "none")

    with pytest.raises(DeclareFirst):
        people.look(number, an.OTHER_HANDLER)


def test_answering_none_twice_is_told_once(desk: Desk, journey: Journey, people: Journey) -> None:
    number = journey.submitted()

    for _ in range(2):
        declare(people, an.HANDLER, number, "none")

    assert len(told(desk, "interest_declared")) == 1


def test_a_conflict_shuts_the_case_for_good(journey: Journey, people: Journey) -> None:
    number = journey.submitted()
    declare(people, an.HANDLER, number, "conflict", ground="employment")

    with pytest.raises(Disqualified):
        people.do(an.HANDLER, use_cases.take_case, number, 4)
    with pytest.raises(Disqualified):
        declare(people, an.HANDLER, number, "none")


def test_neither_the_ground_nor_the_note_leaves_the_room(desk: Desk, journey: Journey, people: Journey) -> None:
    number = journey.submitted()

    declare(people, an.HANDLER, number, "conflict", ground="party", note="Veljeni omistaa yhtiön.")

    assert "Veljeni" not in str(desk.announced)
    assert "party" not in str(told(desk, "interest_declared"))


def test_a_handler_who_turns_out_to_be_disqualified_has_the_case_no_longer(
    desk: Desk, journey: Journey, people: Journey
) -> None:
    number = journey.taken()

    gate = declare(people, an.HANDLER, number, "conflict", ground="gain_or_loss")

    assert (gate["handler"], gate["state"], gate["standing"]) == (None, "in_assessment", "disqualified")
    [released] = told(desk, "case_released")
    assert (released["before"], released["why"]) == ("marja.hyvarinen", "disqualified")
    assert released["due_on"] == gate["due_on"].isoformat()
    with pytest.raises(Disqualified):
        people.look(number, an.HANDLER)


def test_the_case_goes_to_the_substitute_when_there_is_one(desk: Desk, journey: Journey, people: Journey) -> None:
    number = journey.taken()
    a_substitute(desk, journey)

    gate = declare(people, an.HANDLER, number, "conflict")

    assert gate["handler"] == an.OTHER_HANDLER.person
    [assigned] = told(desk, "case_assigned")
    assert (assigned["handler"], assigned["why"]) == (an.OTHER_HANDLER.person, "disqualified")


def test_a_substitute_who_is_disqualified_too_does_not_get_the_case(
    desk: Desk, journey: Journey, people: Journey
) -> None:
    number = journey.taken()
    a_substitute(desk, journey)
    declare(people, an.OTHER_HANDLER, number, "conflict")

    assert declare(people, an.HANDLER, number, "conflict")["handler"] is None


def test_what_nobody_has_any_more_can_be_taken_by_another(journey: Journey, people: Journey) -> None:
    number = journey.taken()
    declare(people, an.HANDLER, number, "conflict")

    taken = journey.do(an.OTHER_HANDLER, use_cases.take_case, number, 6)

    assert (taken["state"], taken["version"]) == ("in_assessment", 7)
    assert journey.propose_as(an.OTHER_HANDLER, number, 7)["handler"] == an.OTHER_HANDLER.person


def test_a_proposal_falls_with_its_disqualified_preparer_and_is_kept_beside(
    desk: Desk, journey: Journey, people: Journey
) -> None:
    number = journey.proposed()

    declare(people, an.HANDLER, number, "conflict")

    application = desk.applications[number]
    assert (application.state, application.proposal, application.handler) == (State.IN_ASSESSMENT, None, None)
    assert [one.proposal.proposed_by for one in application.returned] == ["marja.hyvarinen"]
    assert application.fell is not None
    assert application.fell.why == "disqualified"
    names = [name.removeprefix("applications.") for name, _, _ in desk.announced][-2:]
    assert names == ["proposal_fell", "case_released"], "it waits for no decision maker any more"
    assert told(desk, "proposal_fell")[0]["reason"] == "disqualified"


@pytest.mark.parametrize("by_doubt", [False, True])
def test_a_later_act_falls_with_whoever_proposed_it_too(
    desk: Desk, journey: Journey, people: Journey, by_doubt: bool
) -> None:
    after = Afterwards(journey)
    number = after.granted()
    less = {"about": 1, "ground": "facts", "consent": True, "changes": {"costs": costs("18000.00")}}
    proposed = after.propose(number, "correction_of_fact", asker=an.OTHER_HANDLER, **less)

    if by_doubt:
        declare(people, an.OTHER_HANDLER, number, "unsure")
        assert after.kept(number).proposal, "a doubt that waits undoes nothing yet"
        journey.do(an.DECIDER, use_cases.resolve_interest, number, an.OTHER_HANDLER.person, "confirmed", "Sukulainen.")
    else:
        declare(people, an.OTHER_HANDLER, number, "conflict")

    shown = after.acts(number)["acts"][-1]
    assert (shown["state"], shown["fell"]) == ("returned", "disqualified")
    assert [one["reason"] for one in told(desk, "act_returned")] == ["disqualified"]
    with pytest.raises(NoSuchProposal):
        after.decide(number, proposed["acts"][-1]["act"])


def test_an_act_that_another_proposed_stands(journey: Journey, people: Journey) -> None:
    after = Afterwards(journey)
    number = after.granted()
    less = {"about": 1, "ground": "facts", "consent": True, "changes": {"costs": costs("18000.00")}}
    proposed = after.propose(number, "correction_of_fact", **less)

    declare(people, an.OTHER_HANDLER, number, "conflict")

    assert after.decide(number, proposed["acts"][-1]["act"])["acts"][-1]["state"] == "decided"


def test_who_once_proposed_does_not_decide_the_case_for_a_colleague_either(journey: Journey) -> None:
    """CPR 2021/1060 art. 71(4): the two-person rule follows the person, not the post or the substitution."""
    number = journey.proposed()
    journey.do(an.OPERATOR, use_cases.know_official, an.OTHER_HANDLER.person, "handler", "ITA")
    journey.decide(number, 6, verdict="return", note="Tarkista kustannukset.")
    journey.do(an.DECIDER, use_cases.assign_case, number, 7, an.OTHER_HANDLER.person, "Marja lomalla.")
    journey.propose_as(an.OTHER_HANDLER, number, 8)

    with pytest.raises(PreparedByYou):
        journey.decide(number, 9, asker=replace(an.HANDLER, role=Role.DECISION_MAKER))

    assert journey.decide(number, 9)["state"] == "approved"


def test_a_doubt_waits_for_a_decision_maker_and_only_them(journey: Journey, people: Journey) -> None:
    number = journey.submitted()
    declare(people, an.HANDLER, number, "unsure", note="Entinen työnantajani.")

    with pytest.raises(InterestWaits):
        people.look(number, an.HANDLER)
    with pytest.raises(InterestWaits):
        declare(people, an.HANDLER, number, "none")
    [waiting] = people.do(an.DECIDER, use_cases.get_gate, number)["declarations"]
    assert (waiting.person, waiting.note) == ("marja.hyvarinen", "Entinen työnantajani.")
    assert people.do(an.OTHER_HANDLER, use_cases.get_gate, number)["declarations"] == []


def test_a_lifted_doubt_opens_the_case(desk: Desk, journey: Journey, people: Journey) -> None:
    number = journey.submitted()
    declare(people, an.HANDLER, number, "unsure")

    people.do(
        an.DECIDER, use_cases.resolve_interest, number, an.HANDLER.person, "lifted", "Yli kymmenen vuotta sitten."
    )

    assert people.look(number, an.HANDLER)["state"] == "submitted"
    assert told(desk, "interest_resolved")[0]["resolved_by"] == an.DECIDER.person


def test_a_confirmed_doubt_takes_the_case_from_its_handler(journey: Journey, people: Journey) -> None:
    number = journey.taken()
    declare(people, an.HANDLER, number, "unsure")

    gate = people.do(
        an.DECIDER, use_cases.resolve_interest, number, an.HANDLER.person, "confirmed", "Läheisen työnantaja."
    )

    assert gate["handler"] is None
    with pytest.raises(Disqualified):
        people.look(number, an.HANDLER)


def test_nobody_resolves_their_own_disqualification(journey: Journey, people: Journey) -> None:
    number = journey.submitted()
    marja_decides = replace(an.HANDLER, role=Role.DECISION_MAKER)
    declare(people, marja_decides, number, "unsure")

    with pytest.raises(OwnInterest):
        people.do(marja_decides, use_cases.resolve_interest, number, an.HANDLER.person, "lifted", "Ei haittaa.")


def test_a_disqualified_superior_resolves_nobodys(journey: Journey, people: Journey) -> None:
    number = journey.submitted()
    declare(people, an.HANDLER, number, "unsure")
    declare(people, an.DECIDER, number, "conflict")

    with pytest.raises(Disqualified):
        people.do(an.DECIDER, use_cases.resolve_interest, number, an.HANDLER.person, "lifted", "Ei haittaa.")


def test_only_what_waits_is_resolved_and_once(journey: Journey, people: Journey) -> None:
    number = journey.submitted()
    resolve = (an.DECIDER, use_cases.resolve_interest, number, an.HANDLER.person, "lifted", "Ei haittaa.")

    with pytest.raises(NotFound):
        people.do(*resolve)
    declare(people, an.HANDLER, number, "none")
    with pytest.raises(NothingToResolve):
        people.do(*resolve)


def test_what_comes_up_later_is_said_later(journey: Journey, people: Journey) -> None:
    number = journey.taken()

    assert declare(people, an.HANDLER, number, "unsure")["standing"] == "waits"
    assert declare(people, an.HANDLER, number, "conflict")["standing"] == "disqualified"


def test_another_authoritys_official_is_not_asked_at_all(journey: Journey, people: Journey) -> None:
    number = journey.submitted()

    with pytest.raises(NotForYou):
        declare(people, an.HANDLER_ELSEWHERE, number, "none")
    with pytest.raises(NotForYou):
        people.do(an.HANDLER_ELSEWHERE, use_cases.get_gate, number)


def test_the_company_is_asked_nothing_and_sees_its_case(journey: Journey, people: Journey) -> None:
    number = journey.submitted()

    assert people.look(number, an.COMPANY)["state"] == "submitted"


def test_an_auditor_reads_without_an_answer_and_sees_everyones(journey: Journey, people: Journey) -> None:
    number = journey.submitted()
    declare(people, an.HANDLER, number, "none")
    declare(people, an.DECIDER, number, "conflict")

    assert people.look(number, an.AUDITOR)["state"] == "submitted"
    answers = people.do(an.AUDITOR, use_cases.get_gate, number)["declarations"]
    assert [(one.person, one.answer) for one in answers] == [("marja.hyvarinen", "none"), ("tero.korhonen", "conflict")]


def test_an_operator_sees_no_content(journey: Journey, people: Journey) -> None:
    number = journey.submitted()

    with pytest.raises(NotForYou):
        people.look(number, an.OPERATOR)


def a_substitute(desk: Desk, journey: Journey) -> None:
    """Pekka stands in for Marja this week."""
    for person in (an.HANDLER.person, an.OTHER_HANDLER.person):
        journey.do(an.OPERATOR, use_cases.know_official, person, "handler", "ITA")
    day = an.NOON.date()
    journey.do(an.DECIDER, use_cases.set_substitute, an.HANDLER.person, an.OTHER_HANDLER.person, day, day)
