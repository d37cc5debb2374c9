"""Completion, hearing and opinion, on the fake and on PostgreSQL: the case waits, and goes on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.applications import use_cases
from services.applications.domain.errors import (
    MoreTimeNotAsked,
    MoreTimeWaits,
    NotYourCase,
    RequestAnswered,
    RequestClosed,
    WrongState,
)
from services.applications.use_cases import correspondence
from shared.contracts import applications as contract
from shared.errors import ChangedMeanwhile, InvalidFields, NotForYou, NotFound
from shared.messaging.schemas import schema_of
from tests.support import applications_builders as an
from tests.support import correspondence_journeys as waiting
from tests.support.applications_journeys import Journey


@pytest.fixture
def case(journey: Journey) -> Journey:
    journey.publish()
    journey.fund("100000.00")
    return journey


def test_a_case_in_completion_keeps_what_was_filed_until_the_answer_is_sent(case: Journey) -> None:
    number = waiting.ask_completion(case)
    filed = case.look(number)

    waiting.save(case, number, reply="Tarkennettu.", answers={"summary": "Solu hitsaa rungot."})
    seen = case.look(number)

    assert seen["state"] == "in_completion"
    assert (seen["answers"], seen["digest"]) == (filed["answers"], filed["digest"])


def test_the_company_may_change_exactly_what_was_asked(case: Journey) -> None:
    number = waiting.ask_completion(case, "summary")

    with pytest.raises(InvalidFields) as refusal:
        waiting.save(case, number, answers={"summary": "Tarkempi.", "title": "Aivan toinen hanke"})

    assert [(fault.path, fault.rule) for fault in refusal.value.faults] == [("answers.title", "not_asked_for")]


def test_only_a_kind_of_file_that_was_asked_for_can_be_added(case: Journey) -> None:
    number = waiting.ask_completion(case, kinds=("offer",))
    plan = an.OFFER | {"document_id": "D-2", "kind": "plan"}

    with pytest.raises(InvalidFields):
        case.do(an.COMPANY, correspondence.attach_to_reply, number, 1, 1, plan)
    case.do(an.COMPANY, correspondence.attach_to_reply, number, 1, 1, plan | {"kind": "offer"})

    attached = waiting.request_of(case, number)["attachments"]
    assert [one["document_id"] for one in attached] == ["D-2"]


def test_an_answered_completion_is_a_new_filed_version_with_its_own_digest(case: Journey) -> None:
    number = waiting.ask_completion(case)
    filed = case.look(number)
    waiting.save(case, number, reply="Tarkennettu.", answers={"summary": "Solu hitsaa rungot."})

    receipt = waiting.answer(case, number, 2)
    after = case.look(number)
    request = waiting.request_of(case, number, an.HANDLER)

    assert (after["state"], after["answers"]["summary"]) == ("in_assessment", "Solu hitsaa rungot.")
    assert receipt["digest"] == after["digest"] != filed["digest"]
    assert (receipt["late"], receipt["took_effect"]) == (False, True)
    assert request["before"]["digest"] == filed["digest"]
    assert request["before"]["answers"] == filed["answers"]
    assert request["after"]["answers"] == after["answers"]
    assert after["answers"]["title"] == filed["answers"]["title"]
    assert schema_of(contract.PartyRequest).validate(schema_of(contract.PartyRequest).dump(request)) == {}


def test_a_completion_of_the_costs_changes_the_aid_that_is_sought(case: Journey) -> None:
    number = waiting.ask_completion(case, "costs", "financing")
    less = {
        "costs": [an.cost_row("16 000,00")],
        "financing": [{"source": "own", "year": "2027", "amount": "8 000"}],
    }
    waiting.save(case, number, reply="Tarjous halpeni.", answers=less)

    waiting.answer(case, number, 2)

    assert str(case.look(number)["aid_sought"]) == "8000.00"


def test_a_fault_in_what_was_asked_stops_the_answer_and_is_told_beforehand(case: Journey) -> None:
    number = waiting.ask_completion(case)
    waiting.save(case, number, reply="Tyhjensin.", answers={"summary": " "})

    told = waiting.request_of(case, number)["faults"]
    with pytest.raises(InvalidFields) as refusal:
        waiting.answer(case, number, 2)

    assert [(fault["path"], fault["rule"]) for fault in told] == [("summary", "required")]
    assert [fault.path for fault in refusal.value.faults] == ["summary"]
    assert case.look(number)["state"] == "in_completion"


def test_the_authority_does_not_read_an_answer_before_it_is_sent(case: Journey) -> None:
    number = waiting.ask_completion(case)
    waiting.save(case, number, reply="Vielä kesken.", answers={"summary": "Luonnos."})

    seen = waiting.request_of(case, number, an.HANDLER)

    assert (seen["reply"], seen["answers"], seen["saved_at"]) == ("", {}, None)


def test_of_two_colleagues_who_write_the_later_one_is_told(case: Journey) -> None:
    number = waiting.ask_completion(case)
    waiting.save(case, number, reply="Eevan vastaus.")

    with pytest.raises(ChangedMeanwhile) as refusal:
        case.do(an.COLLEAGUE, correspondence.save_reply, number, 1, 1, reply="Antin vastaus.")

    assert refusal.value.facts["by"] == an.COMPANY.person


def test_a_strange_companys_request_is_not_there(case: Journey) -> None:
    number = waiting.ask_completion(case)

    with pytest.raises(NotFound):
        case.do(an.STRANGER, correspondence.get_request, number, 1)
    with pytest.raises(NotForYou):
        case.do(an.HANDLER_ELSEWHERE, correspondence.get_request, number, 1)


def test_only_the_handler_of_the_case_asks(case: Journey) -> None:
    number = case.taken()

    with pytest.raises(NotYourCase):
        case.do(an.OTHER_HANDLER, correspondence.ask_completion, number, 5, asked="Tarkenna.", due_on=waiting.DUE)


def test_what_is_asked_has_to_be_of_the_form(case: Journey) -> None:
    with pytest.raises(InvalidFields) as refusal:
        waiting.ask_completion(case, "summary", "shoe_size")

    assert [(fault.path, fault.rule) for fault in refusal.value.faults] == [("keys.1", "unknown_field")]


def test_the_days_that_the_party_is_waited_for_are_added_to_the_promise(case: Journey) -> None:
    number = waiting.ask_completion(case)
    promised = case.look(number)["due_on"]
    waiting.save(case, number, reply="Tässä.", answers={"summary": "Tarkempi."}, now=an.later(days=6))

    receipt = waiting.answer(case, number, 2, now=an.later(days=6))

    assert receipt["promised_on"] == case.look(number)["due_on"] == promised + timedelta(days=6)


def test_when_the_time_runs_out_the_case_goes_on_and_the_unsent_answer_stays(case: Journey) -> None:
    number = waiting.ask_completion(case)
    promised = case.look(number)["due_on"]
    waiting.save(case, number, reply="Kesken jäi.", answers={"summary": "Melkein."})

    assert not waiting.let_time_pass(case, number, now=an.later(days=14, hours=11))  # 29.9. at 23 in Finland
    assert waiting.let_time_pass(case, number, now=an.later(days=14, hours=12))  # 30.9. at 0 in Finland
    assert not waiting.let_time_pass(case, number)

    kept = waiting.request_of(case, number, now=waiting.AFTER_DUE)
    assert (kept["state"], kept["reply"], kept["late"]) == ("expired", "Kesken jäi.", True)
    seen = case.look(number)
    assert seen["state"] == "in_assessment"
    assert seen["due_on"] == promised + timedelta(days=14)


def test_a_late_answer_before_the_proposal_takes_effect_and_is_shown_as_late(case: Journey) -> None:
    number = waiting.ask_completion(case)
    waiting.let_time_pass(case, number)
    promised = case.look(number)["due_on"]
    late = waiting.AFTER_DUE + timedelta(days=1)
    waiting.save(case, number, 2, reply="Myöhässä.", answers={"summary": "Myöhäinen."}, now=late)

    receipt = waiting.answer(case, number, 3, now=late)

    assert (receipt["late"], receipt["took_effect"]) == (True, True)
    assert case.look(number)["answers"]["summary"] == "Myöhäinen."
    assert case.look(number)["due_on"] == promised
    assert waiting.request_of(case, number, an.HANDLER, now=late)["late"]


def test_an_answer_after_the_proposal_is_the_file_and_the_proposal_falls(case: Journey) -> None:
    number = waiting.ask_completion(case)
    waiting.let_time_pass(case, number)
    before = case.look(number)
    case.propose(number, before["version"])
    waiting.save(case, number, 2, reply="Viime hetkellä.", answers={"summary": "Toinen."}, now=waiting.AFTER_DUE)

    receipt = waiting.answer(case, number, 3, now=waiting.AFTER_DUE)
    after = case.look(number, an.HANDLER)

    assert (receipt["late"], receipt["took_effect"]) == (True, True)
    assert (after["state"], after["answers"]["summary"]) == ("in_assessment", "Toinen.")
    assert after["digest"] != before["digest"]
    assert case.do(an.HANDLER, use_cases.get_assessment, number)["fell"]["why"] == "completed"


def test_an_answer_after_the_decision_is_kept_beside_the_file_and_changes_nothing_in_it(case: Journey) -> None:
    number = waiting.ask_completion(case)
    waiting.let_time_pass(case, number)
    before = case.look(number)
    proposed = case.propose(number, before["version"])
    case.decide(number, proposed["version"])
    waiting.save(case, number, 2, reply="Liian myöhään.", answers={"summary": "Toinen."}, now=waiting.AFTER_DUE)

    receipt = waiting.answer(case, number, 3, now=waiting.AFTER_DUE)
    after = case.look(number)

    assert (receipt["late"], receipt["took_effect"]) == (True, False)
    assert (after["state"], after["answers"], after["digest"]) == ("approved", before["answers"], before["digest"])
    kept = waiting.request_of(case, number, an.HANDLER, now=waiting.AFTER_DUE)
    assert (kept["answers"], kept["before"]) == ({"summary": "Toinen."}, None)


def test_an_answer_is_sent_once(case: Journey) -> None:
    number = waiting.ask_completion(case)
    waiting.save(case, number, reply="Tässä.", answers={"summary": "Tarkempi."})
    waiting.answer(case, number, 2)

    with pytest.raises(RequestAnswered):
        waiting.answer(case, number, 3)


def test_a_withdrawn_case_waits_for_nobody_and_takes_no_answer(case: Journey) -> None:
    number = waiting.ask_completion(case)
    waiting.save(case, number, reply="Tässä.")
    case.do(an.COMPANY, use_cases.withdraw, number, case.look(number)["version"])

    assert waiting.request_of(case, number)["state"] == "closed"
    with pytest.raises(RequestClosed):
        waiting.answer(case, number, 3)


def test_while_more_time_is_asked_for_the_time_does_not_run_out(case: Journey) -> None:
    number = waiting.ask_completion(case)
    asked = date(2026, 10, 9)
    case.do(an.COMPANY, correspondence.ask_more_time, number, 1, 1, until=asked, reason="Tarjous tulee viikolla 41.")

    assert not waiting.let_time_pass(case, number)
    with pytest.raises(MoreTimeWaits):
        case.do(an.COMPANY, correspondence.ask_more_time, number, 1, 2, until=asked, reason="Vielä kerran.")
    given = case.do(an.HANDLER, correspondence.move_due_day, number, 1, 2, due_on=asked)

    assert (given["due_on"], given["due_first"]) == (asked, waiting.DUE)
    assert given["more_time"]["granted"] is True
    assert not waiting.let_time_pass(case, number)


def test_more_time_refused_leaves_the_day_and_tells_why(case: Journey) -> None:
    number = waiting.ask_completion(case)
    with pytest.raises(MoreTimeNotAsked):
        case.do(an.HANDLER, correspondence.refuse_more_time, number, 1, 1, reason="Haku ratkaistaan pian.")
    case.do(an.COMPANY, correspondence.ask_more_time, number, 1, 1, until=date(2026, 10, 9), reason="Kiire.")

    refused = case.do(an.HANDLER, correspondence.refuse_more_time, number, 1, 2, reason="Haku ratkaistaan pian.")

    assert (refused["due_on"], refused["more_time"]["answer"]) == (waiting.DUE, "Haku ratkaistaan pian.")
    assert waiting.let_time_pass(case, number)


def test_a_hearing_shows_on_what_and_its_comment_lets_the_case_go_on(case: Journey) -> None:
    number = waiting.ask_hearing(case)
    asked = waiting.request_of(case, number)
    waiting.save(case, number, reply="Tilaus oli ehdollinen.")

    receipt = case.do(an.COMPANY, correspondence.answer_hearing, number, 1, 2)

    assert asked["facts"] == ("Laite on tilattu ennen hakemuksen jättämistä.",)
    assert asked["document_ids"] == ("D-1",)
    assert case.look(number)["state"] == "in_assessment"
    assert receipt["digest"] == case.look(number)["digest"]
    assert waiting.request_of(case, number, an.HANDLER)["reply"] == "Tilaus oli ehdollinen."


def test_an_empty_comment_is_no_comment(case: Journey) -> None:
    number = waiting.ask_hearing(case)

    with pytest.raises(InvalidFields):
        case.do(an.COMPANY, correspondence.answer_hearing, number, 1, 1)


def test_nothing_is_proposed_while_somebody_is_waited_for(case: Journey) -> None:
    number = waiting.ask_hearing(case)

    with pytest.raises(WrongState):
        case.propose(number, case.look(number)["version"])


def test_an_opinion_is_recorded_with_who_gave_it_and_whether_it_binds(case: Journey) -> None:
    number = case.taken()
    case.do(
        an.HANDLER,
        correspondence.ask_opinion,
        number,
        5,
        giver="myr",
        giver_name=waiting.CO_FINANCIER,
        asked="Pyydämme lausuntoa hankkeen alueellisesta merkityksestä.",
        due_on=waiting.DUE,
    )
    assert case.look(number)["state"] == "on_opinion"
    said = {
        "given_by": waiting.CO_FINANCIER,
        "given_on": date(2026, 9, 24),
        "stance": "against",
        "binding": True,
        "text": "Yhteistyöryhmä ei puolla.",
    }

    recorded = case.do(an.HANDLER, correspondence.record_opinion, number, 1, 1, **said, now=an.later(days=10))

    assert case.look(number)["state"] == "in_assessment"
    assert recorded["opinion"]["stance"] == "against"
    assert recorded["opinion"]["binding"] is True
    assert recorded["opinion"]["recorded_by"] == an.HANDLER.person
    with pytest.raises(RequestAnswered):
        case.do(an.HANDLER, correspondence.record_opinion, number, 1, 2, **said, now=an.later(days=11))


def test_an_opinion_has_not_been_given_tomorrow(case: Journey) -> None:
    number = case.taken()
    asked = {"giver": "other", "giver_name": "Asiantuntija", "asked": "Lausunto?", "due_on": waiting.DUE}
    case.do(an.HANDLER, correspondence.ask_opinion, number, 5, **asked)

    with pytest.raises(InvalidFields) as refusal:
        case.do(
            an.HANDLER,
            correspondence.record_opinion,
            number,
            1,
            1,
            given_by="Asiantuntija",
            given_on=date(2026, 9, 16),
            stance="for",
            binding=False,
            text="Puollan.",
        )

    assert refusal.value.faults[0].rule == "opinion_from_future"
