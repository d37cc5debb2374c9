"""Transfers between authorities in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.applications.domain.transfers import Transfer


@dataclass
class TransfersKept:
    given: list[Transfer] = field(default_factory=list)

    def copy(self) -> TransfersKept:
        return TransfersKept(list(self.given))


class FakeTransfers:
    def __init__(self, kept: TransfersKept) -> None:
        self.kept = kept

    def next_ordinal(self, number: str) -> int:
        return sum(one.number == number for one in self.kept.given) + 1

    def last(self, number: str) -> Transfer | None:
        return next((one for one in reversed(self.kept.given) if one.number == number), None)

    def add(self, transfer: Transfer) -> None:
        self.kept.given.append(transfer)
