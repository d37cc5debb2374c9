"""What is announced of a case after the decision on its application."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts.applications.afterwards import BoundByAct, TermChange
from shared.contracts.applications.codes import case_event
from shared.contracts.applications.core import CostRow, Hearing, IndicatorTarget
from shared.contracts.applications.facts import DecidedFact
from shared.contracts.terms import Event, Fact, Operation
from shared.fields import BusinessIdField, MoneyField, RateField, text

_ordinal = fields.Integer(required=True, validate=validate.Range(min=1, max=9999))


class ActFact(Fact):
    """What every fact after the decision tells of its case."""

    number = text(40)
    business_id = BusinessIdField(required=True)
    authority = text(40)


class ActProposedV1(ActFact):
    act = _ordinal
    kind = text(40)
    aid = MoneyField(required=True)
    proposed_by = text(60)
    hearing = fields.Nested(Hearing, load_default=None, allow_none=True)


class ActReturnedV1(ActFact):
    """Sent back with a note, or fallen by itself because the case changed: then `reason` is a stable code."""

    act = _ordinal
    kind = text(40)
    returned_by = text(60)
    note = text(2000, least=0)
    reason = text(40, required=False, least=0, load_default="")


class ActDecidedFact(DecidedFact):
    """A later decision, with enough for the letter, the account and the auditor.

    `act` is its number in the case; `about` the act, amendment or review it answers. `aid_before` and `aid` are
    the grant before and after; `costs`, `period_…`, `conditions`, `indicators` are the grant's terms after the act.
    `bound` lists what was bound (above zero) or released (below zero) in each envelope.
    """

    act = _ordinal
    kind = text(40)
    about = fields.Integer(required=True, allow_none=True)
    verdict = text(40, least=0)
    ground = text(40, least=0)
    outcome = text(20)
    changes = fields.List(fields.Nested(TermChange), required=True)
    cost_model = text(40)
    costs = fields.List(fields.Nested(CostRow), required=True)
    eligible_costs = MoneyField(required=True)
    aid_before = MoneyField(required=True)
    aid = MoneyField(required=True)
    aid_rate = RateField(required=True)
    eu_share = RateField(required=True)
    period_first = fields.Date(required=True, allow_none=True)
    period_last = fields.Date(required=True, allow_none=True)
    conditions = fields.List(text(1000), required=True)
    indicators = fields.List(fields.Nested(IndicatorTarget), required=True)
    bound = fields.List(fields.Nested(BoundByAct), required=True)
    digest = text(64)


class DecisionCorrectedV1(ActDecidedFact):
    """An error of fact (HL 50 §) or of writing (51 §) was corrected; the corrected act is `about`."""


class GrantAmendedV1(ActDecidedFact):
    """An application to amend was decided; with verdict `reject` the terms are those of before."""


class TrancheGrantedV1(ActDecidedFact):
    """One more year of a grant of 2014–2020 was granted."""

    year = fields.Integer(required=True)


class GrantSuspendedV1(ActDecidedFact):
    """Payment was suspended until things are cleared up (VAL 19 §); the terms are those of before."""


class GrantResumedV1(ActDecidedFact):
    """A suspension ended: payment goes on."""


class GrantCancelledV1(ActDecidedFact):
    """The grant was cancelled (VAL 21–22 §): nothing more is paid; `aid` is what had been paid."""


class ProjectClosedV1(ActDecidedFact):
    """The last payment is settled and the case closed; `aid` is what was paid."""

    final_paid_on = fields.Date(required=True)


class ReviewDecidedV1(ActDecidedFact):
    """The authority decided a request for review (`about`): uphold, change or leave_unexamined."""


class ReviewFact(ActFact):
    review = _ordinal
    act = _ordinal
    kind = text(40)
    in_time = fields.Boolean(required=True)
    last_day = fields.Date(required=True, allow_none=True)
    arrived_at = fields.AwareDateTime(required=True)


class ReviewRequestedV1(ReviewFact):
    """The party asked for review in this service. What it wrote stays in the room."""


class ReviewRecordedV1(ReviewFact):
    """An official registered a request for review that came another way, or an appeal to a court."""


class CourtRuledV1(ActFact):
    review = _ordinal
    act = _ordinal
    ruling = text(40)
    ruled_on = fields.Date(required=True)


class DecisionSentV1(ActFact):
    """An act was sent with its instruction; when it counts as served and when the time for review ends."""

    act = _ordinal
    sent_on = fields.Date(required=True)
    channel = text(20)
    served_on = fields.Date(required=True)
    last_day = fields.Date(required=True)
    anew = fields.Boolean(required=True)


class DecisionBecameFinalV1(ActFact):
    """No review can be sought of the act any more (lainvoimainen)."""

    act = _ordinal
    kind = text(40)
    final_on = fields.Date(required=True)


class AmendmentRequestedV1(ActFact):
    amendment = _ordinal
    changes = fields.List(text(40), required=True)
    change_on = fields.Date(required=True)
    digest = text(64)
    filed_at = fields.AwareDateTime(required=True)


class AmendmentWithdrawnV1(ActFact):
    amendment = _ordinal


class ChannelChosenV1(ActFact):
    channel = text(20)


ACT_PROPOSED = case_event("act_proposed", ActProposedV1)
ACT_RETURNED = case_event("act_returned", ActReturnedV1)
DECISION_CORRECTED = case_event("decision_corrected", DecisionCorrectedV1)
GRANT_AMENDED = case_event("grant_amended", GrantAmendedV1)
TRANCHE_GRANTED = case_event("tranche_granted", TrancheGrantedV1)
GRANT_SUSPENDED = case_event("grant_suspended", GrantSuspendedV1)
GRANT_RESUMED = case_event("grant_resumed", GrantResumedV1)
GRANT_CANCELLED = case_event("grant_cancelled", GrantCancelledV1)
PROJECT_CLOSED = case_event("project_closed", ProjectClosedV1)
REVIEW_DECIDED = case_event("review_decided", ReviewDecidedV1)
REVIEW_REQUESTED = case_event("review_requested", ReviewRequestedV1)
REVIEW_RECORDED = case_event("review_recorded", ReviewRecordedV1)
COURT_RULED = case_event("court_ruled", CourtRuledV1)
DECISION_SENT = case_event("decision_sent", DecisionSentV1)
DECISION_BECAME_FINAL = case_event("finality_reached", DecisionBecameFinalV1)
AMENDMENT_REQUESTED = case_event("amendment_requested", AmendmentRequestedV1)
AMENDMENT_WITHDRAWN = case_event("amendment_withdrawn", AmendmentWithdrawnV1)
CHANNEL_CHOSEN = case_event("channel_chosen", ChannelChosenV1)

EVENTS: tuple[Event, ...] = (
    ACT_PROPOSED,
    ACT_RETURNED,
    DECISION_CORRECTED,
    GRANT_AMENDED,
    TRANCHE_GRANTED,
    GRANT_SUSPENDED,
    GRANT_RESUMED,
    GRANT_CANCELLED,
    PROJECT_CLOSED,
    REVIEW_DECIDED,
    REVIEW_REQUESTED,
    REVIEW_RECORDED,
    COURT_RULED,
    DECISION_SENT,
    DECISION_BECAME_FINAL,
    AMENDMENT_REQUESTED,
    AMENDMENT_WITHDRAWN,
    CHANNEL_CHOSEN,
)


OPERATIONS: tuple[Operation, ...] = ()
