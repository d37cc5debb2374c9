"""What came on paper: in time by its arrival, typed in by the authority, and till then nobody else's business."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.applications import use_cases
from services.applications.domain.arrivals import SCAN
from services.applications.domain.errors import AlreadySubmitted, ArrivesLater, CallNotOpen
from shared.dates import helsinki_day
from shared.errors import ChangedMeanwhile, InvalidFields, NotForYou, NotFound
from shared.money import Money
from tests.support import applications_builders as an
from tests.support.applications_journeys import Journey

SCANNED = an.OFFER | {"document_id": "D-9", "kind": SCAN, "file_name": "saapunut.pdf"}
ARRIVED = an.CLOSES - timedelta(seconds=1)
TYPED = an.CLOSES + timedelta(days=2)


def enter(journey: Journey, asker: Any = an.HANDLER, **facts: Any) -> str:
    entered = journey.do(
        asker,
        use_cases.enter_paper,
        **{
            "call_id": "IS-2026-14",
            "business_id": "9104416-3",
            "undertaking_name": "Saimaan Levypaja Oy",
            "language": "fi",
            "channel": "paper",
            "arrived_at": ARRIVED,
            "reason": "Palvelu ei auennut.",
            **facts,
        },
        now=TYPED,
    )
    number: str = entered["number"]
    return number


def typed(journey: Journey, **answers: Any) -> str:
    number = enter(journey)
    journey.do(an.HANDLER, use_cases.save_draft, number, 1, an.complete_answers(**answers), now=TYPED)
    journey.do(an.HANDLER, use_cases.attach, number, 2, an.OFFER, now=TYPED)
    journey.do(an.HANDLER, use_cases.attach, number, 3, SCANNED, now=TYPED)
    return number


def test_what_arrived_in_time_is_in_time_when_it_is_typed_in_after_the_call(journey: Journey) -> None:
    journey.publish()
    number = typed(journey)

    receipt = journey.do(an.HANDLER, use_cases.file_paper, number, 4, now=TYPED)

    assert (receipt["submitted_at"], receipt["submitted_by"]) == (ARRIVED, "marja.hyvarinen")
    seen = journey.look(number)
    assert seen["state"] == "submitted"
    assert seen["due_on"] == helsinki_day(ARRIVED) + timedelta(days=90)
    assert (seen["arrival"].channel, seen["arrival"].entered_at) == ("paper", TYPED)


@pytest.mark.parametrize(
    ("arrived_at", "refusal"),
    [
        (an.a_call().opens_at - timedelta(seconds=1), CallNotOpen),
        (TYPED + timedelta(seconds=1), ArrivesLater),
    ],
)
def test_what_arrived_at_another_time_is_not_entered(journey: Journey, arrived_at: Any, refusal: Any) -> None:
    journey.publish()
    with pytest.raises(refusal):
        enter(journey, arrived_at=arrived_at)


def test_an_official_types_in_only_for_a_call_of_the_own_authority(journey: Journey) -> None:
    journey.publish()
    with pytest.raises(NotForYou):
        enter(journey, an.HANDLER_ELSEWHERE)
    number = enter(journey)
    with pytest.raises(NotForYou):
        journey.do(an.HANDLER_ELSEWHERE, use_cases.save_draft, number, 1, {}, now=TYPED)


def test_till_it_is_filed_it_is_nobodys_but_the_handlers(journey: Journey) -> None:
    journey.publish()
    number = enter(journey)

    for asker in (an.COMPANY, an.DECIDER):
        with pytest.raises(NotFound):
            journey.look(number, asker)
    with pytest.raises(NotFound):
        journey.do(an.COMPANY, use_cases.submit, number, 1)
    assert journey.look(number, an.OTHER_HANDLER)["arrival"].reason == "Palvelu ei auennut."
    listed = journey.do(an.HANDLER, use_cases.list_papers)
    assert [(row["number"], row["arrival"].arrived_at) for row in listed["items"]] == [(number, ARRIVED)]
    assert journey.do(an.HANDLER_ELSEWHERE, use_cases.list_papers)["items"] == []


def test_it_is_filed_with_what_came_as_it_came(journey: Journey) -> None:
    journey.publish()
    number = enter(journey)
    journey.do(an.HANDLER, use_cases.save_draft, number, 1, an.complete_answers(), now=TYPED)
    journey.do(an.HANDLER, use_cases.attach, number, 2, an.OFFER, now=TYPED)

    with pytest.raises(InvalidFields) as refused:
        journey.do(an.HANDLER, use_cases.file_paper, number, 3, now=TYPED)

    assert [(fault.rule, fault.facts) for fault in refused.value.faults] == [("attachment_missing", {"kind": "scan"})]


def test_what_is_missing_may_be_asked_for_later_and_what_is_wrong_may_not(journey: Journey) -> None:
    journey.publish()
    gaps = typed(journey, contact_email="", indicators=[])
    with pytest.raises(InvalidFields):
        journey.do(an.HANDLER, use_cases.file_paper, gaps, 4, now=TYPED)
    journey.do(an.HANDLER, use_cases.file_paper, gaps, 4, with_gaps=True, now=TYPED)
    wrong = typed(journey, starts_on="ensi vuonna", title="")

    with pytest.raises(InvalidFields) as refused:
        journey.do(an.HANDLER, use_cases.file_paper, wrong, 4, with_gaps=True, now=TYPED)

    assert {(fault.path, fault.rule) for fault in refused.value.faults} == {
        ("starts_on", "not_a_date"),
        ("title", "required"),
    }


def test_it_is_filed_once_and_by_its_newest_version(journey: Journey) -> None:
    journey.publish()
    number = typed(journey)
    with pytest.raises(ChangedMeanwhile):
        journey.do(an.HANDLER, use_cases.file_paper, number, 3, now=TYPED)
    journey.do(an.HANDLER, use_cases.file_paper, number, 4, now=TYPED)

    with pytest.raises(AlreadySubmitted):
        journey.do(an.OTHER_HANDLER, use_cases.save_draft, number, 5, {"title": "Muutettu"}, now=TYPED)


def test_the_companys_own_drafts_are_still_closed_to_the_authority(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()
    for deed, more in ((use_cases.save_draft, ({},)), (use_cases.detach, ("D-1",)), (use_cases.file_paper, ())):
        with pytest.raises(NotFound):
            journey.do(an.HANDLER, deed, number, 3, *more)


@pytest.mark.postgres
def test_the_list_of_a_company_has_no_paper_before_it_is_filed(stored_journey: Journey) -> None:
    from services.applications import queries

    stored_journey.publish()
    number = typed(stored_journey)

    def listed(asker: Any) -> list[str]:
        with stored_journey.open_work(replace(asker), TYPED) as work:
            found = queries.list_applications(work.session, work.asker, page=1, size=50, sort="")
            return [row["number"] for row in found["items"]]

    assert listed(an.COMPANY) == listed(an.HANDLER) == []
    stored_journey.do(an.HANDLER, use_cases.file_paper, number, 4, now=TYPED)
    assert listed(an.COMPANY) == listed(an.HANDLER) == [number]


# ---- what came after the call closed ----


def late(journey: Journey, **answers: Any) -> str:
    """Filed as of the stroke of the closing, the first moment that is late."""
    journey.publish()
    journey.fund("75000.00")
    number = enter(journey, arrived_at=an.CLOSES)
    journey.do(an.HANDLER, use_cases.save_draft, number, 1, an.complete_answers(**answers), now=TYPED)
    journey.do(an.HANDLER, use_cases.attach, number, 2, SCANNED, now=TYPED)
    journey.do(an.HANDLER, use_cases.file_paper, number, 3, with_gaps=True, now=TYPED)
    journey.do(an.HANDLER, use_cases.take_case, number, 4, now=TYPED)
    return number


def test_what_came_late_is_entered_with_its_real_moment(journey: Journey) -> None:
    number = late(journey)

    seen = journey.look(number)

    assert (seen["submitted_at"], seen["came_late"]) == (an.CLOSES, True)
    assert seen["state"] == "in_assessment"


def test_of_what_came_late_no_plan_is_asked_but_who_and_what_it_is(journey: Journey) -> None:
    number = late(journey, costs=[], financing=[], starts_on="", ends_on="", indicators=[])
    assert journey.look(number)["came_late"]

    nameless = enter(journey, arrived_at=an.CLOSES)
    journey.do(an.HANDLER, use_cases.save_draft, nameless, 1, an.complete_answers(title=""), now=TYPED)
    journey.do(an.HANDLER, use_cases.attach, nameless, 2, SCANNED, now=TYPED)
    with pytest.raises(InvalidFields) as refused:
        journey.do(an.HANDLER, use_cases.file_paper, nameless, 3, with_gaps=True, now=TYPED)
    assert [(fault.path, fault.rule) for fault in refused.value.faults] == [("title", "required")]


@pytest.mark.parametrize(
    ("outcome", "accepted"),
    [("approve", [an.accepted("20000.00")]), ("approve_in_part", [an.accepted("18000.00")]), ("reject", [])],
)
def test_what_came_late_is_neither_granted_nor_weighed(journey: Journey, outcome: str, accepted: list[Any]) -> None:
    number = late(journey)

    with pytest.raises(InvalidFields) as refused:
        journey.propose(number, 5, outcome, accepted)

    assert [(fault.path, fault.rule, fault.facts) for fault in refused.value.faults] == [
        ("outcome", "late_is_not_examined", {"last": "2026-11-30"})
    ]


def test_what_came_late_is_left_unexamined_by_a_decision(journey: Journey) -> None:
    number = late(journey)
    journey.propose(number, 5, "leave_unexamined", [], unheard=None)

    decided = journey.decide(number)

    assert (decided["state"], decided["aid_decided"]) == ("not_examined", Money(0))


def test_what_came_in_the_last_second_is_examined(journey: Journey) -> None:
    journey.publish()
    number = typed(journey)
    journey.do(an.HANDLER, use_cases.file_paper, number, 4, now=TYPED)
    journey.do(an.HANDLER, use_cases.take_case, number, 5, now=TYPED)

    assert not journey.look(number)["came_late"]
    assert journey.propose(number, 6)["state"] == "proposed"
