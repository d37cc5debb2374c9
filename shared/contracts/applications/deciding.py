"""Deciding: assessment of an application, gates, de minimis, the proposal's figures, and replay of a decision."""

from __future__ import annotations

from shared.contracts.terms import Event, Operation

EVENTS: tuple[Event, ...] = ()

OPERATIONS: tuple[Operation, ...] = ()
