"""What the room announces of grant accounts and claims."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts.payments.core import CLAIM_ID, CLAIM_OUTCOMES, NOTE_MOST, ROOM, Share
from shared.contracts.terms import Event, Fact, StepSchema
from shared.fields import BusinessIdField, MoneyField, text


class GrantAccountOpenedV1(Fact):
    number = text(40)
    business_id = BusinessIdField(required=True)
    authority = text(40)
    aid = MoneyField(required=True)


class GrantAccountChangedV1(Fact):
    """The account has followed a later act of the case. `aid` is never below what has been approved."""

    number = text(40)
    business_id = BusinessIdField(required=True)
    authority = text(40)
    act = fields.Integer(required=True)
    kind = text(40)
    aid_before = MoneyField(required=True)
    aid = MoneyField(required=True)
    standing = text(20)


class LineFact(Fact):
    line = fields.Integer(required=True)
    category = text(20)
    claimed = MoneyField(required=True)
    incurred_on = fields.Date(required=True)
    invoice_number = text(80, least=0)
    supplier_id = text(40, least=0)
    document_id = text(60, allow_none=True)


class ClaimSubmittedV1(Fact):
    claim_id = CLAIM_ID
    number = text(40)
    business_id = BusinessIdField(required=True)
    authority = text(40)
    kind = text(20)
    period_first = fields.Date(required=True)
    period_last = fields.Date(required=True)
    claimed = MoneyField(required=True)
    lines = fields.List(fields.Nested(LineFact), required=True)
    digest = text(64)
    submitted_at = fields.AwareDateTime(required=True)
    due_on = fields.Date(required=True)


class VerdictFact(Fact):
    line = fields.Integer(required=True)
    accepted = MoneyField(required=True)
    cut = MoneyField(required=True)
    cut_reason = text(40, allow_none=True)


class ClaimVerifiedV1(Fact):
    claim_id = CLAIM_ID
    number = text(40)
    authority = text(40)
    accepted = MoneyField(required=True)
    cut = MoneyField(required=True)
    lines = fields.List(fields.Nested(VerdictFact), required=True)
    verified_by = text(60)


class PaymentProposedV1(Fact):
    claim_id = CLAIM_ID
    number = text(40)
    authority = text(40)
    payable = MoneyField(required=True)
    proposed_by = text(60)


class PaymentReturnedV1(Fact):
    """The decision maker sent the proposed payment back."""

    claim_id = CLAIM_ID
    number = text(40)
    authority = text(40)
    returned_by = text(60)
    note = text(2000, least=0)


class ClaimReleasedV1(Fact):
    """A disqualified `person` had verified or proposed it, and that has fallen. `state` is what it waits in now:
    "submitted" for another verifier, "verified" for another proposal.
    """

    claim_id = CLAIM_ID
    number = text(40)
    authority = text(40)
    person = text(60)
    state = text(20)


class PaymentDecidedV1(Fact):
    """`cuts` name each line that was cut, for the letter."""

    claim_id = CLAIM_ID
    number = text(40)
    business_id = BusinessIdField(required=True)
    undertaking_name = text(200)
    title = text(300)
    authority = text(40)
    fund = text(20)
    language = text(2)
    outcome = fields.String(required=True, validate=validate.OneOf(CLAIM_OUTCOMES))
    claimed = MoneyField(required=True)
    accepted_costs = MoneyField(required=True)
    payable = MoneyField(required=True)
    shares = fields.List(fields.Nested(Share), required=True)
    steps = fields.List(fields.Nested(StepSchema), required=True)
    cuts = fields.List(fields.Dict(), required=True)
    ruleset = text(60)
    note = text(NOTE_MOST, least=0)
    verified_by = text(60)
    proposed_by = text(60)
    decided_by = text(60)
    decided_at = fields.AwareDateTime(required=True)


class ClaimStandingToldV1(Fact):
    """Where an unpaid claim stands, told once to rooms that began to listen when it was already on its way."""

    claim_id = CLAIM_ID
    number = text(40)
    authority = text(40)
    state = text(30)
    due_on = fields.Date(allow_none=True, load_default=None)


def _event(name: str, schema: type[Fact], subject: str = "claim") -> Event:
    return Event(room=ROOM, name=name, version=1, subject=subject, schema=schema)


GRANT_ACCOUNT_OPENED = _event("grant_account_opened", GrantAccountOpenedV1, "grant")
GRANT_ACCOUNT_CHANGED = _event("grant_account_changed", GrantAccountChangedV1, "grant")
CLAIM_SUBMITTED = _event("claim_submitted", ClaimSubmittedV1)
CLAIM_VERIFIED = _event("claim_verified", ClaimVerifiedV1)
PAYMENT_PROPOSED = _event("payment_proposed", PaymentProposedV1)
PAYMENT_RETURNED = _event("payment_returned", PaymentReturnedV1)
CLAIM_RELEASED = _event("claim_released", ClaimReleasedV1)
CLAIM_STANDING_TOLD = _event("claim_standing_told", ClaimStandingToldV1)
PAYMENT_DECIDED = _event("payment_decided", PaymentDecidedV1)

EVENTS: tuple[Event, ...] = (
    GRANT_ACCOUNT_OPENED,
    GRANT_ACCOUNT_CHANGED,
    CLAIM_SUBMITTED,
    CLAIM_VERIFIED,
    PAYMENT_PROPOSED,
    PAYMENT_RETURNED,
    CLAIM_RELEASED,
    CLAIM_STANDING_TOLD,
    PAYMENT_DECIDED,
)
