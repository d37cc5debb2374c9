"""Several people and one draft, in memory and on PostgreSQL: who changed what, who signs, what is copied."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.applications import use_cases
from services.applications.domain.errors import (
    AlreadySubmitted,
    AwaitsSignature,
    DemandIsAnothersToRelease,
    SecondSignatureNeeded,
    SignatureIsAnothers,
    WrongState,
)
from services.applications.domain.versions import TOGETHER
from services.applications.queries import left_drafts
from services.applications.storage import ApplicationsWork
from shared.asker import the_house
from shared.errors import ChangedMeanwhile, InvalidFields, NotFound
from shared.storage.database import Database
from tests.support import applications_builders as an
from tests.support import forms_builders as f
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey

LATER = timedelta(minutes=1)
SYSTEM = the_house("applications")


def save(journey: Journey, number: str, version: int, asker: Any, minutes: int, **answers: Any) -> Any:
    now = an.later(minutes=minutes)
    return journey.do(asker, use_cases.save_draft, number, version, an.complete_answers(**answers), now=now)


def versions(journey: Journey, number: str, asker: Any = an.COMPANY) -> list[Any]:
    found = journey.do(asker, use_cases.list_versions, number)
    assert found["total"] == len(found["items"])
    return found["items"]


def told(items: list[Any]) -> list[tuple[Any, ...]]:
    return [(item["place"], item["deed"], item["by"]) for item in items]


def test_a_history_tells_who_changed_what(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()
    save(journey, number, 3, an.COLLEAGUE, 5, title="Kollegan nimi", summary="Kollegan tiivistelmä")

    newest, first = versions(journey, number)

    assert (newest["by"], set(newest["keys"])) == ("antti.rautiainen", {"title", "summary"})
    assert first["by"] == "eeva.rautiainen"
    assert {"title", "costs", "attachments"} <= set(first["keys"])


def test_saves_of_one_person_within_minutes_are_one_version_and_later_ones_another(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()
    for turn in range(5):
        save(journey, number, 3 + turn, an.COMPANY, turn, title=f"Nimi {turn}")
    much_later = 5 + int(TOGETHER.total_seconds() // 60)
    save(journey, number, 8, an.COMPANY, much_later, title="Uusi nimi")

    newest, first = versions(journey, number)

    assert (newest["place"], newest["keys"]) == (2, ("title",))
    assert (first["since"], first["at"]) == (an.NOON, an.later(minutes=4))


def test_a_save_that_changes_nothing_is_no_version(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()

    save(journey, number, 3, an.COLLEAGUE, 60)

    assert told(versions(journey, number)) == [(1, "draft", "eeva.rautiainen")]


def test_two_versions_are_compared_field_by_field(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()
    dearer = [an.cost_row("30 000,00"), an.cost_row("500", "travel")]
    save(journey, number, 3, an.COLLEAGUE, 5, title="Toinen", costs=dearer, financing=[])

    compared = journey.do(an.COMPANY, use_cases.compare_versions, number, 1, 2)

    found = [(one.key, one.column, one.kind, one.old, one.new) for one in compared["differences"]]
    assert found[:2] == [
        ("title", "", "changed", "Robottihitsaussolu", "Toinen"),
        ("costs", "amount", "changed", "20 000,00", "30 000,00"),
    ]
    assert ("costs", "category", "row_added", "", "travel") in found
    assert ("financing", "amount", "row_removed", "10 000", "") in found
    with pytest.raises(NotFound):
        journey.do(an.COMPANY, use_cases.compare_versions, number, 1, 3)


def test_officials_see_what_was_filed_and_never_the_drafts_before_it(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()
    save(journey, number, 3, an.COLLEAGUE, 5, title="Toinen")
    journey.do(an.COMPANY, use_cases.submit, number, 4)

    assert told(versions(journey, number)) == [
        (3, "filed", "eeva.rautiainen"),
        (2, "draft", "antti.rautiainen"),
        (1, "draft", "eeva.rautiainen"),
    ]
    [filed] = versions(journey, number, an.AUDITOR)
    assert filed["deed"] == "filed"
    assert {"title", "costs", "attachments"} <= set(filed["keys"])
    with pytest.raises(NotFound):
        journey.do(an.AUDITOR, use_cases.compare_versions, number, 1, 3)
    whole = journey.do(an.AUDITOR, use_cases.compare_versions, number, 0, 3)
    assert ("title", "Toinen") in [(one.key, one.new) for one in whole["differences"]]


def test_what_is_not_asked_stays_in_the_draft_and_is_not_filed(journey: Journey) -> None:
    journey.publish(f.own_call())
    number = journey.draft(purpose="capacity", saving="hukassa")
    assert journey.look(number)["answers"]["saving"] == "hukassa"
    assert journey.look(number)["hidden"] == ["saving"]

    journey.do(an.COMPANY, use_cases.submit, number, 3)

    assert "saving" not in journey.look(number)["answers"]
    assert "saving" in versions(journey, number)[0]["keys"]


def test_the_digest_is_of_what_was_asked(journey: Journey) -> None:
    journey.publish(f.own_call())
    plain = journey.submitted(purpose="capacity")
    journey.publish(f.own_call(call_id="IS-2026-15"))
    number = journey.draft(call_id="IS-2026-15", purpose="capacity", saving="5")
    journey.do(an.COMPANY, use_cases.submit, number, 3)

    def digest_as_if(first: str) -> str:
        with journey.open_work(an.COMPANY, an.NOON) as work:
            from services.applications.domain.filing import digest_of

            application = work.cases.get(first).application
            return digest_of(replace(application, number=number, call_id="IS-2026-15"))

    assert journey.look(number)["digest"] == digest_as_if(plain)


# ---- sign-off ----


def drafting(journey: Journey, number: str) -> Any:
    return journey.do(an.COMPANY, use_cases.get_drafting, number)


def test_a_draft_that_waits_for_a_signature_is_locked(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()
    asked = journey.do(an.COMPANY, use_cases.ask_for_signature, number, 3, "Katso kulut.")
    assert (asked["state"], asked["asked_by"], asked["version"]) == ("awaiting_signature", "eeva.rautiainen", 4)

    with pytest.raises(AwaitsSignature) as locked:
        save(journey, number, 4, an.COLLEAGUE, 1, title="Kesken")
    assert locked.value.facts["by"] == "eeva.rautiainen"
    with pytest.raises(AwaitsSignature):
        journey.do(an.COLLEAGUE, use_cases.detach, number, 4, "D-1")


def test_another_person_signs_and_the_one_who_asked_does_not(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()
    journey.do(an.COMPANY, use_cases.ask_for_signature, number, 3)

    with pytest.raises(SignatureIsAnothers):
        journey.do(an.COMPANY, use_cases.submit, number, 4)
    with pytest.raises(ChangedMeanwhile):
        journey.do(an.COLLEAGUE, use_cases.submit, number, 3)
    receipt = journey.do(an.COLLEAGUE, use_cases.submit, number, 4)

    assert receipt["submitted_by"] == "antti.rautiainen"
    assert journey.look(number)["state"] == "submitted"


def test_a_returned_draft_opens_with_the_note(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()
    journey.do(an.COMPANY, use_cases.ask_for_signature, number, 3)
    with pytest.raises(SignatureIsAnothers):
        journey.do(an.COMPANY, use_cases.return_unsigned, number, 4, "itselleni")

    returned = journey.do(an.COLLEAGUE, use_cases.return_unsigned, number, 4, "Vuosi puuttuu.")

    assert (returned["state"], returned["returned_by"], returned["return_note"]) == (
        "draft",
        "antti.rautiainen",
        "Vuosi puuttuu.",
    )
    assert returned["asked_by"] is None
    save(journey, number, 5, an.COMPANY, 5, title="Korjattu")


def test_a_request_is_taken_back(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()
    journey.do(an.COMPANY, use_cases.ask_for_signature, number, 3)

    assert journey.do(an.COMPANY, use_cases.take_back_request, number, 4)["state"] == "draft"
    with pytest.raises(WrongState):
        journey.do(an.COMPANY, use_cases.take_back_request, number, 5)


def test_who_prepared_alone_does_not_file_where_two_are_demanded(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()
    journey.do(an.COMPANY, use_cases.demand_second_signature, number, 3, True)

    with pytest.raises(SecondSignatureNeeded):
        journey.do(an.COMPANY, use_cases.submit, number, 3)
    with pytest.raises(DemandIsAnothersToRelease):
        journey.do(an.COMPANY, use_cases.demand_second_signature, number, 3, False)

    assert journey.do(an.COLLEAGUE, use_cases.submit, number, 3)["submitted_by"] == "antti.rautiainen"


def test_another_may_release_the_demand_and_one_who_did_not_write_alone_may_file(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()
    journey.do(an.COMPANY, use_cases.demand_second_signature, number, 3, True)
    released = journey.do(an.COLLEAGUE, use_cases.demand_second_signature, number, 3, False)
    assert released["demanded_by"] is None
    journey.do(an.COMPANY, use_cases.demand_second_signature, number, 3, True)

    save(journey, number, 3, an.COLLEAGUE, 5, title="Yhdessä")

    assert drafting(journey, number)["prepared_by"] == ("eeva.rautiainen", "antti.rautiainen")
    assert journey.do(an.COMPANY, use_cases.submit, number, 4)["submitted_by"] == "eeva.rautiainen"


def test_what_the_company_wants_of_everything_holds_for_each_application(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()
    journey.do(an.COMPANY, use_cases.know_company, an.COMPANY.business_id, True)
    assert drafting(journey, number)["company_demands"]

    with pytest.raises(SecondSignatureNeeded):
        journey.do(an.COMPANY, use_cases.submit, number, 3)

    journey.do(an.COMPANY, use_cases.know_company, an.COMPANY.business_id, False)
    journey.do(an.COMPANY, use_cases.submit, number, 3)


def test_a_stranger_signs_nothing(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()
    for deed in (use_cases.ask_for_signature, use_cases.take_back_request):
        with pytest.raises(NotFound):
            journey.do(an.STRANGER, deed, number, 3)


# ---- what the others are told of a draft ----


@pytest.fixture
def desk() -> Desk:
    return Desk()


def facts(desk: Desk, *names: str) -> list[dict[str, Any]]:
    wanted = {f"applications.{name}" for name in names}
    return [{"kind": kind, **fact} for kind, _, fact in desk.announced if kind in wanted]


def test_whoever_may_sign_hears_that_a_signature_is_asked_and_until_when(desk: Desk) -> None:
    journey = Journey(desk.work)
    journey.publish()
    number = journey.draft()

    journey.do(an.COMPANY, use_cases.ask_for_signature, number, 3, "Katso kulut.")

    (fact,) = facts(desk, "signature_asked")
    assert fact == {
        "kind": "applications.signature_asked",
        "application": number,
        "business_id": an.COMPANY.business_id,
        "authority": "ITA",
        "ends_at": an.a_call().closes_at.isoformat(),
        "asked_by": "eeva.rautiainen",
    }


def test_who_asked_hears_that_a_colleague_signed_or_returned_the_draft_and_not_what_the_note_says(desk: Desk) -> None:
    journey = Journey(desk.work)
    journey.publish()
    number = journey.draft()
    journey.do(an.COMPANY, use_cases.ask_for_signature, number, 3)
    journey.do(an.COLLEAGUE, use_cases.return_unsigned, number, 4, "Vuosi puuttuu.")
    journey.do(an.COMPANY, use_cases.ask_for_signature, number, 5)
    journey.do(an.COLLEAGUE, use_cases.submit, number, 6)

    declined, given = facts(desk, "signature_declined", "signature_given")

    assert (declined["asked_by"], declined["declined_by"]) == ("eeva.rautiainen", "antti.rautiainen")
    assert (given["asked_by"], given["given_by"]) == ("eeva.rautiainen", "antti.rautiainen")
    assert "Vuosi puuttuu." not in str(desk.announced)


def test_those_who_were_asked_hear_that_the_request_was_taken_back(desk: Desk) -> None:
    journey = Journey(desk.work)
    journey.publish()
    number = journey.draft()
    journey.do(an.COMPANY, use_cases.ask_for_signature, number, 3)

    journey.do(an.COMPANY, use_cases.take_back_request, number, 4)

    assert [fact["why"] for fact in facts(desk, "signature_withdrawn")] == ["taken_back"]


def test_one_who_files_alone_gives_nobody_a_signature(desk: Desk) -> None:
    journey = Journey(desk.work)
    journey.publish()
    journey.submitted()

    assert facts(desk, "signature_asked", "signature_given") == []


# ---- when somebody leaves ----


def leave(journey: Journey, person: Any, successor: Any = None) -> None:
    named = successor.person if successor else None
    journey.do(SYSTEM, use_cases.hand_over_drafts, person.business_id, person.person, named, "chief")


def test_whoever_begins_a_draft_answers_for_it(journey: Journey) -> None:
    journey.publish()
    kept = drafting(journey, journey.draft())

    assert (kept["responsible"], kept["left_by"]) == ("eeva.rautiainen", None)


def test_a_draft_whose_person_leaves_goes_to_the_named_successor(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()

    leave(journey, an.COMPANY, successor=an.COLLEAGUE)

    kept = journey.do(an.COLLEAGUE, use_cases.get_drafting, number)
    assert (kept["responsible"], kept["left_by"]) == ("antti.rautiainen", None)


def test_without_a_successor_the_draft_waits_for_the_colleague_who_takes_it(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()

    leave(journey, an.COMPANY)

    kept = journey.do(an.COLLEAGUE, use_cases.get_drafting, number)
    assert (kept["responsible"], kept["left_by"]) == (None, "eeva.rautiainen")
    taken = journey.do(an.COLLEAGUE, use_cases.take_over_draft, number, None)
    assert (taken["responsible"], taken["left_by"]) == ("antti.rautiainen", None)
    save(journey, number, 3, an.COLLEAGUE, 5, title="Jatkuu")


def test_of_two_who_take_a_draft_the_first_has_it(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()
    leave(journey, an.COMPANY)
    third = replace(an.COLLEAGUE, person="kolmas")
    journey.do(an.COLLEAGUE, use_cases.take_over_draft, number, None)

    with pytest.raises(ChangedMeanwhile) as late:
        journey.do(third, use_cases.take_over_draft, number, None)

    assert late.value.facts["by"] == "antti.rautiainen"
    journey.do(an.COLLEAGUE, use_cases.take_over_draft, number, None)  # a second press of the same is no quarrel


def test_a_signature_that_the_one_who_left_had_asked_for_is_waited_for_no_more(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()
    journey.do(an.COMPANY, use_cases.ask_for_signature, number, 3, "Katso kulut.")

    leave(journey, an.COMPANY)

    kept = journey.do(an.COLLEAGUE, use_cases.get_drafting, number)
    assert (kept["state"], kept["asked_by"], kept["left_by"]) == ("draft", None, "eeva.rautiainen")


def test_a_request_of_somebody_else_stays_when_the_draft_changes_hands(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()
    journey.do(an.COLLEAGUE, use_cases.ask_for_signature, number, 3)

    leave(journey, an.COMPANY)

    kept = journey.do(an.COLLEAGUE, use_cases.get_drafting, number)
    assert (kept["state"], kept["asked_by"]) == ("awaiting_signature", "antti.rautiainen")
    assert journey.do(an.COLLEAGUE, use_cases.take_over_draft, number, None)["responsible"] == "antti.rautiainen"


def test_what_is_filed_and_what_is_anothers_stays_as_it_is(journey: Journey) -> None:
    journey.publish()
    filed, others = journey.submitted(), journey.draft(an.COLLEAGUE)
    before = drafting(journey, filed)

    leave(journey, an.COMPANY)

    assert drafting(journey, filed) == before
    assert drafting(journey, others)["responsible"] == "antti.rautiainen"


def test_the_same_leaving_heard_twice_is_told_once(desk: Desk) -> None:
    journey = Journey(desk.work)
    journey.publish()
    number = journey.draft()
    journey.do(an.COMPANY, use_cases.ask_for_signature, number, 3)

    leave(journey, an.COMPANY)
    leave(journey, an.COMPANY)

    told_of = facts(desk, "signature_withdrawn", "draft_reassigned")
    assert [(fact["kind"].rpartition(".")[2], fact["why"]) for fact in told_of] == [
        ("signature_withdrawn", "asker_left"),
        ("draft_reassigned", "left"),
    ]


def test_a_stranger_takes_no_draft_and_nobody_takes_a_filed_one(journey: Journey) -> None:
    journey.publish()
    number, filed = journey.draft(), journey.submitted()
    with pytest.raises(NotFound):
        journey.do(an.STRANGER, use_cases.take_over_draft, number, "eeva.rautiainen")
    with pytest.raises(AlreadySubmitted):
        journey.do(an.COLLEAGUE, use_cases.take_over_draft, filed, "eeva.rautiainen")


@pytest.mark.postgres
def test_what_nobody_answers_for_is_listed_for_the_company_and_for_no_other(
    stored_journey: Journey, room_database: Database
) -> None:
    stored_journey.publish()
    number = stored_journey.draft(title="Levylaser")
    leave(stored_journey, an.COMPANY)

    def listed(asker: Any) -> list[Any]:
        with room_database.work(ApplicationsWork, asker) as work:
            return [(row["number"], row["title"], row["left_by"]) for row in left_drafts(work.session, asker)["items"]]

    assert listed(an.COLLEAGUE) == [(number, "Levylaser", "eeva.rautiainen")]
    assert listed(an.STRANGER) == []
    stored_journey.do(an.COLLEAGUE, use_cases.take_over_draft, number, None)
    assert listed(an.COLLEAGUE) == []


# ---- copying ----


def copy(journey: Journey, number: str, call_id: str, asker: Any = an.COMPANY) -> Any:
    return journey.do(asker, use_cases.clone_application, number, call_id, "Saimaan Levypaja Oy", "fi")


def test_an_earlier_application_is_copied_into_a_new_call_as_far_as_it_asks(journey: Journey) -> None:
    journey.publish(f.own_call())
    journey.publish(an.a_call(call_id="UUSI", regions=("11",), categories=("staff",), indicators=(), attachments=()))
    number = journey.submitted(purpose="capacity")

    cloned = copy(journey, number, "UUSI")

    copied = journey.look(cloned["number"])
    assert copied["state"] == "draft"
    assert copied["answers"]["title"] == "Robottihitsaussolu"
    assert copied["answers"]["costs"][0] | {"category": "equipment"} == an.cost_row("20 000,00")
    assert copied["attachments"] == ()
    assert [(one.key, one.why, one.value) for one in cloned["left_out"]] == [
        ("region", "not_in_call", "10"),
        ("costs", "not_in_call", "equipment"),
        ("indicators", "not_in_call", "RCR01 2"),
        ("purpose", "not_asked", "capacity"),
        ("attachments", "attachment", "tarjous.pdf"),
    ]
    assert drafting(journey, cloned["number"])["copied_from"] == number
    assert told(versions(journey, cloned["number"])) == [(1, "copied", "eeva.rautiainen")]


def test_a_stranger_copies_nothing_and_a_closed_call_takes_no_copies(journey: Journey) -> None:
    journey.publish()
    number = journey.draft()

    with pytest.raises(NotFound):
        copy(journey, number, "IS-2026-14", an.STRANGER)


# ---- once only ----


def test_what_the_register_knows_is_not_typed_over(journey: Journey) -> None:
    town = f.question("home_town", "municipality", from_register="municipality")
    name = f.question("firm", from_register="name")
    journey.publish(an.a_call(form=f.form(town, name)))
    opened = journey.do(
        an.COMPANY,
        use_cases.open_application,
        "IS-2026-14",
        "Saimaan Levypaja Oy",
        "fi",
        {"municipality": "Savonlinna"},
    )
    number = opened["number"]
    assert (opened["answers"]["home_town"], opened["answers"]["firm"]) == ("Savonlinna", "Saimaan Levypaja Oy")

    journey.do(an.COMPANY, use_cases.save_draft, number, 1, {"home_town": "Helsinki", "firm": "Toinen Oy"})

    answers = journey.look(number)["answers"]
    assert (answers["home_town"], answers["firm"]) == ("Savonlinna", "Saimaan Levypaja Oy")


def test_what_the_register_does_not_know_is_asked(journey: Journey) -> None:
    town = f.question("home_town", "municipality", from_register="municipality")
    journey.publish(an.a_call(form=f.form(town)))
    opened = journey.do(an.COMPANY, use_cases.open_application, "IS-2026-14", "Saimaan Levypaja Oy", "fi", {})

    journey.do(an.COMPANY, use_cases.save_draft, opened["number"], 1, {"home_town": "Helsinki"})

    assert journey.look(opened["number"])["answers"]["home_town"] == "Helsinki"


# ---- attachments and sums ----


@pytest.mark.parametrize(
    ("file", "rule"),
    [({"file_name": "lupa.docx"}, "format_not_allowed"), ({"size": 1_000_001}, "file_over_most")],
)
def test_a_file_that_its_kind_does_not_take_is_refused(journey: Journey, file: dict[str, Any], rule: str) -> None:
    journey.publish(f.own_call())
    number = journey.draft(purpose="capacity")
    permit = an.OFFER | {"document_id": "D-2", "kind": "permit", "file_name": "lupa.PDF"}

    with pytest.raises(InvalidFields) as refused:
        journey.do(an.COMPANY, use_cases.attach, number, 3, permit | file)
    assert [(fault.path, fault.rule) for fault in refused.value.faults] == [("file", rule)]
    assert journey.do(an.COMPANY, use_cases.attach, number, 3, permit)["version"] == 4


def test_counting_saves_nothing_and_counts_as_filing_does(journey: Journey) -> None:
    journey.publish(f.own_call())
    number = journey.draft(purpose="capacity")
    typed = f.own_answers(purpose="energy", costs=[an.cost_row("60 000")], partner=[{"name": "A", "share": "1,5"}])

    counted = journey.do(an.COMPANY, use_cases.count_draft, number, typed)

    assert (str(counted["totals"]["aid"]), counted["hidden"]) == ("30000.00", [])
    assert (counted["required_kinds"], counted["sums"]) == (("offer", "permit"), {"partner.share": "1.50"})
    assert journey.look(number)["version"] == 3
    journey.do(an.COMPANY, use_cases.save_draft, number, 3, typed)
    assert journey.look(number)["totals"] == counted["totals"]
