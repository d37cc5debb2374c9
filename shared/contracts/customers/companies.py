"""Companies: register data, mandates and roles of their people, API keys, hand-over."""

from __future__ import annotations

from shared.contracts.terms import Event, Operation

EVENTS: tuple[Event, ...] = ()

OPERATIONS: tuple[Operation, ...] = ()
