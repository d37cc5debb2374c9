"""Tables of mail: addresses and wishes, what goes out, news kept for one letter a day, clocks of open cases."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.customers.records.core import PersonRecord, Record

_PERSON = PersonRecord.person_id


class AddressRecord(Record):
    __tablename__ = "mail_addresses"

    person_id: Mapped[str] = mapped_column(ForeignKey(_PERSON), primary_key=True)
    address: Mapped[str]
    set_at: Mapped[datetime]


class AddressChangeRecord(Record):
    """A new address that waits to be confirmed; its row goes when it has been, or another takes its place."""

    __tablename__ = "mail_address_changes"

    person_id: Mapped[str] = mapped_column(ForeignKey(_PERSON), primary_key=True)
    address: Mapped[str]
    digest: Mapped[str]
    asked_at: Mapped[datetime]


class WishRecord(Record):
    __tablename__ = "mail_wishes"
    __table_args__ = (CheckConstraint("told IN ('at_once', 'daily', 'never')", name="told_known"),)

    person_id: Mapped[str] = mapped_column(ForeignKey(_PERSON), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    told: Mapped[str]


class OutgoingMailRecord(Record):
    """One person is told of one cause once, however often it is heard of."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        UniqueConstraint("person_id", "cause"),
        CheckConstraint("state IN ('waiting', 'sent', 'failed', 'dropped')", name="state_known"),
        CheckConstraint("(state = 'waiting') = (next_try_at IS NOT NULL)", name="waits_for_a_try"),
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_sometime"),
        Index("ix_outgoing_mail_due", "next_try_at", postgresql_where=text("state = 'waiting'")),
        Index("ix_outgoing_mail_number", "number", "made_at"),
    )

    mail_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey(_PERSON))
    cause: Mapped[str]
    kind: Mapped[str]
    role: Mapped[str]
    business_id: Mapped[str | None]
    authority: Mapped[str | None]
    about: Mapped[str | None]
    number: Mapped[str | None]
    address: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    made_at: Mapped[datetime]
    next_try_at: Mapped[datetime | None]
    state: Mapped[str]
    tries: Mapped[int]
    sent_at: Mapped[datetime | None]
    why: Mapped[str]


class NewsRecord(Record):
    """News that a person wants in one letter a day; `told_at` when it went into one."""

    __tablename__ = "mail_news"
    __table_args__ = (Index("ix_mail_news_untold", "person_id", postgresql_where=text("told_at IS NULL")),)

    person_id: Mapped[str] = mapped_column(ForeignKey(_PERSON), primary_key=True)
    cause: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[str]
    number: Mapped[str]
    day: Mapped[date | None]
    role: Mapped[str]
    business_id: Mapped[str | None]
    authority: Mapped[str]
    heard_at: Mapped[datetime]
    told_at: Mapped[datetime | None]


class ClockRecord(Record):
    __tablename__ = "case_clocks"
    __table_args__ = (Index("ix_case_clocks_authority", "authority", "turn"),)

    subject: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str]
    authority: Mapped[str]
    turn: Mapped[str]
    person: Mapped[str | None]
    due_on: Mapped[date | None]


class MorningRecord(Record):
    """Mornings on which the lists and the letters of the day were made."""

    __tablename__ = "mail_mornings"

    day: Mapped[date] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
