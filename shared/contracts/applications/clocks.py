"""How long a decided case is kept and bound, and what waits to be done after the decisions."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import STAFF, Role
from shared.contracts.applications.codes import CASE_NUMBER, ROOM
from shared.contracts.terms import Answer, Event, Operation, PageRequest, Request, query
from shared.fields import text

CLOCK_KINDS = ("durability", "retention")
FOLLOW_UPS = ("amendment", "review", "proposal", "closable")


class ClockPart(Answer):
    """One rule's own end; the clock shows the latest of its parts. `ends_on` null while it cannot be known."""

    rule = text(40)
    starts_on = fields.Date(required=True, allow_none=True)
    ends_on = fields.Date(required=True, allow_none=True)
    source = text(200)
    facts = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class CaseClock(Answer):
    """`stopped_days` have been added while proceedings were open; `stopped` says that one is open now."""

    kind = fields.String(required=True, validate=validate.OneOf(CLOCK_KINDS))
    ends_on = fields.Date(required=True, allow_none=True)
    stopped = fields.Boolean(required=True)
    stopped_days = fields.Integer(required=True)
    parts = fields.List(fields.Nested(ClockPart), required=True)


class CaseClocks(Answer):
    number = CASE_NUMBER
    items = fields.List(fields.Nested(CaseClock), required=True)


class FollowUp(Answer):
    """Something after a decision that waits for an official."""

    number = CASE_NUMBER
    undertaking_name = text(200)
    title = text(300, least=0)
    what = fields.String(required=True, validate=validate.OneOf(FOLLOW_UPS))
    ordinal = fields.Integer(required=True, allow_none=True)
    kind = text(40, least=0)
    since = fields.AwareDateTime(required=True)
    by = text(200, least=0)


class FollowUps(Answer):
    items = fields.List(fields.Nested(FollowUp), required=True)
    total = fields.Integer(required=True)


class OneDecidedCase(Request):
    number = CASE_NUMBER


class ListFollowUps(PageRequest):
    what = fields.String(load_default="", validate=validate.OneOf(("", *FOLLOW_UPS)))


EVENTS: tuple[Event, ...] = ()

_OFFICIALS = STAFF - {Role.OPERATOR}  # an operator's work needs no case's content
_BOTH = (Role.COMPANY, *_OFFICIALS)

GET_CLOCKS = query(ROOM, "get_clocks", OneDecidedCase, CaseClocks, *_BOTH)
LIST_FOLLOW_UPS = query(ROOM, "list_follow_ups", ListFollowUps, FollowUps, *_OFFICIALS)

OPERATIONS: tuple[Operation, ...] = (
    GET_CLOCKS,
    LIST_FOLLOW_UPS,
)
