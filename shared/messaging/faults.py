"""From marshmallow's error messages to `Fault`s: a dotted path and a stable rule code for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from marshmallow import ValidationError
from marshmallow.exceptions import SCHEMA

from shared.errors import Fault, InvalidFields

CODE = re.compile(r"[a-z][a-z0-9_]*")

# Marshmallow says what is wrong in English sentences; a screen needs a code to find its own sentence by.
RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(sentence), code)
    for sentence, code in (
        (r"Missing data for required field\.", "required"),
        (r"Field may not be null\.", "required"),
        (r"Unknown field\.", "unknown"),
        (r"(?:Shorter than minimum length|Length must be between) (?P<min>\d+)(?: and (?P<max>\d+))?\.", "length"),
        (r"Longer than maximum length (?P<max>\d+)\.", "too_long"),
        (r"Length must be (?P<equal>\d+)\.", "length"),
        (r"Must be greater than or equal to (?P<min>.+?)(?: and less than or equal to (?P<max>.+))?\.", "range"),
        (r"Must be (?:greater than|less than) (?P<limit>.+)\.", "range"),
        (r"Must be less than or equal to (?P<max>.+)\.", "range"),
        (r"Must be one of: (?P<choices>.*)\.", "not_a_choice"),
        (r"Not a valid (?:date|datetime|aware datetime|naive datetime|time|period of time)\b.*", "not_a_date"),
        (r"Not a valid (?:integer|number)\.|Number too large\.", "not_a_number"),
        (r"Not a valid boolean\.", "not_a_boolean"),
        (r"Not a valid email address\.", "not_an_email"),
        (r"Not a valid URL\.", "not_a_url"),
        (r"Not a valid (?:string|list|mapping type|UUID|choice)\b.*|Invalid (?:input )?type\.", "type"),
    )
)


def invalid_fields(error: ValidationError) -> InvalidFields:
    messages = error.messages if isinstance(error.messages, dict) else {SCHEMA: error.messages}
    return InvalidFields(faults=tuple(_faults(messages, ())))


def _faults(messages: Any, path: tuple[str, ...]) -> Iterator[Fault]:
    if isinstance(messages, dict):
        for key, inner in messages.items():
            yield from _faults(inner, path if key == SCHEMA else (*path, str(key)))
    elif isinstance(messages, list):
        for message in messages:
            yield from _faults(message, path)
    else:
        yield _fault(".".join(path), str(messages))


def _fault(path: str, message: str) -> Fault:
    if CODE.fullmatch(message):
        return Fault(path, message)
    for sentence, code in RULES:
        if found := sentence.fullmatch(message):
            return Fault(path, code, {name: value for name, value in found.groupdict().items() if value})
    return Fault(path, "invalid")
