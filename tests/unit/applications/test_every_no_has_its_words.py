"""Every refusal has its docstring and code, and every rule its sentence for people."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from services import applications
from services.applications.domain import errors
from services.gateway import texts
from shared.errors import DomainError
from shared.typed import Unreadable

ROOM = Path(str(applications.__file__)).parent


def own_refusals() -> list[type[DomainError]]:
    return [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, DomainError) and kind.__module__ == errors.__name__
    ]


def texts_in(node: ast.expr) -> Iterator[str]:
    """The texts that an expression can be: "a", or "a" if … else "b"."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*texts_in(node.body), *texts_in(node.orelse))


def rules_in_the_code() -> set[str]:
    calls = (
        node
        for path in ROOM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and len(node.args) >= 2
    )
    named = {"Fault": 1, "fault": 1, "_fault_of_number": 1, "one_of": 3}
    found = set()
    for call in calls:
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        if name in named and len(call.args) > named[name]:
            found.update(texts_in(call.args[named[name]]))
    return found


def test_every_rule_that_a_field_can_break_has_a_sentence() -> None:
    read_at_the_edge = {"not_a_number", "three_decimals", "ambiguous_number", "too_large", "not_a_date", "no_such_day"}
    rules = rules_in_the_code() | read_at_the_edge | {errors.NoRulesetInForce.code}

    assert len(rules) > 60
    assert sorted(rule for rule in rules if not texts.has_sentence(rule)) == []
    assert all(rule in (Unreadable.__doc__ or "") for rule in read_at_the_edge)


def test_every_refusal_says_in_its_docstring_what_the_asker_is_told() -> None:
    assert all(refusal.__doc__ for refusal in own_refusals())


def test_no_two_refusals_share_a_code() -> None:
    codes = [refusal.code for refusal in own_refusals()]

    assert len(codes) == len(set(codes)) > 10
