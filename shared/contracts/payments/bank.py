"""Payment files for the bank, its answers, and what became of each payment."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import Role
from shared.contracts.payments.core import CLAIM_ID, ROOM, Payment, Share
from shared.contracts.terms import Answer, Event, Fact, Operation, PageRequest, Request, command, query
from shared.fields import BusinessIdField, MoneyField, text

BATCH_STATES = ("made", "accepted", "settled", "partly_settled", "rejected")


class MakeBatch(Request):
    """A payment file of approved claims of the asker's authority; `total` must be what they add up to."""

    claim_ids = fields.List(CLAIM_ID, required=True, validate=validate.Length(min=1, max=5000))
    total = MoneyField(required=True)


class BatchRow(Answer):
    """`execute_on` is the bank day asked for; `sha256` of the file's bytes in hex."""

    batch_id = text(35)
    authority = text(40)
    state = fields.String(required=True, validate=validate.OneOf(BATCH_STATES))
    payments = fields.Integer(required=True)
    amount = MoneyField(required=True)
    execute_on = fields.Date(required=True)
    sha256 = text(64)
    made_by = text(60)
    made_at = fields.AwareDateTime(required=True)


class Batches(Answer):
    items = fields.List(fields.Nested(BatchRow), required=True)
    total = fields.Integer(required=True)


class Decided(Answer):
    """The decisions that a file carries out, added up: `payable` of so many `claims`, and whose money it is."""

    claims = fields.Integer(required=True)
    payable = MoneyField(required=True)
    shares = fields.List(fields.Nested(Share), required=True)


class Batch(BatchRow):
    items = fields.List(fields.Nested(Payment), required=True)
    decided = fields.Nested(Decided, required=True)


class BatchFile(Answer):
    """The ISO 20022 pain.001 file as text, byte for byte what its digest covers."""

    batch_id = text(35)
    file_name = text(100)
    sha256 = text(64)
    xml = fields.String(required=True)


class OneBatch(Request):
    batch_id = text(35)


class ImportBankAnswer(Request):
    """A pain.002 or camt.054 file as text. The same answer again changes nothing."""

    xml = fields.String(required=True, validate=validate.Length(min=1, max=20_000_000))


class BankAnswer(Answer):
    """`applied` payments changed, `unchanged` known already; `first_time` false for a repeat of the same file."""

    answer_id = text(200)
    message = text(40)
    first_time = fields.Boolean(required=True)
    applied = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    payments = fields.List(fields.Nested(Payment), required=True)


class PaymentOrderedV1(Fact):
    """A payment went into a file for the bank."""

    claim_id = CLAIM_ID
    number = text(40)
    authority = text(40)
    payment_id = text(35)
    batch_id = text(35)
    amount = MoneyField(required=True)
    file_sha256 = text(64)
    execute_on = fields.Date(required=True)


class PaymentSettledV1(Fact):
    claim_id = CLAIM_ID
    number = text(40)
    business_id = BusinessIdField(required=True)
    authority = text(40)
    payment_id = text(35)
    batch_id = text(35)
    amount = MoneyField(required=True)
    settled_on = fields.Date(required=True)
    bank_reference = text(80, allow_none=True)


class PaymentFailedV1(Fact):
    """The bank rejected or returned it; `reason` is the bank's code (ISO 20022)."""

    claim_id = CLAIM_ID
    number = text(40)
    business_id = BusinessIdField(required=True)
    authority = text(40)
    payment_id = text(35)
    batch_id = text(35)
    amount = MoneyField(required=True)
    state = text(20)
    reason = text(40, allow_none=True)


def _event(name: str, schema: type[Fact]) -> Event:
    return Event(room=ROOM, name=name, version=1, subject="claim", schema=schema)


PAYMENT_ORDERED = _event("payment_ordered", PaymentOrderedV1)
PAYMENT_SETTLED = _event("payment_settled", PaymentSettledV1)
PAYMENT_FAILED = _event("payment_failed", PaymentFailedV1)

EVENTS: tuple[Event, ...] = (
    PAYMENT_ORDERED,
    PAYMENT_SETTLED,
    PAYMENT_FAILED,
)

MAKE_BATCH = command(ROOM, "make_batch", MakeBatch, Batch, Role.PAYER)
LIST_BATCHES = query(ROOM, "list_batches", PageRequest, Batches, Role.PAYER, Role.AUDITOR)
GET_BATCH = query(ROOM, "get_batch", OneBatch, Batch, Role.PAYER, Role.AUDITOR)
GET_BATCH_FILE = query(ROOM, "get_batch_file", OneBatch, BatchFile, Role.PAYER, Role.AUDITOR)
IMPORT_BANK_ANSWER = command(ROOM, "import_bank_answer", ImportBankAnswer, BankAnswer, Role.PAYER)

OPERATIONS: tuple[Operation, ...] = (
    MAKE_BATCH,
    LIST_BATCHES,
    GET_BATCH,
    GET_BATCH_FILE,
    IMPORT_BANK_ANSWER,
)
