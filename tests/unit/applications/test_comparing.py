"""Two versions of the answers beside each other: the row that moved is not a change, the one that was edited is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.applications.domain.comparing import differences, match_rows

MACHINE = {"category": "equipment", "description": "Robotti", "year": "2027", "amount": "20 000"}
STAFF = {"category": "staff", "description": "Projektipäällikkö", "year": "2027", "amount": "9 000"}
TRAVEL = {"category": "travel", "description": "Messut", "year": "2028", "amount": "1 500"}


def told(old: dict, new: dict) -> list[tuple]:
    found = differences(old, new, ("title", "costs"))
    return [(one.key, one.column, one.kind, one.old, one.new, one.row_was, one.row_is) for one in found]


def test_a_changed_text_tells_old_and_new() -> None:
    assert told({"title": "Solu"}, {"title": "Robottisolu"}) == [
        ("title", "", "changed", "Solu", "Robottisolu", None, None)
    ]


def test_blank_and_missing_are_the_same() -> None:
    assert told({"title": ""}, {}) == []
    assert told({"costs": [dict.fromkeys(MACHINE, "")]}, {"costs": []}) == []


def test_rows_in_another_order_are_no_change() -> None:
    assert told({"costs": [MACHINE, STAFF]}, {"costs": [STAFF, MACHINE]}) == []


def test_a_row_that_was_edited_after_moving_is_still_that_row() -> None:
    dearer = {**MACHINE, "amount": "21 000"}

    assert told({"costs": [MACHINE, STAFF]}, {"costs": [STAFF, dearer]}) == [
        ("costs", "amount", "changed", "20 000", "21 000", 0, 1)
    ]


def test_a_row_put_between_the_others_is_new_and_the_others_are_as_they_were() -> None:
    found = told({"costs": [MACHINE, STAFF]}, {"costs": [MACHINE, TRAVEL, STAFF]})

    assert {one[2] for one in found} == {"row_added"}
    assert {one[6] for one in found} == {1}
    assert [one[4] for one in found] == ["travel", "Messut", "2028", "1 500"]


def test_a_row_taken_away_tells_what_stood_in_it() -> None:
    found = told({"costs": [MACHINE, TRAVEL]}, {"costs": [MACHINE]})

    assert [(one[2], one[3], one[5], one[6]) for one in found] == [
        ("row_removed", "travel", 1, None),
        ("row_removed", "Messut", 1, None),
        ("row_removed", "2028", 1, None),
        ("row_removed", "1 500", 1, None),
    ]


def test_attachments_are_told_by_their_names() -> None:
    offer = {"document_id": "D-1", "kind": "offer", "file_name": "tarjous.pdf"}
    other = {"document_id": "D-2", "kind": "offer", "file_name": "uusi tarjous.pdf"}

    assert told({"attachments": [offer]}, {"attachments": [other]}) == [
        ("attachments", "offer", "row_removed", "tarjous.pdf", "", None, None),
        ("attachments", "offer", "row_added", "", "uusi tarjous.pdf", None, None),
    ]


rows = st.lists(st.fixed_dictionaries({"a": st.sampled_from("xyz"), "b": st.sampled_from("123")}), max_size=6)


@given(rows, rows)
def test_every_row_of_both_versions_is_in_exactly_one_pair(old: list, new: list) -> None:
    pairs = match_rows(old, new)

    assert sorted(was for was, _ in pairs if was is not None) == list(range(len(old)))
    assert sorted(now for _, now in pairs if now is not None) == list(range(len(new)))


@given(rows, st.randoms())
def test_shuffled_rows_have_no_difference(old: list, dice) -> None:
    new = list(old)
    dice.shuffle(new)

    assert differences({"t": old}, {"t": new}, ()) == ()


@given(rows)
def test_from_nothing_everything_is_new(new: list) -> None:
    assert {one.kind for one in differences({}, {"t": new}, ())} <= {"row_added"}
