"""An application at the officials' desk: taken, proposed, decided by another; nothing typed is lost, nothing chosen."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from services.applications.domain.errors import AlreadyTaken, AuthorityShort
from services.gateway.portal.staff.costs import Cost, differences
from shared.contracts.applications import DECIDE, GET_ASSESSMENT, PROPOSE, TAKE_CASE
from shared.errors import ChangedMeanwhile, Fault, InvalidFields
from shared.money import Money, total
from tests.support import fake_case as case
from tests.support.fake_deciding import canned
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import Portal, form_in, text_of
from tests.support.staff_pages import DECIDER, GRANTED, HANDLER, OWN, PROPOSED, SUBMITTED, VERIFIER, staff_rooms

PROPOSAL_PAGE = f"/tyo/asiat/{OWN}/esitys"
DECISION_PAGE = f"/tyo/asiat/{PROPOSED}/ratkaise"
IN_PART = {
    "outcome": "approve_in_part",
    "reasons": "Tuntihinta ylittää alan tason.",
    "accepted_costs__1__amount": "16 500,00 €",
}


@pytest.fixture
def rooms() -> FakeRooms:
    return staff_rooms()


@pytest.fixture
def handler(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, HANDLER)


@pytest.fixture
def decider(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, DECIDER)


# ---- taking ----


def test_a_case_taken_is_the_takers_own(handler: Portal, rooms: FakeRooms) -> None:
    answer = handler.post(f"/tyo/asiat/{SUBMITTED}", f"/tyo/asiat/{SUBMITTED}/ota")
    assert answer.status_code == 303
    assert rooms.applications[SUBMITTED]["handler"] == HANDLER
    assert rooms.asked_for(TAKE_CASE)[0].asker.idempotency_key


def test_of_two_who_take_a_case_the_later_is_told_who_and_when(handler: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(TAKE_CASE, AlreadyTaken(by="p-timo", at="2026-11-20T10:15:00+00:00"))
    answer = handler.post(f"/tyo/asiat/{SUBMITTED}", f"/tyo/asiat/{SUBMITTED}/ota")
    assert answer.status_code == 409
    said = text_of(answer.text)
    assert "Timo Laine" in said
    assert "20.11.2026 klo 12.15" in said


def test_a_decision_maker_has_no_button_to_take_a_case(decider: Portal) -> None:
    assert f"/tyo/asiat/{SUBMITTED}/ota" not in decider.get(f"/tyo/asiat/{SUBMITTED}").text


# ---- the proposal ----


def test_no_outcome_is_chosen_for_the_presenting_officer(handler: Portal) -> None:
    page = handler.get(PROPOSAL_PAGE).text
    assert "checked" not in page
    assert 'value="62\u00a0000,00"' in page


def test_a_proposal_is_sent_as_values_that_the_room_computes_from(handler: Portal, rooms: FakeRooms) -> None:
    answer = handler.post(PROPOSAL_PAGE, **IN_PART, conditions__0__text="Laitteet käyttöön 2027.")
    assert answer.status_code == 303
    sent = rooms.asked_for(PROPOSE)[0].data
    assert [row["amount"] for row in sent["accepted_costs"]] == [row["amount"] for row in case.ACCEPTED]
    assert sent["conditions"] == ["Laitteet käyttöön 2027."]
    shown = text_of(handler.get(PROPOSAL_PAGE).text)
    assert "41 000,00 €" in shown
    assert "Miksi tämä summa?" in shown


def test_a_cost_of_which_nothing_is_accepted_leaves_the_plan(handler: Portal, rooms: FakeRooms) -> None:
    handler.post(PROPOSAL_PAGE, **IN_PART | {"accepted_costs__0__amount": "0"})
    assert [row["category"] for row in rooms.asked_for(PROPOSE)[0].data["accepted_costs"]] == ["services", "staff"]


def test_a_rejection_accepts_no_costs_and_sets_no_conditions(handler: Portal, rooms: FakeRooms) -> None:
    """The page offers the sums applied for and the call's conditions; neither goes into a proposal without aid."""
    typed = {"accepted_costs__0__amount": "40 000,00", "conditions__0__text": "Laitteet käyttöön 2027."}
    handler.post(PROPOSAL_PAGE, outcome="reject", reasons="Hanke on aloitettu ennen hakemusta.", **typed)
    sent = rooms.asked_for(PROPOSE)[0].data
    assert (sent["accepted_costs"], sent["conditions"]) == ([], [])


# ---- hearing before a proposal against the applicant ----


def test_the_page_shows_that_nobody_has_been_heard_and_leads_to_the_hearing(handler: Portal) -> None:
    page = handler.get(PROPOSAL_PAGE).text
    assert "Asianosaista ei ole kuultu." in text_of(page)
    assert f'href="/tyo/asiat/{OWN}/kuule"' in page


def test_a_hearing_that_is_over_stands_on_the_page_instead_of_grounds(handler: Portal, rooms: FakeRooms) -> None:
    heard = {
        "place": 1,
        "state": "answered",
        "asked_at": case.days_ago(20),
        "due_on": case.days_ago(6).date(),
        "answered_at": case.days_ago(8),
    }
    rooms.answers(GET_ASSESSMENT, lambda asker, data: {**canned()["assessment"], "number": OWN, "hearing": heard})
    page = handler.get(PROPOSAL_PAGE).text
    assert "Asianosaista on kuultu" in text_of(page)
    assert "unheard_ground" not in page


def test_the_ground_for_none_goes_with_its_reason(handler: Portal, rooms: FakeRooms) -> None:
    handler.post(
        PROPOSAL_PAGE, **IN_PART, unheard_ground="unnecessary", unheard_reason=" Hakija perui kustannuksen itse. "
    )
    sent = rooms.asked_for(PROPOSE)[0].data["unheard"]
    assert sent == {"ground": "unnecessary", "reason": "Hakija perui kustannuksen itse."}


def test_a_proposal_without_hearing_is_refused_where_the_ground_is_chosen(handler: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(PROPOSE, InvalidFields(faults=[Fault("unheard.ground", "must_be_heard")]))
    answer = handler.post(PROPOSAL_PAGE, **IN_PART)
    assert answer.status_code == 422
    assert 'href="#unheard_ground"' in answer.text
    assert "Kuule ensin asianosaista tai valitse lain peruste" in text_of(answer.text)
    assert IN_PART["reasons"] in answer.text


def test_of_what_came_late_the_page_says_what_can_be_done(handler: Portal, rooms: FakeRooms) -> None:
    rooms.applications[OWN]["came_late"] = True
    for page in (PROPOSAL_PAGE, f"/tyo/asiat/{OWN}"):
        assert "Se voidaan vain jättää tutkimatta päätöksellä." in text_of(handler.get(page).text)


def test_the_calls_own_conditions_stand_on_the_page_from_the_start(handler: Portal, rooms: FakeRooms) -> None:
    told = {"fi": "Raportoi vuosittain.", "sv": "Rapportera årligen.", "en": "Report every year."}
    rooms.applications[OWN]["call"] = {**rooms.applications[OWN]["call"], "conditions": [told]}
    assert "Raportoi vuosittain." in handler.get(PROPOSAL_PAGE).text


def test_a_sum_that_cannot_be_read_stays_as_it_was_typed(handler: Portal, rooms: FakeRooms) -> None:
    answer = handler.post(PROPOSAL_PAGE, **IN_PART | {"accepted_costs__1__amount": "16.500"})
    assert answer.status_code == 422
    assert 'value="16.500"' in answer.text
    assert IN_PART["reasons"] in answer.text
    assert "<title>Virhe:" in answer.text
    assert 'href="#accepted_costs.1.amount"' in answer.text
    assert rooms.asked_for(PROPOSE) == []


def test_what_is_missing_is_said_and_what_was_written_stays(handler: Portal) -> None:
    answer = handler.post(PROPOSAL_PAGE, reasons="", conditions__0__text="Ehto, jota ei saa hukata.")
    assert answer.status_code == 422
    assert 'href="#outcome"' in answer.text
    assert 'href="#reasons"' in answer.text
    assert "Ehto, jota ei saa hukata." in answer.text


def test_the_rooms_fault_is_shown_at_the_row_that_the_page_has(handler: Portal, rooms: FakeRooms) -> None:
    """The first row is left out, so the room's second row is the page's third."""
    rooms.refuses(PROPOSE, InvalidFields(faults=[Fault("accepted_costs.1.amount", "negative")]))
    answer = handler.post(PROPOSAL_PAGE, **IN_PART | {"accepted_costs__0__amount": "0"})
    assert answer.status_code == 422
    assert 'href="#accepted_costs.2.amount"' in answer.text


def test_a_row_more_saves_nothing_and_keeps_everything(handler: Portal, rooms: FakeRooms) -> None:
    answer = handler.post(PROPOSAL_PAGE, **IN_PART, conditions__0__text="Ensimmäinen", row="conditions.add.1")
    assert answer.status_code == 200
    assert 'name="conditions.1.text"' in answer.text
    assert "Ensimmäinen" in answer.text
    assert rooms.asked_for(PROPOSE) == []


def test_adding_up_shows_the_difference_from_the_application(handler: Portal, rooms: FakeRooms) -> None:
    said = text_of(handler.post(PROPOSAL_PAGE, **IN_PART, stay="1").text)
    assert "102 500,00 €" in said
    assert "−2 000,00 €" in said
    assert rooms.asked_for(PROPOSE) == []


def test_a_proposal_on_a_changed_case_says_who_changed_it_and_when(handler: Portal, rooms: FakeRooms) -> None:
    rooms.refuses(PROPOSE, ChangedMeanwhile(by="p-timo", at="2026-11-20T10:15:00+00:00"))
    answer = handler.post(PROPOSAL_PAGE, **IN_PART)
    assert answer.status_code == 409
    assert "Timo Laine" in text_of(answer.text)
    assert IN_PART["reasons"] in answer.text


def test_a_colleagues_case_is_not_proposed_on(handler: Portal, rooms: FakeRooms) -> None:
    rooms.applications[OWN]["handler"] = "p-timo"
    page = handler.get(PROPOSAL_PAGE).text
    assert "<textarea" not in page
    assert "Timo Laine" in text_of(page)


# ---- the decision ----


def test_both_people_are_on_the_page_before_the_button(decider: Portal) -> None:
    said = text_of(decider.get(DECISION_PAGE).text)
    assert "Pekka Virtanen" in said
    assert "Leena Korhonen (sinä)" in said
    assert "18 500,00 € 16 500,00 €" in said


def test_the_decision_is_read_in_its_partys_language(decider: Portal, rooms: FakeRooms) -> None:
    rooms.applications[PROPOSED]["language"] = "sv"
    page = decider.get(DECISION_PAGE, "fi").text
    assert "beviljar sökanden Saimaan Verstas Oy stöd på högst" in text_of(page)
    assert '<div class="readonly" lang="sv">' in page


def test_no_decision_is_chosen_beforehand(decider: Portal) -> None:
    assert "checked" not in decider.get(DECISION_PAGE).text


@pytest.mark.parametrize("person", [HANDLER, VERIFIER])
def test_who_may_not_decide_sees_the_page_without_the_button(app: Flask, rooms: FakeRooms, person: str) -> None:
    page = Portal(app, rooms, person).get(DECISION_PAGE).text
    assert 'name="verdict"' not in page
    why = "Olet valmistellut tämän asian" if person == HANDLER else "Viranomaisen ratkaisija päättää tästä"
    assert why in text_of(page)


def test_who_prepared_the_case_does_not_decide_it_in_any_role(decider: Portal, rooms: FakeRooms) -> None:
    rooms.applications[PROPOSED] |= {"proposal": case.PROPOSAL | {"proposed_by": DECIDER}}
    page = decider.get(DECISION_PAGE).text
    assert 'name="verdict"' not in page
    assert "Olet valmistellut tämän asian" in text_of(page)


def test_signing_sends_the_version_that_was_read(decider: Portal, rooms: FakeRooms) -> None:
    version = rooms.applications[PROPOSED]["version"]
    assert decider.post(DECISION_PAGE, verdict="sign").status_code == 303
    assert rooms.asked_for(DECIDE)[0].data == {"number": PROPOSED, "version": version, "verdict": "sign", "note": ""}


def test_pressing_twice_signs_once(decider: Portal, rooms: FakeRooms) -> None:
    sent = form_in(decider.get(DECISION_PAGE).text, DECISION_PAGE).fields | {"verdict": "sign"}
    version = rooms.applications[PROPOSED]["version"]
    answers = [decider.client.post(DECISION_PAGE, data=sent) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert rooms.applications[PROPOSED]["version"] == version + 1


def test_nothing_is_signed_without_a_choice(decider: Portal, rooms: FakeRooms) -> None:
    answer = decider.post(DECISION_PAGE, note="Hyvin valmisteltu.")
    assert answer.status_code == 422
    assert "Hyvin valmisteltu." in answer.text
    assert rooms.asked_for(DECIDE) == []


def test_a_note_to_a_signed_award_is_not_lost_unsaid(decider: Portal, rooms: FakeRooms) -> None:
    answer = decider.post(DECISION_PAGE, verdict="sign", note="Kiitos.")
    assert answer.status_code == 422
    assert "Kiitos." in answer.text
    assert rooms.asked_for(DECIDE) == []


def test_a_return_says_what_should_be_done(decider: Portal, rooms: FakeRooms) -> None:
    answer = decider.post(DECISION_PAGE, verdict="return", note=" ")
    assert answer.status_code == 422
    assert 'href="#note"' in answer.text
    assert rooms.asked_for(DECIDE) == []


def test_authority_that_ran_out_stops_the_decision_and_tells_how_much_is_free(
    decider: Portal, rooms: FakeRooms
) -> None:
    rooms.refuses(DECIDE, AuthorityShort(envelope="ITA/JTF/7/2026", free="1000.00", needed="41000.00"))
    answer = decider.post(DECISION_PAGE, verdict="sign")
    assert answer.status_code == 409
    said = text_of(answer.text)
    assert "Päätöstä ei allekirjoitettu" in said
    assert "1 000,00 €" in said
    assert 'name="verdict"' not in answer.text
    assert "Tila nyt päätettävänä" in said


def test_a_decided_case_tells_who_decided_it(decider: Portal) -> None:
    page = decider.get(f"/tyo/asiat/{GRANTED}/ratkaise").text
    assert 'name="verdict"' not in page
    assert "ratkaisi asian" in text_of(page)


def test_what_is_decided_is_no_longer_called_proposed(decider: Portal) -> None:
    assert "Esitetään: " in text_of(decider.get(f"/tyo/asiat/{PROPOSED}").text)
    decided = text_of(decider.get(f"/tyo/asiat/{GRANTED}").text)
    assert "Päätetty: " in decided
    assert "Esitetään: " not in decided


# ---- what differs ----

COSTS = st.builds(
    Cost,
    st.sampled_from(["staff", "services"]),
    st.sampled_from(["", "a", "b"]),
    st.sampled_from([2026, 2027]),
    st.integers(1, 10**9).map(Money),
)


def as_row(cost: Cost, amount: Money, *, described: bool = True) -> dict[str, object]:
    description = cost.description if described else ""
    return {"category": cost.category, "description": description, "year": cost.year, "amount": amount}


@given(st.lists(COSTS, max_size=6), st.data())
def test_the_differences_add_up_to_what_was_cut(filed: list[Cost], data: st.DataObject) -> None:
    accepted = [cost.amount - Money(data.draw(st.integers(0, cost.amount.cents))) for cost in filed]
    rows = [as_row(cost, amount) for cost, amount in zip(filed, accepted, strict=True)]
    found = differences(filed, rows)
    assert total(one.cut for one in found) == total(cost.amount for cost in filed) - total(accepted)


@given(st.lists(COSTS, max_size=6))
def test_costs_accepted_as_filed_differ_in_nothing(filed: list[Cost]) -> None:
    assert differences(filed, [as_row(cost, cost.amount) for cost in filed]) == []


def test_a_plan_without_descriptions_is_met_by_category_and_year() -> None:
    filed = [Cost("staff", "Palkat", 2026, Money(1000)), Cost("staff", "Palkat", 2027, Money(2000))]
    rows = [as_row(filed[0], Money(1000), described=False), as_row(filed[1], Money(1500), described=False)]
    assert [(one.place, one.cut) for one in differences(filed, rows)] == [(2, Money(500))]
