"""Rules asked alone: every rule that yields a figure or a verdict, with its version, source and steps."""

from __future__ import annotations

from shared.contracts.terms import Event, Operation

EVENTS: tuple[Event, ...] = ()

OPERATIONS: tuple[Operation, ...] = ()
