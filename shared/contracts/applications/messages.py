"""Messages both ways in a case, what each side has read, and the case's plain status."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import STAFF, Role
from shared.contracts.applications.codes import CASE_NUMBER, ROOM, case_event
from shared.contracts.applications.core import AttachmentRef, OneApplication
from shared.contracts.applications.correspondence import PartyRequest
from shared.contracts.terms import Answer, Event, Fact, Operation, PageRequest, Request, command, query
from shared.fields import BusinessIdField, text

SIDES = ("company", "authority")

_text = 10_000


class SendMessage(Request):
    """A message in the case, from the company to its officials or back. The sender's kept draft goes with it.

    `internal`: a note among the officials that the company doesn't see; `public` says whether anybody may ask to see
    it (laki 621/1999). Both are for officials alone.
    """

    number = CASE_NUMBER
    text = text(_text)
    attachments = fields.List(fields.Nested(AttachmentRef), load_default=list, validate=validate.Length(max=20))
    internal = fields.Boolean(load_default=False)
    public = fields.Boolean(load_default=False)


class SaveMessageDraft(Request):
    """What the asker is writing. Files are left as they were when `attachments` is left out."""

    number = CASE_NUMBER
    attachments = fields.List(
        fields.Nested(AttachmentRef), load_default=None, allow_none=True, validate=validate.Length(max=20)
    )
    text = text(_text, required=False, least=0, load_default="")


class MarkRead(Request):
    """The asker's side has read the messages up to this one."""

    number = CASE_NUMBER
    message_no = fields.Integer(required=True, validate=validate.Range(min=0))


class CaseMessage(Answer):
    """`message_no` runs from 1 within the case. `read_at`: when the other side first opened it."""

    number = CASE_NUMBER
    message_no = fields.Integer(required=True)
    side = fields.String(required=True, validate=validate.OneOf(SIDES))
    sent_by = text(60)
    sent_at = fields.AwareDateTime(required=True)
    text = text(_text)
    attachments = fields.List(fields.Nested(AttachmentRef), required=True)
    internal = fields.Boolean(required=True)
    public = fields.Boolean(required=True)
    read_at = fields.AwareDateTime(required=True, allow_none=True)


class MessageDraftSaved(Answer):
    number = CASE_NUMBER
    saved_at = fields.AwareDateTime(required=True)


class ReadUpTo(Answer):
    number = CASE_NUMBER
    unread = fields.Integer(required=True)


class PlainStatus(Answer):
    """What is waited for (`what`), from whom, until when, and what the asker needs to do now (`todo`; "" nothing).

    Codes, whose sentences the edge has in three languages. `promised_first` is the day promised at filing and
    `promised_on` what it is now: the days waited for the party are added (`waited_days`). While the party is waited
    for, the days run and `promised_on` is None.
    """

    number = CASE_NUMBER
    what = text(40)
    whom = fields.String(required=True, validate=validate.OneOf(("you", "company", "authority", "other", "nobody")))
    until = fields.Date(required=True, allow_none=True)
    todo = text(40, least=0)
    place = fields.Integer(required=True, allow_none=True)
    since = fields.AwareDateTime(required=True, allow_none=True)
    promised_first = fields.Date(required=True, allow_none=True)
    promised_on = fields.Date(required=True, allow_none=True)
    waited_days = fields.Integer(required=True)


class Correspondence(Answer):
    """Everything of the case's correspondence that the asker may see, requests and messages oldest first."""

    number = CASE_NUMBER
    status = fields.Nested(PlainStatus, required=True)
    requests = fields.List(fields.Nested(PartyRequest), required=True)
    messages = fields.List(fields.Nested(CaseMessage), required=True)
    draft = text(_text, least=0)
    draft_attachments = fields.List(fields.Nested(AttachmentRef), required=True)
    unread = fields.Integer(required=True)


class ListThreads(PageRequest):
    """Cases with messages, the latest first; officials may narrow to their own cases with `handler` "me"."""

    handler = text(60, required=False, least=0, load_default="")


class ThreadRow(Answer):
    number = CASE_NUMBER
    title = text(300, least=0)
    undertaking_name = text(200)
    messages = fields.Integer(required=True)
    unread = fields.Integer(required=True)
    last_at = fields.AwareDateTime(required=True)
    last_by = text(60)
    last_side = fields.String(required=True, validate=validate.OneOf(SIDES))


class Threads(Answer):
    """`unread` counts the messages of all the asker's cases, whatever page is shown."""

    items = fields.List(fields.Nested(ThreadRow), required=True)
    total = fields.Integer(required=True)
    unread = fields.Integer(required=True)


class MessageWrittenV1(Fact):
    """`side` wrote it, the other side is to read it."""

    number = text(40)
    business_id = BusinessIdField(required=True)
    authority = text(40)
    handler = text(60, allow_none=True, load_default=None, required=False)
    message_no = fields.Integer(required=True)
    side = fields.String(required=True, validate=validate.OneOf(SIDES))
    document_ids = fields.List(text(40), required=True)


class NoteWrittenV1(Fact):
    """A note among the officials; its text stays in the case."""

    number = text(40)
    authority = text(40)
    message_no = fields.Integer(required=True)
    public = fields.Boolean(required=True)


MESSAGE_WRITTEN = case_event("message_written", MessageWrittenV1)
NOTE_WRITTEN = case_event("note_written", NoteWrittenV1)

EVENTS: tuple[Event, ...] = (
    MESSAGE_WRITTEN,
    NOTE_WRITTEN,
)

_WRITERS = (Role.COMPANY, Role.HANDLER, Role.DECISION_MAKER)
_READERS = STAFF - {Role.OPERATOR}  # an operator's work needs no case's content

SEND_MESSAGE = command(ROOM, "send_message", SendMessage, CaseMessage, *_WRITERS)
SAVE_MESSAGE_DRAFT = command(ROOM, "save_message_draft", SaveMessageDraft, MessageDraftSaved, *_WRITERS)
MARK_READ = command(ROOM, "mark_read", MarkRead, ReadUpTo, *_WRITERS)
GET_CORRESPONDENCE = query(ROOM, "get_correspondence", OneApplication, Correspondence, Role.COMPANY, *_READERS)
GET_STATUS = query(ROOM, "get_status", OneApplication, PlainStatus, Role.COMPANY, *_READERS)
LIST_THREADS = query(ROOM, "list_threads", ListThreads, Threads, Role.COMPANY, *_READERS)

OPERATIONS: tuple[Operation, ...] = (
    SEND_MESSAGE,
    SAVE_MESSAGE_DRAFT,
    MARK_READ,
    GET_CORRESPONDENCE,
    GET_STATUS,
    LIST_THREADS,
)
