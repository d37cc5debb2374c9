"""How far each invented case has come, and when each of its steps was taken."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

SEED = 20261122


class Fate(IntEnum):
    """The last step that has been taken. The order is the order of the steps, save the three ends."""

    DRAFT = 0
    SUBMITTED = 1
    TAKEN = 2
    PROPOSED = 3
    AWARDED = 4
    CLAIM_DRAFT = 5
    CLAIMED = 6
    VERIFIED = 7
    PAYMENT_PROPOSED = 8
    PAYMENT_DECIDED = 9
    ORDERED = 10
    PAID = 11
    WITHDRAWN = 20
    REJECTED = 21
    PAYMENT_FAILED = 22

    def reaches(self, step: Fate) -> bool:
        if self is Fate.WITHDRAWN:
            return step <= Fate.SUBMITTED
        if self is Fate.REJECTED:
            return step <= Fate.PROPOSED
        if self is Fate.PAYMENT_FAILED:
            return step <= Fate.ORDERED
        return step <= self


HOW_MANY = {
    Fate.DRAFT: 12,
    Fate.SUBMITTED: 20,
    Fate.TAKEN: 16,
    Fate.PROPOSED: 12,
    Fate.AWARDED: 26,
    Fate.CLAIM_DRAFT: 8,
    Fate.CLAIMED: 18,
    Fate.VERIFIED: 10,
    Fate.PAYMENT_PROPOSED: 8,
    Fate.PAYMENT_DECIDED: 10,
    Fate.ORDERED: 6,
    Fate.PAID: 28,
    Fate.WITHDRAWN: 7,
    Fate.REJECTED: 14,
    Fate.PAYMENT_FAILED: 5,
}


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """`serial` names the case for ever: its idempotency keys and its dice come from it."""

    serial: int
    fate: Fate

    def dice(self) -> random.Random:
        return random.Random(SEED * 1000 + self.serial)  # noqa: S311  invented data, no secret

    @property
    def recent(self) -> bool:
        """Whether it belongs to a call that is still open, as drafts and fresh applications do."""
        return self.fate in (Fate.DRAFT, Fate.SUBMITTED, Fate.WITHDRAWN) or (
            self.fate is Fate.TAKEN and self.serial % 2 == 0
        )


def planned_cases() -> Iterator[PlannedCase]:
    """About two hundred, shuffled so that the first dozen already shows every kind."""
    fates = [fate for fate, count in HOW_MANY.items() for _ in range(count)]
    random.Random(SEED).shuffle(fates)  # noqa: S311
    ones = list(dict.fromkeys(fates))
    rest = list(fates)
    for fate in ones:
        rest.remove(fate)
    for serial, fate in enumerate([*ones, *rest], 1):
        yield PlannedCase(serial, fate)
