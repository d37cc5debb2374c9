"""The fields of a completion: those answers of the call's form that the company was asked to change, and no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _

from services.gateway.portal.company.parts import LABELS
from services.gateway.portal.frame import in_language, municipality_name, region_name, words
from shared.contracts.applications import COST_CATEGORIES, FINANCING_SOURCES

TABLES: Mapping[str, tuple[str, ...]] = {
    "costs": ("category", "description", "year", "amount"),
    "financing": ("source", "year", "amount"),
    "indicators": ("code", "target"),
}
LONG = frozenset({"summary"})
MONEY = frozenset({"costs.amount", "financing.amount"})
DAYS = frozenset({"starts_on", "ends_on"})

Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    key: str
    label: LazyString | str
    kind: str = "text"
    options: Options = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One answer to be changed. `kind` is text, long_text, day, choice, municipality or table (then with
    columns)."""

    key: str
    label: LazyString | str
    kind: str
    options: Options = ()
    columns: tuple[Column, ...] = ()

    @property
    def is_table(self) -> bool:
        return self.kind == "table"


def fields_of(call: Mapping[str, Any], keys: Sequence[str]) -> list[Asked]:
    """The fields in the order of the form."""
    wanted = frozenset(keys)
    return [one for one in all_fields(call) if one.key in wanted]


def all_fields(call: Mapping[str, Any]) -> list[Asked]:
    """Every answer of the call's form, in its order."""
    found: list[Asked] = []
    for section in call["sections"]:
        found += [_standard(key, call) for key in section["standard"]]
        found += [_own(question) for question in section["questions"]]
    return found


def labels_of(fields: Sequence[Asked]) -> dict[str, LazyString | str]:
    """Labels by path, as forms name their faults."""
    labels: dict[str, LazyString | str] = {}
    for one in fields:
        labels[one.key] = one.label
        labels |= {f"{one.key}.{column.key}": column.label for column in one.columns}
    return labels


def typed_answers(fields: Sequence[Asked], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Of what the page sent, the answers that were asked for; a table without rows is an empty one."""
    return {one.key: typed.get(one.key, [] if one.is_table else "") for one in fields}


def in_words(one: Asked, value: Any) -> str:
    """An answer as one text, to be shown beside another version of it."""
    if not one.is_table:
        return _said(one, str(value or ""))
    rows = ((_said(column, str(row.get(column.key) or "")) for column in one.columns) for row in value or [])
    return "\n".join(" · ".join(cell for cell in row if cell) for row in rows)


def _said(asked: Asked | Column, value: str) -> str:
    if asked.kind == "municipality":
        return municipality_name(value)
    return next((text for code, text in asked.options if code == value), value)


def _standard(key: str, call: Mapping[str, Any]) -> Asked:
    label = LABELS[key]
    if key in TABLES:
        columns = tuple(_standard_column(key, column, call) for column in TABLES[key])
        return Asked(key=key, label=label, kind="table", columns=columns)
    if key == "region":
        return Asked(
            key=key, label=label, kind="choice", options=[(code, region_name(code)) for code in call["regions"]]
        )
    if key == "municipality":
        return Asked(key=key, label=label, kind="municipality")
    return Asked(key=key, label=label, kind="long_text" if key in LONG else "day" if key in DAYS else "text")


def _standard_column(table: str, key: str, call: Mapping[str, Any]) -> Column:
    path = f"{table}.{key}"
    options: Options = ()
    if key == "category":
        options = [(code, words("category", code)) for code in COST_CATEGORIES if code in call["categories"]]
    elif key == "source":
        options = [(code, words("financing_source", code)) for code in FINANCING_SOURCES]
    elif key == "code":
        options = [(one["code"], in_language(one["names"])) for one in call["indicators"]]
    kind = "choice" if options else "money" if path in MONEY else "text"
    return Column(key=key, label=LABELS[path], kind=kind, options=options)


def _own(question: Mapping[str, Any]) -> Asked:
    """A question of the call's own. One with several answers is a table of its codes."""
    options = [(one["code"], in_language(one["names"])) for one in question["options"]]
    label, kind = in_language(question["labels"]), question["kind"]
    if kind == "choices":
        return Asked(key=question["key"], label=label, kind="table", columns=(_codes(label, options),))
    if kind == "table":
        columns = tuple(_own_column(column) for column in question["columns"])
        return Asked(key=question["key"], label=label, kind=kind, columns=columns)
    if kind == "yes_no":
        return Asked(key=question["key"], label=label, kind="choice", options=_yes_or_no())
    if kind == "municipality":
        return Asked(key=question["key"], label=label, kind="municipality")
    known = kind if kind in ("long_text", "day", "choice") else "text"
    return Asked(key=question["key"], label=label, kind=known, options=options)


def _own_column(column: Mapping[str, Any]) -> Column:
    options = [(one["code"], in_language(one["names"])) for one in column["options"]]
    if column["kind"] == "yes_no":
        options = list(_yes_or_no())
    kind = "choice" if options else column["kind"] if column["kind"] in ("money", "municipality") else "text"
    return Column(key=column["key"], label=in_language(column["labels"]), kind=kind, options=options)


def _codes(label: str, options: Options) -> Column:
    return Column(key="code", label=label, kind="choice", options=options)


def _yes_or_no() -> Options:
    return [("yes", _("Yes")), ("no", _("No"))]
