"""How a room is, the same request to every room: used by `doctor`, readiness and the operators' page."""

from __future__ import annotations

from marshmallow import fields

from shared.asker import Role
from shared.contracts.terms import Answer, Nothing, Operation, query


class RoomHealth(Answer):
    """`unsent` announcements not yet with the broker, the oldest `unsent_seconds` old.

    `waiting` facts are retried or wait for an earlier one; `parked` ones wait for an operator.
    `settled_seconds` since the answering process last applied a fact; null before its first.
    """

    room = fields.String(required=True)
    unsent = fields.Integer(required=True)
    unsent_seconds = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    parked = fields.Integer(required=True)
    settled_seconds = fields.Integer(required=True, allow_none=True)


def operation(room: str) -> Operation:
    return query(room, "health", Nothing, RoomHealth, Role.OPERATOR, Role.SYSTEM)
