"""Correspondence: requests for completion, hearings, messages in the case, and the status in plain words."""

from __future__ import annotations

from shared.contracts.terms import Event, Operation

EVENTS: tuple[Event, ...] = ()

OPERATIONS: tuple[Operation, ...] = ()
