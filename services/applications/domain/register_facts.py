"""What the business register tells of an applicant that a decision rests on, as it was heard last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

INSOLVENCY = frozenset({"restructuring", "bankruptcy"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFacts:
    """`situations`: insolvency proceedings that are open, by kind; `ended_on` when the undertaking was dissolved;
    `digest` of the register's own words, by which the customer register finds them."""

    business_id: str
    situations: tuple[str, ...]
    ended_on: date | None
    vat_liable: bool
    business_line: str | None
    fetched_at: datetime
    digest: str

    @property
    def insolvency(self) -> tuple[str, ...]:
        """Collective insolvency ((EU) 651/2014 art. 2(18)(c)); a liquidation of one's own will is none."""
        return tuple(one for one in self.situations if one in INSOLVENCY)

    def to_json(self) -> dict[str, Any]:
        return {
            "business_id": self.business_id,
            "situations": list(self.situations),
            "ended_on": self.ended_on.isoformat() if self.ended_on else None,
            "vat_liable": self.vat_liable,
            "business_line": self.business_line,
            "fetched_at": self.fetched_at.isoformat(),
            "digest": self.digest,
        }

    def bears_on(self, before: RegisterFacts | None) -> bool:
        """Whether a case that was prepared on `before` is another case now.

        Heard for the first time, only what speaks against aid changes anything: the rest was looked up by hand.
        """
        if before is None:
            return bool(self.situations) or self.ended_on is not None
        return self._decisive() != before._decisive()

    def _decisive(self) -> tuple[object, ...]:
        return sorted(self.situations), self.ended_on, self.vat_liable, self.business_line
