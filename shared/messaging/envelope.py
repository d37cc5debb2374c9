"""The one wrapping that every fact travels in: CloudEvents 1.0 attributes and our own beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """`subject` is the aggregate ("application/A80655"), `sequence` its place there: 1, 2, 3 … no gaps.

    `actor`, `role`, `authority` say who did it; `via` by which API key, where not by the person's own hand.
    """

    id: str
    source: str
    type: str
    version: int
    subject: str
    sequence: int
    time: datetime
    actor: str
    role: str
    authority: str | None
    correlation_id: str
    causation_id: str
    data: dict[str, Any]
    via: str = ""

    @property
    def stream(self) -> str:
        """Whose numbers `sequence` counts: two rooms may speak of one aggregate, each numbers its own."""
        return f"{self.source.lstrip('/')}:{self.subject}"

    def to_wire(self) -> dict[str, Any]:
        wire = {
            "specversion": "1.0",
            "id": self.id,
            "source": self.source,
            "type": self.type,
            "dataschemaversion": self.version,
            "datacontenttype": "application/json",
            "subject": self.subject,
            "sequence": self.sequence,
            "time": self.time.isoformat(),
            "actor": self.actor,
            "actorrole": self.role,
            "authority": self.authority,
            "correlationid": self.correlation_id,
            "causationid": self.causation_id,
            "data": self.data,
        }
        return wire | {"via": self.via} if self.via else wire

    @classmethod
    def from_wire(cls, wire: dict[str, Any]) -> Envelope:
        """Raises KeyError, ValueError or TypeError when it is no envelope of ours."""
        return cls(
            id=str(wire["id"]),
            source=wire["source"],
            type=wire["type"],
            version=int(wire["dataschemaversion"]),
            subject=wire["subject"],
            sequence=int(wire["sequence"]),
            time=datetime.fromisoformat(wire["time"]),
            actor=wire["actor"],
            role=wire["actorrole"],
            authority=wire.get("authority"),
            correlation_id=wire.get("correlationid", ""),
            causation_id=wire.get("causationid", ""),
            data=wire["data"],
            via=wire.get("via", ""),
        )
