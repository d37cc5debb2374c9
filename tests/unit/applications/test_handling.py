"""Who has a case: given on with a reason, given back, and shown to a substitute while its handler is away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from services.applications import use_cases
from services.applications.domain.errors import (
    AlreadyDecided,
    AlreadyTaken,
    CannotHandle,
    Disqualified,
    NotAHandler,
    NotYourAbsence,
    NotYourCase,
    SubstituteThemself,
    TooManyViews,
    WrongState,
)
from shared.errors import ChangedMeanwhile, InvalidFields, NotForYou, NotFound
from tests.support import applications_builders as an
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey

MARJA, PEKKA = an.HANDLER.person, an.OTHER_HANDLER.person
TODAY = date(2026, 9, 15)


@pytest.fixture(autouse=True)
def _officials(journey: Journey) -> None:
    """The register has told of their posts."""
    for person in (MARJA, PEKKA):
        journey.do(an.OPERATOR, use_cases.know_official, person, "handler", "ITA")
    journey.do(an.OPERATOR, use_cases.know_official, an.DECIDER.person, "decision_maker", "ITA")


def assign(journey: Journey, number: str, version: int, to: str, asker: Any = an.DECIDER) -> Any:
    return journey.do(asker, use_cases.assign_case, number, version, to, "Työtilanne.")


def test_a_decision_maker_gives_a_new_case_and_it_still_waits_to_be_begun(journey: Journey, desk: Desk) -> None:
    number = journey.submitted()

    gate = assign(journey, number, 4, PEKKA)

    assert (gate["handler"], gate["state"], gate["version"]) == (PEKKA, "submitted", 5)
    name, _, data = desk.announced[-1]
    assert name == "applications.case_assigned"
    assert (data["handler"], data["before"], data["reason"]) == (PEKKA, None, "Työtilanne.")


def test_only_the_one_it_was_given_to_begins_the_assessment(journey: Journey) -> None:
    number = journey.submitted()
    assign(journey, number, 4, PEKKA)

    with pytest.raises(AlreadyTaken):
        journey.do(an.HANDLER, use_cases.take_case, number, 5)

    assert journey.do(an.OTHER_HANDLER, use_cases.take_case, number, 5)["state"] == "in_assessment"


def test_a_handler_gives_a_case_on_and_the_next_one_makes_the_proposal(journey: Journey) -> None:
    number = journey.taken()
    assign(journey, number, 5, PEKKA, asker=an.HANDLER)

    with pytest.raises(NotYourCase):
        journey.propose(number, 6)

    assert journey.propose_as(an.OTHER_HANDLER, number, 6)["state"] == "proposed"


def test_a_case_is_given_only_to_a_handler_of_the_authority(journey: Journey) -> None:
    number = journey.submitted()

    for stranger in ("lauri.lappi", an.DECIDER.person, "keksitty.henkilo"):
        with pytest.raises(NotAHandler):
            assign(journey, number, 4, stranger)


def test_who_is_disqualified_gets_no_case_and_gives_none(journey: Journey) -> None:
    number = journey.submitted()
    journey.do(an.OTHER_HANDLER, use_cases.declare_interest, number, "conflict")

    with pytest.raises(CannotHandle):
        assign(journey, number, 4, PEKKA)
    with pytest.raises(Disqualified):
        assign(journey, number, 4, MARJA, asker=an.OTHER_HANDLER)


def test_what_is_proposed_or_decided_does_not_change_hands(journey: Journey) -> None:
    number = journey.proposed()

    with pytest.raises(WrongState):
        assign(journey, number, 6, PEKKA)
    journey.decide(number)
    with pytest.raises(AlreadyDecided):
        assign(journey, number, 7, PEKKA)


def test_a_case_changed_meanwhile_is_not_given_on(journey: Journey) -> None:
    number = journey.taken()

    with pytest.raises(ChangedMeanwhile):
        assign(journey, number, 4, PEKKA)


def test_giving_a_case_to_who_has_it_changes_nothing(journey: Journey, desk: Desk) -> None:
    number = journey.taken()
    told = len(desk.announced)

    assert assign(journey, number, 5, MARJA)["version"] == 5
    assert not [name for name, _, _ in desk.announced[told:] if name.endswith("case_assigned")]


def test_a_case_given_back_waits_for_whoever_takes_it_and_keeps_its_time_limit(journey: Journey, desk: Desk) -> None:
    number = journey.taken()
    due_on = desk.applications[number].due_on

    gate = journey.do(an.HANDLER, use_cases.release_case, number, 5, "Ei ehdi ennen lomaa.")

    assert (gate["handler"], gate["state"], gate["due_on"]) == (None, "in_assessment", due_on)
    assert journey.do(an.OTHER_HANDLER, use_cases.take_case, number, 6)["version"] == 7


def test_a_colleagues_case_is_given_back_only_by_a_decision_maker(journey: Journey) -> None:
    number = journey.taken()

    with pytest.raises(NotYourCase):
        journey.do(an.OTHER_HANDLER, use_cases.release_case, number, 5, "Näyte.")

    assert journey.do(an.DECIDER, use_cases.release_case, number, 5, "Pitkä poissaolo.")["handler"] is None


def test_another_authority_has_no_say(journey: Journey) -> None:
    number = journey.taken()

    with pytest.raises(NotForYou):
        assign(journey, number, 5, PEKKA, asker=an.HANDLER_ELSEWHERE)


# ---- substitutes ----


def name(journey: Journey, asker: Any, person: str, substitute: str, first: date = TODAY, days: int = 7) -> Any:
    return journey.do(asker, use_cases.set_substitute, person, substitute, first, first + timedelta(days=days))


def test_a_handler_names_a_substitute_for_themself_and_a_decision_maker_for_anyone(journey: Journey) -> None:
    assert name(journey, an.HANDLER, MARJA, PEKKA)["named_by"] == MARJA
    assert name(journey, an.DECIDER, PEKKA, MARJA)["substitute"] == MARJA
    with pytest.raises(NotYourAbsence):
        name(journey, an.HANDLER, PEKKA, MARJA)


def test_the_gate_names_the_substitute_only_on_the_days_of_absence(journey: Journey) -> None:
    number = journey.taken()
    name(journey, an.HANDLER, MARJA, PEKKA, first=TODAY, days=1)

    def named(days: int) -> Any:
        return journey.do(an.HANDLER, use_cases.get_gate, number, now=an.later(days=days))["substitute"]

    assert [named(days) for days in (-1, 0, 1, 2)] == [None, PEKKA, PEKKA, None]


def test_nobody_stands_in_for_themself_backwards_or_from_elsewhere(journey: Journey) -> None:
    with pytest.raises(SubstituteThemself):
        name(journey, an.HANDLER, MARJA, MARJA)
    with pytest.raises(InvalidFields):
        name(journey, an.HANDLER, MARJA, PEKKA, days=-1)
    with pytest.raises(NotAHandler):
        name(journey, an.HANDLER, MARJA, "lauri.lappi")


def test_a_naming_is_taken_back_by_who_is_away_or_a_decision_maker(journey: Journey) -> None:
    named = name(journey, an.HANDLER, MARJA, PEKKA)["substitution_id"]

    with pytest.raises(NotYourAbsence):
        journey.do(an.OTHER_HANDLER, use_cases.end_substitute, named)
    with pytest.raises(NotForYou):
        journey.do(an.HANDLER_ELSEWHERE, use_cases.end_substitute, named)
    journey.do(an.HANDLER, use_cases.end_substitute, named)
    with pytest.raises(NotFound):
        journey.do(an.HANDLER, use_cases.end_substitute, named)


# ---- kept views ----


def test_a_view_keeps_only_what_narrows(journey: Journey) -> None:
    filters = {"group": "open", "region": "10", "handler": "", "overdue": False, "state": []}

    kept = journey.do(an.HANDLER, use_cases.save_view, "Etelä-Savon avoimet", filters)

    assert kept.filters == {"group": "open", "region": "10"}


def test_another_persons_view_is_neither_changed_nor_deleted(journey: Journey) -> None:
    kept = journey.do(an.HANDLER, use_cases.save_view, "Omat", {"handler": "me"}, shared=True)

    with pytest.raises(NotFound):
        journey.do(an.OTHER_HANDLER, use_cases.save_view, "Minun", {"handler": "me"}, view_id=kept.view_id)
    with pytest.raises(NotFound):
        journey.do(an.OTHER_HANDLER, use_cases.delete_view, kept.view_id)
    journey.do(an.HANDLER, use_cases.delete_view, kept.view_id)


def test_a_view_needs_a_name_and_there_are_not_endlessly_many(journey: Journey) -> None:
    with pytest.raises(InvalidFields):
        journey.do(an.HANDLER, use_cases.save_view, "  ", {})
    for at in range(50):
        journey.do(an.HANDLER, use_cases.save_view, f"Näkymä {at}", {})
    with pytest.raises(TooManyViews):
        journey.do(an.HANDLER, use_cases.save_view, "Vielä yksi", {})
