"""Mail: what the parties are told by e-mail, in whose language, and what each wants to be told."""

from __future__ import annotations

from shared.contracts.terms import Event, Operation

EVENTS: tuple[Event, ...] = ()

OPERATIONS: tuple[Operation, ...] = ()
