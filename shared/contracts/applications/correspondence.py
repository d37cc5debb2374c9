"""What a case waits for from outside: a completion, a hearing, an opinion."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import STAFF, Role
from shared.contracts.applications.codes import CASE_NUMBER, CASE_VERSION, ROOM, case_event
from shared.contracts.applications.core import AttachmentRef
from shared.contracts.terms import Answer, Event, Fact, Operation, PageRequest, Request, command, query
from shared.fields import LANGUAGES, BusinessIdField, MoneyField, text

REQUEST_KINDS = ("completion", "hearing", "opinion")
REQUEST_STATES = ("open", "answered", "expired", "closed")
OPINION_GIVERS = ("myr", "co_financier", "other")
STANCES = ("for", "against", "none")

_place = fields.Integer(required=True, validate=validate.Range(min=1, max=999))
_text = 10_000


class AskCompletion(Request):
    """The handler asks the company to complete what it filed (HL 434/2003 22 §, 33 §). `version` is the case's.

    `asked` says in the party's language what is missing. `keys` are the answers that may be changed (top-level keys
    of the answers), `attachment_kinds` the attachments that may be added or changed. `due_on` is the last day.
    """

    number = CASE_NUMBER
    version = CASE_VERSION
    asked = text(_text)
    keys = fields.List(text(40), load_default=list, validate=validate.Length(max=60))
    attachment_kinds = fields.List(text(40), load_default=list, validate=validate.Length(max=30))
    due_on = fields.Date(required=True)


class AskHearing(Request):
    """The handler hears the party before a decision against it (HL 434/2003 34 §, 36 §).

    After the decision any handler of the authority does, before a later act; the case then stays as it is.

    `facts` are what the party is asked to comment on, each in a sentence; `document_ids` the documents that may decide.
    """

    number = CASE_NUMBER
    version = CASE_VERSION
    asked = text(_text)
    facts = fields.List(text(1000), required=True, validate=validate.Length(min=1, max=20))
    document_ids = fields.List(text(40), load_default=list, validate=validate.Length(max=30))
    due_on = fields.Date(required=True)


class AskOpinion(Request):
    """The handler asks an opinion, such as that of the regional management committee (MYR, laki 756/2021)."""

    number = CASE_NUMBER
    version = CASE_VERSION
    giver = fields.String(required=True, validate=validate.OneOf(OPINION_GIVERS))
    giver_name = text(200)
    asked = text(_text)
    due_on = fields.Date(required=True)


class RecordOpinion(Request):
    """The opinion as it came: who gave it, when, for or against, and whether it binds. `version` is the request's."""

    number = CASE_NUMBER
    place = _place
    version = CASE_VERSION
    given_by = text(200)
    given_on = fields.Date(required=True)
    stance = fields.String(required=True, validate=validate.OneOf(STANCES))
    binding = fields.Boolean(required=True)
    document_ids = fields.List(text(40), load_default=list, validate=validate.Length(max=30))
    text = text(_text)


class HearingSoFar(Answer):
    """The hearing that a proposal against the party would stand on now, or that still waits (`state` open)."""

    place = _place
    state = fields.String(required=True, validate=validate.OneOf(REQUEST_STATES))
    asked_at = fields.AwareDateTime(required=True)
    due_on = fields.Date(required=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)


class OneRequest(Request):
    number = CASE_NUMBER
    place = _place


class ActOnRequest(OneRequest):
    version = CASE_VERSION


class SaveReply(ActOnRequest):
    """The company's answer in the making, as typed. `answers` may hold only the keys that were asked for."""

    reply = text(_text, required=False, least=0, load_default="")
    answers = fields.Dict(load_default=dict)


class AttachToReply(ActOnRequest):
    attachment = fields.Nested(AttachmentRef, required=True)


class DetachFromReply(ActOnRequest):
    document_id = text(40)


class AskMoreTime(ActOnRequest):
    """The company asks for a later day (HL 434/2003 33 § 2 mom.). Until it is answered the time doesn't run out."""

    until = fields.Date(required=True)
    reason = text(2000)


class MoveDueDay(ActOnRequest):
    """The handler gives a later day, asked for or not."""

    due_on = fields.Date(required=True)


class RefuseMoreTime(ActOnRequest):
    reason = text(2000)


class MoreTime(Answer):
    """What the company asked and what came of it; `granted` None while it waits."""

    until = fields.Date(required=True)
    reason = text(2000)
    asked_at = fields.AwareDateTime(required=True)
    granted = fields.Boolean(required=True, allow_none=True)
    answer = text(2000, least=0)


class FiledVersion(Answer):
    """The application's answers as filed: before a completion, and after it."""

    answers = fields.Dict(required=True)
    attachments = fields.List(fields.Nested(AttachmentRef), required=True)
    digest = text(64)


class RecordedOpinion(Answer):
    given_by = text(200)
    given_on = fields.Date(required=True)
    stance = fields.String(required=True, validate=validate.OneOf(STANCES))
    binding = fields.Boolean(required=True)
    document_ids = fields.List(text(40), required=True)
    recorded_by = text(60)
    recorded_at = fields.AwareDateTime(required=True)
    text = text(_text)


class PartyRequest(Answer):
    """One request whole. `draft_…` is the company's answer in the making, empty for everybody else until it is sent.

    `late`: it was sent after its day, or is not sent and the day is over. `took_effect`: a completion became the
    filed version; one that came after the decision is kept beside the file.
    """

    number = CASE_NUMBER
    place = _place
    version = CASE_VERSION
    kind = fields.String(required=True, validate=validate.OneOf(REQUEST_KINDS))
    state = fields.String(required=True, validate=validate.OneOf(REQUEST_STATES))
    asked = text(_text)
    asked_by = text(60)
    asked_at = fields.AwareDateTime(required=True)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    due_on = fields.Date(required=True)
    due_first = fields.Date(required=True)
    late = fields.Boolean(required=True)
    keys = fields.List(text(40), required=True)
    attachment_kinds = fields.List(text(40), required=True)
    facts = fields.List(text(1000), required=True)
    document_ids = fields.List(text(40), required=True)
    giver = text(40, least=0)
    giver_name = text(200, least=0)
    reply = text(_text, least=0)
    answers = fields.Dict(required=True)
    attachments = fields.List(fields.Nested(AttachmentRef), required=True)
    saved_by = text(60, allow_none=True)
    saved_at = fields.AwareDateTime(required=True, allow_none=True)
    faults = fields.List(fields.Dict(), required=True)
    answered_by = text(60, allow_none=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)
    took_effect = fields.Boolean(required=True)
    more_time = fields.Nested(MoreTime, required=True, allow_none=True)
    before = fields.Nested(FiledVersion, required=True, allow_none=True)
    after = fields.Nested(FiledVersion, required=True, allow_none=True)
    opinion = fields.Nested(RecordedOpinion, required=True, allow_none=True)


class ReplySaved(Answer):
    number = CASE_NUMBER
    place = _place
    version = CASE_VERSION
    saved_at = fields.AwareDateTime(required=True)


class ReplyReceipt(Answer):
    """Proof of answering: the server's time to the second. `digest` is that of the file as it now stands."""

    number = CASE_NUMBER
    place = _place
    version = CASE_VERSION
    kind = fields.String(required=True, validate=validate.OneOf(REQUEST_KINDS))
    answered_by = text(60)
    answered_at = fields.AwareDateTime(required=True)
    late = fields.Boolean(required=True)
    took_effect = fields.Boolean(required=True)
    digest = text(64)
    promised_on = fields.Date(required=True, allow_none=True)


class ListOpenRequests(PageRequest):
    """Requests that wait, the nearest day first. `handler` "me" narrows to the asker's own cases."""

    kind = fields.String(load_default="", validate=validate.OneOf(("", *REQUEST_KINDS)))
    handler = text(60, required=False, least=0, load_default="")


class OpenRequestRow(Answer):
    number = CASE_NUMBER
    place = _place
    kind = fields.String(required=True, validate=validate.OneOf(REQUEST_KINDS))
    title = text(300, least=0)
    undertaking_name = text(200)
    handler = text(60, allow_none=True)
    asked_at = fields.AwareDateTime(required=True)
    due_on = fields.Date(required=True)
    more_time_asked = fields.Boolean(required=True)
    begun = fields.Boolean(required=True)


class OpenRequests(Answer):
    items = fields.List(fields.Nested(OpenRequestRow), required=True)
    total = fields.Integer(required=True)


class RequestFact(Fact):
    """Facts of answers tell whether the case `resumed`: a late answer finds it going on already."""

    number = text(40)
    business_id = BusinessIdField(required=True)
    authority = text(40)
    handler = text(60, allow_none=True, load_default=None, required=False)
    place = _place


class CompletionRequestedV1(RequestFact):
    due_on = fields.Date(required=True)
    language = text(2)


class CompletionAnsweredV1(RequestFact):
    """The case's figures as the completed application has them; `took_effect` false when it came too late for that."""

    answered_at = fields.AwareDateTime(required=True)
    late = fields.Boolean(required=True)
    resumed = fields.Boolean(required=True)
    took_effect = fields.Boolean(required=True)
    digest = text(64)
    promised_on = fields.Date(allow_none=True, load_default=None)
    title = text(300)
    region = text(10)
    costs = MoneyField(required=True)
    aid_sought = MoneyField(required=True)
    attachments = fields.List(fields.Nested(AttachmentRef), required=True)


class HearingRequestedV1(RequestFact):
    """Not `waits`: the case is decided and stays so, the party is heard before a later act."""

    due_on = fields.Date(required=True)
    language = text(2)
    document_ids = fields.List(text(40), required=True)
    waits = fields.Boolean(load_default=True)


class HearingAnsweredV1(RequestFact):
    answered_at = fields.AwareDateTime(required=True)
    late = fields.Boolean(required=True)
    resumed = fields.Boolean(required=True)
    promised_on = fields.Date(allow_none=True, load_default=None)


class RequestExpiredV1(RequestFact):
    """The time ran out; the case goes on with what is in the file. Not `resumed`: it was decided, and stays so."""

    kind = fields.String(required=True, validate=validate.OneOf(REQUEST_KINDS))
    due_on = fields.Date(required=True)
    promised_on = fields.Date(allow_none=True, load_default=None)
    resumed = fields.Boolean(load_default=True)


class OpinionRequestedV1(RequestFact):
    giver = fields.String(required=True, validate=validate.OneOf(OPINION_GIVERS))
    due_on = fields.Date(required=True)


class OpinionRecordedV1(RequestFact):
    giver = fields.String(required=True, validate=validate.OneOf(OPINION_GIVERS))
    given_on = fields.Date(required=True)
    stance = fields.String(required=True, validate=validate.OneOf(STANCES))
    binding = fields.Boolean(required=True)
    resumed = fields.Boolean(required=True)


class MoreTimeAskedV1(RequestFact):
    kind = fields.String(required=True, validate=validate.OneOf(REQUEST_KINDS))
    until = fields.Date(required=True)


class DueDayMovedV1(RequestFact):
    """A request's last day, moved by the handler. With `refused` the day stays."""

    kind = fields.String(required=True, validate=validate.OneOf(REQUEST_KINDS))
    due_before = fields.Date(required=True)
    due_on = fields.Date(required=True)
    refused = fields.Boolean(load_default=False)


class DeadlineNearedV1(Fact):
    """So many `days` are left: of a call with the company's unfinished draft, or of a request. Told once each.

    `application` may be an unfiled one, which is nobody's case yet.
    """

    application = text(40)
    business_id = BusinessIdField(required=True)
    authority = text(40)
    what = fields.String(required=True, validate=validate.OneOf(("call_closes", "completion", "hearing")))
    place = fields.Integer(allow_none=True, load_default=None)
    days = fields.Integer(required=True)
    ends_at = fields.AwareDateTime(required=True)


class StandingToldV1(Fact):
    """Where an open case stands, told once to rooms that began to listen when it was already on its way."""

    number = text(40)
    business_id = BusinessIdField(required=True)
    authority = text(40)
    state = text(30)
    handler = text(60, allow_none=True, load_default=None, required=False)
    due_on = fields.Date(allow_none=True, load_default=None)


COMPLETION_REQUESTED = case_event("completion_requested", CompletionRequestedV1)
COMPLETION_ANSWERED = case_event("completion_answered", CompletionAnsweredV1)
HEARING_REQUESTED = case_event("hearing_requested", HearingRequestedV1)
HEARING_ANSWERED = case_event("hearing_answered", HearingAnsweredV1)
REQUEST_EXPIRED = case_event("request_expired", RequestExpiredV1)
OPINION_REQUESTED = case_event("opinion_requested", OpinionRequestedV1)
OPINION_RECORDED = case_event("opinion_recorded", OpinionRecordedV1)
MORE_TIME_ASKED = case_event("more_time_asked", MoreTimeAskedV1)
DUE_DAY_MOVED = case_event("due_day_moved", DueDayMovedV1)
DEADLINE_NEARED = case_event("deadline_neared", DeadlineNearedV1)
STANDING_TOLD = case_event("standing_told", StandingToldV1)

EVENTS: tuple[Event, ...] = (
    COMPLETION_REQUESTED,
    COMPLETION_ANSWERED,
    HEARING_REQUESTED,
    HEARING_ANSWERED,
    REQUEST_EXPIRED,
    OPINION_REQUESTED,
    OPINION_RECORDED,
    MORE_TIME_ASKED,
    DUE_DAY_MOVED,
    DEADLINE_NEARED,
    STANDING_TOLD,
)

_READERS = STAFF - {Role.OPERATOR}  # an operator's work needs no case's content

ASK_COMPLETION = command(ROOM, "ask_completion", AskCompletion, PartyRequest, Role.HANDLER)
ASK_HEARING = command(ROOM, "ask_hearing", AskHearing, PartyRequest, Role.HANDLER)
ASK_OPINION = command(ROOM, "ask_opinion", AskOpinion, PartyRequest, Role.HANDLER)
RECORD_OPINION = command(ROOM, "record_opinion", RecordOpinion, PartyRequest, Role.HANDLER)
GET_REQUEST = query(ROOM, "get_request", OneRequest, PartyRequest, Role.COMPANY, *_READERS, Role.SYSTEM)
SAVE_REPLY = command(ROOM, "save_reply", SaveReply, ReplySaved, Role.COMPANY)
ATTACH_TO_REPLY = command(ROOM, "attach_to_reply", AttachToReply, ReplySaved, Role.COMPANY)
DETACH_FROM_REPLY = command(ROOM, "detach_from_reply", DetachFromReply, ReplySaved, Role.COMPANY)
ANSWER_COMPLETION = command(ROOM, "answer_completion", ActOnRequest, ReplyReceipt, Role.COMPANY, signed=True)
ANSWER_HEARING = command(ROOM, "answer_hearing", ActOnRequest, ReplyReceipt, Role.COMPANY, signed=True)
ASK_MORE_TIME = command(ROOM, "ask_more_time", AskMoreTime, PartyRequest, Role.COMPANY)
MOVE_DUE_DAY = command(ROOM, "move_due_day", MoveDueDay, PartyRequest, Role.HANDLER)
REFUSE_MORE_TIME = command(ROOM, "refuse_more_time", RefuseMoreTime, PartyRequest, Role.HANDLER)
LIST_OPEN_REQUESTS = query(ROOM, "list_open_requests", ListOpenRequests, OpenRequests, Role.COMPANY, *_READERS)

OPERATIONS: tuple[Operation, ...] = (
    ASK_COMPLETION,
    ASK_HEARING,
    ASK_OPINION,
    RECORD_OPINION,
    GET_REQUEST,
    SAVE_REPLY,
    ATTACH_TO_REPLY,
    DETACH_FROM_REPLY,
    ANSWER_COMPLETION,
    ANSWER_HEARING,
    ASK_MORE_TIME,
    MOVE_DUE_DAY,
    REFUSE_MORE_TIME,
    LIST_OPEN_REQUESTS,
)
