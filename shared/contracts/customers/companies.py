"""Companies: register data, mandates and roles of their people, API keys, ownership between undertakings."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import STAFF, Role
from shared.contracts.customers.core import ROOM
from shared.contracts.terms import Answer, Event, Fact, Operation, Request, command, query
from shared.fields import BusinessIdField, RateField, text

OWNERSHIP_KINDS = ("votes", "majority", "board", "contract", "dominant", "partner")
"""How one undertaking has to do with another (2003/361/EC annex art. 3; Regulation (EU) 2023/2831 art. 2(2)).

`majority` of votes, `board` (names most of the board), `contract` (dominant by contract or articles), `dominant`
(alone by agreement with others): linked. `partner`: 25 per cent or more. `votes`: a share of votes below majority.
"""

OWNERSHIP_SOURCES = ("declaration", "register", "official")


class RecordOwnership(Request):
    """`owner` has to do with `owned` by `kind` from `since`; `until` is the last day, and ends an earlier record."""

    owner = BusinessIdField(required=True)
    owned = BusinessIdField(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(OWNERSHIP_KINDS))
    share = RateField(load_default=None, allow_none=True)
    since = fields.Date(required=True)
    until = fields.Date(load_default=None, allow_none=True)
    source = fields.String(load_default="declaration", validate=validate.OneOf(OWNERSHIP_SOURCES))


class OwnershipLink(Answer):
    link_id = text(60)
    owner = BusinessIdField(required=True)
    owned = BusinessIdField(required=True)
    owner_name = text(200, allow_none=True)
    owned_name = text(200, allow_none=True)
    kind = fields.String(required=True, validate=validate.OneOf(OWNERSHIP_KINDS))
    share = RateField(allow_none=True)
    since = fields.Date(required=True)
    until = fields.Date(allow_none=True)
    source = fields.String(required=True, validate=validate.OneOf(OWNERSHIP_SOURCES))
    recorded_by = text(60)
    recorded_at = fields.AwareDateTime(required=True)


class OwnershipOf(Request):
    business_id = BusinessIdField(required=True)


class OwnershipLinks(Answer):
    """Every link in which the undertaking is owner or owned, ended ones too."""

    items = fields.List(fields.Nested(OwnershipLink), required=True)


class OwnershipRecordedV1(Fact):
    """The link as it stands from now on, whole: a later record of the same `link_id` takes its place."""

    link_id = text(60)
    owner = BusinessIdField(required=True)
    owned = BusinessIdField(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(OWNERSHIP_KINDS))
    share = RateField(allow_none=True, load_default=None)
    since = fields.Date(required=True)
    until = fields.Date(allow_none=True, load_default=None)
    source = fields.String(required=True, validate=validate.OneOf(OWNERSHIP_SOURCES))


OWNERSHIP_RECORDED = Event(
    room=ROOM, name="ownership_recorded", version=1, subject="undertaking", schema=OwnershipRecordedV1
)

EVENTS: tuple[Event, ...] = (OWNERSHIP_RECORDED,)

RECORD_OWNERSHIP = command(
    ROOM, "record_ownership", RecordOwnership, OwnershipLink, Role.COMPANY, Role.HANDLER, Role.OPERATOR
)
LIST_OWNERSHIP = query(ROOM, "list_ownership", OwnershipOf, OwnershipLinks, Role.COMPANY, *STAFF)

OPERATIONS: tuple[Operation, ...] = (RECORD_OWNERSHIP, LIST_OWNERSHIP)
