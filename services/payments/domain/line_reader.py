"""One typed cost line, read and held against the grant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.payments.domain.cost_lines import CostLine, Reading
from services.payments.domain.grants import Grant
from services.payments.domain.typed_fields import Fields
from shared.money import ZERO, Money

CATEGORIES = frozenset({"staff", "services", "equipment", "materials", "travel", "other"})
# Bought from somebody: who it was and on which invoice is what double claims are found by.
INVOICED = frozenset({"services", "equipment", "materials"})
SURE_ENOUGH = 90  # per cent; below it the person confirms what the machine read


@dataclass(frozen=True, slots=True)
class Amounts:
    net: Money
    vat: Money
    gross: Money
    claimed: Money


@dataclass(frozen=True, slots=True)
class LineReader:
    """Reads lines of one claim; `today` is the Finnish day of submission."""

    grant: Grant
    today: date

    def read(self, number: int, fields: Fields) -> CostLine | None:
        """The line, or None when something in it cannot be read; its faults are in `fields`."""
        before = len(fields.faults)
        category = self._category(fields)
        invoiced = category in INVOICED
        description = fields.text("description", most=300, required=True)
        supplier = fields.text("supplier", most=200, required=invoiced)
        supplier_id = fields.text("supplier_id", most=40)
        invoice_number = fields.text("invoice_number", most=80, required=invoiced)
        days = self._days(fields)
        amounts = _amounts(fields)
        document_id = fields.text("document_id", most=60)
        readings = _readings(fields)
        if len(fields.faults) > before or category is None or days is None or amounts is None:
            return None
        return CostLine(
            line=number,
            category=category,
            description=description or "",
            supplier=supplier or "",
            supplier_id=supplier_id or "",
            invoice_number=invoice_number or "",
            incurred_on=days[0],
            paid_on=days[1],
            net=amounts.net,
            vat=amounts.vat,
            gross=amounts.gross,
            claimed=amounts.claimed,
            document_id=document_id or None,
            read=readings,
        )

    def _category(self, fields: Fields) -> str | None:
        category = fields.text("category", most=40, required=True)
        if category is None:
            return None
        if category not in CATEGORIES:
            fields.fault("category", "unknown_category")
        elif category not in self.grant.claimable:
            fields.fault("category", "not_in_plan", category=category)
        else:
            return category
        return None

    def _days(self, fields: Fields) -> tuple[date, date] | None:
        incurred, paid = fields.day("incurred_on"), fields.day("paid_on")
        if incurred is not None and incurred not in self.grant.period:
            span = self.grant.period
            fields.fault("incurred_on", "outside_grant_period", first=str(span.first), last=str(span.last))
        if paid is not None and paid > self.today:
            fields.fault("paid_on", "paid_after_submission", day=str(self.today))
        return None if incurred is None or paid is None else (incurred, paid)


def _amounts(fields: Fields) -> Amounts | None:
    net, vat = fields.money("net"), fields.money("vat", blank=ZERO)
    gross, claimed = fields.money("gross"), fields.money("claimed")
    if net is None or vat is None or gross is None or claimed is None:
        return None
    if net + vat != gross:
        fields.fault("gross", "net_vat_gross_differ", net=str(net), vat=str(vat), gross=str(gross))
    if claimed > gross:
        fields.fault("claimed", "claimed_over_gross", gross=str(gross))
    if not claimed:
        fields.fault("claimed", "nothing_claimed")
    return Amounts(net, vat, gross, claimed)


def _readings(fields: Fields) -> dict[str, Reading]:
    """What the machine read; an unsure figure left as it was must be confirmed (`confirmed`: names or true)."""
    found = fields.typed.get("read")
    readings = {
        name: Reading(value=value["value"], confidence=value["confidence"])
        for name, value in (found.items() if isinstance(found, Mapping) else ())
        if _is_reading(value)
    }
    confirmed = fields.typed.get("confirmed")
    for name, reading in readings.items():
        unchanged = fields.typed.get(name) == reading.value
        if reading.confidence < SURE_ENOUGH and unchanged and not _is_confirmed(name, confirmed):
            fields.fault(name, "unconfirmed_reading", value=reading.value, confidence=str(reading.confidence))
    return readings


def _is_reading(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    text, confidence = value.get("value"), value.get("confidence")
    return isinstance(text, str) and 0 < len(text) <= 300 and isinstance(confidence, int) and 0 <= confidence <= 100


def _is_confirmed(name: str, confirmed: Any) -> bool:
    return confirmed is True or (isinstance(confirmed, list) and name in confirmed)
