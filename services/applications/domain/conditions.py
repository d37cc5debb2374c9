"""Conditions as data: whether a question is asked, or an attachment needed, with these answers.

The language is in `shared.contracts.applications.definitions`. A condition is never run as code: it is one
operator with its arguments, looked up here. An answer that cannot be read is no answer: nothing is above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services.applications.domain.typed_answers import Answers, is_blank
from shared.money import ZERO, Money, total
from shared.typed import Unreadable, read_money

Condition = Mapping[str, Any]

OPERATORS = ("filled", "equals", "one_of", "above", "all", "any", "not")
DEEPEST = 5  # conditions within conditions: more than that nobody could check by reading


def holds(when: Condition | None, known: Answers) -> bool:
    """Whether the condition is true of the answers; no condition is always true."""
    if when is None:
        return True
    [(operator, argument)] = when.items()
    match operator:
        case "filled":
            return is_filled(known.get(argument))
        case "equals":
            return argument[1] in _given(known.get(argument[0]))
        case "one_of":
            return any(value in argument[1] for value in _given(known.get(argument[0])))
        case "above":
            return amount_of(argument[0], known) > read_money(argument[1])
        case "all":
            return all(holds(part, known) for part in argument)
        case "any":
            return any(holds(part, known) for part in argument)
        case _:
            return not holds(argument, known)


def is_filled(value: Any) -> bool:
    """Something other than spaces; of a table, in some row."""
    if isinstance(value, list):
        return any(not is_blank(row) for row in value)
    return bool(value and value.strip())


def amount_of(reference: str, known: Answers) -> Money:
    """A number, or the sum of a table's column ("costs.amount"). What can't be read counts as nothing."""
    key, _, column = reference.partition(".")
    value = known.get(key)
    if isinstance(value, list):
        return total(_number(row.get(column, "")) for row in value)
    return _number(value or "")


def references(when: Condition | None) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(operator, key, values) of every plain condition inside."""
    if when is None:
        return
    for operator, argument in when.items():
        if operator in ("all", "any"):
            for part in argument:
                yield from references(part)
        elif operator == "not":
            yield from references(argument)
        elif operator == "filled":
            yield operator, argument, ()
        elif operator == "one_of":
            yield operator, argument[0], tuple(argument[1])
        else:
            yield operator, argument[0], (argument[1],)


def is_well_formed(when: Any, depth: int = 1) -> bool:
    """Whether it is a condition at all: one known operator, arguments of its shape, not too deep."""
    if not isinstance(when, Mapping) or len(when) != 1 or depth > DEEPEST:
        return False
    [(operator, argument)] = when.items()
    match operator:
        case "filled":
            return isinstance(argument, str)
        case "equals" | "above":
            return _is_pair(argument) and isinstance(argument[1], str) and (operator == "equals" or _reads(argument[1]))
        case "one_of":
            return _is_pair(argument) and _is_texts(argument[1])
        case "all" | "any":
            return _is_list(argument) and bool(argument) and all(is_well_formed(part, depth + 1) for part in argument)
        case "not":
            return is_well_formed(argument, depth + 1)
        case _:
            return False


def _given(value: Any) -> tuple[str, ...]:
    """What was chosen: one text, or the codes of a question with several answers."""
    if isinstance(value, list):
        return tuple(text.strip() for row in value for text in row.values())
    return ((value or "").strip(),)


def _number(text: str) -> Money:
    try:
        return read_money(text) if text.strip() else ZERO
    except Unreadable:
        return ZERO


def _reads(text: str) -> bool:
    try:
        read_money(text)
    except Unreadable:
        return False
    return True


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _is_pair(value: Any) -> bool:
    return _is_list(value) and len(value) == 2 and isinstance(value[0], str)


def _is_texts(value: Any) -> bool:
    return _is_list(value) and bool(value) and all(isinstance(one, str) for one in value)
