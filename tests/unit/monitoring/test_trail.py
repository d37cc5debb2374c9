"""The chain: what a link is, and how a change in it is found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.checking import Break, ChainCheck
from services.monitoring.domain.trail import GENESIS, Entry, Head, canonical, continued, link
from shared.messaging.envelope import Envelope
from tests.support.monitoring_builders import NOW, a_fact, a_life


def wires(facts: Iterable[Envelope]) -> list[dict[str, Any]]:
    return [fact.to_wire() for fact in facts]


CHAIN = list(continued(Head(), wires(a_life())))


def first_break(chain: list[Entry], signed: dict[int, bytes] | None = None) -> Break | None:
    check = ChainCheck(signed=signed or {})
    for place, entry in enumerate(chain):
        following = chain[place + 1] if place + 1 < len(chain) else None
        if broken := check.step(entry, following):
            return broken
    return check.end()


def changed(position: int, change: Callable[[Entry], Entry]) -> list[Entry]:
    return [change(entry) if entry.position == position else entry for entry in CHAIN]


def rewritten(chain: list[Entry]) -> list[Entry]:
    """What somebody who owns the database could do: a false chain that holds."""
    head, result = Head(), []
    for position, entry in enumerate(chain, start=1):
        made = replace(entry, position=position, previous=head.hash, hash=link(head.hash, entry.canonical))
        result.append(made)
        head = made.head
    return result


def another_amount(entry: Entry) -> Entry:
    return replace(entry, canonical=entry.canonical.replace("4000.00", "9000.00"))


def test_an_auditor_can_compute_a_link_with_nothing_but_sha_256() -> None:
    first, second = CHAIN[:2]
    assert first.hash == hashlib.sha256(bytes(32) + first.canonical.encode()).digest()
    assert second.hash == hashlib.sha256(first.hash + second.canonical.encode()).digest()


def test_the_canonical_form_does_not_depend_on_the_order_of_keys() -> None:
    fact = a_fact("applications.case_taken")
    turned = replace(fact, data=dict(reversed(fact.data.items())))
    assert canonical(turned.to_wire()) == canonical(fact.to_wire())


def test_the_entry_holds_the_whole_fact() -> None:
    facts = a_life()
    entries = continued(Head(), wires(facts))
    assert [Envelope.from_wire(json.loads(entry.canonical)) for entry in entries] == facts


def test_positions_go_on_from_the_head() -> None:
    (entry,) = continued(Head(position=7, hash=b"7" * 32), wires([a_fact("applications.case_taken")]))
    assert (entry.position, entry.previous) == (8, b"7" * 32)


def test_an_untouched_chain_holds() -> None:
    assert first_break(CHAIN) is None
    assert CHAIN[0].previous == GENESIS


def test_a_changed_sum_is_found_where_it_was_changed() -> None:
    assert first_break(changed(5, another_amount)) == Break(5, "content")


def test_a_changed_hash_is_told_from_a_changed_entry_by_the_one_after_it() -> None:
    assert first_break(changed(5, lambda entry: replace(entry, hash=bytes(32)))) == Break(5, "hash")


def test_at_the_end_of_the_chain_nothing_tells_which_of_the_two_was_changed() -> None:
    last = len(CHAIN)
    assert first_break(changed(last, lambda entry: replace(entry, hash=bytes(32)))) == Break(last, "content_or_hash")


def test_a_removed_entry_is_missed() -> None:
    assert first_break(CHAIN[:4] + CHAIN[5:]) == Break(5, "position_missing")


def test_entries_in_another_order_do_not_follow_each_other() -> None:
    third, fourth = replace(CHAIN[3], position=3), replace(CHAIN[2], position=4)
    assert first_break([*CHAIN[:2], third, fourth, *CHAIN[4:]]) == Break(3, "previous")


def test_an_entry_slipped_in_and_the_rest_moved_on_does_not_follow() -> None:
    moved = [replace(entry, position=entry.position + 1) for entry in CHAIN[2:]]
    slipped = replace(next(iter(continued(CHAIN[1].head, wires([a_fact("applications.case_taken")])))), position=3)
    assert first_break([*CHAIN[:2], slipped, *moved]) == Break(4, "previous")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "somebody-else"),
        ("type", "applications.grant_refused"),
        ("at", NOW + timedelta(days=1)),
        ("authority", "KES"),
    ],
)
def test_a_readable_column_that_says_other_than_the_entry_is_found(column: str, value: object) -> None:
    broken = first_break(changed(5, lambda entry: replace(entry, **{column: value})))
    assert broken == Break(5, f"column:{column}")


def test_a_rewritten_chain_holds_by_itself_but_not_against_a_signed_head() -> None:
    false = rewritten(changed(5, another_amount))
    assert first_break(false) is None
    assert first_break(false, signed={10: CHAIN[9].hash}) == Break(10, "checkpoint")


def test_a_rewritten_chain_with_something_else_than_facts_in_it_is_found() -> None:
    for nonsense in ("not json", "{}", "[]"):
        false = rewritten(changed(5, lambda entry, text=nonsense: replace(entry, canonical=text)))  # type: ignore[misc]
        assert first_break(false) == Break(5, "content")


def test_a_chain_with_its_end_cut_off_holds_by_itself_but_not_against_a_signed_head() -> None:
    assert first_break(CHAIN[:8]) is None
    assert first_break(CHAIN[:8], signed={10: CHAIN[9].hash}) == Break(9, "position_missing")


@given(st.integers(min_value=1, max_value=len(CHAIN)), st.data())
def test_any_one_character_changed_anywhere_is_found_at_its_entry(position: int, data: st.DataObject) -> None:
    entry = CHAIN[position - 1]
    place = data.draw(st.integers(min_value=0, max_value=len(entry.canonical) - 1))
    other = "x" if entry.canonical[place] != "x" else "y"
    spoilt = entry.canonical[:place] + other + entry.canonical[place + 1 :]
    broken = first_break(changed(position, lambda entry: replace(entry, canonical=spoilt)))
    assert broken is not None
    assert broken.position == position


def test_the_canonical_entry_is_plain_json() -> None:
    assert json.loads(CHAIN[0].canonical)["type"] == "applications.application_submitted"
