"""An undertaking as the customer register knows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.customers.domain.errors import RegisteredOtherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaking:
    """`municipality` may be empty; `language` is the one its letters are written in."""

    business_id: str
    name: str
    language: str
    municipality: str
    registered_at: datetime
    registered_by: str

    def must_agree_with(self, other: Undertaking) -> None:
        """Registering again with equal data changes nothing; with other data it raises RegisteredOtherwise."""
        if (self.name, self.language, self.municipality) != (other.name, other.language, other.municipality):
            raise RegisteredOtherwise(
                business_id=self.business_id,
                name=self.name,
                by=self.registered_by,
                at=self.registered_at.isoformat(),
            )
