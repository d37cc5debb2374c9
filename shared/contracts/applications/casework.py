"""Officials' desk: who handles a case, who stands in for whom, the work queue and its saved views."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import Role
from shared.contracts.applications.codes import CASE_NUMBER, CASE_VERSION, FUNDS, ROOM, STATES, case_event
from shared.contracts.applications.core import ApplicationRow
from shared.contracts.applications.interests import Gate
from shared.contracts.terms import Answer, Event, Fact, Nothing, Operation, PageRequest, Request, command, query
from shared.fields import MoneyField, text

# What the queue calls groups of states; "open" is everything that waits for somebody's act.
CASEWORK_GROUPS = ("open", "untaken", "in_hand", "with_company", "proposed", "decided", "all")
WAITING_FOR = ("handler", "company", "opinion", "decision_maker")
VIEW_KINDS = ("application", "claim", "both")
WAITING_CLAIMS = ("submitted", "verified", "proposed")  # states of payment claims that wait for somebody


def _optional(most: int) -> fields.String:
    return text(most, required=False, least=0, load_default="")


class AssignCase(Request):
    """Give the case to a handler of the same authority. Without a handler before, it is taken by nobody yet."""

    number = CASE_NUMBER
    version = CASE_VERSION
    to = text(60)
    reason = text(2000)


class ReleaseCase(Request):
    """Back to those that nobody has; its state and time limit go on."""

    number = CASE_NUMBER
    version = CASE_VERSION
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


CASE_ASSIGNED = case_event("case_assigned", CaseAssignedV1)
CASE_RELEASED = case_event("case_released", CaseReleasedV1)
SUBSTITUTE_NAMED = Event(
    room=ROOM, name="substitute_named", version=1, subject="substitution", schema=SubstituteNamedV1
)

EVENTS: tuple[Event, ...] = (
    CASE_ASSIGNED,
    CASE_RELEASED,
    SUBSTITUTE_NAMED,
)

_QUEUE_READERS = (Role.HANDLER, Role.DECISION_MAKER, Role.VERIFIER)

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
