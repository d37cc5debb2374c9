"""What is announced of an application from its submission to the decision on it."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.applications.codes import case_event
from shared.contracts.applications.core import Appeal, Arrival, AttachmentRef, CostRow, Hearing, IndicatorTarget
from shared.contracts.terms import Answer, Event, Fact, Operation, StepSchema
from shared.fields import BusinessIdField, MoneyField, RateField, text, three_languages


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


APPLICATION_SUBMITTED = case_event("application_submitted", ApplicationSubmittedV1)
APPLICATION_WITHDRAWN = case_event("application_withdrawn", ApplicationWithdrawnV1)
CASE_TAKEN = case_event("case_taken", CaseTakenV1)
DECISION_PROPOSED = case_event("decision_proposed", DecisionProposedV1)
PROPOSAL_RETURNED = case_event("proposal_returned", ProposalReturnedV1)
GRANT_AWARDED = case_event("grant_awarded", GrantAwardedV1)
GRANT_REFUSED = case_event("grant_refused", GrantRefusedV1)

EVENTS: tuple[Event, ...] = (
    APPLICATION_SUBMITTED,
    APPLICATION_WITHDRAWN,
    CASE_TAKEN,
    DECISION_PROPOSED,
    PROPOSAL_RETURNED,
    GRANT_AWARDED,
    GRANT_REFUSED,
)


OPERATIONS: tuple[Operation, ...] = ()
