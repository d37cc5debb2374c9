"""What the business register tells of an applicant that a decision rests on, as it was heard last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


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

    def bears_on(self, before: RegisterFacts | None) -> bool:
        """Whether a case that was prepared on `before` is another case now.

        Heard for the first time, only what speaks against aid changes anything: the rest was looked up by hand.
        """
        if before is None:
            return bool(self.situations) or self.ended_on is not None
        return self._decisive() != before._decisive()

    def _decisive(self) -> tuple[object, ...]:
        return sorted(self.situations), self.ended_on, self.vat_liable, self.business_line
