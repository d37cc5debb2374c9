"""Casework as the fake rooms know it: everybody's answer stands at once, and views live in a dictionary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from services.applications.domain.states import State
from services.applications.domain.views import GROUPS, STANDARD, urgency_of
from shared.asker import Asker, Role
from shared.contracts import applications as a
from shared.dates import helsinki_day
from shared.errors import DomainError, NotFound
from tests.support import fake_case as case

Data = dict[str, Any]
WAITS_FOR = {"submitted": "handler", "in_assessment": "handler", "proposed": "decision_maker"}


class FakeCasework:
    """`own` and `visible` are the rooms' own: whose case it is, and a list of what the asker may see."""

    def __init__(
        self, own: Callable[[Asker, str], Data], visible: Callable[[Asker, list[Data]], Data], applications: Data
    ) -> None:
        self.own, self.visible, self.applications = own, visible, applications
        self.declared: dict[tuple[str, str], Data] = {}
        self.views: dict[str, Data] = {}
        self.substitutions: dict[str, Data] = {}
        self.transfers: list[Data] = [TRANSFERRED]

    def answers(self) -> dict[Any, Callable[[Asker, Data], Data]]:
        return {
            a.GET_GATE: self.gate,
            a.PASS_GATE: lambda asker, data: {"cases": len(data["numbers"])},
            a.DECLARE_INTEREST: self.declare,
            a.RESOLVE_INTEREST: self.resolve,
            a.ASSIGN_CASE: self.assign,
            a.RELEASE_CASE: self.release,
            a.REMIND_PARTIES: self.remind,
            a.ASSIGN_CASES: self.assign_several,
            a.NOTE_EXPORT: lambda asker, data: {"export_id": "x-1"},
            a.TRANSFER_CASE: self.transfer,
            a.LIST_TRANSFERS: lambda asker, data: {"items": self.transfers, "total": len(self.transfers)},
            a.SET_SUBSTITUTE: self.substitute,
            a.END_SUBSTITUTE: lambda asker, data: self._known(self.substitutions, data["substitution_id"]),
            a.LIST_SUBSTITUTES: lambda asker, data: _listed(self.substitutions or {"s-1": SUBSTITUTION}),
            a.LIST_OFFICIALS: lambda asker, data: {"items": OFFICIALS, "total": len(OFFICIALS)},
            a.WORK_QUEUE: self.queue,
            a.LIST_VIEWS: self.list_views,
            a.SAVE_VIEW: self.save_view,
            a.DELETE_VIEW: self.delete_view,
        }

    def transfer(self, asker: Asker, data: Data) -> Data:
        theirs = self.own(asker, data["number"])
        kept = {name: theirs[name] for name in ("number", "business_id", "undertaking_name", "title")} | {
            "ordinal": len(self.transfers) + 1,
            "given_by": theirs["authority"],
            "given_to": data["to"],
            "reason": data["reason"],
            "transferred_by": asker.person,
            "transferred_at": case.NOW,
        }
        self.transfers.insert(0, kept)
        self.applications[data["number"]]["authority"] = data["to"]
        return kept

    def gate(self, asker: Asker, data: Data) -> Data:
        found = self.own(asker, data["number"])
        declared = self.declared.get((data["number"], asker.person))
        others = [one for (number, _), one in self.declared.items() if number == data["number"]]
        sees_others = asker.role in (Role.DECISION_MAKER, Role.AUDITOR)
        return found | {
            "substitute": None,
            "standing": _standing(declared),
            "declarations": others if sees_others else [declared] if declared else [],
        }

    def declare(self, asker: Asker, data: Data) -> Data:
        self.own(asker, data["number"])
        answered = {name: data[name] for name in ("answer", "ground", "note")}
        self.declared[data["number"], asker.person] = answered | {
            "person": asker.person,
            "role": asker.role.value,
            "declared_at": case.NOW,
            **dict.fromkeys(("verdict", "resolved_by", "resolved_at", "reason")),
        }
        return self.gate(asker, data)

    def resolve(self, asker: Asker, data: Data) -> Data:
        declared = self._known(self.declared, (data["number"], data["person"]))
        declared.update(verdict=data["verdict"], resolved_by=asker.person, resolved_at=case.NOW, reason=data["reason"])
        return self.gate(asker, data)

    def assign(self, asker: Asker, data: Data) -> Data:
        self.own(asker, data["number"])["handler"] = data["to"]
        return self.gate(asker, data)

    def release(self, asker: Asker, data: Data) -> Data:
        self.own(asker, data["number"])["handler"] = None
        return self.gate(asker, data)

    def remind(self, asker: Asker, data: Data) -> Data:
        waiting = [n for n in data["numbers"] if self.applications.get(n, {}).get("state") == "in_completion"]
        left = [{"number": n, "why": "nobody_waited_for", "facts": {}} for n in data["numbers"] if n not in waiting]
        return {"done": waiting, "left": left}

    def assign_several(self, asker: Asker, data: Data) -> Data:
        done, left = [], []
        for one in data["cases"]:
            try:
                self.assign(asker, {**one, "to": data["to"], "reason": data["reason"]})
            except DomainError as refusal:
                left.append({"number": one["number"], "why": refusal.code, "facts": dict(refusal.facts)})
            else:
                done.append(one["number"])
        return {"done": done, "left": left}

    def substitute(self, asker: Asker, data: Data) -> Data:
        named = data | {"substitution_id": f"s-{len(self.substitutions) + 1}", "named_by": asker.person}
        self.substitutions[named["substitution_id"]] = named
        return named

    def queue(self, asker: Asker, data: Data) -> Data:
        fitting = [one for one in self.applications.values() if _fits(one, asker, data)]
        rows = [
            one
            | {
                "urgency": _urgency(one, asker),
                "waiting_for": WAITS_FOR.get(one["state"]),
                "standing": _standing(self.declared.get((one["number"], asker.person))),
                "stands_in_for": None,
                "unsure": False,
            }
            for one in self.visible(asker, fitting)["items"]
        ]
        counts = {name: sum(one["urgency"] == name for one in rows) for name in ("late", "week", "later")}
        rows.sort(key=lambda one: one["due_on"] or date.max)
        return {"items": rows, "total": len(rows), "counts": counts, "almost": False, "meant": None, "more": False}

    def list_views(self, asker: Asker, data: Data) -> Data:
        standard = [
            {
                "view_id": key,
                "name": "",
                "filters": dict(filters),
                "shared": True,
                "owner": None,
                "count": 3,
                "more": False,
            }
            for key, filters in STANDARD.get(asker.role, {"open": {"group": "open"}}).items()
        ]
        items = [*standard, *self.views.values()]
        return {"items": items, "total": len(items)}

    def save_view(self, asker: Asker, data: Data) -> Data:
        view_id = data["view_id"] or f"v-{len(self.views) + 1}"
        filters = a.ViewFilters().dump(data["filters"])
        self.views[view_id] = {
            "view_id": view_id,
            "name": data["name"],
            "filters": {name: value for name, value in filters.items() if value not in ("", False, None, [])},
            "shared": data["shared"],
            "owner": asker.person,
            "count": 1,
            "more": False,
        }
        return self.views[view_id]

    def delete_view(self, asker: Asker, data: Data) -> Data:
        self.views.pop(data["view_id"], None)
        return data

    def _known(self, things: dict[Any, Data], key: Any) -> Data:
        if key not in things:
            raise NotFound(what="thing")
        return things[key]


def _standing(declared: Data | None) -> str:
    if declared is None:
        return "undeclared"
    if declared["answer"] == "none" or declared["verdict"] == "lifted":
        return "clear"
    return "waits" if declared["answer"] == "unsure" and not declared["verdict"] else "disqualified"


def _fits(one: Data, asker: Asker, data: Data) -> bool:
    """The filters that the portal's own views use."""
    states = {state.value for state in GROUPS[data["group"] or "open"]}
    handler = {"me": asker.person, "nobody": None}.get(data["handler"], data["handler"])
    has_handler = one["handler"] if one["state"] != "submitted" else None
    return (
        one["state"] in (data["state"] or states)
        and one["state"] in states
        and (not data["handler"] or has_handler == handler)
        and data["waiting_for"] in ("", WAITS_FOR.get(one["state"]))
        and not (data["substituting"] or data["unsure"])
    )


def _urgency(one: Data, asker: Asker) -> str:
    today = helsinki_day(asker.at or datetime.now(UTC))
    return urgency_of(one["due_on"], State(one["state"]), today)


def _listed(things: dict[str, Data]) -> Data:
    return {"items": list(things.values()), "total": len(things)}


SUBSTITUTION: Data = {
    "substitution_id": "s-1",
    "person": "p-pekka",
    "substitute": "p-heli",
    "first": date(2026, 12, 21),
    "last": date(2027, 1, 8),
    "named_by": "p-leena",
}
TRANSFERRED: Data = {
    "number": "A80501",
    "ordinal": 1,
    "business_id": case.VERSTAS,
    "undertaking_name": "Versta Oy",
    "title": "Hitsaussolu Jyväskylän pajaan",
    "given_by": "ITA",
    "given_to": "KES",
    "reason": "Hanke toteutetaan Keski-Suomessa.",
    "transferred_by": "p-pekka",
    "transferred_at": case.NOW,
}
OFFICIALS: list[Data] = [
    {"person": "p-pekka", "open_cases": 40, "late_cases": 2, "substitute": None},
    {"person": "p-heli", "open_cases": 12, "late_cases": 0, "substitute": None},
]
