"""What waits for a signature falls when the case under it changes, and stays when the case is the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from services.applications import use_cases
from services.applications.domain.errors import AlreadyDecided, NoSuchProposal, ReadFirst, WrongState
from services.applications.use_cases import afterwards, correspondence
from shared.errors import ChangedMeanwhile, DomainError
from tests.support import applications_builders as an
from tests.support.afterwards_journeys import HOUSE, Afterwards, costs
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey
from tests.support.correspondence_journeys import AFTER_DUE, ask_completion, ask_hearing, let_time_pass
from tests.support.deciding_builders import DecidingJourney, a_choosing_call, linked

APPLICANT, MOTHER, OTHER = "9104416-3", "9000001-1", "9100009-9"
FILE = {"document_id": "D-9", "kind": "other", "file_name": "selvitys.pdf", "sha256": "cd" * 32}
SPRING = date(2027, 3, 1)


@pytest.fixture
def after(journey: Journey) -> Afterwards:
    return Afterwards(journey)


@pytest.fixture
def choosing(desk: Desk) -> DecidingJourney:
    journey = DecidingJourney(desk.work)
    journey.publish(a_choosing_call())
    journey.fund("100000.00")
    return journey


def why_fell(desk: Desk, number: str) -> str:
    """The reason of the fall, which the others were told too; "" while the proposal stands."""
    application = desk.applications[number]
    told = [data["reason"] for name, _, data in desk.announced if name.endswith("proposal_fell")]
    fell = application.fell
    assert (fell.why if fell else None) == (told[-1] if told else None)
    assert (application.state == "in_assessment") is bool(fell)
    return fell.why if fell else ""


def proposed_after(journey: Journey, number: str) -> str:
    """Its time ran out unanswered, and the case was proposed."""
    let_time_pass(journey, number)
    version = journey.look(number, an.HANDLER)["version"]
    journey.do(
        an.HANDLER, use_cases.propose, number, version, "approve", [an.accepted("20000.00")], "Hyvä.", now=AFTER_DUE
    )
    return number


# ---- what the company sends ----


def test_a_late_completion_takes_effect_and_the_proposal_falls(journey: Journey, desk: Desk) -> None:
    number = proposed_after(journey, ask_completion(journey))
    new = {"answers": {"summary": "Uusi solu lyhentää läpimenoajan puoleen."}}
    journey.do(an.COMPANY, correspondence.save_reply, number, 1, 2, now=AFTER_DUE, **new)

    receipt = journey.do(an.COMPANY, correspondence.answer_completion, number, 1, 3, now=AFTER_DUE)

    assert (receipt["late"], receipt["took_effect"]) == (True, True)
    assert why_fell(desk, number) == "completed"
    assert journey.look(number)["answers"]["summary"] == new["answers"]["summary"]


def test_a_late_comment_is_read_before_anything_is_signed(journey: Journey, desk: Desk) -> None:
    number = proposed_after(journey, ask_hearing(journey))
    journey.do(an.COMPANY, correspondence.save_reply, number, 1, 2, reply="Emme tilanneet mitään.", now=AFTER_DUE)

    receipt = journey.do(an.COMPANY, correspondence.answer_hearing, number, 1, 3, now=AFTER_DUE)

    assert receipt["took_effect"]
    assert why_fell(desk, number) == "heard"


def test_an_answer_with_faults_lets_nothing_fall(journey: Journey, desk: Desk) -> None:
    number = proposed_after(journey, ask_completion(journey, "title"))
    journey.do(
        an.COMPANY, correspondence.save_reply, number, 1, 2, answers={"title": ""}, reply="Tässä.", now=AFTER_DUE
    )

    with pytest.raises(DomainError):
        journey.do(an.COMPANY, correspondence.answer_completion, number, 1, 3, now=AFTER_DUE)

    assert why_fell(desk, number) == ""


def test_files_from_the_company_are_evidence(journey: Journey, desk: Desk) -> None:
    number = journey.proposed()

    journey.do(an.COMPANY, correspondence.send_message, number, "Kilpaileva tarjous.", attachments=[FILE])

    assert why_fell(desk, number) == "evidence_came"


@pytest.mark.parametrize("attachments", [[], [FILE]])
def test_what_officials_write_changes_no_case(journey: Journey, desk: Desk, attachments: list[Any]) -> None:
    number = journey.proposed()

    journey.do(an.HANDLER, correspondence.send_message, number, "Päätös tulee pian.", attachments=attachments)

    assert why_fell(desk, number) == ""


def test_words_let_nothing_fall_but_are_read_before_the_signature(journey: Journey, desk: Desk) -> None:
    number = journey.proposed()
    journey.do(an.COMPANY, correspondence.send_message, number, "Toimittaja vaihtui.")

    with pytest.raises(ReadFirst) as refusal:
        journey.decide(number)
    assert refusal.value.facts["unread"] == "1"
    assert why_fell(desk, number) == ""

    journey.do(an.DECIDER, correspondence.mark_read, number, 1)
    assert journey.decide(number)["state"] == "approved"


def test_an_unread_message_does_not_keep_a_proposal_from_being_returned(journey: Journey) -> None:
    number = journey.proposed()
    journey.do(an.COMPANY, correspondence.send_message, number, "Toimittaja vaihtui.")

    assert journey.decide(number, verdict="return", note="Lue viesti.")["state"] == "in_assessment"


def test_after_the_fall_nobody_signs_what_they_had_before_them(journey: Journey) -> None:
    number = journey.proposed()
    journey.do(an.COMPANY, correspondence.send_message, number, "Tarjous.", attachments=[FILE])

    with pytest.raises(WrongState):
        journey.decide(number)


# ---- what others tell ----


def test_an_opinion_that_comes_after_the_proposal_is_weighed_first(journey: Journey, desk: Desk) -> None:
    number = journey.taken()
    journey.do(
        an.HANDLER,
        correspondence.ask_opinion,
        number,
        5,
        giver="myr",
        giver_name="Etelä-Savon MYR",
        asked="Lausukaa.",
        due_on=date(2026, 9, 29),
    )
    proposed_after(journey, number)

    journey.do(
        an.HANDLER,
        correspondence.record_opinion,
        number,
        1,
        2,
        given_by="Etelä-Savon MYR",
        given_on=date(2026, 9, 30),
        stance="against",
        binding=False,
        text="Ei puolleta.",
        now=AFTER_DUE,
    )

    assert why_fell(desk, number) == "opinion_came"


def test_another_group_of_companies_is_another_case(choosing: DecidingJourney, desk: Desk) -> None:
    number = choosing.assessed()
    choosing.put_forward(number)

    choosing.do(HOUSE, use_cases.know_ownership, linked(MOTHER, APPLICANT))

    assert why_fell(desk, number) == "group_changed"


@pytest.mark.parametrize(
    "link",
    [
        linked(MOTHER, OTHER),
        linked(MOTHER, APPLICANT, since=date(2027, 1, 1)),
        linked(MOTHER, APPLICANT, since=date(2020, 1, 1), until=date(2021, 1, 1)),
    ],
    ids=["of others", "to come", "over"],
)
def test_a_link_that_leaves_the_applicants_group_as_it_is_lets_nothing_fall(
    choosing: DecidingJourney, desk: Desk, link: dict[str, Any]
) -> None:
    number = choosing.assessed()
    choosing.put_forward(number)

    choosing.do(HOUSE, use_cases.know_ownership, link)

    assert why_fell(desk, number) == ""


def test_the_same_link_told_twice_lets_nothing_fall(choosing: DecidingJourney, desk: Desk) -> None:
    choosing.do(HOUSE, use_cases.know_ownership, linked(MOTHER, APPLICANT))
    number = choosing.assessed()
    choosing.put_forward(number)

    choosing.do(HOUSE, use_cases.know_ownership, linked(MOTHER, APPLICANT))

    assert why_fell(desk, number) == ""


def from_register(**facts: Any) -> dict[str, Any]:
    return {
        "business_id": APPLICANT,
        "situations": [],
        "ended_on": None,
        "vat_liable": True,
        "business_line": "25620",
        "fetched_at": an.NOON,
        "digest": "ab" * 32,
        **facts,
    }


def test_a_bankruptcy_that_the_register_tells_of_is_looked_at_before_signing(journey: Journey, desk: Desk) -> None:
    number = journey.proposed()

    journey.do(HOUSE, use_cases.know_register, from_register(situations=["bankruptcy"]))

    assert why_fell(desk, number) == "register_changed"


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        ({}, {"business_line": "46900"}, "register_changed"),
        ({}, {"vat_liable": False}, "register_changed"),
        ({}, {"ended_on": date(2026, 9, 14)}, "register_changed"),
        ({"situations": ["restructuring"]}, {}, "register_changed"),
        ({}, {}, ""),
    ],
)
def test_what_a_decision_rests_on_and_nothing_else_counts(
    journey: Journey, desk: Desk, before: dict[str, Any], now: dict[str, Any], why: str
) -> None:
    journey.do(HOUSE, use_cases.know_register, from_register(**before))
    number = journey.proposed()

    journey.do(HOUSE, use_cases.know_register, from_register(**now, fetched_at=an.later(days=1)))

    assert why_fell(desk, number) == why


def test_old_news_are_none(journey: Journey, desk: Desk) -> None:
    journey.do(HOUSE, use_cases.know_register, from_register(fetched_at=an.later(days=1)))
    number = journey.proposed()

    journey.do(HOUSE, use_cases.know_register, from_register(situations=["bankruptcy"]))

    assert why_fell(desk, number) == ""


def test_a_virus_in_a_file_of_the_case_is_found_before_signing(journey: Journey, desk: Desk) -> None:
    number, other = journey.proposed(), journey.submitted()

    journey.do(HOUSE, use_cases.know_infected, "D-1")

    assert why_fell(desk, number) == "file_infected"
    assert desk.applications[other].state == "submitted"


def test_what_is_decided_does_not_fall(journey: Journey, desk: Desk) -> None:
    number = journey.proposed()
    journey.decide(number)

    journey.do(HOUSE, use_cases.know_register, from_register(situations=["bankruptcy"]))
    journey.do(HOUSE, use_cases.know_infected, "D-1")

    assert desk.applications[number].state == "approved"
    with pytest.raises(AlreadyDecided):
        journey.decide(number)


# ---- after the decision ----


def closing(after: Afterwards) -> tuple[str, int]:
    number = after.granted()
    after.claim(number, "M-1", "6400.00", kind="final", paid_on=date(2028, 1, 3))
    proposed = after.propose(number, "closure", on=date(2028, 1, 10))
    return number, int(proposed["acts"][-1]["act"])


def returned_by_the_bank(after: Afterwards, number: str) -> None:
    after.do(HOUSE, afterwards.note_failed_payment, {"number": number, "claim_id": "M-1", "payment_id": "P-M-1"})


def another_claim(after: Afterwards, number: str) -> None:
    after.do(HOUSE, afterwards.note_filed_claim, {"number": number, "claim_id": "M-2", "kind": "interim"})


def a_review(after: Afterwards, number: str) -> None:
    after.ask_review(number, on=date(2028, 1, 11))


def an_evidence(after: Afterwards, number: str) -> None:
    after.do(an.COMPANY, correspondence.send_message, number, "Kuitti.", attachments=[FILE], on=date(2028, 1, 11))


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (returned_by_the_bank, "payments_changed"),
        (another_claim, "payments_changed"),
        (a_review, "review_sought"),
        (an_evidence, "evidence_came"),
    ],
)
def test_a_closure_that_waits_falls_when_the_case_moves(
    after: Afterwards, desk: Desk, happens: Callable[[Afterwards, str], None], why: str
) -> None:
    number, act = closing(after)

    happens(after, number)

    shown = after.acts(number)["acts"][-1]
    assert (shown["state"], shown["fell"]) == ("returned", why)
    with pytest.raises(NoSuchProposal):
        after.decide(number, act, on=date(2028, 1, 12))
    told = [data for name, _, data in desk.announced if name.endswith("act_returned")]
    assert [(one["act"], one["reason"]) for one in told] == [(act, why)]


def test_a_completion_that_comes_after_the_decision_is_read_before_a_later_act_is_signed(after: Afterwards) -> None:
    """It takes no effect any more, and is kept beside the file; but who signs has to know it."""
    journey = after.journey
    number = proposed_after(journey, ask_completion(journey))
    journey.do(an.DECIDER, use_cases.decide, number, journey.look(number)["version"], "sign", now=AFTER_DUE)
    less = {"about": 1, "ground": "facts", "consent": True, "changes": {"costs": costs("18000.00")}}
    after.propose(number, "correction_of_fact", on=SPRING, **less)
    new = {"answers": {"summary": "Uusi solu lyhentää läpimenoajan puoleen."}}
    journey.do(an.COMPANY, correspondence.save_reply, number, 1, 2, now=AFTER_DUE, **new)

    receipt = after.do(an.COMPANY, correspondence.answer_completion, number, 1, 3, on=SPRING)

    assert not receipt["took_effect"]
    assert [act["fell"] for act in after.acts(number)["acts"]] == ["", "completed"]


def test_the_same_news_of_a_claim_twice_lets_nothing_fall(after: Afterwards) -> None:
    number, act = closing(after)

    settled = {"number": number, "claim_id": "M-1", "payment_id": "P-M-1"}
    paid = after.kept(number).claim("M-1")
    after.do(HOUSE, afterwards.note_settled_payment, settled | {"amount": paid.paid, "settled_on": paid.settled_on})

    assert after.decide(number, act, on=date(2028, 1, 12))["project_state"] == "closed"


def test_a_change_that_is_applied_for_meanwhile_lets_a_correction_fall(after: Afterwards) -> None:
    number = after.granted()
    less = {"changes": {"costs": costs("18000.00")}, "about": 1, "ground": "facts", "consent": True}
    after.propose(number, "correction_of_fact", on=SPRING, **less)

    shown = after.ask_amendment(number, on=SPRING, change_on=date(2027, 4, 1), costs=costs("22000.00"))

    assert [act["fell"] for act in after.acts(number)["acts"]] == ["", "amendment_sought"]
    assert len(shown["amendments"]) == 1


def test_an_act_is_signed_at_the_version_that_was_read(after: Afterwards) -> None:
    number = after.granted()
    less = {"changes": {"costs": costs("18000.00")}, "about": 1, "ground": "facts", "consent": True}
    version = after.propose(number, "correction_of_fact", on=SPRING, **less)["version"]
    after.ask_review(number, on=SPRING)

    with pytest.raises((ChangedMeanwhile, NoSuchProposal)):
        after.do(an.DECIDER, afterwards.decide_act, number, version, 2, "sign", "", on=SPRING)
