"""Common indicators of the funds. The key is the fund with the code: CO01 of the ESF is not CO01 of the ERDF."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from shared.reference.tables import table


@dataclass(frozen=True, slots=True)
class CommonIndicator:
    fund: str
    period: str
    code: str
    kind: str
    unit: str
    name: str


@cache
def common_indicators() -> tuple[CommonIndicator, ...]:
    return tuple(CommonIndicator(**row) for row in table("indicators"))
