"""The changed terms of a grant as typed on a form, read into the values that a request carries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from services.gateway import formats
from services.gateway.portal.forms import Form
from services.gateway.portal.typed_values import day_typed
from shared.contracts.applications import COST_CATEGORIES
from shared.errors import Fault
from shared.typed import Unreadable, read_money

LABELS: dict[str, LazyString] = {
    "period_first": _l("First day"),
    "period_last": _l("Last day"),
    "costs": _l("Costs"),
    "costs.category": _l("Cost category"),
    "costs.description": _l("What"),
    "costs.year": _l("Year"),
    "costs.amount": _l("Sum"),
    "indicators": _l("Targets"),
    "indicators.target": _l("Target"),
    "contact_name": _l("Responsible person"),
    "contact_email": _l("E-mail"),
    "contact_phone": _l("Telephone"),
    "conditions": _l("Conditions"),
    "reasoning": _l("Reasons of the decision"),
    "grounds": _l("Why is the change needed"),
    "change_on": _l("When would the change take place"),
    "reasons": _l("Reasons"),
}
SPARE_ROWS = 2
_DAYS = ("period_first", "period_last")
TEXTS = ("contact_name", "contact_email", "contact_phone")


def prefilled(terms: Mapping[str, Any]) -> dict[str, Any]:
    """The terms in force as a form's fields: what is left as it is, is no change."""
    return {
        "period_first": formats.typed_day(terms["period_first"]),
        "period_last": formats.typed_day(terms["period_last"]),
        "costs": [
            {
                "category": row["category"],
                "description": row["description"],
                "year": str(row["year"]),
                "amount": formats.plain_money(row["amount"]),
            }
            for row in terms["costs"]
        ],
        "indicators": [{"code": row["code"], "target": row["target"]} for row in terms["indicators"]],
        **{name: terms[name] for name in TEXTS},
        "conditions": "\n".join(terms["conditions"]),
        "reasoning": terms["reasoning"],
    }


@dataclass(slots=True)
class Read:
    """`changes` holds only what differs from the terms in force."""

    changes: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_changes(form: Form, terms: Mapping[str, Any], *names: str) -> Read:
    """The named terms that were typed otherwise than they stand."""
    read = Read()
    for name in names:
        if name in _DAYS:
            _read_day(form, terms, name, read)
        elif name in TEXTS and form.value(name).strip() != terms[name]:
            read.changes[name] = form.value(name).strip()
    for name, reader in _READERS.items():
        if name in names:
            reader(form, terms, read)
    return read


def _read_day(form: Form, terms: Mapping[str, Any], name: str, read: Read) -> None:
    day = day_typed(form, name, needed=False)
    read.faults += day.faults
    if day.value and day.value != terms[name]:
        read.changes[name] = day.value


def _read_indicators(form: Form, terms: Mapping[str, Any], read: Read) -> None:
    rows = [{"code": row.get("code", ""), "target": row.get("target", "").strip()} for row in _rows(form)]
    if rows and rows != [{"code": row["code"], "target": row["target"]} for row in terms["indicators"]]:
        lacking = (at for at, row in enumerate(rows) if not row["target"])
        read.faults += [Fault(f"indicators.{at}.target", "required") for at in lacking]
        read.changes["indicators"] = rows


def _read_conditions(form: Form, terms: Mapping[str, Any], read: Read) -> None:
    lines = [line.strip() for line in form.value("conditions").splitlines() if line.strip()]
    if lines != list(terms["conditions"]):
        read.changes["conditions"] = lines


def _read_reasoning(form: Form, terms: Mapping[str, Any], read: Read) -> None:
    typed = _tidy(form.value("reasoning"))
    if typed and typed != _tidy(terms["reasoning"]):
        read.changes["reasoning"] = typed


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _rows(form: Form) -> list[Mapping[str, str]]:
    return [row for row in form.rows("indicators") if isinstance(row, Mapping)]


def _read_costs(form: Form, terms: Mapping[str, Any], read: Read) -> None:
    rows = [_cost(f"costs.{at}", row, read) for at, row in enumerate(form.rows("costs")) if _has_something(row)]
    now = [{name: row[name] for name in ("category", "description", "year", "amount")} for row in terms["costs"]]
    if rows and rows != now and all(rows):
        read.changes["costs"] = rows


def _has_something(row: Mapping[str, str]) -> bool:
    return any(str(row.get(name, "")).strip() for name in ("category", "description", "amount"))


def _cost(path: str, row: Mapping[str, str], read: Read) -> dict[str, Any]:
    """The row as values, or nothing when it cannot be read."""
    faults = []
    if row.get("category") not in COST_CATEGORIES:
        faults.append(Fault(f"{path}.category", "unknown_category"))
    year = row.get("year", "").strip()
    if not (len(year) == 4 and year.isascii() and year.isdigit()):
        faults.append(Fault(f"{path}.year", "not_a_year" if year else "required"))
    try:
        amount = read_money(row.get("amount", ""))
    except Unreadable as error:
        faults.append(Fault(f"{path}.amount", error.rule if row.get("amount", "").strip() else "required"))
    read.faults += faults
    if faults:
        return {}
    description = row.get("description", "").strip()
    return {"category": row["category"], "description": description, "year": int(year), "amount": amount}


def placed(faults: tuple[Fault, ...], prefix: str) -> list[Fault]:
    """The room's faults of "wished.costs.0.amount" at the form's own fields."""
    return [Fault(fault.path.removeprefix(prefix), fault.rule, fault.facts) for fault in faults]


_READERS = {
    "costs": _read_costs,
    "indicators": _read_indicators,
    "conditions": _read_conditions,
    "reasoning": _read_reasoning,
}
