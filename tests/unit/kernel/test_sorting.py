"""Names stand where a Finn and a Swede look for them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.sorting import sort_key


def test_the_company_form_case_and_accents_do_not_count():
    assert sort_key("Ab Éclair") == sort_key("eclair Oy")


def test_the_letters_after_z_come_in_their_order():
    names = ["Ömossa", "Ähtäri", "Åbo", "Zeppelin", "Yrjö"]

    assert sorted(names, key=sort_key) == ["Yrjö", "Zeppelin", "Åbo", "Ähtäri", "Ömossa"]


def test_a_form_inside_a_name_stays():
    assert sort_key("Oyster Bar Oy") == "oyster bar"


@given(st.text(max_size=40))
def test_spaces_around_a_name_do_not_move_it(name):
    assert sort_key(name) == sort_key(f"  {name} ")
