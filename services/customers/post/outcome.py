"""What became of one try to send."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`for_good`: trying again would not help. `why` is a code and the kind of the failure, with no address in it."""

    accepted: bool
    for_good: bool = False
    why: str = ""


ACCEPTED = Outcome(accepted=True)
