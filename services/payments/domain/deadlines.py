"""By when a claim must have been paid, and how much of that time is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.dates import helsinki_day


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentTerm:
    """Calendar days from submission to the money being there, for programmes of one period."""

    programmes_from: int
    days: int
    source: str


# The programming period decides, not the day: claims of both periods live side by side.
PAYMENT_TERMS: tuple[PaymentTerm, ...] = (
    PaymentTerm(programmes_from=2014, days=90, source="(EU) 1303/2013 art. 132(1)"),
    PaymentTerm(programmes_from=2021, days=80, source="(EU) 2021/1060 art. 74(1)(b)"),
)


def payment_term(programme: str) -> PaymentTerm:
    """The term for a programme; its code (CCI) begins with the period's first year. Unknown ones get the newest."""
    known = {str(term.programmes_from): term for term in PAYMENT_TERMS}
    return known.get(programme[:4], PAYMENT_TERMS[-1])


def due_on(submitted_at: datetime, term: PaymentTerm) -> date:
    """The last day for the payment. The day of submission is not counted (Regulation 1182/71 art. 3)."""
    return helsinki_day(submitted_at) + timedelta(days=term.days)


def days_used(submitted_at: datetime | None, until: date) -> int | None:
    """Calendar days gone since submission, up to `until`: today, or the day it was paid or rejected."""
    return None if submitted_at is None else max((until - helsinki_day(submitted_at)).days, 0)
