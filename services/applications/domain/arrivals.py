"""What came on paper or by e-mail and was typed in by an official: it is in time by the moment it arrived.

A document sent at the sender's own risk is in when the authority has it, whatever hour it is entered in a system
(hallintolaki 434/2003 17–18 §; sähköisen asioinnin laki 13/2003 10–11 §). That it may come on paper when the
electronic way is closed to the applicant: Commission Implementing Regulation (EU) No 1011/2014 art. 10(5) for its
time, hallintolaki 20 §.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.applications.domain.attachments import Attachment
from services.applications.domain.calls import Call
from services.applications.domain.errors import ArrivesLater, CallNotOpen
from shared.errors import Fault

SCAN = "scan"
# What a paper application may lack when it is entered: the authority asks for it after (HL 434/2003 22 §).
MAY_BE_ASKED_LATER = frozenset(
    {"required", "attachment_missing", "indicator_missing", "financing_missing", "not_an_email", "unknown_option"}
)
NEEDED_TO_HANDLE = frozenset({"title", "region", "costs", "starts_on", "ends_on"})
NEEDED_TO_LEAVE_UNEXAMINED = frozenset({"title", "region"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """`channel` is paper or email; `arrived_at` when the authority had it; `reason` why it came so."""

    channel: str
    arrived_at: datetime
    reason: str
    entered_by: str
    entered_at: datetime


def must_be_enterable(arrival: Arrival, call: Call) -> None:
    """What came after the call closed is entered too, with its real moment: it is left unexamined by a decision, for
    nobody leaves a filing without one (HL 434/2003 43 §, 53 a §). Raises ArrivesLater for a moment to come,
    CallNotOpen before the call."""
    if arrival.arrived_at > arrival.entered_at:
        raise ArrivesLater(arrived_at=arrival.arrived_at.isoformat())
    if arrival.arrived_at < call.opens_at:
        raise CallNotOpen(opens_at=call.opens_at.isoformat())


def without_scan(attachments: Iterable[Attachment]) -> tuple[Fault, ...]:
    """What came is kept as it came: its scan, or the message, is attached."""
    if any(attachment.kind == SCAN for attachment in attachments):
        return ()
    return (Fault("attachments", "attachment_missing", {"kind": SCAN}),)


def hindering(faults: Iterable[Fault], *, late: bool) -> tuple[Fault, ...]:
    """The faults that stop even a paper application: what cannot be handled at all, or was typed in wrong. Of one that
    came late the plan is not looked at."""
    needed = NEEDED_TO_LEAVE_UNEXAMINED if late else NEEDED_TO_HANDLE
    return tuple(
        fault
        for fault in faults
        if fault.rule not in MAY_BE_ASKED_LATER or (fault.rule == "required" and fault.path.split(".")[0] in needed)
    )
