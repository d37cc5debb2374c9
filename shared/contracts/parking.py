"""Parked messages, the same requests to every room: list, look, run again, discard."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import Role
from shared.contracts.terms import Answer, Operation, PageRequest, Request, command, query
from shared.fields import text


class ListParked(PageRequest):
    pass


class ParkedMessage(Answer):
    """`waits_behind` counts later messages of the same aggregate that wait for this one."""

    room = fields.String(required=True)
    message_id = fields.String(required=True)
    type = fields.String(required=True)
    version = fields.Integer(required=True)
    subject = fields.String(required=True)
    sequence = fields.Integer(required=True)
    reason = fields.String(required=True)
    detail = fields.String(required=True)
    attempts = fields.Integer(required=True)
    received_at = fields.AwareDateTime(required=True)
    parked_at = fields.AwareDateTime(required=True)
    waits_behind = fields.Integer(required=True)


class ParkedMessages(Answer):
    items = fields.List(fields.Nested(ParkedMessage), required=True)
    total = fields.Integer(required=True)


class ParkedMessageWhole(ParkedMessage):
    body = fields.Dict(required=True)


class OneParked(Request):
    message_id = fields.String(required=True, validate=validate.Length(max=100))


class DiscardParked(OneParked):
    reason = text(1000)


class ParkedOutcome(Answer):
    """`status` after the act: applied, waiting, parked, discarded."""

    message_id = fields.String(required=True)
    status = fields.String(required=True)


def operations(room: str) -> tuple[Operation, ...]:
    who = (Role.OPERATOR,)
    return (
        query(room, "list_parked", ListParked, ParkedMessages, *who),
        query(room, "show_parked", OneParked, ParkedMessageWhole, *who),
        command(room, "replay_parked", OneParked, ParkedOutcome, *who),
        command(room, "discard_parked", DiscardParked, ParkedOutcome, *who),
    )
