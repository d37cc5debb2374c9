"""Authority to grant (myöntövaltuus): how much an authority may bind itself to, for one fund, priority and year."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.applications.domain.calls import Call
from services.applications.domain.errors import AuthorityBound, AuthorityShort
from shared.errors import Fault, InvalidFields
from shared.money import ZERO, Money


class ReleasesMoreThanBound(ValueError):
    """More was about to be released than is bound: the sums of a case and of its envelope disagree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """`reserved` is bound by decisions; never more than `amount`."""

    authority: str
    fund: str
    priority: str
    budget_year: int
    amount: Money = ZERO
    reserved: Money = ZERO

    @property
    def envelope_id(self) -> str:
        return f"{self.authority}/{self.fund}/{self.priority}/{self.budget_year}"

    @property
    def free(self) -> Money:
        return self.amount - self.reserved

    def reserving(self, aid: Money) -> Envelope:
        """With the aid bound. Raises AuthorityShort when less than the aid is free."""
        if aid > self.free:
            raise AuthorityShort(envelope=self.envelope_id, free=self.free, needed=aid)
        return replace(self, reserved=self.reserved + aid)

    def releasing(self, aid: Money) -> Envelope:
        """With the aid given back. Raises ReleasesMoreThanBound: the envelope binds less than that."""
        if aid > self.reserved:
            raise ReleasesMoreThanBound(f"{self.envelope_id}: {aid} to release, {self.reserved} bound")
        return replace(self, reserved=self.reserved - aid)

    def granted(self, amount: Money) -> Envelope:
        """With another amount. Raises AuthorityBound when decisions have bound more than that."""
        if amount < ZERO:
            raise InvalidFields(faults=[Fault("amount", "negative")])
        if amount < self.reserved:
            raise AuthorityBound(envelope=self.envelope_id, reserved=self.reserved)
        return replace(self, amount=amount)


def envelope_of(call: Call, authority: str) -> Envelope:
    """The envelope that the call's awards are bound to, as yet without a euro in it."""
    return Envelope(authority=authority, fund=call.fund, priority=call.priority, budget_year=call.budget_year)
