"""Afterwards: corrections, review and appeal, amendments, tranches, closure, and the clocks that run on."""

from __future__ import annotations

from shared.contracts.terms import Event, Operation

EVENTS: tuple[Event, ...] = ()

OPERATIONS: tuple[Operation, ...] = ()
