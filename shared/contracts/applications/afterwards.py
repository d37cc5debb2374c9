"""Afterwards: corrections, review and appeal, amendments, tranches, closure, and the clocks that run on."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import STAFF, Role
from shared.contracts.applications.clocks import OneDecidedCase
from shared.contracts.applications.codes import CASE_NUMBER, CASE_VERSION, OUTCOMES, ROOM
from shared.contracts.applications.core import Appeal, CostRow, Hearing, IndicatorTarget, Unheard
from shared.contracts.applications.correspondence import HearingSoFar
from shared.contracts.terms import Answer, Event, Operation, Request, StepSchema, command, query
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

_ordinal = fields.Integer(required=True, validate=validate.Range(min=1, max=9999))


def _contact(most: int) -> fields.String:
    """A contact that may be left as it is (null) or emptied."""
    return text(most, required=False, least=0, allow_none=True, load_default=None)


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

    number = CASE_NUMBER
    version = CASE_VERSION
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


class ActOnDecided(Request):
    number = CASE_NUMBER
    version = CASE_VERSION


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


EVENTS: tuple[Event, ...] = ()

_OFFICIALS = STAFF - {Role.OPERATOR}  # an operator's work needs no case's content
_BOTH = (Role.COMPANY, *_OFFICIALS)

GET_ACTS = query(ROOM, "get_acts", OneDecidedCase, DecidedCaseAnswer, *_BOTH)
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
