"""What people wrote in a letter, by name: for its translation each of these is written anew by an official."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

# Places in the announced data; * stands for every row. What the house says itself is in its own texts already.
WRITTEN = (
    "reasons",
    "conditions.*",
    "scores.*.grounds",
    "note",
    "cuts.*.cut_note",
    "gathered.request.asked",
    "gathered.request.facts.*",
)
TRANSLATION = "translation"


def texts_in(wire: Mapping[str, Any]) -> dict[str, str]:
    """Every text somebody wrote, by its place ("conditions.0"), in the order of the letter."""
    return {place: text for pattern in WRITTEN for place, text in _found(wire, pattern.split("."), "") if text.strip()}


def with_texts(wire: Mapping[str, Any], texts: Mapping[str, str], language: str) -> dict[str, Any]:
    """The same data in another language."""
    written: dict[str, Any] = deepcopy(dict(wire))
    for place, text in texts.items():
        *path, last = place.split(".")
        target: Any = written
        for step in path:
            target = target[int(step) if isinstance(target, list) else step]
        target[int(last) if isinstance(target, list) else last] = text
    return written | {"language": language}


def _found(value: Any, steps: list[str], place: str) -> Iterator[tuple[str, str]]:
    if not steps:
        if isinstance(value, str):
            yield place, value
        return
    step, rest = steps[0], steps[1:]
    if step == "*" and isinstance(value, list):
        for number, item in enumerate(value):
            yield from _found(item, rest, f"{place}.{number}" if place else str(number))
    elif isinstance(value, Mapping) and step in value:
        yield from _found(value[step], rest, f"{place}.{step}" if place else step)
