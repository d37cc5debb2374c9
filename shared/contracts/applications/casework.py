"""Casework: the queue, saved views, who handles a case, disqualification declared before it is opened.

An official of the authority (handler, decision maker, verifier, payer) sees the content of a case only after
declaring "none" (`declare_interest`); every other request about the case's content refuses `declare_first`. The other
rooms ask the same here (`pass_gate`) before they open what belongs to a case.
"""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import DECLARES, Role
from shared.contracts.applications.core import FUNDS, ROOM, STATES, ApplicationRow
from shared.contracts.terms import (
    Answer,
    Event,
    Fact,
    Nothing,
    Operation,
    PageRequest,
    Request,
    command,
    query,
)
from shared.fields import BusinessIdField, MoneyField, text, three_languages

__all__ = [
    "ANSWERS",
    "ASSIGN_CASE",
    "CASEWORK_GROUPS",
    "CASE_ASSIGNED",
    "CASE_RELEASED",
    "DECLARE_INTEREST",
    "DELETE_VIEW",
    "END_SUBSTITUTE",
    "EVENTS",
    "GET_GATE",
    "GROUNDS",
    "INTEREST_DECLARED",
    "INTEREST_RESOLVED",
    "LIST_OFFICIALS",
    "LIST_SUBSTITUTES",
    "LIST_VIEWS",
    "OPERATIONS",
    "PASS_GATE",
    "RELEASE_CASE",
    "RESOLVE_INTEREST",
    "SAVE_VIEW",
    "SET_SUBSTITUTE",
    "SUBSTITUTE_NAMED",
    "VERDICTS_ON_INTEREST",
    "WAITING_CLAIMS",
    "WAITING_FOR",
    "WORK_QUEUE",
    "CaseFilters",
    "ViewFilters",
]

ANSWERS = ("none", "conflict", "unsure")
# HL 434/2003 28 § 1 mom. 1–7 k.; "not_told" when the person would rather not say which.
GROUNDS = (
    "party",
    "represents",
    "gain_or_loss",
    "employment",
    "company_body",
    "supervision",
    "impartiality",
    "not_told",
)
VERDICTS_ON_INTEREST = ("lifted", "confirmed")

# What the queue calls groups of states; "open" is everything that waits for somebody's act.
CASEWORK_GROUPS = ("open", "untaken", "in_hand", "with_company", "proposed", "decided", "all")
WAITING_FOR = ("handler", "company", "opinion", "decision_maker")
VIEW_KINDS = ("application", "claim", "both")
WAITING_CLAIMS = ("submitted", "verified", "proposed")  # states of payment claims that wait for somebody

MOST_CASES = 5000  # as many as one payment file may have claims
_QUEUE_READERS = (Role.HANDLER, Role.DECISION_MAKER, Role.VERIFIER)

_number = fields.String(required=True, validate=validate.Length(min=1, max=40))
_version = fields.Integer(required=True, validate=validate.Range(min=1))


def _optional(most: int) -> fields.String:
    return text(most, required=False, least=0, load_default="")


# ---- disqualification ----


class DeclareInterest(Request):
    """The asker's own answer on this case, before opening it or when something has come up since.

    `ground` is the clause of HL 28 § (a conflict only); `note` is read by the one who resolves, and by auditors.
    """

    number = _number
    answer = fields.String(required=True, validate=validate.OneOf(ANSWERS))
    ground = fields.String(load_default="", validate=validate.OneOf(("", *GROUNDS)))
    note = _optional(2000)


class ResolveInterest(Request):
    """Another's conflict or doubt, resolved with a reason (HL 29 §): `lifted` opens the case to them again."""

    number = _number
    person = text(60)
    verdict = fields.String(required=True, validate=validate.OneOf(VERDICTS_ON_INTEREST))
    reason = text(2000)


class Declaration(Answer):
    """One person's standing answer. `verdict`, `resolved_by`, `resolved_at`, `reason` once it has been resolved."""

    person = text(60)
    role = text(20)
    answer = fields.String(required=True, validate=validate.OneOf(ANSWERS))
    ground = text(20, least=0)
    note = text(2000, least=0)
    declared_at = fields.AwareDateTime(required=True)
    verdict = fields.String(required=True, allow_none=True)
    resolved_by = text(60, allow_none=True)
    resolved_at = fields.AwareDateTime(required=True, allow_none=True)
    reason = text(2000, least=0, allow_none=True)


class Gate(Answer):
    """What may be seen of a case before it is opened: who it is about, and nothing of what is in it.

    `standing` is the asker's own: "undeclared", "clear", "waits" (unsure, not resolved yet) or "disqualified".
    `substitute` is who gets the case from its handler. `declarations` is the asker's own; a decision maker gets
    also those that wait for a verdict or have had one, an auditor all.
    """

    number = _number
    version = _version
    call_id = text(40)
    call_names = three_languages(required=True)
    fund = text(20)
    authority = text(40)
    region = text(10, least=0)
    business_id = BusinessIdField(required=True)
    undertaking_name = text(200)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    due_on = fields.Date(required=True, allow_none=True)
    handler = text(60, allow_none=True)
    substitute = text(60, allow_none=True)
    standing = text(20)
    declarations = fields.List(fields.Nested(Declaration), required=True)


class OneGate(Request):
    number = _number


class PassGate(Request):
    """May the asker open these cases, or act on them? Refused with `declare_first`, `interest_waits` or
    `disqualified` naming the first case that is shut to them. With `unanswered` a person who has not answered
    passes, and only a conflict or a doubt stops. What has not been filed is nobody's case yet, and open.

    `others` had a part that the asker's deed would stand on: refused with `part_disqualified` when one of them has
    turned out to be disqualified.
    """

    numbers = fields.List(_number, required=True, validate=validate.Length(min=1, max=MOST_CASES))
    unanswered = fields.Boolean(load_default=False)
    others = fields.List(text(60), load_default=list, validate=validate.Length(max=20))


class Passed(Answer):
    """How many cases are open to the asker: all that were asked about."""

    cases = fields.Integer(required=True)


# ---- who handles ----


class AssignCase(Request):
    """Give the case to a handler of the same authority. Without a handler before, it is taken by nobody yet."""

    number = _number
    version = _version
    to = text(60)
    reason = text(2000)


class ReleaseCase(Request):
    """Back to those that nobody has; its state and time limit go on."""

    number = _number
    version = _version
    reason = text(2000)


class SetSubstitute(Request):
    """`person` is away from `first` to `last`, both days included; their cases show in `substitute`'s queue."""

    person = text(60)
    substitute = text(60)
    first = fields.Date(required=True)
    last = fields.Date(required=True)


class OneSubstitution(Request):
    substitution_id = text(40)


class Substitution(Answer):
    substitution_id = text(40)
    person = text(60)
    substitute = text(60)
    first = fields.Date(required=True)
    last = fields.Date(required=True)
    named_by = text(60)


class Substitutions(Answer):
    items = fields.List(fields.Nested(Substitution), required=True)
    total = fields.Integer(required=True)


class Official(Answer):
    """A handler of the authority, with how many open cases they have and who stands in for them today."""

    person = text(60)
    open_cases = fields.Integer(required=True)
    late_cases = fields.Integer(required=True)
    substitute = text(60, allow_none=True)


class Officials(Answer):
    items = fields.List(fields.Nested(Official), required=True)
    total = fields.Integer(required=True)


# ---- the queue and its views ----


class CaseFilters(Request):
    """What a view is narrowed to; what is left out narrows nothing. Handler "me" is the asker, "nobody" no one.

    `due_before`: due earlier than that day. `aid_least`/`aid_most`: euros applied for. `undeclared`: the asker has
    not answered on disqualification; `unsure`: somebody's doubt waits for a verdict; `substituting`: cases of
    people the asker stands in for today.
    """

    group = fields.String(load_default="", validate=validate.OneOf(("", *CASEWORK_GROUPS)))
    state = fields.List(fields.String(validate=validate.OneOf(STATES)), load_default=list)
    region = _optional(10)
    call_id = _optional(40)
    fund = fields.String(load_default="", validate=validate.OneOf(("", *FUNDS)))
    handler = _optional(60)
    waiting_for = fields.String(load_default="", validate=validate.OneOf(("", *WAITING_FOR)))
    overdue = fields.Boolean(load_default=False)
    due_before = fields.Date(load_default=None, allow_none=True)
    aid_least = MoneyField(load_default=None, allow_none=True)
    aid_most = MoneyField(load_default=None, allow_none=True)
    undeclared = fields.Boolean(load_default=False)
    unsure = fields.Boolean(load_default=False)
    substituting = fields.Boolean(load_default=False)
    search = _optional(100)


class ViewFilters(CaseFilters):
    """What a kept view is narrowed to: cases, payment claims or both, as `kind` says.

    Of claims, `claim_state`, `region` and `search` narrow; the room of payments lists and counts them (`count_claims`).
    """

    kind = fields.String(load_default="application", validate=validate.OneOf(VIEW_KINDS))
    claim_state = fields.List(fields.String(validate=validate.OneOf(WAITING_CLAIMS)), load_default=list)


class WorkQueue(CaseFilters, PageRequest):
    """Cases of the asker's authority. Without `sort`: the overdue first, then by the day they are due.

    A search orders by likeness: the number or business id itself first, then parts, then what is almost that.
    """


class QueueRow(ApplicationRow):
    """`waiting_for` says whose act is next. `standing` is the asker's own (see Gate).

    `stands_in_for` is the absent handler whose substitute the asker is today. `unsure` when a doubt on it waits.
    """

    urgency = text(10)
    waiting_for = text(20, allow_none=True)
    standing = text(20)
    stands_in_for = text(60, allow_none=True)
    unsure = fields.Boolean(required=True)


class QueueCounts(Answer):
    late = fields.Integer(required=True)
    week = fields.Integer(required=True)
    later = fields.Integer(required=True)


class QueueAnswer(Answer):
    """`total` and `counts` are of all that fits, not of the page. `almost`: nothing had the words searched for,
    and these are names alike; `meant` is the likest of them. `more`: a search found more than `total`, which is
    as far as it counts; they come in the usual order, every page of them.
    """

    items = fields.List(fields.Nested(QueueRow), required=True)
    total = fields.Integer(required=True)
    counts = fields.Nested(QueueCounts, required=True)
    almost = fields.Boolean(required=True)
    meant = text(200, least=0, allow_none=True)
    more = fields.Boolean(required=True)


class SaveView(Request):
    """A named narrowing of the asker's own; `shared` shows it to the whole authority. With `view_id` it is changed."""

    name = text(80)
    filters = fields.Nested(ViewFilters, required=True)
    shared = fields.Boolean(load_default=False)
    view_id = _optional(40)


class OneView(Request):
    view_id = text(40)


class CaseView(Answer):
    """A standard view has a key that the interface names, and no owner; the others have the name they were given.

    `count` is of cases; of a view of claims alone it is 0. `more`: a view with a search has more than `count`, as in
    a QueueAnswer.
    """

    view_id = text(40)
    name = text(80, least=0)
    filters = fields.Dict(required=True)
    shared = fields.Boolean(required=True)
    owner = text(60, allow_none=True)
    count = fields.Integer(required=True)
    more = fields.Boolean(required=True)


class CaseViews(Answer):
    items = fields.List(fields.Nested(CaseView), required=True)
    total = fields.Integer(required=True)


class ViewDeleted(Answer):
    view_id = text(40)


# ---- facts ----


class InterestDeclaredV1(Fact):
    """Who answered what on which case. The ground and the note stay in the room."""

    number = text(40)
    authority = text(40)
    person = text(60)
    answer = text(20)


class InterestResolvedV1(Fact):
    number = text(40)
    authority = text(40)
    person = text(60)
    verdict = text(20)
    resolved_by = text(60)


class CaseAssignedV1(Fact):
    """`handler` has the case from now on. `before` is who had it. `why`: "assigned" or "disqualified"."""

    number = text(40)
    authority = text(40)
    handler = text(60)
    before = text(60, allow_none=True)
    assigned_by = text(60)
    why = text(20)
    reason = text(2000, required=False, least=0, load_default="")


class CaseReleasedV1(Fact):
    """Nobody has the case. `due_on` is when it has to be decided all the same."""

    number = text(40)
    authority = text(40)
    before = text(60)
    released_by = text(60)
    why = text(20)
    due_on = fields.Date(required=True, allow_none=True)
    reason = text(2000, required=False, least=0, load_default="")


class SubstituteNamedV1(Fact):
    substitution_id = text(40)
    authority = text(40)
    person = text(60)
    substitute = text(60)
    first = fields.Date(required=True)
    last = fields.Date(required=True)
    named_by = text(60)


def _of_case(name: str, schema: type[Fact]) -> Event:
    return Event(room=ROOM, name=name, version=1, subject="application", schema=schema)


INTEREST_DECLARED = _of_case("interest_declared", InterestDeclaredV1)
INTEREST_RESOLVED = _of_case("interest_resolved", InterestResolvedV1)
CASE_ASSIGNED = _of_case("case_assigned", CaseAssignedV1)
CASE_RELEASED = _of_case("case_released", CaseReleasedV1)
SUBSTITUTE_NAMED = Event(
    room=ROOM, name="substitute_named", version=1, subject="substitution", schema=SubstituteNamedV1
)

EVENTS: tuple[Event, ...] = (INTEREST_DECLARED, INTEREST_RESOLVED, CASE_ASSIGNED, CASE_RELEASED, SUBSTITUTE_NAMED)

GET_GATE = query(ROOM, "get_gate", OneGate, Gate, *DECLARES, Role.AUDITOR)
PASS_GATE = query(ROOM, "pass_gate", PassGate, Passed, *DECLARES)
DECLARE_INTEREST = command(ROOM, "declare_interest", DeclareInterest, Gate, *DECLARES)
RESOLVE_INTEREST = command(ROOM, "resolve_interest", ResolveInterest, Gate, Role.DECISION_MAKER)
ASSIGN_CASE = command(ROOM, "assign_case", AssignCase, Gate, Role.HANDLER, Role.DECISION_MAKER)
RELEASE_CASE = command(ROOM, "release_case", ReleaseCase, Gate, Role.HANDLER, Role.DECISION_MAKER)
SET_SUBSTITUTE = command(ROOM, "set_substitute", SetSubstitute, Substitution, Role.HANDLER, Role.DECISION_MAKER)
END_SUBSTITUTE = command(ROOM, "end_substitute", OneSubstitution, Substitution, Role.HANDLER, Role.DECISION_MAKER)
LIST_SUBSTITUTES = query(ROOM, "list_substitutes", PageRequest, Substitutions, *_QUEUE_READERS)
LIST_OFFICIALS = query(ROOM, "list_officials", Nothing, Officials, Role.HANDLER, Role.DECISION_MAKER)
WORK_QUEUE = query(ROOM, "work_queue", WorkQueue, QueueAnswer, *_QUEUE_READERS)
LIST_VIEWS = query(ROOM, "list_views", Nothing, CaseViews, *_QUEUE_READERS)
SAVE_VIEW = command(ROOM, "save_view", SaveView, CaseView, *_QUEUE_READERS)
DELETE_VIEW = command(ROOM, "delete_view", OneView, ViewDeleted, *_QUEUE_READERS)

OPERATIONS: tuple[Operation, ...] = (
    GET_GATE,
    PASS_GATE,
    DECLARE_INTEREST,
    RESOLVE_INTEREST,
    ASSIGN_CASE,
    RELEASE_CASE,
    SET_SUBSTITUTE,
    END_SUBSTITUTE,
    LIST_SUBSTITUTES,
    LIST_OFFICIALS,
    WORK_QUEUE,
    LIST_VIEWS,
    SAVE_VIEW,
    DELETE_VIEW,
)
