"""The reference rate of the Interest Act (korkolaki 633/1982 12 §), half-year by half-year.

Rows that are not `checked` are the ECB's main refinancing rate rounded up to the next half of a per cent, to be
checked against the Bank of Finland's notice before a decision leans on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from shared.reference.tables import table


@dataclass(frozen=True, slots=True)
class ReferenceRate:
    first: date
    last: date
    percent: Decimal
    checked: bool


@cache
def reference_rates() -> tuple[ReferenceRate, ...]:
    return tuple(
        ReferenceRate(
            first=date.fromisoformat(row["first"]),
            last=date.fromisoformat(row["last"]),
            percent=Decimal(row["percent"]),
            checked=row["checked"] == "yes",
        )
        for row in table("reference_rates")
    )


def reference_rate_on(day: date) -> ReferenceRate | None:
    return next((row for row in reference_rates() if row.first <= day <= row.last), None)
