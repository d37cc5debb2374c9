"""A fact as monitoring reads it from its envelope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Wire = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """`subject` is the stream ("application/A80655") and `sequence` the place in it; `at` when it happened.

    `via` is the API key that acted for the actor, where it was not their own hand.
    """

    event_id: str
    at: datetime
    type: str
    version: int
    source: str
    subject: str
    sequence: int
    actor: str
    role: str
    authority: str | None
    data: Mapping[str, Any]
    via: str = ""


def read(wire: Wire) -> Fact:
    """Raises KeyError or ValueError when it is no envelope of ours."""
    return Fact(
        event_id=wire["id"],
        at=datetime.fromisoformat(wire["time"]),
        type=wire["type"],
        version=wire["dataschemaversion"],
        source=wire["source"],
        subject=wire["subject"],
        sequence=wire["sequence"],
        actor=wire["actor"],
        role=wire["actorrole"],
        authority=wire["authority"],
        data=wire["data"],
        via=wire.get("via", ""),
    )
