"""Deciding: assessment of an application, gates, de minimis, the proposal's figures, and replay of a decision."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import STAFF, Role
from shared.contracts.applications.codes import CASE_NUMBER, CASE_VERSION, ROOM
from shared.contracts.applications.correspondence import HearingSoFar
from shared.contracts.applications.selection import SelectionTerms
from shared.contracts.terms import Answer, Event, Fact, Operation, PageRequest, Request, StepSchema, command, query
from shared.fields import BusinessIdField, MoneyField, RateField, text, three_languages

GATES = (
    "basis",
    "eligibility",
    "criteria",
    "checklist",
    "opinion",
    "tax_debt",
    "recovery_order",
    "difficulty",
    "incentive_effect",
    "size",
    "area",
    "cumulation",
    "de_minimis",
    "simplified_costs",
)
EVIDENCE = ("register", "ownership", "typed")
GATE_STATUSES = ("passed", "failed", "open", "not_applied", "overridden")
SIZE_CLASSES = ("micro", "small", "medium", "large")

_status = fields.String(required=True, validate=validate.OneOf(GATE_STATUSES))
_gate = fields.String(required=True, validate=validate.OneOf(GATES))
_rows = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)


# ---- parts ----


class RuleFinding(Answer):
    """What one rule said: its name and version, its source, what went in, what came out, and how."""

    rule = text(60)
    version = text(40)
    source = text(400, least=0)
    result = text(400, least=0)
    inputs = _rows
    steps = fields.List(fields.Nested(StepSchema), load_default=list)


class GateEvidence(Answer):
    """What a gate rests on. `kind`: `register`, the register's own answer, found by `business_id` and `digest`;
    `ownership`, a recorded link (`reference`); `typed`, what an official looked up and typed.

    `told_at` is the moment of the answer, the link's first day, or the day that was typed.
    """

    kind = fields.String(required=True, validate=validate.OneOf(EVIDENCE))
    source = text(300, least=0)
    told_at = text(40, least=0)
    business_id = text(9, least=0, required=False, load_default="")
    digest = text(64, least=0, required=False, load_default="")
    reference = text(100, least=0, required=False, load_default="")


class AidGate(Answer):
    """One condition that has to hold before aid is proposed.

    `why` is a stable code whose sentence the edge knows, filled by `facts`. `overridable` where the law leaves
    discretion; `override` is the reason that was given.
    """

    code = _gate
    status = _status
    why = text(60)
    facts = _rows
    source = text(400, least=0)
    overridable = fields.Boolean(required=True)
    override = text(2000, least=0, required=False, load_default="")
    findings = fields.List(fields.Nested(RuleFinding), load_default=list)
    evidence = fields.List(fields.Nested(GateEvidence), load_default=list)


class ScoredCriterion(Answer):
    """A criterion of the call beside what was given: `weighted` = `points` × `weight`; None is not scored yet."""

    code = text(40)
    names = three_languages(required=True)
    weight = fields.Integer(required=True)
    most = fields.Integer(required=True)
    least = fields.Integer(required=True)
    points = fields.Integer(required=True, allow_none=True)
    weighted = fields.Integer(required=True, allow_none=True)
    grounds = text(2000, least=0)


class Points(Answer):
    """`total` of weighted points against `least` of the call and the `most` that could be had."""

    rows = fields.List(fields.Nested(ScoredCriterion), required=True)
    total = fields.Integer(required=True)
    least = fields.Integer(required=True)
    most = fields.Integer(required=True)


class EarlierAid(Answer):
    """De minimis aid. `number` is the award's own case; `declared`: told by the applicant or an official.

    `counts` when it is in the three years of the award in question. `same_as`: the registered award that a declared
    one is, so that it counts once; `may_be`: the one that it may be, until an official has said.
    """

    business_id = BusinessIdField(required=True)
    name = text(200, least=0)
    granted_on = fields.Date(required=True)
    amount = MoneyField(required=True)
    authority = text(60, least=0)
    number = text(40, least=0)
    regulation = text(40, least=0)
    declared = fields.Boolean(required=True)
    counts = fields.Boolean(required=True)
    same_as = text(40, least=0, required=False, load_default="")
    may_be = text(40, least=0, required=False, load_default="")


class Room(Answer):
    """De minimis: `used` of `ceiling` by the single undertaking in the three years up to `on`; `free` is left."""

    on = fields.Date(required=True)
    window_first = fields.Date(required=True)
    ceiling = MoneyField(required=True)
    used = MoneyField(required=True)
    free = MoneyField(required=True)
    members = fields.List(BusinessIdField(), required=True)
    aids = fields.List(fields.Nested(EarlierAid), required=True)


class RelatedUndertaking(Answer):
    """A neighbour by the ownership links that the house has heard of."""

    business_id = BusinessIdField(required=True)
    kind = text(20)
    share = RateField(required=True, allow_none=True)
    owns = fields.Boolean(required=True)
    since = fields.Date(required=True)
    until = fields.Date(required=True, allow_none=True)


class AssessmentFault(Answer):
    path = text(80)
    rule = text(60)
    facts = _rows


# ---- requests and answers ----


class SaveAssessment(Request):
    """The assessment as typed, right or wrong. `version` is the assessment's own; 0 starts it.

    Keys are texts (`staff`, `turnover`, `balance`, the same with `_before`, `tax_checked_on`, …) and tables
    (`eligibility`, `scores`, `checklist`, `enterprises`, `other_aid`): `services/applications/domain/assessed.py`
    lists them. A case that waits for a decision falls back to its handler, for what was proposed no longer holds.
    """

    number = CASE_NUMBER
    version = fields.Integer(required=True, validate=validate.Range(min=0))
    answers = fields.Dict(required=True)


class OneCase(Request):
    number = CASE_NUMBER


class Fallen(Answer):
    """A proposal that fell because the case changed under it: a stable code, who changed it, when."""

    why = text(40)
    by = text(60)
    at = fields.AwareDateTime(required=True)


class AssessmentAnswer(Answer):
    """The assessment with its results as they stand today, or as they were decided.

    `case_version` is what a proposal is made on; `selection` what the call asks; `fell` tells of the last proposal
    when it fell by itself; `hearing` of the last hearing.
    """

    number = CASE_NUMBER
    case_version = CASE_VERSION
    version = fields.Integer(required=True)
    answers = fields.Dict(required=True)
    faults = fields.List(fields.Nested(AssessmentFault), required=True)
    saved_by = text(60, required=True, allow_none=True)
    saved_at = fields.AwareDateTime(required=True, allow_none=True)
    aid_basis = text(40)
    selection = fields.Nested(SelectionTerms, required=True)
    gates = fields.List(fields.Nested(AidGate), required=True)
    ready = fields.Boolean(required=True)
    points = fields.Nested(Points, required=True)
    size_class = text(20, required=True, allow_none=True)
    area = text(20, required=True, allow_none=True)
    room = fields.Nested(Room, required=True, allow_none=True)
    related = fields.List(fields.Nested(RelatedUndertaking), required=True)
    aid = MoneyField(required=True)
    steps = fields.List(fields.Nested(StepSchema), required=True)
    findings = fields.List(fields.Nested(RuleFinding), required=True)
    fell = fields.Nested(Fallen, required=True, allow_none=True)
    hearing = fields.Nested(HearingSoFar, load_default=None, allow_none=True)


class Reckoning(Answer):
    """Every figure of a proposal or a decision with its rule, inputs and source; `digest` seals inputs and results."""

    number = CASE_NUMBER
    kind = fields.String(required=True, validate=validate.OneOf(("proposal", "decision")))
    made_at = fields.AwareDateTime(required=True)
    made_by = text(60)
    on = fields.Date(required=True)
    outcome = text(20)
    aid_basis = text(40)
    aid = MoneyField(required=True)
    eligible_costs = MoneyField(required=True)
    ruleset = text(60)
    size_class = text(20, required=True, allow_none=True)
    area = text(20, required=True, allow_none=True)
    steps = fields.List(fields.Nested(StepSchema), required=True)
    gates = fields.List(fields.Nested(AidGate), required=True)
    findings = fields.List(fields.Nested(RuleFinding), required=True)
    points = fields.Nested(Points, required=True)
    room = fields.Nested(Room, required=True, allow_none=True)
    inputs = fields.Dict(required=True)
    digest = text(64)


class Reckonings(Answer):
    """Newest first: the one that the case stands on now, and those that fell."""

    items = fields.List(fields.Nested(Reckoning), required=True)


class ReplayDifference(Answer):
    path = text(200)
    stored = text(2000, least=0)
    recomputed = text(2000, least=0)


class Replay(Answer):
    """A decision computed anew from what was stored with it. `holds` when every figure and the digest agree."""

    number = CASE_NUMBER
    holds = fields.Boolean(required=True)
    decided_at = fields.AwareDateTime(required=True)
    decided_by = text(60)
    ruleset = text(60)
    aid = MoneyField(required=True)
    recomputed_aid = MoneyField(required=True, allow_none=True)
    digest = text(64)
    recomputed_digest = text(64, least=0)
    rules = fields.Integer(required=True)
    differences = fields.List(fields.Nested(ReplayDifference), required=True)


class Decidable(Answer):
    """A proposal that waits. `mine` when the asker had a part in it, and so can't decide it.

    `declared` when the asker has said on this case that nothing disqualifies them: the case has been opened.
    """

    number = CASE_NUMBER
    version = CASE_VERSION
    undertaking_name = text(200)
    title = text(300, least=0)
    outcome = text(20)
    aid_sought = MoneyField(required=True)
    aid = MoneyField(required=True)
    proposed_by = text(60)
    proposed_at = fields.AwareDateTime(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    mine = fields.Boolean(required=True)
    declared = fields.Boolean(required=True)


class Decidables(Answer):
    items = fields.List(fields.Nested(Decidable), required=True)
    total = fields.Integer(required=True)


class EnvelopeEntriesOf(PageRequest):
    """`envelope_id` as in `Envelope`; empty for every envelope the asker may see. `number` narrows to one case."""

    envelope_id = text(60, required=False, least=0, load_default="")
    number = text(40, required=False, least=0, load_default="")


class EnvelopeEntry(Answer):
    """What an act of a case bound (above zero) or released (below zero); together they are what is bound."""

    movement_id = fields.Integer(required=True)
    envelope_id = text(60)
    number = text(40)
    undertaking_name = text(200)
    act = fields.Integer(required=True)
    amount = MoneyField(required=True)
    why = text(60)
    at = fields.AwareDateTime(required=True)
    by = text(60)


class EnvelopeEntries(Answer):
    """`bound` is the sum over every entry that was asked for, not only this page's."""

    items = fields.List(fields.Nested(EnvelopeEntry), required=True)
    total = fields.Integer(required=True)
    bound = MoneyField(required=True)


class Signing(Request):
    number = CASE_NUMBER
    version = CASE_VERSION


class DecideMany(Request):
    """Sign proposals, each as it stands in `version`; each is decided by itself, or not, and the answer tells."""

    items = fields.List(fields.Nested(Signing), required=True, validate=validate.Length(min=1, max=100))


class Signed(Answer):
    """`done`, or the code and facts of the refusal: then nothing of this case was changed."""

    number = CASE_NUMBER
    done = fields.Boolean(required=True)
    state = text(30, required=True, allow_none=True)
    version = fields.Integer(required=True, allow_none=True)
    aid = MoneyField(required=True, allow_none=True)
    code = text(60, least=0)
    facts = _rows


class SignedMany(Answer):
    items = fields.List(fields.Nested(Signed), required=True)


class AidOf(Request):
    business_id = BusinessIdField(required=True)


# ---- facts ----


class AssessmentSavedV1(Fact):
    """Who assessed which case, and how its gates stand. What was typed stays in the room."""

    number = text(40)
    authority = text(40)
    version = fields.Integer(required=True)
    saved_by = text(60)
    passed = fields.List(text(40), required=True)
    failed = fields.List(text(40), required=True)
    open = fields.List(text(40), required=True)


class ProposalFellV1(Fact):
    """A proposal lost its force because the case changed; `reason` is a stable code."""

    number = text(40)
    authority = text(40)
    proposed_by = text(60)
    reason = text(60)


ASSESSMENT_SAVED = Event(room=ROOM, name="assessment_saved", version=1, subject="application", schema=AssessmentSavedV1)
PROPOSAL_FELL = Event(room=ROOM, name="proposal_fell", version=1, subject="application", schema=ProposalFellV1)

EVENTS: tuple[Event, ...] = (ASSESSMENT_SAVED, PROPOSAL_FELL)

# An operator keeps the house running; a case's content is none of that.
_READERS = STAFF - {Role.OPERATOR}

GET_ASSESSMENT = query(ROOM, "get_assessment", OneCase, AssessmentAnswer, *_READERS)
SAVE_ASSESSMENT = command(ROOM, "save_assessment", SaveAssessment, AssessmentAnswer, Role.HANDLER)
LIST_RECKONINGS = query(ROOM, "list_reckonings", OneCase, Reckonings, *_READERS)
REPLAY_DECISION = query(ROOM, "replay_decision", OneCase, Replay, *_READERS)
DECIDE_MANY = command(ROOM, "decide_many", DecideMany, SignedMany, Role.DECISION_MAKER)
LIST_DECIDABLE = query(ROOM, "list_decidable", PageRequest, Decidables, *_READERS)
LIST_ENVELOPE_ENTRIES = query(ROOM, "list_envelope_entries", EnvelopeEntriesOf, EnvelopeEntries, *STAFF)
GET_AID_ROOM = query(ROOM, "get_aid_room", AidOf, Room, Role.COMPANY, *STAFF)

OPERATIONS: tuple[Operation, ...] = (
    GET_ASSESSMENT,
    SAVE_ASSESSMENT,
    LIST_RECKONINGS,
    REPLAY_DECISION,
    DECIDE_MANY,
    LIST_DECIDABLE,
    LIST_ENVELOPE_ENTRIES,
    GET_AID_ROOM,
)
