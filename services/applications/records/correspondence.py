"""Requests to the party, messages, drafts of messages, and which deadlines have been told of."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.applications.records.core import Record

_CASE = "applications.applications.number"


def _json_or_null() -> Any:
    return mapped_column(JSONB(none_as_null=True))


class RequestRecord(Record):
    __tablename__ = "requests"
    __table_args__ = (
        CheckConstraint("kind IN ('completion', 'hearing', 'opinion')", name="kind_known"),
        CheckConstraint("state IN ('open', 'answered', 'expired', 'closed')", name="state_known"),
        CheckConstraint("place > 0", name="places_from_one"),
        CheckConstraint("due_first <= due_on", name="never_sooner_than_first_said"),
        CheckConstraint("(state = 'answered') = (num_nulls(answered_by, answered_at) = 0)", name="answered_by_someone"),
        CheckConstraint("(before IS NULL) = (after IS NULL)", name="before_and_after"),
        # What a company is asked, it is asked one thing at a time.
        Index("ix_requests_one_open", "number", unique=True, postgresql_where=text("state = 'open'")),
        Index("ix_requests_due", "due_on", postgresql_where=text("state = 'open'")),
    )

    number: Mapped[str] = mapped_column(ForeignKey(_CASE, name="fk_requests_number"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    state: Mapped[str]
    version: Mapped[int]
    asked: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    language: Mapped[str]
    due_on: Mapped[date]
    due_first: Mapped[date]
    keys: Mapped[list[Any]]
    attachment_kinds: Mapped[list[Any]]
    facts: Mapped[list[Any]]
    document_ids: Mapped[list[Any]]
    giver: Mapped[str]
    giver_name: Mapped[str]
    reply: Mapped[str]
    answers: Mapped[dict[str, Any]]
    attachments: Mapped[list[Any]]
    saved_by: Mapped[str | None]
    saved_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    took_effect: Mapped[bool]
    more_time: Mapped[dict[str, Any] | None] = _json_or_null()
    before: Mapped[dict[str, Any] | None] = _json_or_null()
    after: Mapped[dict[str, Any] | None] = _json_or_null()
    opinion: Mapped[dict[str, Any] | None] = _json_or_null()


class MessageRecord(Record):
    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("side IN ('company', 'authority')", name="side_known"),
        CheckConstraint("side = 'authority' OR NOT (internal OR public)", name="notes_are_officials"),
        CheckConstraint("(read_at IS NULL) = (read_by IS NULL)", name="read_by_someone"),
        Index("ix_messages_unread", "number", "side", postgresql_where=text("read_at IS NULL AND NOT internal")),
    )

    number: Mapped[str] = mapped_column(ForeignKey(_CASE, name="fk_messages_number"), primary_key=True)
    message_no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    side: Mapped[str]
    sent_by: Mapped[str]
    sent_at: Mapped[datetime]
    text: Mapped[str]
    attachments: Mapped[list[Any]]
    internal: Mapped[bool]
    public: Mapped[bool]
    read_by: Mapped[str | None]
    read_at: Mapped[datetime | None]


class MessageDraftRecord(Record):
    __tablename__ = "message_drafts"

    number: Mapped[str] = mapped_column(ForeignKey(_CASE, name="fk_message_drafts_number"), primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    attachments: Mapped[list[Any]]
    saved_at: Mapped[datetime]


class ReminderRecord(Record):
    """Each nearing deadline is told once: `place` 0 is the call's closing; a moved day is told of again."""

    __tablename__ = "reminders"

    number: Mapped[str] = mapped_column(ForeignKey(_CASE, name="fk_reminders_number"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_day: Mapped[date] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    told_at: Mapped[datetime]
