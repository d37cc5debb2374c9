"""Grant accounts and claims: cost lines, verification, the decision on a payment, what has been paid."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import READS_CASES, STAFF, Role
from shared.contracts.applications import COST_CATEGORIES, CostRow
from shared.contracts.terms import Answer, Operation, PageRequest, Request, StepSchema, command, query
from shared.fields import BusinessIdField, MoneyField, RateField, text

ROOM = "payments"

CLAIM_STATES = (
    "draft",
    "submitted",
    "verified",
    "proposed",
    "approved",
    "approved_in_part",
    "rejected",
    "in_payment",
    "paid",
    "payment_failed",
)
CLAIM_OUTCOMES = ("approved", "approved_in_part", "rejected")
CLAIM_KINDS = ("interim", "final")
CUT_REASONS = (
    "outside_period",
    "not_in_plan",
    "no_voucher",
    "not_paid",
    "claimed_twice",
    "vat_recoverable",
    "not_reasonable",
    "not_project_cost",
    "above_category",
)
GRANT_STANDINGS = ("open", "suspended", "closed", "cancelled")
MOST_COUNTED = 200  # narrowings counted at once
NOTE_MOST = 6_002  # a proposal's note and a decision's, and the empty line between them
PAYMENT_STATES = ("in_file", "accepted", "pending", "settled", "rejected", "returned")

CLAIM_ID = fields.String(required=True, validate=validate.Length(min=1, max=40))
_version = fields.Integer(required=True, validate=validate.Range(min=1))


class Grant(Answer):
    """A grant's account: what was awarded, what is claimed, approved and paid so far, what is left."""

    number = text(40)
    business_id = BusinessIdField(required=True)
    undertaking_name = text(200)
    title = text(300)
    authority = text(40)
    fund = text(20)
    priority = text(20)
    specific_objective = text(20)
    region = text(10)
    language = text(2)
    cost_model = text(20)
    costs = fields.List(fields.Nested(CostRow), required=True)
    aid = MoneyField(required=True)
    aid_rate = RateField(required=True)
    eu_share = RateField(required=True)
    period_first = fields.Date(required=True)
    period_last = fields.Date(required=True)
    accepted_costs = MoneyField(required=True)
    approved = MoneyField(required=True)
    paid = MoneyField(required=True)
    left = MoneyField(required=True)
    opened_at = fields.AwareDateTime(required=True)
    standing = fields.String(load_default="open", validate=validate.OneOf(GRANT_STANDINGS))


class Grants(Answer):
    """Whose they are and how they stand: `costs`, the plan, is empty here for officials, who open a grant first."""

    items = fields.List(fields.Nested(Grant), required=True)
    total = fields.Integer(required=True)


class ReadFigure(Answer):
    """What the machine read for a field and how sure it was (percent); kept beside what the person confirmed."""

    value = text(300)
    confidence = fields.Integer(required=True, validate=validate.Range(min=0, max=100))


class CostLine(Answer):
    """One cost. `claimed` ≤ `gross`; `vat` stays out unless the beneficiary can't recover it.

    `read` holds machine-read figures by field name, when the line came from an invoice document.
    """

    line = fields.Integer(required=True, validate=validate.Range(min=1, max=9999))
    category = fields.String(required=True, validate=validate.OneOf(COST_CATEGORIES))
    description = text(300)
    supplier = text(200, required=False, least=0, load_default="")
    supplier_id = text(40, required=False, least=0, load_default="")
    invoice_number = text(80, required=False, least=0, load_default="")
    incurred_on = fields.Date(required=True)
    paid_on = fields.Date(required=True)
    net = MoneyField(required=True)
    vat = MoneyField(required=True)
    gross = MoneyField(required=True)
    claimed = MoneyField(required=True)
    document_id = text(60, required=False, allow_none=True, load_default=None)
    read = fields.Dict(keys=fields.String(), values=fields.Nested(ReadFigure), load_default=dict)


class VerifiedLine(CostLine):
    """`accepted` + `cut` = `claimed`; `finding` is what the rules object to by themselves (a code), if anything."""

    accepted = MoneyField(required=True, allow_none=True)
    cut = MoneyField(required=True, allow_none=True)
    cut_reason = text(40, required=False, allow_none=True, load_default=None)
    cut_note = text(1000, required=False, allow_none=True, load_default=None)
    finding = text(40, required=False, allow_none=True, load_default=None)


class Share(Answer):
    """One source's part of a payment: "eu" or "state"."""

    source = text(20)
    amount = MoneyField(required=True)


class PaymentDecision(Answer):
    """`steps` explain `payable` to the cent; `shares` add up to it.

    `note` is the handler's and, below it, the decision maker's.
    """

    outcome = text(20)
    accepted_costs = MoneyField(required=True)
    payable = MoneyField(required=True)
    shares = fields.List(fields.Nested(Share), required=True)
    steps = fields.List(fields.Nested(StepSchema), required=True)
    ruleset = text(60)
    note = text(NOTE_MOST, least=0)
    proposed_by = text(60)
    proposed_at = fields.AwareDateTime(required=True)
    decided_by = text(60, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)


class Payment(Answer):
    """One credit transfer. `account` is masked ("FI21 **** 0785"); `reason` is the bank's code when it failed."""

    payment_id = text(35)
    claim_id = CLAIM_ID
    batch_id = text(35)
    amount = MoneyField(required=True)
    state = fields.String(required=True, validate=validate.OneOf(PAYMENT_STATES))
    account = text(40)
    reason = text(40, allow_none=True)
    settled_on = fields.Date(required=True, allow_none=True)
    bank_reference = text(80, allow_none=True)


class ClaimRow(Answer):
    claim_id = CLAIM_ID
    number = text(40)
    kind = fields.String(required=True, validate=validate.OneOf(CLAIM_KINDS))
    state = fields.String(required=True, validate=validate.OneOf(CLAIM_STATES))
    version = _version
    business_id = BusinessIdField(required=True)
    undertaking_name = text(200)
    title = text(300)
    authority = text(40)
    fund = text(20)
    region = text(10)
    period_first = fields.Date(required=True, allow_none=True)
    period_last = fields.Date(required=True, allow_none=True)
    claimed = MoneyField(required=True)
    accepted = MoneyField(required=True, allow_none=True)
    payable = MoneyField(required=True, allow_none=True)
    submitted_at = fields.AwareDateTime(required=True, allow_none=True)
    due_on = fields.Date(required=True, allow_none=True)
    days_used = fields.Integer(required=True, allow_none=True)
    paid_on = fields.Date(required=True, allow_none=True)


class ListedClaim(ClaimRow):
    """`last_payment` is the newest payment ordered for it: a payer sees why one failed without opening the claim."""

    last_payment = fields.Nested(Payment, load_default=None, allow_none=True)


class Claims(Answer):
    items = fields.List(fields.Nested(ListedClaim), required=True)
    total = fields.Integer(required=True)


class Claim(ClaimRow):
    """The whole claim. `typed` is the draft as typed; `faults` what would stop a submission now.

    `return_note`: why the decision maker sent the last proposal back, until there is a new one.
    """

    grant = fields.Nested(Grant, required=True)
    account = text(40, allow_none=True)
    typed = fields.Dict(required=True)
    lines = fields.List(fields.Nested(VerifiedLine), required=True)
    faults = fields.List(fields.Dict(), required=True)
    saved_at = fields.AwareDateTime(required=True)
    saved_by = text(60)
    submitted_by = text(60, allow_none=True)
    verified_by = text(60, allow_none=True)
    verified_at = fields.AwareDateTime(required=True, allow_none=True)
    decision = fields.Nested(PaymentDecision, required=True, allow_none=True)
    return_note = text(2000, least=0, allow_none=True)
    payments = fields.List(fields.Nested(Payment), required=True)


class GrantNumber(Request):
    number = text(40)


class ListGrants(PageRequest):
    search = text(100, required=False, least=0, load_default="")


class OpenClaim(Request):
    number = text(40)
    kind = fields.String(load_default="interim", validate=validate.OneOf(CLAIM_KINDS))


class SaveClaim(Request):
    """The claim as typed: {"period_first", "period_last", "account", "lines": [{…as in CostLine, as typed}]}.

    Amounts and dates as people write them; read at submission. A line with `document_id` may carry `read`;
    what the machine was unsure of and the person left as it was is named in `confirmed` (a list of fields, or true).
    """

    claim_id = CLAIM_ID
    version = _version
    typed = fields.Dict(required=True)


class OneClaim(Request):
    claim_id = CLAIM_ID


class ActOnClaim(Request):
    claim_id = CLAIM_ID
    version = _version


class LineVerdict(Request):
    line = fields.Integer(required=True)
    accepted = MoneyField(required=True)
    cut_reason = fields.String(load_default=None, allow_none=True, validate=validate.OneOf((*CUT_REASONS, None)))
    cut_note = text(1000, required=False, least=0, load_default="")


class VerifyClaim(ActOnClaim):
    """A verdict on every line. Less than claimed needs a reason and a note; so does, as a note alone,
    accepting in full what the rules object to (`finding`)."""

    lines = fields.List(fields.Nested(LineVerdict), required=True, validate=validate.Length(min=1, max=9999))


class ProposePayment(ActOnClaim):
    note = text(4000, required=False, least=0, load_default="")


class DecidePayment(ActOnClaim):
    verdict = fields.String(required=True, validate=validate.OneOf(("sign", "return")))
    note = text(2000, required=False, least=0, load_default="")


class ListClaims(PageRequest):
    state = fields.List(fields.String(validate=validate.OneOf(CLAIM_STATES)), load_default=list)
    number = text(40, required=False, least=0, load_default="")
    region = text(10, required=False, least=0, load_default="")
    search = text(100, required=False, least=0, load_default="")


class ClaimsNarrowed(Request):
    state = fields.List(fields.String(validate=validate.OneOf(CLAIM_STATES)), load_default=list)
    region = text(10, required=False, least=0, load_default="")
    search = text(100, required=False, least=0, load_default="")


class CountClaims(Request):
    """Several narrowings of the claims the asker may see, counted at once: for the views of the work queue."""

    narrowings = fields.List(
        fields.Nested(ClaimsNarrowed), required=True, validate=validate.Length(min=1, max=MOST_COUNTED)
    )


class ClaimsCounted(Answer):
    """In the order of the narrowings."""

    counts = fields.List(fields.Integer(), required=True)


class ClaimSaved(Answer):
    claim_id = CLAIM_ID
    version = _version
    state = text(20)
    saved_at = fields.AwareDateTime(required=True)
    claimed = MoneyField(required=True)


class ClaimReceipt(Answer):
    claim_id = CLAIM_ID
    version = _version
    submitted_at = fields.AwareDateTime(required=True)
    submitted_by = text(60)
    claimed = MoneyField(required=True)
    digest = text(64)
    due_on = fields.Date(required=True)


GET_GRANT = query(ROOM, "get_grant", GrantNumber, Grant, Role.COMPANY, *READS_CASES)
LIST_GRANTS = query(ROOM, "list_grants", ListGrants, Grants, Role.COMPANY, *STAFF)
OPEN_CLAIM = command(ROOM, "open_claim", OpenClaim, Claim, Role.COMPANY)
SAVE_CLAIM = command(ROOM, "save_claim", SaveClaim, ClaimSaved, Role.COMPANY)
SUBMIT_CLAIM = command(ROOM, "submit_claim", ActOnClaim, ClaimReceipt, Role.COMPANY, signed=True)
GET_CLAIM = query(ROOM, "get_claim", OneClaim, Claim, Role.COMPANY, *READS_CASES)
LIST_CLAIMS = query(ROOM, "list_claims", ListClaims, Claims, Role.COMPANY, *STAFF)
COUNT_CLAIMS = query(ROOM, "count_claims", CountClaims, ClaimsCounted, *STAFF)
VERIFY_CLAIM = command(ROOM, "verify_claim", VerifyClaim, Claim, Role.VERIFIER)
PROPOSE_PAYMENT = command(ROOM, "propose_payment", ProposePayment, Claim, Role.HANDLER)
DECIDE_PAYMENT = command(ROOM, "decide_payment", DecidePayment, Claim, Role.DECISION_MAKER)

OPERATIONS: tuple[Operation, ...] = (
    GET_GRANT,
    LIST_GRANTS,
    OPEN_CLAIM,
    SAVE_CLAIM,
    SUBMIT_CLAIM,
    GET_CLAIM,
    LIST_CLAIMS,
    COUNT_CLAIMS,
    VERIFY_CLAIM,
    PROPOSE_PAYMENT,
    DECIDE_PAYMENT,
)
