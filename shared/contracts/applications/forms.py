"""Forms: a call's own form, versions of a draft, sign-off, cloning, the simulator, paper filing."""

from __future__ import annotations

from shared.contracts.terms import Event, Operation

EVENTS: tuple[Event, ...] = ()

OPERATIONS: tuple[Operation, ...] = ()
