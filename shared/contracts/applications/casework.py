"""Casework: the queue, saved views, who handles a case, disqualification declared before it is opened."""

from __future__ import annotations

from shared.contracts.terms import Event, Operation

EVENTS: tuple[Event, ...] = ()

OPERATIONS: tuple[Operation, ...] = ()
