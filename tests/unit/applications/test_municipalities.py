"""The municipality of a project is one of the official list; what was typed before there was a list is still read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.applications import use_cases
from services.applications.domain.reading import read
from services.applications.domain.typed_assessment import prefilled
from shared.errors import InvalidFields
from shared.reference import municipalities
from shared.sorting import sort_key
from tests.support import applications_builders as an
from tests.support.applications_journeys import Journey

EVERY = st.sampled_from(municipalities.every())


@given(one=EVERY, name=st.sampled_from(["code", "fi", "sv"]), small=st.booleans())
def test_a_code_and_either_name_in_any_letters_mean_the_same_municipality(
    one: municipalities.Municipality, name: str, small: bool
) -> None:
    typed = getattr(one, name)
    found = read(an.complete_answers(municipality=typed.lower() if small else typed))

    assert found.faults == ()
    known = municipalities.municipality(found.plan.municipality)
    assert known is not None
    assert found.plan.municipality == known.code
    assert typed in (known.code, known.fi, known.sv)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_list_has_every_municipality_once_in_the_order_of_the_names(language: str) -> None:
    listed = municipalities.in_order(language)

    assert sorted(code for code, _ in listed) == [one.code for one in municipalities.every()]
    keys = [sort_key(name) for _, name in listed]
    assert keys == sorted(keys)


def test_a_municipality_that_was_merged_away_is_the_one_that_it_became() -> None:
    assert read(an.complete_answers(municipality="Lavia")).plan.municipality == "609"


def test_a_place_that_is_no_municipality_is_not_filed(journey: Journey) -> None:
    number = journey.draft(municipality="Mikkelin seutu")

    with pytest.raises(InvalidFields) as refused:
        journey.do(an.COMPANY, use_cases.submit, number, 3)

    assert [(fault.path, fault.rule) for fault in refused.value.faults] == [("municipality", "unknown_municipality")]
    assert journey.look(number)["answers"]["municipality"] == "Mikkelin seutu"


def test_it_may_be_left_open(journey: Journey) -> None:
    assert journey.look(journey.submitted(municipality=""))["state"] == "submitted"


def test_the_assessment_begins_with_the_code_of_what_was_applied_for() -> None:
    assert prefilled({"municipality": "Savonlinna"})["municipality"] == "740"
    assert prefilled({"municipality": "740"})["municipality"] == "740"
    assert prefilled({"municipality": "Jossain"})["municipality"] == "Jossain"
