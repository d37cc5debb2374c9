"""An application from its first draft to the decision: its parts, what is asked of it and what is answered."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import STAFF, Role
from shared.contracts.applications.calls import CallAnswer
from shared.contracts.applications.codes import (
    CASE_NUMBER,
    CASE_VERSION,
    COST_CATEGORIES,
    FINANCING_SOURCES,
    OUTCOMES,
    ROOM,
    STATES,
    UNHEARD_GROUNDS,
)
from shared.contracts.terms import Answer, Event, Operation, PageRequest, Request, StepSchema, command, query
from shared.fields import LANGUAGES, BusinessIdField, MoneyField, RateField, text, three_languages


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

    number = CASE_NUMBER
    version = CASE_VERSION
    answers = fields.Dict(required=True)


class Attach(Request):
    number = CASE_NUMBER
    version = CASE_VERSION
    attachment = fields.Nested(AttachmentRef, required=True)


class Detach(Request):
    number = CASE_NUMBER
    version = CASE_VERSION
    document_id = text(40)


class OneApplication(Request):
    number = CASE_NUMBER


class ActOnApplication(Request):
    number = CASE_NUMBER
    version = CASE_VERSION


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
    version = CASE_VERSION
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

    number = CASE_NUMBER
    version = CASE_VERSION
    submitted_at = fields.AwareDateTime(required=True)
    submitted_by = text(60)
    digest = text(64)
    attachments = fields.List(fields.Nested(AttachmentRef), required=True)


class Saved(Answer):
    number = CASE_NUMBER
    version = CASE_VERSION
    saved_at = fields.AwareDateTime(required=True)
    state = fields.String(required=True)
    totals = fields.Nested(Totals, required=True, allow_none=True)


EVENTS: tuple[Event, ...] = ()

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
