"""Applications: calls, applications, proposals, funding decisions, authority to grant."""

from __future__ import annotations

from marshmallow import RAISE, fields, validate

from shared.asker import EVERYONE, STAFF, Role
from shared.contracts.applications.definitions import FILE_FORMATS, FormDefinition, ShownSection
from shared.contracts.applications.selection import SelectionTerms
from shared.contracts.terms import (
    Answer,
    Event,
    Fact,
    Operation,
    PageRequest,
    Request,
    StepSchema,
    command,
    query,
)
from shared.fields import LANGUAGES, BusinessIdField, MoneyField, RateField, text, three_languages

ROOM = "applications"

FUNDS = ("ERDF", "ESF+", "JTF", "national")
COST_MODELS = ("actual", "flat_7", "flat_15_staff", "flat_40", "flat_1_5", "flat_24_staff", "flat_17_staff")
COST_CATEGORIES = ("staff", "services", "equipment", "materials", "travel", "other")
FINANCING_SOURCES = ("own", "private", "municipality", "other_public")
STATES = (
    "draft",
    "awaiting_signature",
    "submitted",
    "in_assessment",
    "in_completion",
    "on_opinion",
    "in_hearing",
    "proposed",
    "approved",
    "approved_in_part",
    "rejected",
    "not_examined",
    "lapsed",
    "withdrawn",
)
OUTCOMES = ("approve", "approve_in_part", "reject", "leave_unexamined", "lapse")
UNHEARD_GROUNDS = ("unfounded", "qualities", "purpose_at_risk", "unnecessary")

_number = fields.String(required=True, validate=validate.Length(min=1, max=40))
_version = fields.Integer(required=True, validate=validate.Range(min=1))


# ---- parts ----


class Indicator(Answer):
    code = text(20)
    names = three_languages(required=True)
    unit = text(40)


class AttachmentRule(Answer):
    """`required_when` is a condition of the form's language; it makes a file needed that `required` does not.

    `formats` empty allows all that are taken at all; `most_bytes` narrows what is taken at all.
    """

    kind = text(40)
    names = three_languages(required=True)
    required = fields.Boolean(required=True)
    required_when = fields.Dict(load_default=None, allow_none=True)
    formats = fields.List(
        fields.String(validate=validate.OneOf(FILE_FORMATS)), load_default=list, validate=validate.Length(max=7)
    )
    most_bytes = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1))
    help = three_languages(600, load_default=dict)


class Call(Answer):
    """A call for applications. Amounts in euros as text; `opens_at` ≤ now < `closes_at` means open.

    `conditions` are those of every grant of the call; another one is to the applicant's harm (HL 434/2003 34 §).
    """

    call_id = text(40)
    names = three_languages(required=True)
    summary = three_languages(2000, required=True)
    fund = fields.String(required=True, validate=validate.OneOf(FUNDS))
    programme = text(40)
    priority = text(20)
    specific_objective = text(20)
    authority = text(40)
    regions = fields.List(text(10), required=True, validate=validate.Length(min=1))
    opens_at = fields.AwareDateTime(required=True)
    closes_at = fields.AwareDateTime(required=True)
    period_first = fields.Date(required=True)
    period_last = fields.Date(required=True)
    cost_model = fields.String(required=True, validate=validate.OneOf(COST_MODELS))
    categories = fields.List(
        fields.String(validate=validate.OneOf(COST_CATEGORIES)),
        required=True,
        validate=validate.Length(min=1),
    )
    aid_rate = RateField(required=True)
    aid_least = MoneyField(required=True)
    aid_most = MoneyField(required=True)
    eu_share = RateField(required=True)
    budget_year = fields.Integer(required=True)
    legal_basis = fields.List(text(200), required=True)
    indicators = fields.List(fields.Nested(Indicator), required=True)
    attachments = fields.List(fields.Nested(AttachmentRule), required=True)
    form = fields.Nested(FormDefinition, load_default=None, allow_none=True)
    selection = fields.Nested(SelectionTerms, load_default=None, allow_none=True)
    conditions = fields.List(three_languages(1000), load_default=list, validate=validate.Length(max=30))


class CallAnswer(Call):
    """`stage` is upcoming, open or closed at the moment of asking.

    `form` is as it was published (none: the standard form), `sections` the form that people fill in.
    """

    stage = fields.String(required=True)
    sections = fields.List(fields.Nested(ShownSection), load_default=list)


class CostRow(Answer):
    """One planned cost: euros in one category and calendar year."""

    category = fields.String(required=True, validate=validate.OneOf(COST_CATEGORIES))
    description = text(300, required=False, least=0, load_default="")
    year = fields.Integer(required=True)
    amount = MoneyField(required=True)


class FinancingRow(Answer):
    source = fields.String(required=True, validate=validate.OneOf(FINANCING_SOURCES))
    year = fields.Integer(required=True)
    amount = MoneyField(required=True)


class IndicatorTarget(Answer):
    code = text(20)
    target = text(20)


class AttachmentRef(Answer):
    """A document that belongs to the application; the digest is SHA-256 in hex, `size` bytes where it is known."""

    document_id = text(40)
    kind = text(40)
    file_name = text(255)
    sha256 = text(64)
    size = fields.Integer(load_default=None, allow_none=True)


class Appeal(Answer):
    """How to seek review: `route` is a key of the dated table, `days` calendar days from service."""

    route = text(40)
    days = fields.Integer(required=True)
    to = text(40)
    legal_basis = text(200)


class Hearing(Answer):
    """How the party was heard before a decision against it (HL 434/2003 34 §).

    `place`: the hearing's number in the case, `answered_at` null when the party let its time pass. Or `ground`: the
    clause of 34 § 2 mom. on which nobody was heard, with the official's reason why it fits.
    """

    place = fields.Integer(required=True, allow_none=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    ground = text(40, least=0)
    reason = text(2000, least=0)
    source = text(60)


class Proposal(Answer):
    """What the handler proposes. `steps` explain `aid` to the cent; `hearing` where it goes against the applicant."""

    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    accepted_costs = fields.List(fields.Nested(CostRow), required=True)
    eligible_costs = MoneyField(required=True)
    aid = MoneyField(required=True)
    aid_rate = RateField(required=True)
    steps = fields.List(fields.Nested(StepSchema), required=True)
    ruleset = text(60)
    reasons = text(10_000)
    conditions = fields.List(text(1000), required=True)
    proposed_by = text(60)
    proposed_at = fields.AwareDateTime(required=True)
    hearing = fields.Nested(Hearing, load_default=None, allow_none=True)


class Decision(Answer):
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    decided_by = text(60)
    decided_at = fields.AwareDateTime(required=True)
    appeal = fields.Nested(Appeal, required=True)


class Totals(Answer):
    """Sums of what is typed so far; what cannot be read counts as zero and is named at submission."""

    costs = MoneyField(required=True)
    flat_costs = MoneyField(required=True)
    eligible = MoneyField(required=True)
    aid = MoneyField(required=True)
    other_financing = MoneyField(required=True)
    missing_financing = MoneyField(required=True)
    steps = fields.List(fields.Nested(StepSchema), required=True)


# ---- requests and answers ----


class ListCalls(PageRequest):
    stage = fields.String(load_default="", validate=validate.OneOf(("", "upcoming", "open", "closed")))
    search = text(100, required=False, least=0, load_default="")


class CallsAnswer(Answer):
    items = fields.List(fields.Nested(CallAnswer), required=True)
    total = fields.Integer(required=True)


class OneCall(Request):
    call_id = text(40)


class PublishCall(Call, Request):
    """Everything of a call; the same call_id again with other content is refused once applications exist."""

    class Meta:
        unknown = RAISE


class GrantAuthority(Request):
    """Authority to grant (myöntövaltuus) for one fund, priority, authority and budget year, in euros."""

    authority = text(40)
    fund = fields.String(required=True, validate=validate.OneOf(FUNDS))
    priority = text(20)
    budget_year = fields.Integer(required=True)
    amount = MoneyField(required=True)


class Envelope(Answer):
    """`reserved` is bound by decisions; `free` = `amount` − `reserved`, never below zero."""

    envelope_id = text(60)
    authority = text(40)
    fund = text(20)
    priority = text(20)
    budget_year = fields.Integer(required=True)
    amount = MoneyField(required=True)
    reserved = MoneyField(required=True)
    free = MoneyField(required=True)


class Envelopes(Answer):
    items = fields.List(fields.Nested(Envelope), required=True)
    total = fields.Integer(required=True)


class OpenApplication(Request):
    """Start a draft for the asker's company. The name comes from the customer register, by the gateway;
    so does `register`, which answers the questions of the form that the register knows."""

    call_id = text(40)
    undertaking_name = text(200)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    register = fields.Dict(keys=fields.String(), values=text(200, least=0), load_default=dict)


class SaveDraft(Request):
    """The answers as typed, right or wrong: {"title": …, "costs": [{"category": …, "amount": "1 234,5"}], …}.

    Besides what the call's own form asks (its `sections`), keys: title, summary, region, municipality,
    starts_on, ends_on, contact_name, contact_email, contact_phone, costs[category, description, year, amount],
    financing[source, year, amount], indicators[code, target].
    """

    number = _number
    version = _version
    answers = fields.Dict(required=True)


class Attach(Request):
    number = _number
    version = _version
    attachment = fields.Nested(AttachmentRef, required=True)


class Detach(Request):
    number = _number
    version = _version
    document_id = text(40)


class OneApplication(Request):
    number = _number


class ActOnApplication(Request):
    number = _number
    version = _version


class Withdraw(ActOnApplication):
    reason = text(2000, required=False, least=0, load_default="")


class Override(Request):
    """The handler's reason to propose in spite of a gate, where the law leaves discretion."""

    gate = text(40)
    reason = text(2000)


class Unheard(Request):
    """Why the party is not heard before a decision against it (UNHEARD_GROUNDS, HL 434/2003 34 § 2 mom.).

    unfounded: the claim is rejected at once as unfounded; qualities: a benefit by the applicant's qualities;
    purpose_at_risk: hearing would endanger the purpose of the decision; unnecessary: obviously unnecessary.
    `reason`: why the ground fits this case, in the party's language: it stands in the decision.
    """

    ground = fields.String(required=True, validate=validate.OneOf(UNHEARD_GROUNDS))
    reason = text(2000, least=0)


class Propose(ActOnApplication):
    """`accepted_costs` replaces the applied costs; for outcomes without aid it is empty.

    A proposal against the applicant (a rejection, aid in part, conditions that the call did not tell of) stands on a
    hearing that is over, or on `unheard`.
    """

    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    accepted_costs = fields.List(fields.Nested(CostRow), required=True, validate=validate.Length(max=200))
    reasons = text(10_000)
    conditions = fields.List(text(1000), load_default=list, validate=validate.Length(max=30))
    overrides = fields.List(fields.Nested(Override), load_default=list, validate=validate.Length(max=20))
    unheard = fields.Nested(Unheard, load_default=None, allow_none=True)


class Decide(ActOnApplication):
    """The decision maker signs what was proposed; `return` sends it back with a note."""

    verdict = fields.String(required=True, validate=validate.OneOf(("sign", "return")))
    note = text(2000, required=False, least=0, load_default="")


class ListApplications(PageRequest):
    """A company sees its own; staff see their authority's; auditors all. `clock` sorts by waiting time."""

    state = fields.List(fields.String(validate=validate.OneOf(STATES)), load_default=list)
    call_id = text(40, required=False, least=0, load_default="")
    handler = text(60, required=False, least=0, load_default="")
    region = text(10, required=False, least=0, load_default="")
    search = text(100, required=False, least=0, load_default="")


class ApplicationRow(Answer):
    """`aid_decided` is the sum in force after corrections, amendments, reviews and closure; `decided_at` is of the
    decision on the application."""

    number = text(40)
    call_id = text(40)
    call_names = three_languages(required=True)
    fund = text(20)
    authority = text(40)
    region = text(10, least=0)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    version = _version
    business_id = BusinessIdField(required=True)
    undertaking_name = text(200)
    title = text(300, least=0)
    aid_sought = MoneyField(required=True)
    aid_decided = MoneyField(required=True, allow_none=True)
    handler = text(60, allow_none=True)
    started_at = fields.AwareDateTime(required=True)
    submitted_at = fields.AwareDateTime(required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    due_on = fields.Date(required=True, allow_none=True)
    closes_at = fields.AwareDateTime(required=True)


class Applications(Answer):
    items = fields.List(fields.Nested(ApplicationRow), required=True)
    total = fields.Integer(required=True)


class Arrival(Answer):
    """How an application came that an official entered: on paper or by e-mail. `arrived_at` is when it is in time."""

    channel = fields.String(required=True, validate=validate.OneOf(("paper", "email")))
    arrived_at = fields.AwareDateTime(required=True)
    reason = text(2000)
    entered_by = text(60)
    entered_at = fields.AwareDateTime(required=True)


class Transferred(Answer):
    """The last transfer of the case to the competent authority, as its applicant is told of it (HL 434/2003 21 §)."""

    given_by = text(40)
    reason = text(2000)
    transferred_at = fields.AwareDateTime(required=True)


class Application(ApplicationRow):
    """The whole case. `faults` is what would stop a submission now (path, rule, facts).

    `hidden` are the keys of questions that are not asked now, `required_kinds` the kinds of attachment that are
    needed with these answers; `arrival` tells of a case that an official entered. One that `came_late`, after the call
    closed, is left unexamined and never granted.
    """

    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    call = fields.Nested(CallAnswer, required=True)
    answers = fields.Dict(required=True)
    totals = fields.Nested(Totals, required=True)
    attachments = fields.List(fields.Nested(AttachmentRef), required=True)
    faults = fields.List(fields.Dict(), required=True)
    saved_at = fields.AwareDateTime(required=True)
    saved_by = text(60)
    digest = text(64, allow_none=True)
    proposal = fields.Nested(Proposal, required=True, allow_none=True)
    decision = fields.Nested(Decision, required=True, allow_none=True)
    return_note = text(2000, least=0, allow_none=True)
    withdrawn_reason = text(2000, least=0, allow_none=True)
    hidden = fields.List(text(20), load_default=list)
    required_kinds = fields.List(text(40), load_default=list)
    arrival = fields.Nested(Arrival, load_default=None, allow_none=True)
    came_late = fields.Boolean(load_default=False)
    transferred = fields.Nested(Transferred, load_default=None, allow_none=True)


class Receipt(Answer):
    """Proof of filing: the server's time to the second and the SHA-256 of what was filed."""

    number = _number
    version = _version
    submitted_at = fields.AwareDateTime(required=True)
    submitted_by = text(60)
    digest = text(64)
    attachments = fields.List(fields.Nested(AttachmentRef), required=True)


class Saved(Answer):
    number = _number
    version = _version
    saved_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True)
    totals = fields.Nested(Totals, required=True, allow_none=True)


# ---- facts ----


class ApplicationSubmittedV1(Fact):
    number = text(40)
    call_id = text(40)
    business_id = BusinessIdField(required=True)
    undertaking_name = text(200)
    authority = text(40)
    fund = text(20)
    priority = text(20)
    region = text(10)
    language = text(2)
    title = text(300)
    costs = MoneyField(required=True)
    aid_sought = MoneyField(required=True)
    digest = text(64)
    submitted_at = fields.AwareDateTime(required=True)
    due_on = fields.Date(load_default=None, allow_none=True)
    attachments = fields.List(fields.Nested(AttachmentRef), required=True)
    arrival = fields.Nested(Arrival, load_default=None, allow_none=True)


class ApplicationWithdrawnV1(Fact):
    number = text(40)
    business_id = BusinessIdField(required=True)
    authority = text(40)
    reason = text(2000, required=False, least=0, load_default="")


class CaseTakenV1(Fact):
    number = text(40)
    handler = text(60)
    authority = text(40)


class DecisionProposedV1(Fact):
    number = text(40)
    authority = text(40)
    outcome = text(20)
    aid = MoneyField(required=True)
    ruleset = text(60)
    proposed_by = text(60)
    hearing = fields.Nested(Hearing, load_default=None, allow_none=True)


class ProposalReturnedV1(Fact):
    number = text(40)
    authority = text(40)
    returned_by = text(60)
    note = text(2000, least=0)


class RuleApplied(Answer):
    """A rule that the decision rests on, by name and version."""

    rule = text(60)
    version = text(40)


class GateStatus(Answer):
    code = text(40)
    status = text(20)


class ScoreGiven(Answer):
    """What a selection criterion of the call was given: `weighted` = `points` × `weight`, of `most` × `weight`."""

    code = text(40)
    names = three_languages(required=True)
    weight = fields.Integer(required=True)
    most = fields.Integer(required=True)
    least = fields.Integer(required=True)
    points = fields.Integer(required=True)
    weighted = fields.Integer(required=True)
    grounds = text(2000, required=False, least=0, load_default="")


class DecidedFact(Fact):
    """What both kinds of decision carry: enough for the letter, the account and the auditor."""

    number = text(40)
    call_id = text(40)
    business_id = BusinessIdField(required=True)
    undertaking_name = text(200)
    authority = text(40)
    fund = text(20)
    programme = text(40)
    priority = text(20)
    specific_objective = text(20)
    region = text(10)
    language = text(2)
    title = text(300)
    aid_sought = MoneyField(required=True)
    reasons = text(10_000)
    legal_basis = fields.List(text(200), required=True)
    appeal = fields.Nested(Appeal, required=True)
    proposed_by = text(60)
    decided_by = text(60)
    decided_at = fields.AwareDateTime(required=True)
    submitted_at = fields.AwareDateTime(required=True)
    ruleset = text(60)
    steps = fields.List(fields.Nested(StepSchema), required=True)
    # Added later; a decision without them is older than they are.
    aid_basis = text(40, required=False, least=0, load_default="")
    gates = fields.List(fields.Nested(GateStatus), load_default=list)
    rules = fields.List(fields.Nested(RuleApplied), load_default=list)
    total_points = fields.Integer(load_default=None, allow_none=True)
    least_points = fields.Integer(load_default=None, allow_none=True)
    scores = fields.List(fields.Nested(ScoreGiven), load_default=list)
    reckoning_digest = text(64, required=False, least=0, load_default="")
    hearing = fields.Nested(Hearing, load_default=None, allow_none=True)


class GrantAwardedV1(DecidedFact):
    """`costs` is the accepted plan; the paid grant never exceeds `aid` nor `aid_rate` of accepted costs."""

    outcome = text(20)
    cost_model = text(20)
    costs = fields.List(fields.Nested(CostRow), required=True)
    eligible_costs = MoneyField(required=True)
    aid = MoneyField(required=True)
    aid_rate = RateField(required=True)
    eu_share = RateField(required=True)
    budget_year = fields.Integer(required=True)
    envelope_id = text(60)
    period_first = fields.Date(required=True)
    period_last = fields.Date(required=True)
    conditions = fields.List(text(1000), required=True)
    indicators = fields.List(fields.Nested(IndicatorTarget), required=True)
    # What the award was tested by, frozen on the day of the decision.
    size_class = text(20, required=False, allow_none=True, load_default=None)
    area = text(20, required=False, allow_none=True, load_default=None)


class GrantRefusedV1(DecidedFact):
    """`outcome` is reject, leave_unexamined or lapse."""

    outcome = text(20, required=False, load_default="reject")


def _event(name: str, schema: type[Fact]) -> Event:
    return Event(room=ROOM, name=name, version=1, subject="application", schema=schema)


APPLICATION_SUBMITTED = _event("application_submitted", ApplicationSubmittedV1)
APPLICATION_WITHDRAWN = _event("application_withdrawn", ApplicationWithdrawnV1)
CASE_TAKEN = _event("case_taken", CaseTakenV1)
DECISION_PROPOSED = _event("decision_proposed", DecisionProposedV1)
PROPOSAL_RETURNED = _event("proposal_returned", ProposalReturnedV1)
GRANT_AWARDED = _event("grant_awarded", GrantAwardedV1)
GRANT_REFUSED = _event("grant_refused", GrantRefusedV1)

EVENTS = (
    APPLICATION_SUBMITTED,
    APPLICATION_WITHDRAWN,
    CASE_TAKEN,
    DECISION_PROPOSED,
    PROPOSAL_RETURNED,
    GRANT_AWARDED,
    GRANT_REFUSED,
)

LIST_CALLS = query(ROOM, "list_calls", ListCalls, CallsAnswer, *EVERYONE)
GET_CALL = query(ROOM, "get_call", OneCall, CallAnswer, *EVERYONE)
PUBLISH_CALL = command(ROOM, "publish_call", PublishCall, CallAnswer, Role.OPERATOR)
GRANT_AUTHORITY = command(ROOM, "grant_authority", GrantAuthority, Envelope, Role.OPERATOR)
LIST_ENVELOPES = query(ROOM, "list_envelopes", PageRequest, Envelopes, *STAFF)
OPEN_APPLICATION = command(ROOM, "open_application", OpenApplication, Application, Role.COMPANY)
# A handler types in only what came on paper or by e-mail (HL 434/2003 20 §); the room sees to it.
SAVE_DRAFT = command(ROOM, "save_draft", SaveDraft, Saved, Role.COMPANY, Role.HANDLER)
ATTACH = command(ROOM, "attach", Attach, Saved, Role.COMPANY, Role.HANDLER)
DETACH = command(ROOM, "detach", Detach, Saved, Role.COMPANY, Role.HANDLER)
SUBMIT = command(ROOM, "submit", ActOnApplication, Receipt, Role.COMPANY, signed=True)
WITHDRAW = command(ROOM, "withdraw", Withdraw, Saved, Role.COMPANY, signed=True)
# An operator keeps the system running, for which no case's content is needed.
# The house itself writes down for the company what it filed.
GET_APPLICATION = query(
    ROOM, "get_application", OneApplication, Application, Role.COMPANY, *STAFF - {Role.OPERATOR}, Role.SYSTEM
)
LIST_APPLICATIONS = query(ROOM, "list_applications", ListApplications, Applications, Role.COMPANY, *STAFF)
TAKE_CASE = command(ROOM, "take_case", ActOnApplication, Saved, Role.HANDLER)
PROPOSE = command(ROOM, "propose", Propose, Application, Role.HANDLER)
DECIDE = command(ROOM, "decide", Decide, Application, Role.DECISION_MAKER)

OPERATIONS: tuple[Operation, ...] = (
    LIST_CALLS,
    GET_CALL,
    PUBLISH_CALL,
    GRANT_AUTHORITY,
    LIST_ENVELOPES,
    OPEN_APPLICATION,
    SAVE_DRAFT,
    ATTACH,
    DETACH,
    SUBMIT,
    WITHDRAW,
    GET_APPLICATION,
    LIST_APPLICATIONS,
    TAKE_CASE,
    PROPOSE,
    DECIDE,
)
