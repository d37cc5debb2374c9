"""Drafts, filing, taking back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.applications import use_cases
from services.applications.domain.errors import (
    AlreadyDecided,
    AlreadySubmitted,
    AlreadyWithdrawn,
    CallClosed,
    CallNotOpen,
    WrongState,
)
from services.applications.domain.filing import digest_of
from shared.errors import ChangedMeanwhile, InvalidFields, NotForYou, NotFound
from tests.support import applications_builders as an
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey

LAST_SECOND = an.CLOSES - timedelta(seconds=1)


def test_the_receipt_proves_what_was_filed_and_when(journey: Journey, desk: Desk) -> None:
    number = journey.draft()

    receipt = journey.do(an.COLLEAGUE, use_cases.submit, number, 3)

    assert receipt["submitted_at"] == an.NOON
    assert receipt["submitted_by"] == "antti.rautiainen"
    assert receipt["digest"] == digest_of(desk.applications[number])
    assert [attachment.sha256 for attachment in receipt["attachments"]] == ["ab" * 32]


def test_the_digest_changes_with_a_single_letter_or_a_single_attachment(journey: Journey, desk: Desk) -> None:
    first, second, third = journey.draft(), journey.draft(title="Robottihitsaussolu."), journey.draft()
    journey.do(an.COMPANY, use_cases.attach, third, 3, {**an.OFFER, "document_id": "D-2"})

    assert len({digest_of(desk.applications[number]) for number in (first, second, third)}) == 3


def test_the_others_hear_of_a_filed_application(journey: Journey, desk: Desk) -> None:
    number = journey.submitted()

    [(name, subject, data)] = desk.announced

    assert (name, subject) == ("applications.application_submitted", number)
    assert data["costs"] == "20000.00"
    assert data["aid_sought"] == "10000.00"


def test_a_draft_is_nobody_elses_business(journey: Journey, desk: Desk) -> None:
    number = journey.draft()

    assert desk.announced == []
    for asker in (an.STRANGER, an.HANDLER):
        with pytest.raises(NotFound):
            journey.look(number, asker)


def test_everything_wrong_is_told_at_once(journey: Journey) -> None:
    number = journey.draft(title="", financing=[])

    with pytest.raises(InvalidFields) as refusal:
        journey.do(an.COMPANY, use_cases.submit, number, 3)

    assert {(fault.path, fault.rule) for fault in refusal.value.faults} == {
        ("title", "required"),
        ("financing", "financing_missing"),
    }


def test_the_second_filing_is_told_when_the_first_was(journey: Journey) -> None:
    number = journey.submitted()

    with pytest.raises(AlreadySubmitted) as refusal:
        journey.do(an.COLLEAGUE, use_cases.submit, number, 3)

    assert refusal.value.facts == {"number": number, "by": "eeva.rautiainen", "at": an.NOON.isoformat()}


def test_the_last_second_is_in_time(journey: Journey) -> None:
    number = journey.draft()

    assert journey.do(an.COMPANY, use_cases.submit, number, 3, now=LAST_SECOND)["submitted_at"] == LAST_SECOND


def test_midnight_is_late_but_the_draft_is_kept_and_can_still_be_saved(journey: Journey) -> None:
    number = journey.draft()

    with pytest.raises(CallClosed):
        journey.do(an.COMPANY, use_cases.submit, number, 3, now=an.CLOSES)
    saved = journey.do(an.COMPANY, use_cases.save_draft, number, 3, an.complete_answers(), now=an.CLOSES)

    assert saved["state"] == "draft"


def test_no_draft_is_started_outside_the_calls_time(journey: Journey) -> None:
    start = (an.COMPANY, use_cases.open_application, "IS-2026-14", "Saimaan Levypaja Oy", "fi")

    with pytest.raises(CallNotOpen):
        journey.do(*start, now=an.a_call().opens_at - timedelta(seconds=1))
    with pytest.raises(CallClosed):
        journey.do(*start, now=an.CLOSES)


def test_a_filed_application_can_no_longer_be_changed(journey: Journey) -> None:
    number = journey.submitted()

    for change in (
        lambda: journey.do(an.COMPANY, use_cases.save_draft, number, 4, an.complete_answers()),
        lambda: journey.do(an.COMPANY, use_cases.attach, number, 4, an.OFFER),
        lambda: journey.do(an.COMPANY, use_cases.detach, number, 4, "D-1"),
    ):
        with pytest.raises(AlreadySubmitted):
            change()


def test_the_same_document_attached_again_replaces_itself(journey: Journey) -> None:
    number = journey.draft()

    journey.do(an.COMPANY, use_cases.attach, number, 3, {**an.OFFER, "file_name": "tarjous_2.pdf"})

    assert [attachment.file_name for attachment in journey.look(number)["attachments"]] == ["tarjous_2.pdf"]


def test_a_detached_document_is_gone_and_cannot_be_detached_twice(journey: Journey) -> None:
    number = journey.draft()

    journey.do(an.COMPANY, use_cases.detach, number, 3, "D-1")

    assert journey.look(number)["attachments"] == ()
    with pytest.raises(NotFound):
        journey.do(an.COMPANY, use_cases.detach, number, 4, "D-1")


def test_an_attachment_without_a_digest_proves_nothing(journey: Journey) -> None:
    number = journey.draft()

    with pytest.raises(InvalidFields):
        journey.do(an.COMPANY, use_cases.attach, number, 3, {**an.OFFER, "sha256": "abc"})


def test_two_people_of_one_company_do_not_overwrite_each_other(journey: Journey) -> None:
    number = journey.draft()
    journey.do(an.COLLEAGUE, use_cases.save_draft, number, 3, an.complete_answers(title="Antin nimi"))

    with pytest.raises(ChangedMeanwhile) as refusal:
        journey.do(an.COMPANY, use_cases.save_draft, number, 3, an.complete_answers())

    assert refusal.value.facts["by"] == "antti.rautiainen"
    assert journey.look(number)["title"] == "Antin nimi"


def test_a_stranger_cannot_touch_the_draft(journey: Journey) -> None:
    number = journey.draft()

    with pytest.raises(NotFound):
        journey.do(an.STRANGER, use_cases.save_draft, number, 3, an.complete_answers())
    with pytest.raises(NotFound):
        journey.do(an.STRANGER, use_cases.submit, number, 3)


def test_whoever_acts_for_no_company_cannot_apply(journey: Journey) -> None:
    nobody = type(an.COMPANY)(person="a", role=an.COMPANY.role)

    with pytest.raises(NotForYou):
        journey.do(nobody, use_cases.open_application, "IS-2026-14", "Oy Ab", "fi")


def test_the_promised_day_is_ninety_days_away(journey: Journey) -> None:
    assert journey.look(journey.submitted())["due_on"] == date(2026, 12, 14)


def test_an_application_may_be_taken_back_before_it_is_decided(journey: Journey, desk: Desk) -> None:
    number = journey.proposed()

    withdrawn = journey.do(an.COMPANY, use_cases.withdraw, number, 6, "Rahoitus ei järjestynyt")

    assert withdrawn["state"] == "withdrawn"
    assert desk.announced[-1][2]["reason"] == "Rahoitus ei järjestynyt"
    with pytest.raises(AlreadyWithdrawn):
        journey.decide(number, 7)
    with pytest.raises(AlreadyWithdrawn):
        journey.do(an.COMPANY, use_cases.withdraw, number, 7)


def test_a_decision_cannot_be_taken_back_by_the_applicant(journey: Journey) -> None:
    number = journey.proposed()
    journey.decide(number)

    with pytest.raises(AlreadyDecided) as refusal:
        journey.do(an.COMPANY, use_cases.withdraw, number, 7)

    assert refusal.value.facts == {"by": "tero.korhonen", "at": an.NOON.isoformat(), "outcome": "approve"}


def test_a_draft_is_not_withdrawn_for_it_was_never_filed(journey: Journey) -> None:
    number = journey.draft()

    with pytest.raises(WrongState) as refusal:
        journey.do(an.COMPANY, use_cases.withdraw, number, 3)

    assert refusal.value.facts == {"state": "draft", "action": "withdraw"}
