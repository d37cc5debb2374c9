"""Entries of the trail as an auditor reads them: what was done, when, by whom in which role, on what ground."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from services.gateway.portal.frame import words
from services.gateway.portal.people import THE_HOUSE, name_of, names
from shared.money import Money

SETBACKS = frozenset({"payments.payment_failed"})
RETURNS = frozenset({"applications.proposal_returned", "payments.payment_returned", "payments.claim_released"})

# The acts that one person may not do alone: name in the table, kind of fact, where the fact names the person.
PEOPLE = (
    ("prepared_award", "applications.grant_awarded", "proposed_by"),
    ("decided_award", "applications.grant_awarded", "decided_by"),
    ("verified_costs", "payments.claim_verified", "verified_by"),
    ("presented_payment", "payments.payment_decided", "proposed_by"),
    ("decided_payment", "payments.payment_decided", "decided_by"),
    ("made_file", "payments.payment_ordered", ""),
)


def steps(entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Steps for `oversight/lane.html`, in the order given."""
    listed = list(entries)
    names(_people_in(listed))
    return [_step(entry) for entry in listed]


def people(entries: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """(act's code, person's id) for the acts that must be by different people, as far as they have been done."""
    latest = {entry["type"]: entry for entry in sorted(entries, key=lambda entry: entry["position"])}
    found = ((act, _person(latest.get(kind), field)) for act, kind, field in PEOPLE)
    return [(act, person) for act, person in found if person]


def _person(entry: Mapping[str, Any] | None, field: str) -> str:
    if entry is None:
        return ""
    return str(entry["data"].get(field, "") if field else entry["actor"])


def _people_in(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    """Everybody an entry names, so that their names are asked for at once."""
    fields = ("proposed_by", "decided_by", "verified_by", "handler", "returned_by")
    return [
        person for one in entries for person in (one["actor"], *(one["data"].get(name) for name in fields)) if person
    ]


def _step(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "entry": entry,
        "title": words("event", entry["type"]),
        "who": name_of(entry["actor"]),
        "role": "" if entry["actor"] == THE_HOUSE else words("role", entry["role"]),
        "kind": _kind(entry["type"]),
        "why": [_calculated(row) for row in entry["data"].get("steps") or ()],
        "content": json.dumps(entry["data"], ensure_ascii=False, indent=2, sort_keys=True),
    }


def _kind(fact_type: str) -> str:
    return "bad" if fact_type in SETBACKS else "stop" if fact_type in RETURNS else ""


def _calculated(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the calculation as the fact carries it: its sum is text there."""
    return {**row, "amount": Money.eur(row["amount"]) if row.get("amount") else None}
