"""One case through its life, on the fake and on PostgreSQL: both must tell the same story."""

from __future__ import annotations

from typing import Any

import pytest

from services.applications import use_cases
from services.applications.domain.errors import AuthorityShort, CallInUse
from shared.contracts import applications as contract
from shared.errors import ChangedMeanwhile, NotFound
from shared.messaging.schemas import schema_of
from shared.money import Money, Rate
from tests.support import applications_builders as an
from tests.support.applications_journeys import Journey


def test_a_draft_comes_back_as_it_was_typed(journey: Journey) -> None:
    journey.publish()
    number = journey.draft(title="  Kesken  ", costs=[an.cost_row("1.234")])

    seen = journey.look(number)

    assert seen["answers"]["title"] == "  Kesken  "
    assert seen["answers"]["costs"][0]["amount"] == "1.234"
    assert [(fault["path"], fault["rule"]) for fault in seen["faults"]][:1] == [("costs.0.amount", "ambiguous_number")]


def test_numbers_run_from_80001_with_the_letter_of_the_fund(journey: Journey) -> None:
    journey.publish()
    journey.publish(an.a_call(call_id="ESR-1", fund="ESF+"))

    first = journey.do(an.COMPANY, use_cases.open_application, "IS-2026-14", "Saimaan Levypaja Oy", "fi")["number"]
    second = journey.do(an.COMPANY, use_cases.open_application, "ESR-1", "Saimaan Levypaja Oy", "fi")["number"]

    assert (first[0], second[0]) == ("A", "S")
    assert int(second[1:]) == int(first[1:]) + 1 > 80001


def test_an_approved_case_comes_back_whole(journey: Journey) -> None:
    journey.publish()
    journey.fund("50000.00")
    number = journey.proposed()
    decided = journey.decide(number)

    seen = journey.look(number)

    assert seen == decided
    assert seen["state"] == "approved"
    assert seen["aid_decided"] == Money.eur("10000.00")
    assert seen["proposal"].steps[-1].amount == Money.eur("10000.00")
    assert seen["decision"].appeal.days == 30
    answer: dict[str, Any] = schema_of(contract.Application).dump(seen)
    assert schema_of(contract.Application).validate(answer) == {}


def test_a_returned_proposal_is_kept_with_its_note(journey: Journey) -> None:
    journey.publish()
    journey.fund("50000.00")
    number = journey.proposed()

    returned = journey.decide(number, verdict="return", note="Kuulitko hakijaa?")

    assert (returned["state"], returned["proposal"], returned["return_note"]) == (
        "in_assessment",
        None,
        "Kuulitko hakijaa?",
    )
    assert journey.propose(number, 7)["state"] == "proposed"


def test_a_stale_version_is_told_who_saved_and_when(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()
    journey.do(an.COLLEAGUE, use_cases.save_draft, number, 3, an.complete_answers(title="Uusi nimi"))

    with pytest.raises(ChangedMeanwhile) as refusal:
        journey.do(an.COMPANY, use_cases.save_draft, number, 3, an.complete_answers())

    assert refusal.value.facts == {"by": "antti.rautiainen", "at": an.NOON.isoformat()}


def test_authority_to_grant_is_never_exceeded(journey: Journey) -> None:
    journey.publish()
    journey.fund("15000.00")
    first, second = journey.proposed(), journey.proposed()
    journey.decide(first)

    with pytest.raises(AuthorityShort) as refusal:
        journey.decide(second)

    assert refusal.value.facts == {"envelope": "ITA/ERDF/1/2026", "free": "5000.00", "needed": "10000.00"}
    assert journey.look(second)["state"] == "proposed"


def test_without_any_authority_nothing_is_free(journey: Journey) -> None:
    journey.publish()

    with pytest.raises(AuthorityShort) as refusal:
        journey.decide(journey.proposed())

    assert refusal.value.facts["free"] == "0.00"


def test_authority_to_grant_can_be_raised_later(journey: Journey) -> None:
    journey.publish()
    journey.fund("5000.00")
    journey.fund("10000.00")

    assert journey.decide(journey.proposed())["state"] == "approved"


def test_the_terms_of_a_call_stay_once_someone_has_answered(journey: Journey) -> None:
    journey.publish()
    journey.publish(an.a_call(aid_rate=Rate.of("45")))
    journey.draft()

    journey.publish(an.a_call(aid_rate=Rate.of("45")))
    with pytest.raises(CallInUse):
        journey.publish(an.a_call(aid_rate=Rate.of("60")))


def test_what_does_not_exist_is_not_found(journey: Journey) -> None:
    with pytest.raises(NotFound):
        journey.look("A1")
    with pytest.raises(NotFound):
        journey.do(an.COMPANY, use_cases.get_call, "ei-ole")
