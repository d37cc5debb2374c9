"""Requests and messages in PostgreSQL. The case's own row is locked first; its requests are then nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.applications.domain.applications import Case
from services.applications.domain.attachments import Attachment
from services.applications.domain.correspondence.messages import Message, MessageDraft
from services.applications.domain.correspondence.requests import (
    WAITED_FOR_IN,
    Filed,
    Kind,
    MoreTime,
    Opinion,
    PartyRequest,
    Stage,
)
from services.applications.domain.states import UNFILED
from services.applications.mapping import to_application, to_call
from services.applications.records import (
    ApplicationRecord,
    CallRecord,
    MessageDraftRecord,
    MessageRecord,
    ReminderRecord,
    RequestRecord,
)
from shared.errors import NotFound

Json = dict[str, Any]

_LISTS = ("keys", "attachment_kinds", "facts", "document_ids")
_PLAIN = frozenset({field.name for field in fields(PartyRequest)}) - {
    "kind",
    "state",
    "attachments",
    "more_time",
    "before",
    "after",
    "opinion",
    *_LISTS,
}


class StoredRequests:
    def __init__(self, session: Session) -> None:
        self.session = session

    def next_place(self, number: str) -> int:
        last = select(func.coalesce(func.max(RequestRecord.place), 0)).where(RequestRecord.number == number)
        return int(self.session.execute(last).scalar_one()) + 1

    def get(self, number: str, place: int) -> PartyRequest:
        found = self.session.get(RequestRecord, (number, place), populate_existing=True)
        if found is None:
            raise NotFound(what="request")
        return to_request(found)

    def of_case(self, number: str) -> tuple[PartyRequest, ...]:
        wanted = select(RequestRecord).where(RequestRecord.number == number).order_by(RequestRecord.place)
        found = self.session.scalars(wanted.execution_options(populate_existing=True))
        return tuple(to_request(record) for record in found)

    def add(self, request: PartyRequest) -> None:
        self.session.execute(insert(RequestRecord).values(_columns(request)))

    def put(self, request: PartyRequest) -> None:
        columns = _columns(request)
        place = (RequestRecord.number == columns.pop("number"), RequestRecord.place == columns.pop("place"))
        self.session.execute(update(RequestRecord).where(*place).values(columns))

    def run_out(self, last_day: date) -> Sequence[tuple[str, int]]:
        """(number, place) of open requests whose last day was `last_day` or earlier."""
        wanted = select(RequestRecord.number, RequestRecord.place)
        found = self.session.execute(wanted.where(RequestRecord.state == Stage.OPEN, RequestRecord.due_on <= last_day))
        return [(row.number, row.place) for row in found]

    def open_until(self, kinds: Sequence[Kind], first: date, last: date) -> Sequence[tuple[Case, PartyRequest]]:
        """Open requests whose last day is among those, each with its case while it waits for the answer."""
        waits = or_(
            *((RequestRecord.kind == kind) & ApplicationRecord.state.in_(WAITED_FOR_IN[kind]) for kind in kinds)
        )
        wanted = (
            select(RequestRecord, ApplicationRecord, CallRecord)
            .join(ApplicationRecord, ApplicationRecord.number == RequestRecord.number)
            .join(CallRecord, CallRecord.call_id == ApplicationRecord.call_id)
            .where(RequestRecord.state == Stage.OPEN, RequestRecord.due_on.between(first, last), waits)
        )
        return [
            (Case(application=to_application(application), call=to_call(call)), to_request(request))
            for request, application, call in self.session.execute(wanted)
        ]

    def drafts_closing(self, after: datetime, until: datetime) -> Sequence[Case]:
        """Unfiled applications whose call closes between those moments."""
        wanted = (
            select(ApplicationRecord, CallRecord)
            .join(CallRecord, CallRecord.call_id == ApplicationRecord.call_id)
            .where(ApplicationRecord.state.in_(UNFILED), CallRecord.closes_at > after, CallRecord.closes_at <= until)
        )
        return [
            Case(application=to_application(application), call=to_call(call))
            for application, call in self.session.execute(wanted)
        ]

    def told(self, number: str, place: int, last_day: date, days: int, at: datetime) -> bool:
        """Note that the deadline has been told of. False when it had been already."""
        row = {"number": number, "place": place, "last_day": last_day, "days": days, "told_at": at}
        noted = insert(ReminderRecord).values(row).on_conflict_do_nothing().returning(ReminderRecord.number)
        return self.session.execute(noted).first() is not None


class StoredMessages:
    def __init__(self, session: Session) -> None:
        self.session = session

    def next_no(self, number: str) -> int:
        last = select(func.coalesce(func.max(MessageRecord.message_no), 0)).where(MessageRecord.number == number)
        return int(self.session.execute(last).scalar_one()) + 1

    def add(self, message: Message) -> None:
        columns = {field.name: getattr(message, field.name) for field in fields(Message)}
        columns["attachments"] = [asdict(attachment) for attachment in message.attachments]
        self.session.execute(insert(MessageRecord).values(columns))

    def of_case(self, number: str, *, with_notes: bool) -> tuple[Message, ...]:
        wanted = select(MessageRecord).where(MessageRecord.number == number).order_by(MessageRecord.message_no)
        if not with_notes:
            wanted = wanted.where(MessageRecord.internal.is_(False))
        found = self.session.scalars(wanted.execution_options(populate_existing=True))
        return tuple(_to_message(record) for record in found)

    def mark_read(self, number: str, side: str, up_to: int, by: str, at: datetime) -> None:
        """The messages of `side` up to that one have been read by the other side."""
        unread = (
            MessageRecord.number == number,
            MessageRecord.side == side,
            MessageRecord.message_no <= up_to,
            MessageRecord.read_at.is_(None),
        )
        self.session.execute(update(MessageRecord).where(*unread).values(read_by=by, read_at=at))

    def unread(self, number: str, side: str) -> int:
        """How many messages of `side` the other side hasn't opened."""
        unread = (
            MessageRecord.number == number,
            MessageRecord.side == side,
            MessageRecord.internal.is_(False),
            MessageRecord.read_at.is_(None),
        )
        return int(self.session.execute(select(func.count()).select_from(MessageRecord).where(*unread)).scalar_one())

    def draft(self, number: str, person: str) -> MessageDraft:
        found = self.session.get(MessageDraftRecord, (number, person), populate_existing=True)
        if found is None:
            return MessageDraft()
        return MessageDraft(text=found.text, attachments=_attachments(found.attachments))

    def keep_draft(self, number: str, person: str, draft: MessageDraft, at: datetime) -> None:
        if draft == MessageDraft():
            mine = (MessageDraftRecord.number == number, MessageDraftRecord.person == person)
            self.session.execute(delete(MessageDraftRecord).where(*mine))
            return
        written = {
            "text": draft.text,
            "attachments": [asdict(attachment) for attachment in draft.attachments],
            "saved_at": at,
        }
        kept = insert(MessageDraftRecord).values(number=number, person=person, **written)
        self.session.execute(kept.on_conflict_do_update(index_elements=["number", "person"], set_=written))


def to_request(record: RequestRecord) -> PartyRequest:
    plain = {name: getattr(record, name) for name in _PLAIN}
    lists: Json = {name: tuple(getattr(record, name)) for name in _LISTS}
    return PartyRequest(
        **plain,
        **lists,
        kind=Kind(record.kind),
        state=Stage(record.state),
        attachments=_attachments(record.attachments),
        more_time=_to_more_time(record.more_time) if record.more_time else None,
        before=_to_filed(record.before) if record.before else None,
        after=_to_filed(record.after) if record.after else None,
        opinion=_to_opinion(record.opinion) if record.opinion else None,
    )


def _columns(request: PartyRequest) -> Json:
    return {name: getattr(request, name) for name in _PLAIN} | {
        **{name: list(getattr(request, name)) for name in _LISTS},
        "kind": request.kind.value,
        "state": request.state.value,
        "attachments": [asdict(attachment) for attachment in request.attachments],
        "more_time": _written(request.more_time),
        "before": _written(request.before),
        "after": _written(request.after),
        "opinion": _written(request.opinion),
    }


def _written(part: MoreTime | Filed | Opinion | None) -> Json | None:
    """As JSON: days and moments in ISO 8601."""
    if part is None:
        return None
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(part).items()}


def _to_more_time(document: Json) -> MoreTime:
    asked_at = datetime.fromisoformat(document["asked_at"])
    return MoreTime(**{**document, "until": date.fromisoformat(document["until"]), "asked_at": asked_at})


def _to_filed(document: Json) -> Filed:
    return Filed(**{**document, "attachments": _attachments(document["attachments"])})


def _to_opinion(document: Json) -> Opinion:
    return Opinion(
        **{
            **document,
            "given_on": date.fromisoformat(document["given_on"]),
            "recorded_at": datetime.fromisoformat(document["recorded_at"]),
            "document_ids": tuple(document["document_ids"]),
        }
    )


def _to_message(record: MessageRecord) -> Message:
    plain = {field.name: getattr(record, field.name) for field in fields(Message)}
    return Message(**{**plain, "attachments": _attachments(record.attachments)})


def _attachments(documents: list[Json]) -> tuple[Attachment, ...]:
    return tuple(Attachment(**document) for document in documents)
