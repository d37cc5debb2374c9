"""Transfer: an authority that has got a case by mistake gives it to the competent one (HL 434/2003 21 §)."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import STAFF, Role
from shared.contracts.applications.codes import ROOM
from shared.contracts.applications.core import ActOnApplication
from shared.contracts.terms import Answer, Event, Fact, Operation, PageRequest, command, query
from shared.fields import BusinessIdField, text


class TransferCase(ActOnApplication):
    """Before a decision, by its handler, or by anyone of the authority while nobody has it.

    `reason` is told to the applicant: write it in its language. Open requests to the party end.
    """

    to = text(40)
    reason = text(2000)


class Transfer(Answer):
    """What the giving authority keeps of the case: whose it was, where it went, when, by whom and why."""

    number = text(40)
    ordinal = fields.Integer(required=True, validate=validate.Range(min=1))
    business_id = BusinessIdField(required=True)
    undertaking_name = text(200)
    title = text(300, least=0)
    given_by = text(40)
    given_to = text(40)
    reason = text(2000)
    transferred_by = text(60)
    transferred_at = fields.AwareDateTime(required=True)


class Transfers(Answer):
    items = fields.List(fields.Nested(Transfer), required=True)
    total = fields.Integer(required=True)


class CaseTransferredV1(Fact):
    """The case is another authority's (`authority`) from now on, without a handler; `due_on` is promised anew.

    Who has answered on disqualification answers anew, save who has a conflict.
    """

    number = text(40)
    business_id = BusinessIdField(required=True)
    authority = text(40)
    given_by = text(40)
    reason = text(2000)
    transferred_by = text(60)
    transferred_at = fields.AwareDateTime(required=True)
    due_on = fields.Date(required=True)


CASE_TRANSFERRED = Event(room=ROOM, name="case_transferred", version=1, subject="application", schema=CaseTransferredV1)

EVENTS: tuple[Event, ...] = (CASE_TRANSFERRED,)

TRANSFER_CASE = command(ROOM, "transfer_case", TransferCase, Transfer, Role.HANDLER, Role.DECISION_MAKER)
# Of the asker's authority, given and received; to an auditor everyone's.
LIST_TRANSFERS = query(ROOM, "list_transfers", PageRequest, Transfers, *STAFF - {Role.OPERATOR})

OPERATIONS: tuple[Operation, ...] = (TRANSFER_CASE, LIST_TRANSFERS)
