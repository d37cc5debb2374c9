"""The states and moves as the documents tell them are those of the code, in words and in the picture."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from services.applications.domain.states import MOVES, State
from shared.contracts import applications as contract
from tukivayla.states.drawing import HIGH, WIDE, boxes, columns, drawing
from tukivayla.states.telling import name_of, telling

DOCS = Path(__file__).parents[2] / "docs"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(("name", "made"), [("states.md", telling), ("states.svg", drawing)])
def test_the_document_is_up_to_date(name, made):
    assert (DOCS / name).read_text(encoding="utf-8") == made(), "make docs writes it anew"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_state_has_its_own_name_in_each_language(language):
    names = [name_of(state, language) for state in State]

    assert len(set(names)) == len(State)
    assert not [name for name in names if "_" in name]


def test_the_table_of_states_is_the_contracts_list():
    assert tuple(state.value for state in State) == contract.STATES


def test_every_move_is_told_with_its_source():
    told = telling()

    for move in MOVES:
        row = f"| `{move.before.value}` | `{move.after.value}` | {move.deed.replace('_', ' ')} |"
        assert any(line.startswith(row) and line.endswith(f"{move.source} |") for line in told.splitlines()), row
    assert told.count("```mermaid") == 3


def test_the_picture_has_a_box_with_three_names_for_each_state_and_an_arrow_for_each_move():
    picture = ElementTree.fromstring(drawing())  # noqa: S314  our own drawing
    texts = [text.text for text in picture.iter(f"{SVG}text")]
    [group] = picture.findall(f"{SVG}g")

    for state in State:
        assert {name_of(state, language) for language in ("fi", "sv", "en")} <= set(texts)
    assert len(group.findall(f"{SVG}path")) == len({(move.before, move.after, move.who) for move in MOVES})


def test_no_two_boxes_touch_and_all_are_within_the_picture():
    placed = list(boxes().values())
    [_, _, wide, high] = map(int, re.search(r'viewBox="(\d+) (\d+) (\d+) (\d+)"', drawing()).groups())

    for at, one in enumerate(placed):
        assert 0 <= one.x <= wide - WIDE
        assert 0 <= one.y <= high - HIGH
        for other in placed[at + 1 :]:
            assert abs(one.x - other.x) >= WIDE or abs(one.y - other.y) >= HIGH


def test_the_way_of_a_case_runs_from_left_to_right():
    at = columns()

    assert at[State.DRAFT] < at[State.SUBMITTED] < at[State.IN_ASSESSMENT] < at[State.PROPOSED] < at[State.APPROVED]
