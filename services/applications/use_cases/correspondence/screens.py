"""Requests and messages as each side sees them, keyed as the contract's answers are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from services.applications.domain.correspondence.messages import Message
from services.applications.domain.correspondence.requests import PartyRequest
from services.applications.screens import Screen
from shared.asker import Asker, Role
from shared.errors import Fault

_UNSENT: dict[str, Any] = {"reply": "", "answers": {}, "attachments": (), "saved_by": None, "saved_at": None}


def request_screen(request: PartyRequest, asker: Asker, now: datetime, faults: Sequence[Fault] = ()) -> Screen:
    """What the company is still writing is the company's own until it is sent."""
    shown = asdict(request) | {
        "kind": request.kind.value,
        "state": request.state.value,
        "late": request.is_late_at(now),
        "faults": [{"path": fault.path, "rule": fault.rule, "facts": dict(fault.facts)} for fault in faults],
    }
    is_unsent = request.answered_at is None and asker.role is not Role.COMPANY
    return shown | _UNSENT if is_unsent else shown


def reply_saved_screen(request: PartyRequest) -> Screen:
    return {
        "number": request.number,
        "place": request.place,
        "version": request.version,
        "saved_at": request.saved_at,
    }


def message_screen(message: Message) -> Screen:
    return asdict(message)
