"""Days and shares in small forms: read from what was typed, or the fault to show at the field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from services.gateway.portal.forms import Form
from shared.errors import Fault
from shared.money import NotARate, Rate
from shared.typed import Unreadable, read_day

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed(Generic[T]):
    """`value` is None for an empty field and for one with a fault."""

    value: T | None = None
    faults: tuple[Fault, ...] = ()


def day_typed(form: Form, path: str, *, needed: bool = True) -> Typed[date]:
    typed = form.value(path).strip()
    if not typed:
        return Typed(faults=(Fault(path, "required"),) if needed else ())
    try:
        return Typed(value=read_day(typed))
    except Unreadable as error:
        return Typed(faults=(Fault(path, error.rule),))


def rate_typed(form: Form, path: str) -> Typed[Rate]:
    """ "25", "33,3 %"; an empty field is no share."""
    typed = form.value(path).replace("%", "").replace("\u00a0", " ").strip().replace(",", ".")
    if not typed:
        return Typed()
    try:
        return Typed(value=Rate.of(typed))
    except NotARate:
        return Typed(faults=(Fault(path, "rate"),))
