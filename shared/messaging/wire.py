"""Requests and replies as they travel: JSON in bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from shared.asker import Asker
from shared.errors import Conflict, DomainError, Fault, Forbidden, Gone, Invalid, Missing

FAMILIES: tuple[type[DomainError], ...] = (Missing, Forbidden, Conflict, Invalid, Gone)


class ServiceAway(Exception):
    """No answer within the time limit, or no way to ask. What was asked may or may not have been done."""


class ServiceFault(Exception):
    """The room failed in a way it had no word for; `reference` finds the reason in its log."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


def to_bytes(wire: Mapping[str, Any]) -> bytes:
    return json.dumps(wire, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """`data` is as sent: not yet looked at."""

    operation: str
    asker: Asker
    data: dict[str, Any]

    def to_bytes(self) -> bytes:
        return to_bytes({"operation": self.operation, "asker": self.asker.to_wire(), "data": self.data})

    @classmethod
    def from_bytes(cls, body: bytes) -> Request:
        """Raises ValueError, KeyError or TypeError when it is no request of ours."""
        wire = json.loads(body)
        return cls(operation=wire["operation"], asker=Asker.from_wire(wire["asker"]), data=wire["data"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One of: an answer, a refusal, the reference of a fault, or word that the room cannot work now."""

    answer: dict[str, Any] | None = None
    refusal: DomainError | None = None
    fault: str = ""
    away: bool = field(default=False)

    def to_bytes(self) -> bytes:
        if self.refusal is not None:
            return to_bytes({"refusal": refusal_to_wire(self.refusal)})
        if self.fault or self.away:
            return to_bytes({"fault": self.fault, "away": self.away})
        return to_bytes({"answer": self.answer})

    @classmethod
    def from_bytes(cls, body: bytes) -> Reply:
        wire = json.loads(body)
        refusal = wire.get("refusal")
        return cls(
            answer=wire.get("answer"),
            refusal=refusal_from_wire(refusal) if refusal else None,
            fault=wire.get("fault", ""),
            away=wire.get("away", False),
        )

    def opened(self) -> dict[str, Any]:
        """The answer; or raises what came instead."""
        if self.refusal is not None:
            raise self.refusal
        if self.away:
            raise ServiceAway("the room cannot reach its database")
        if self.fault or self.answer is None:
            raise ServiceFault(self.fault)
        return self.answer


def refusal_to_wire(refusal: DomainError) -> dict[str, Any]:
    family = next((family for family in FAMILIES if isinstance(refusal, family)), Invalid)
    return {
        "code": refusal.code,
        "family": family.__name__,
        "facts": refusal.facts,
        "faults": [{"path": fault.path, "rule": fault.rule, "facts": dict(fault.facts)} for fault in refusal.faults],
    }


def refusal_from_wire(wire: Mapping[str, Any]) -> DomainError:
    """The refusal again, in its family: a class of the house where one has the code, else one made for it."""
    faults = [Fault(fault["path"], fault["rule"], fault["facts"]) for fault in wire["faults"]]
    refusal = refusal_class(wire["family"], wire["code"])(faults=faults)
    refusal.facts = dict(wire["facts"])
    return refusal


@cache
def refusal_class(family_name: str, code: str) -> type[DomainError]:
    family = next(family for family in FAMILIES if family.__name__ == family_name)
    for known in family.__subclasses__():
        if getattr(known, "code", None) == code and known.__module__ == "shared.errors":
            return known
    return type("Refused", (family,), {"code": code})
