"""A case that came to the wrong authority is given to the competent one, before it is decided (HL 434/2003 21 §)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.applications.domain.applications import Application
from shared.errors import Fault, InvalidFields
from shared.reference import authorities


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """The record that both authorities keep; of the case itself the giving one sees nothing any more."""

    number: str
    ordinal: int
    business_id: str
    undertaking_name: str
    title: str
    given_by: str
    given_to: str
    reason: str
    transferred_by: str
    transferred_at: datetime


def must_be_possible(application: Application, to: str, reason: str, today: date) -> None:
    """Raises InvalidFields: unknown_authority, for one that no longer is too; same_authority; required."""
    receiver = authorities.BY_CODE.get(to)
    faults = []
    if receiver is None or not receiver.exists_on(today):
        faults.append(Fault("to", "unknown_authority"))
    elif to == application.authority:
        faults.append(Fault("to", "same_authority"))
    if not reason.strip():
        faults.append(Fault("reason", "required"))
    if faults:
        raise InvalidFields(faults=faults)
