"""Monitoring: the read model of what happened, and the trail that proves it. It announces nothing."""

from __future__ import annotations

from marshmallow import fields

from shared.asker import READS_CASES, STAFF, Role
from shared.contracts.terms import Answer, Operation, PageRequest, Request, query
from shared.fields import BusinessIdField, MoneyField, text

ROOM = "monitoring"


class CaseTrail(Request):
    """Everything that happened to one application, its claims, payments and letters, oldest first."""

    number = text(40)


class TrailEntry(Answer):
    """One entry: `position` in the whole trail from 1, `hash` = SHA-256(previous hash ‖ canonical entry), hex."""

    position = fields.Integer(required=True)
    event_id = text(60)
    at = fields.AwareDateTime(required=True)
    type = text(60)
    subject = text(80)
    actor = text(60)
    role = text(20)
    authority = text(40, allow_none=True)
    via = text(60, required=False, least=0, load_default="")
    basis = text(200, least=0)
    amount = MoneyField(required=True, allow_none=True)
    data = fields.Dict(required=True)
    hash = text(64)
    previous = text(64)


class Trail(Answer):
    number = text(40)
    entries = fields.List(fields.Nested(TrailEntry), required=True)


class PaymentId(Request):
    payment_id = text(35)


class TraceLine(Answer):
    """A cost line under a payment: the invoice document and its digest, what was accepted and why not the rest."""

    line = fields.Integer(required=True)
    category = text(20)
    claimed = MoneyField(required=True)
    accepted = MoneyField(required=True)
    cut_reason = text(40, allow_none=True)
    invoice_number = text(80, least=0)
    document_id = text(60, allow_none=True)
    sha256 = text(64, allow_none=True)


class EuroTrace(Answer):
    """From a paid euro back: payment ← file ← decision ← verification ← claim ← lines ← invoices ← award ← application.

    `proof`: positions and hashes of the steps' entries; holds, whether the chain does at and around them;
    head_position and head; signed_position and signed_at of the first signed head that covers them, or null.
    """

    payment_id = text(35)
    batch_id = text(35)
    claim_id = text(40)
    number = text(40)
    business_id = BusinessIdField(required=True, allow_none=True)
    undertaking_name = text(200, least=0)
    amount = MoneyField(required=True)
    state = text(20)
    settled_on = fields.Date(required=True, allow_none=True)
    file_sha256 = text(64, allow_none=True)
    steps = fields.List(fields.Nested(TrailEntry), required=True)
    lines = fields.List(fields.Nested(TraceLine), required=True)
    proof = fields.Dict(required=True)


class VerifyTrail(Request):
    """The whole chain, or only up to `upto`."""

    upto = fields.Integer(load_default=0)


class TrailProof(Answer):
    """`holds` false names the first row that does not fit: `broken_at` position and `broken` what differs.

    `broken` is a code: position_missing, previous, content, hash, content_or_hash, column:<name>, checkpoint,
    checkpoint_signature. `checkpoints` signed heads agree with the chain.
    """

    holds = fields.Boolean(required=True)
    entries = fields.Integer(required=True)
    head = text(64)
    broken_at = fields.Integer(required=True, allow_none=True)
    broken = text(300, least=0, allow_none=True)
    checked_at = fields.AwareDateTime(required=True)
    checkpoints = fields.Integer(required=True)


class ListCases(PageRequest):
    state = text(40, required=False, least=0, load_default="")
    authority = text(40, required=False, least=0, load_default="")
    region = text(10, required=False, least=0, load_default="")
    fund = text(20, required=False, least=0, load_default="")
    search = text(100, required=False, least=0, load_default="")


class CaseRow(Answer):
    """Texts are empty and `business_id` null until the application itself has been heard of: facts of different
    rooms come in any order, and a payment shows at once.

    `state`: submitted, in_assessment, proposed, rejected, withdrawn, approved, approved_in_part, and after an
    award by its claims: claimed, in_payment, payment_failed, paid.
    """

    number = text(40)
    call_id = text(40, least=0)
    business_id = BusinessIdField(required=True, allow_none=True)
    undertaking_name = text(200, least=0)
    title = text(300, least=0)
    authority = text(40, least=0)
    region = text(10, least=0)
    fund = text(20, least=0)
    state = text(40)
    aid_sought = MoneyField(required=True)
    awarded = MoneyField(required=True)
    claimed = MoneyField(required=True)
    approved = MoneyField(required=True)
    paid = MoneyField(required=True)
    last_event_at = fields.AwareDateTime(required=True)


class Cases(Answer):
    items = fields.List(fields.Nested(CaseRow), required=True)
    total = fields.Integer(required=True)


class FiguresRequest(Request):
    authority = text(40, required=False, least=0, load_default="")


class FigureRow(Answer):
    """Sums of one authority, fund and region, in euros."""

    authority = text(40, least=0)
    fund = text(20, least=0)
    region = text(10, least=0)
    cases = fields.Integer(required=True)
    awarded_cases = fields.Integer(required=True)
    sought = MoneyField(required=True)
    awarded = MoneyField(required=True)
    claimed = MoneyField(required=True)
    approved = MoneyField(required=True)
    paid = MoneyField(required=True)


class Figures(Answer):
    """`position` is the last trail entry counted in, `as_of` its time."""

    rows = fields.List(fields.Nested(FigureRow), required=True)
    position = fields.Integer(required=True)
    as_of = fields.AwareDateTime(required=True, allow_none=True)


class ListPayments(PageRequest):
    state = text(20, required=False, least=0, load_default="")
    number = text(40, required=False, least=0, load_default="")


class PaymentRow(Answer):
    payment_id = text(35)
    batch_id = text(35)
    claim_id = text(40)
    number = text(40)
    business_id = BusinessIdField(required=True, allow_none=True)
    undertaking_name = text(200, least=0)
    authority = text(40)
    amount = MoneyField(required=True)
    state = text(20)
    settled_on = fields.Date(required=True, allow_none=True)


class Payments(Answer):
    items = fields.List(fields.Nested(PaymentRow), required=True)
    total = fields.Integer(required=True)


# A company sees its own case's trail; staff their authority's; auditors and operators all.
CASE_TRAIL = query(ROOM, "case_trail", CaseTrail, Trail, Role.COMPANY, *READS_CASES)
TRACE_PAYMENT = query(ROOM, "trace_payment", PaymentId, EuroTrace, Role.AUDITOR, Role.PAYER, Role.DECISION_MAKER)
VERIFY_TRAIL = query(ROOM, "verify_trail", VerifyTrail, TrailProof, Role.AUDITOR, Role.OPERATOR)
LIST_CASES = query(ROOM, "list_cases", ListCases, Cases, Role.AUDITOR, Role.OPERATOR)
LIST_PAYMENTS = query(ROOM, "list_payments", ListPayments, Payments, Role.AUDITOR, Role.PAYER)
FIGURES = query(ROOM, "figures", FiguresRequest, Figures, *STAFF)

OPERATIONS: tuple[Operation, ...] = (
    CASE_TRAIL,
    TRACE_PAYMENT,
    VERIFY_TRAIL,
    LIST_CASES,
    LIST_PAYMENTS,
    FIGURES,
)
