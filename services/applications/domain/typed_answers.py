"""Answers as people typed them: what shape they may have, and nothing about whether they are right.

A draft keeps any text; only what could not be a form's answers at all is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shared.errors import Fault, InvalidFields

TEXTS = (
    "title",
    "summary",
    "region",
    "municipality",
    "starts_on",
    "ends_on",
    "contact_name",
    "contact_email",
    "contact_phone",
)
TABLES: Mapping[str, tuple[str, ...]] = {
    "costs": ("category", "description", "year", "amount"),
    "financing": ("source", "year", "amount"),
    "indicators": ("code", "target"),
}
MOST_ROWS = 200
MOST_BYTES = 200_000
LONGEST_NUMBER = 10**15  # a whole number sent as a JSON number, such as a year, is read as its text

Answers = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What answers a form may have: keys of texts, and the columns of its tables."""

    texts: tuple[str, ...]
    tables: Mapping[str, tuple[str, ...]]


STANDARD_SHAPE = Shape(texts=TEXTS, tables=TABLES)


def as_answers(raw: Any, shape: Shape = STANDARD_SHAPE) -> Answers:
    """The same answers in the house's shape: known keys, texts, rows of texts.

    Blank and missing are the same, so blank keys and blank rows are kept only where another row's place
    depends on them. Raises InvalidFields: unknown_field, not_a_text, not_a_table, too_many_rows,
    control_characters, too_large.
    """
    if not isinstance(raw, Mapping):
        raise InvalidFields(faults=[Fault("answers", "not_a_table")])
    faults: list[Fault] = []
    answers: Answers = {}
    for key, value in raw.items():
        if key in shape.tables:
            answers[key] = _table(key, value, shape.tables[key], faults)
        elif key in shape.texts:
            answers[key] = _text(key, value, faults)
        else:
            faults.append(Fault(_shown(key), "unknown_field"))
    if _size(answers) > MOST_BYTES:
        faults.append(Fault("answers", "too_large", {"most": f"{MOST_BYTES // 1000} kB"}))
    if faults:
        raise InvalidFields(faults=faults[:MOST_ROWS])
    return answers


def is_blank(row: Mapping[str, str]) -> bool:
    return not any(value.strip() for value in row.values())


def _table(key: str, value: Any, columns: tuple[str, ...], faults: list[Fault]) -> list[dict[str, str]]:
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        faults.append(Fault(key, "not_a_table"))
        return []
    if len(value) > MOST_ROWS:
        faults.append(Fault(key, "too_many_rows", {"most": str(MOST_ROWS)}))
        return []
    return [_row(f"{key}.{at}", row, columns, faults) for at, row in enumerate(value)]


def _row(path: str, row: Any, columns: tuple[str, ...], faults: list[Fault]) -> dict[str, str]:
    if not isinstance(row, Mapping):
        faults.append(Fault(path, "not_a_table"))
        return {}
    faults.extend(Fault(f"{path}.{_shown(name)}", "unknown_field") for name in row if name not in columns)
    return {name: _text(f"{path}.{name}", row.get(name), faults) for name in columns}


def _text(path: str, value: Any, faults: list[Fault]) -> str:
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LONGEST_NUMBER:
        return str(value)
    if not isinstance(value, str):
        faults.append(Fault(path, "not_a_text"))
        return ""
    if not _can_be_kept(value):
        faults.append(Fault(path, "control_characters"))
        return ""
    return value


def _can_be_kept(text: str) -> bool:
    """No control characters but line breaks and tabs, and no half of a surrogate pair: neither can be stored."""
    return not any(
        (ord(character) < 32 and character not in "\n\r\t") or 0xD800 <= ord(character) <= 0xDFFF for character in text
    )


def _shown(key: Any) -> str:
    """A key nobody knows, short and printable, so that it can be named in a refusal."""
    return "".join(character for character in str(key)[:40] if character.isprintable()) or "?"


def _size(answers: Answers) -> int:
    return sum(len(text.encode()) for text in _every_text(answers))


def _every_text(answers: Answers) -> Iterator[str]:
    for value in answers.values():
        if isinstance(value, str):
            yield value
        else:
            for row in value:
                yield from row.values()
