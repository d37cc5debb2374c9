"""One asking of the mandate register: begun, chosen by the person on the register's page, concluded once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.customers.domain.errors import CheckOver
from services.customers.domain.mandate_rules import HOLDS_FOR, Organisation, outcome
from shared.errors import NotFound

TIME_TO_CHOOSE = timedelta(minutes=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """What one company's roles gave."""

    organisation: Organisation
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateCheck:
    """`register_session` is the register's name of the person's visit; the person's identity code is nowhere."""

    check_id: str
    person_id: str
    register_session: str
    request_id: str
    returning: str
    begun_at: datetime
    state: str = "begun"
    why: str = ""
    finished_at: datetime | None = None
    organisations: tuple[Concluded, ...] = ()

    @property
    def valid_until(self) -> datetime | None:
        return self.finished_at + HOLDS_FOR if self.finished_at and self.state == "granted" else None

    def taken_by(self, person_id: str, now: datetime) -> MandateCheck:
        """The person is back: from here on the check is over, and failed unless it is concluded.

        Raises NotFound for another person, CheckOver for one that is old or has been concluded.
        """
        if person_id != self.person_id:
            raise NotFound(what="mandate_check")
        if self.state != "begun" or now >= self.begun_at + TIME_TO_CHOOSE:
            raise CheckOver(at=(self.finished_at or self.begun_at + TIME_TO_CHOOSE).isoformat())
        return replace(self, state="failed", why="interrupted", finished_at=now)

    def failed(self, why: str) -> MandateCheck:
        return replace(self, state="failed", why=why)

    def concluded(self, request_id: str, organisations: tuple[Concluded, ...]) -> MandateCheck:
        state, why = outcome([(each.organisation, each.rights) for each in organisations])
        return replace(self, state=state, why=why, request_id=request_id, organisations=organisations)
