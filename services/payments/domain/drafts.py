"""A claim as typed, read into figures, with everything that would stop its submission named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.payments.domain.accounts import NotPayable, read_account
from services.payments.domain.cost_lines import CostLine
from services.payments.domain.grants import Grant
from services.payments.domain.line_reader import LineReader
from services.payments.domain.typed_fields import MOST_ON_A_LINE, Fields
from shared.dates import Period
from shared.errors import Fault
from shared.money import ZERO, Money, total
from shared.typed import Unreadable, read_money

MOST_LINES = 9999


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What a faultless draft says."""

    period: Period
    account: str
    lines: tuple[CostLine, ...]

    @property
    def claimed(self) -> Money:
        return total(line.claimed for line in self.lines)


def read(typed: Mapping[str, Any], grant: Grant, today: date) -> tuple[Filing | None, tuple[Fault, ...]]:
    """The filing, or None and the faults that stop it. `today` is the Finnish day of submission."""
    fields = Fields(typed)
    period = _read_period(fields, grant)
    account = _read_account(fields)
    lines = tuple(_read_lines(fields, grant, today))
    if fields.faults or period is None or account is None:
        return None, tuple(fields.faults)
    return Filing(period=period, account=account, lines=lines), ()


def claimed_so_far(typed: Mapping[str, Any]) -> Money:
    """What the readable lines of a draft add up to; what cannot be read counts as zero."""
    rows = typed.get("lines")
    return total(_readable(row) for row in rows[:MOST_LINES]) if isinstance(rows, list) else ZERO


def _readable(row: Any) -> Money:
    text = row.get("claimed") if isinstance(row, dict) else None
    try:
        amount = read_money(text) if isinstance(text, str) else ZERO
    except Unreadable:
        return ZERO
    return amount if ZERO <= amount <= MOST_ON_A_LINE else ZERO


def _read_period(fields: Fields, grant: Grant) -> Period | None:
    first, last = fields.day("period_first"), fields.day("period_last")
    if first is None or last is None:
        return None
    if last < first:
        fields.fault("period_last", "end_before_start", first=first.isoformat())
        return None
    period = Period(first, last)
    if not grant.period.covers(period):
        path = "period_first" if first < grant.period.first else "period_last"
        fields.fault(path, "period_outside_grant", **_span(grant.period))
        return None
    return period


def _read_account(fields: Fields) -> str | None:
    text = fields.text("account", most=60, required=True)
    if text is None:
        return None
    try:
        return read_account(text)
    except NotPayable as refusal:
        fields.fault("account", refusal.rule)
        return None


def _read_lines(fields: Fields, grant: Grant, today: date) -> Iterator[CostLine]:
    rows = fields.rows("lines")
    if not rows:
        fields.fault("lines", "no_lines")
    if len(rows) > MOST_LINES:
        fields.fault("lines", "too_many_lines", most=str(MOST_LINES))
        return
    yield from _each_line(rows, fields, LineReader(grant, today))


def _each_line(rows: Sequence[Any], fields: Fields, reader: LineReader) -> Iterator[CostLine]:
    for index, row in enumerate(rows):
        inner = fields.inside(f"lines.{index}", row)
        if (line := reader.read(index + 1, inner)) is not None:
            yield line


def _span(period: Period) -> dict[str, str]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}
