"""An address is used once its reader has followed the link sent to it: a slip of the finger tells no stranger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.customers.domain.company import code_digest
from services.customers.domain.errors import AddressCodeOver
from shared.errors import Fault, InvalidFields

LASTS = timedelta(hours=24)
SENT_ANEW_AFTER = timedelta(minutes=5)

CONFIRMS = "address/confirm/"  # so begins the cause of each mail with a link

# Whoever types others' addresses shall not be able to write to many of them through us.
MOST_IN_A_DAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressChange:
    """A new address that waits to be confirmed; of the code in the link only the digest is kept."""

    person_id: str
    address: str
    digest: str
    asked_at: datetime

    @property
    def expires_at(self) -> datetime:
        return self.asked_at + LASTS

    @property
    def cause(self) -> str:
        """Of the mail with the link."""
        return CONFIRMS + self.digest

    def is_open(self, now: datetime) -> bool:
        return now < self.expires_at

    def was_just_asked(self, address: str, now: datetime) -> bool:
        """The same again within minutes is a second press: one link is enough."""
        return address == self.address and now - self.asked_at < SENT_ANEW_AFTER


def confirmed(change: AddressChange | None, code: str, now: datetime) -> AddressChange:
    """Raises AddressCodeOver for a code that is old, another person's, or of an address given up since."""
    if change is None or not change.is_open(now) or change.digest != code_digest(code):
        raise AddressCodeOver()
    return change


def is_still_asked(cause: str, change: AddressChange | None, now: datetime) -> bool:
    """Whether a mail about an address has something to say: a link only as long as it confirms what is asked now."""
    return not cause.startswith(CONFIRMS) or bool(change and change.cause == cause and change.is_open(now))


def must_not_be_too_many(sent_in_a_day: int) -> None:
    """Raises InvalidFields: too_many_addresses."""
    if sent_in_a_day >= MOST_IN_A_DAY:
        raise InvalidFields(faults=[Fault("email", "too_many_addresses", {"most": str(MOST_IN_A_DAY)})])
