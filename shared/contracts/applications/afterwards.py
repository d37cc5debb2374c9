"""Afterwards: corrections, review and appeal, amendments, tranches, closure, and the clocks that run on."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import STAFF, Role
from shared.contracts.applications.core import (
    OUTCOMES,
    ROOM,
    Appeal,
    CostRow,
    DecidedFact,
    Hearing,
    IndicatorTarget,
    Unheard,
    _event,
)
from shared.contracts.applications.correspondence import HearingSoFar
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
from shared.fields import BusinessIdField, MoneyField, RateField, text

ACT_KINDS = (
    "award",
    "refusal",
    "correction_of_fact",
    "correction_of_error",
    "amendment",
    "tranche",
    "suspension",
    "resumption",
    "cancellation",
    "closure",
    "review_decision",
)
PROPOSABLE_ACTS = ACT_KINDS[2:]
ACT_STATES = ("proposed", "returned", "decided")
PROJECT_STATES = ("not_started", "running", "suspended", "ended", "closed", "cancelled")
CHANNELS = ("electronic", "letter")
FINALITIES = ("not_sent", "running", "under_review", "final")
REVIEW_KINDS = ("review", "appeal")
REVIEW_STATES = ("pending", "decided")
REVIEW_RESULTS = ("uphold", "change", "leave_unexamined")
RULINGS = ("dismissed", "annulled", "changed", "returned", "not_examined")
AMENDMENT_STATES = ("filed", "withdrawn", "decided")
AMENDMENT_VERDICTS = ("approve", "approve_in_part", "reject")
VERDICTS_OF_ACTS = ("", "approve", "approve_in_part", "reject", "uphold", "change", "leave_unexamined")
CORRECTION_GROUNDS = ("facts", "law", "procedure", "new_evidence")
CANCELLATION_GROUNDS = (
    "false_information",
    "wrong_use",
    "condition_broken",
    "unused",
    "recovery_order_of_commission",
    "assets_given_away",
    "insolvency",
    "given_up",
)
CLOCK_KINDS = ("durability", "retention")
FOLLOW_UPS = ("amendment", "review", "proposal", "closable")

_number = fields.String(required=True, validate=validate.Length(min=1, max=40))
_version = fields.Integer(required=True, validate=validate.Range(min=1))
_ordinal = fields.Integer(required=True, validate=validate.Range(min=1, max=9999))


def _contact(most: int) -> fields.String:
    """A contact that may be left as it is (null) or emptied."""
    return text(most, required=False, least=0, allow_none=True, load_default=None)


# ---- parts ----


class GrantTerms(Answer):
    """What a decision says: the grant as it stands after the act. Days inclusive; texts in the party's language.

    `granted_to`: the last year granted so far of a grant that is granted year by year (2014–2020), else null.
    """

    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    aid = MoneyField(required=True)
    eligible_costs = MoneyField(required=True)
    aid_rate = RateField(required=True)
    costs = fields.List(fields.Nested(CostRow), required=True)
    period_first = fields.Date(required=True, allow_none=True)
    period_last = fields.Date(required=True, allow_none=True)
    conditions = fields.List(text(1000), required=True)
    indicators = fields.List(fields.Nested(IndicatorTarget), required=True)
    contact_name = text(200, least=0)
    contact_email = text(200, least=0)
    contact_phone = text(40, least=0)
    reasoning = text(10_000, least=0)
    granted_to = fields.Integer(required=True, allow_none=True)


class TermChange(Answer):
    """One thing that an act changed, as texts: sums "1234.50", days ISO 8601."""

    what = text(40)
    before = text(10_000, least=0)
    after = text(10_000, least=0)


class BoundByAct(Answer):
    """What an act bound of the authority to grant (above zero) or gave back (below zero)."""

    envelope_id = text(60)
    amount = MoneyField(required=True)
    act = _ordinal
    why = text(40)
    at = fields.AwareDateTime(required=True)


class ServiceOfAct(Answer):
    """One sending of the decision with its instruction: `final_from` is the first day without review left."""

    sent_on = fields.Date(required=True)
    channel = fields.String(required=True, validate=validate.OneOf(CHANNELS))
    served_on = fields.Date(required=True)
    last_day = fields.Date(required=True)
    final_from = fields.Date(required=True)
    why = text(500, least=0)
    recorded_by = text(60)


class CaseAct(Answer):
    """One decision of the case. `terms` as this act leaves them; `corrected_by` the act that corrected it, if any.

    `fell`: why it was returned by itself, when the case changed under it.
    `finality`: not_sent, running (the time for review runs), under_review (a review or appeal is pending), final.
    """

    act = _ordinal
    kind = fields.String(required=True, validate=validate.OneOf(ACT_KINDS))
    state = fields.String(required=True, validate=validate.OneOf(ACT_STATES))
    about = fields.Integer(required=True, allow_none=True)
    verdict = fields.String(required=True, validate=validate.OneOf(VERDICTS_OF_ACTS))
    ground = text(40, least=0)
    year = fields.Integer(required=True, allow_none=True)
    reasons = text(10_000)
    terms = fields.Nested(GrantTerms, required=True)
    changes = fields.List(fields.Nested(TermChange), required=True)
    legal_basis = fields.List(text(200), required=True)
    ruleset = text(60)
    steps = fields.List(fields.Nested(StepSchema), required=True)
    proposed_by = text(60)
    proposed_at = fields.AwareDateTime(required=True)
    decided_by = text(60, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    return_note = text(2000, least=0, allow_none=True)
    appeal = fields.Nested(Appeal, required=True, allow_none=True)
    digest = text(64, allow_none=True)
    corrected_by = fields.Integer(required=True, allow_none=True)
    services = fields.List(fields.Nested(ServiceOfAct), required=True)
    finality = fields.String(required=True, validate=validate.OneOf(FINALITIES))
    became_final_on = fields.Date(required=True, allow_none=True)
    hearing = fields.Nested(Hearing, load_default=None, allow_none=True)
    fell = text(40, required=False, least=0, load_default="")


class ReviewOfAct(Answer):
    """A request for review or an appeal to a court. One that came late is kept and left unexamined by decision."""

    review = _ordinal
    act = _ordinal
    kind = fields.String(required=True, validate=validate.OneOf(REVIEW_KINDS))
    state = fields.String(required=True, validate=validate.OneOf(REVIEW_STATES))
    by = text(200)
    arrived_at = fields.AwareDateTime(required=True)
    recorded_by = text(60)
    last_day = fields.Date(required=True, allow_none=True)
    in_time = fields.Boolean(required=True)
    demand = text(10_000)
    grounds = text(10_000, least=0)
    result = text(40, allow_none=True)
    decided_by_act = fields.Integer(required=True, allow_none=True)
    ruled_on = fields.Date(required=True, allow_none=True)
    ruling_number = text(80, least=0, allow_none=True)


class WishedChanges(Answer):
    """What is to change; what is not given stays as it is. The cost model never changes."""

    period_last = fields.Date(load_default=None, allow_none=True)
    costs = fields.List(fields.Nested(CostRow), load_default=None, allow_none=True, validate=validate.Length(max=200))
    indicators = fields.List(
        fields.Nested(IndicatorTarget), load_default=None, allow_none=True, validate=validate.Length(max=50)
    )
    contact_name = _contact(200)
    contact_email = _contact(200)
    contact_phone = _contact(40)


class AmendmentOfGrant(Answer):
    """The company's application to change its grant (muutoshakemus). `change_on`: when the change would happen."""

    amendment = _ordinal
    state = fields.String(required=True, validate=validate.OneOf(AMENDMENT_STATES))
    wished = fields.Nested(WishedChanges, required=True)
    change_on = fields.Date(required=True)
    grounds = text(10_000)
    filed_by = text(60)
    filed_at = fields.AwareDateTime(required=True)
    digest = text(64)
    decided_by_act = fields.Integer(required=True, allow_none=True)


class PaymentsOfCase(Answer):
    """What the payments room has told: `waiting` is decided and not yet settled. `final_paid_on` starts the clocks."""

    paid = MoneyField(required=True)
    waiting = MoneyField(required=True)
    final_claim = text(40, allow_none=True)
    final_paid_on = fields.Date(required=True, allow_none=True)


class DecidedCaseAnswer(Answer):
    """All that followed the decision. `terms` are those in force; `bound` what the case now binds, by envelope.

    `version` is that of what follows the decision; it counts apart from the application's own.
    `hearing` is the last one since the last act.
    """

    number = _number
    version = _version
    business_id = BusinessIdField(required=True)
    undertaking_name = text(200)
    title = text(300, least=0)
    authority = text(40)
    language = text(2)
    cost_model = text(40)
    channel = fields.String(required=True, validate=validate.OneOf(CHANNELS))
    project_state = fields.String(required=True, allow_none=True, validate=validate.OneOf(PROJECT_STATES))
    terms = fields.Nested(GrantTerms, required=True)
    acts = fields.List(fields.Nested(CaseAct), required=True)
    reviews = fields.List(fields.Nested(ReviewOfAct), required=True)
    amendments = fields.List(fields.Nested(AmendmentOfGrant), required=True)
    entries = fields.List(fields.Nested(BoundByAct), required=True)
    bound = MoneyField(required=True)
    payments = fields.Nested(PaymentsOfCase, required=True)
    tranche_years = fields.List(fields.Integer(), required=True)
    hearing = fields.Nested(HearingSoFar, load_default=None, allow_none=True)


class ClockPart(Answer):
    """One rule's own end; the clock shows the latest of its parts. `ends_on` null while it cannot be known."""

    rule = text(40)
    starts_on = fields.Date(required=True, allow_none=True)
    ends_on = fields.Date(required=True, allow_none=True)
    source = text(200)
    facts = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class CaseClock(Answer):
    """`stopped_days` have been added while proceedings were open; `stopped` says that one is open now."""

    kind = fields.String(required=True, validate=validate.OneOf(CLOCK_KINDS))
    ends_on = fields.Date(required=True, allow_none=True)
    stopped = fields.Boolean(required=True)
    stopped_days = fields.Integer(required=True)
    parts = fields.List(fields.Nested(ClockPart), required=True)


class CaseClocks(Answer):
    number = _number
    items = fields.List(fields.Nested(CaseClock), required=True)


class FollowUp(Answer):
    """Something after a decision that waits for an official."""

    number = _number
    undertaking_name = text(200)
    title = text(300, least=0)
    what = fields.String(required=True, validate=validate.OneOf(FOLLOW_UPS))
    ordinal = fields.Integer(required=True, allow_none=True)
    kind = text(40, least=0)
    since = fields.AwareDateTime(required=True)
    by = text(200, least=0)


class FollowUps(Answer):
    items = fields.List(fields.Nested(FollowUp), required=True)
    total = fields.Integer(required=True)


# ---- requests ----


class OneDecidedCase(Request):
    number = _number


class ListFollowUps(PageRequest):
    what = fields.String(load_default="", validate=validate.OneOf(("", *FOLLOW_UPS)))


class ActOnDecided(Request):
    number = _number
    version = _version


class ChooseChannel(ActOnDecided):
    channel = fields.String(required=True, validate=validate.OneOf(CHANNELS))


class RequestReview(ActOnDecided):
    """The party asks the authority to review the act (oikaisuvaatimus). Late ones are registered too."""

    act = _ordinal
    demand = text(10_000)
    grounds = text(10_000, required=False, least=0, load_default="")


class RecordReview(RequestReview):
    """An official registers what came on paper (`review`), or an appeal that a court told of (`appeal`)."""

    kind = fields.String(required=True, validate=validate.OneOf(REVIEW_KINDS))
    by = text(200)
    arrived_on = fields.Date(required=True)


class RecordRuling(ActOnDecided):
    """The court's ruling on an appeal, with its number and day."""

    review = _ordinal
    ruling = fields.String(required=True, validate=validate.OneOf(RULINGS))
    ruled_on = fields.Date(required=True)
    ruling_number = text(80)


class RecordSending(ActOnDecided):
    """The day an act was sent on another way than by this service, or a new instruction in place of a wrong one.

    `why` is needed when the act has been sent before: the time for review then starts anew (HL 49 §).
    """

    act = _ordinal
    sent_on = fields.Date(required=True)
    channel = fields.String(required=True, validate=validate.OneOf(CHANNELS))
    why = text(500, required=False, least=0, load_default="")


class WishedTerms(Request):
    """`WishedChanges` as a request brings them."""

    period_last = fields.Date(load_default=None, allow_none=True)
    costs = fields.List(fields.Nested(CostRow), load_default=None, allow_none=True, validate=validate.Length(max=200))
    indicators = fields.List(
        fields.Nested(IndicatorTarget), load_default=None, allow_none=True, validate=validate.Length(max=50)
    )
    contact_name = _contact(200)
    contact_email = _contact(200)
    contact_phone = _contact(40)


class RequestAmendment(ActOnDecided):
    wished = fields.Nested(WishedTerms, required=True)
    change_on = fields.Date(required=True)
    grounds = text(10_000)


class WithdrawAmendment(ActOnDecided):
    amendment = _ordinal


class ActTerms(WishedTerms):
    """What an act changes. `conditions` replaces the list; `outcome` reject takes the grant back.

    `reasoning` replaces the reasons as the decision gives them.
    """

    conditions = fields.List(text(1000), load_default=None, allow_none=True, validate=validate.Length(max=30))
    outcome = fields.String(load_default=None, allow_none=True, validate=validate.OneOf((*OUTCOMES, None)))
    period_first = fields.Date(load_default=None, allow_none=True)
    reasoning = text(10_000, required=False, allow_none=True, load_default=None)


class ProposeAct(ActOnDecided):
    """What a handler proposes after the decision; another person decides it.

    `about`: the act to correct, the amendment to decide on, or the review to decide on. `ground`: of a correction
    of fact (CORRECTION_GROUNDS) or of a cancellation (CANCELLATION_GROUNDS). `consent`: the party agrees to a
    correction to its harm; `own_fault`: the error is obvious and of the party's own making (HL 50 §).
    `unheard`: an act against the party stands on a hearing after the last act, or on this ground (HL 34 § 2 mom.).
    `year`: of a tranche; `progress`: how the project has gone.
    """

    kind = fields.String(required=True, validate=validate.OneOf(PROPOSABLE_ACTS))
    about = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1, max=9999))
    verdict = fields.String(load_default="", validate=validate.OneOf(VERDICTS_OF_ACTS))
    ground = fields.String(load_default="", validate=validate.OneOf(("", *CORRECTION_GROUNDS, *CANCELLATION_GROUNDS)))
    changes = fields.Nested(ActTerms, load_default=None, allow_none=True)
    year = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=2014, max=2100))
    progress = text(5000, required=False, least=0, load_default="")
    consent = fields.Boolean(load_default=False)
    own_fault = fields.Boolean(load_default=False)
    unheard = fields.Nested(Unheard, load_default=None, allow_none=True)
    reasons = text(10_000)


class DecideAct(ActOnDecided):
    act = _ordinal
    verdict = fields.String(required=True, validate=validate.OneOf(("sign", "return")))
    note = text(2000, required=False, least=0, load_default="")


# ---- facts ----


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


ACT_PROPOSED = _event("act_proposed", ActProposedV1)
ACT_RETURNED = _event("act_returned", ActReturnedV1)
DECISION_CORRECTED = _event("decision_corrected", DecisionCorrectedV1)
GRANT_AMENDED = _event("grant_amended", GrantAmendedV1)
TRANCHE_GRANTED = _event("tranche_granted", TrancheGrantedV1)
GRANT_SUSPENDED = _event("grant_suspended", GrantSuspendedV1)
GRANT_RESUMED = _event("grant_resumed", GrantResumedV1)
GRANT_CANCELLED = _event("grant_cancelled", GrantCancelledV1)
PROJECT_CLOSED = _event("project_closed", ProjectClosedV1)
REVIEW_DECIDED = _event("review_decided", ReviewDecidedV1)
REVIEW_REQUESTED = _event("review_requested", ReviewRequestedV1)
REVIEW_RECORDED = _event("review_recorded", ReviewRecordedV1)
COURT_RULED = _event("court_ruled", CourtRuledV1)
DECISION_SENT = _event("decision_sent", DecisionSentV1)
DECISION_BECAME_FINAL = _event("finality_reached", DecisionBecameFinalV1)
AMENDMENT_REQUESTED = _event("amendment_requested", AmendmentRequestedV1)
AMENDMENT_WITHDRAWN = _event("amendment_withdrawn", AmendmentWithdrawnV1)
CHANNEL_CHOSEN = _event("channel_chosen", ChannelChosenV1)

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

_OFFICIALS = STAFF - {Role.OPERATOR}  # an operator's work needs no case's content
_BOTH = (Role.COMPANY, *_OFFICIALS)

GET_ACTS = query(ROOM, "get_acts", OneDecidedCase, DecidedCaseAnswer, *_BOTH)
GET_CLOCKS = query(ROOM, "get_clocks", OneDecidedCase, CaseClocks, *_BOTH)
LIST_FOLLOW_UPS = query(ROOM, "list_follow_ups", ListFollowUps, FollowUps, *_OFFICIALS)
CHOOSE_CHANNEL = command(ROOM, "choose_channel", ChooseChannel, DecidedCaseAnswer, Role.COMPANY)
REQUEST_REVIEW = command(ROOM, "request_review", RequestReview, DecidedCaseAnswer, Role.COMPANY, signed=True)
REQUEST_AMENDMENT = command(ROOM, "request_amendment", RequestAmendment, DecidedCaseAnswer, Role.COMPANY, signed=True)
WITHDRAW_AMENDMENT = command(
    ROOM, "withdraw_amendment", WithdrawAmendment, DecidedCaseAnswer, Role.COMPANY, signed=True
)
RECORD_REVIEW = command(ROOM, "record_review", RecordReview, DecidedCaseAnswer, Role.HANDLER)
RECORD_RULING = command(ROOM, "record_ruling", RecordRuling, DecidedCaseAnswer, Role.HANDLER)
RECORD_SENDING = command(ROOM, "record_sending", RecordSending, DecidedCaseAnswer, Role.HANDLER)
PROPOSE_ACT = command(ROOM, "propose_act", ProposeAct, DecidedCaseAnswer, Role.HANDLER)
DECIDE_ACT = command(ROOM, "decide_act", DecideAct, DecidedCaseAnswer, Role.DECISION_MAKER)

OPERATIONS: tuple[Operation, ...] = (
    GET_ACTS,
    GET_CLOCKS,
    LIST_FOLLOW_UPS,
    CHOOSE_CHANNEL,
    REQUEST_REVIEW,
    REQUEST_AMENDMENT,
    WITHDRAW_AMENDMENT,
    RECORD_REVIEW,
    RECORD_RULING,
    RECORD_SENDING,
    PROPOSE_ACT,
    DECIDE_ACT,
)
