"""The tables of customers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, desc
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.storage.bus_tables import add_bus_tables
from shared.storage.columns import COLUMN_TYPES, metadata

TABLES = metadata("customers")
add_bus_tables(TABLES)


class Record(DeclarativeBase):
    metadata = TABLES
    type_annotation_map = {**COLUMN_TYPES, str: Text}


class UndertakingRecord(Record):
    __tablename__ = "undertakings"
    __table_args__ = (Index("ix_undertakings_sort_name", "sort_name", "business_id"),)

    business_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    sort_name: Mapped[str] = mapped_column(Text(collation="C"))
    language: Mapped[str]
    municipality: Mapped[str]
    registered_at: Mapped[datetime]
    registered_by: Mapped[str]


class PersonRecord(Record):
    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    person_id: Mapped[str] = mapped_column(primary_key=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    name: Mapped[str]
    language: Mapped[str]
    welcomed_at: Mapped[datetime]


class MandateRecord(Record):
    __tablename__ = "mandates"
    __table_args__ = (Index("ix_mandates_business_id", "business_id"),)

    person_id: Mapped[str] = mapped_column(ForeignKey(PersonRecord.person_id), primary_key=True)
    business_id: Mapped[str] = mapped_column(ForeignKey(UndertakingRecord.business_id), primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    rights: Mapped[list[str]] = mapped_column(ARRAY(Text))
    until: Mapped[datetime | None]
    given_by: Mapped[str]
    given_at: Mapped[datetime]


class PostRecord(Record):
    __tablename__ = "posts"
    __table_args__ = (CheckConstraint("last IS NULL OR first <= last", name="days_in_order"),)

    person_id: Mapped[str] = mapped_column(ForeignKey(PersonRecord.person_id), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    authority: Mapped[str] = mapped_column(primary_key=True)
    first: Mapped[date]
    last: Mapped[date | None]
    given_by: Mapped[str]
    given_at: Mapped[datetime]


class SessionRecord(Record):
    __tablename__ = "sessions"
    __table_args__ = (Index("ix_sessions_ends_at", "ends_at"),)

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey(PersonRecord.person_id))
    capacity_id: Mapped[str]
    began_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    idle_until: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class KeptPostRecord(Record):
    __tablename__ = "kept_posts"
    __table_args__ = (Index("ix_kept_posts_kept_at", "kept_at"),)

    kept_id: Mapped[str] = mapped_column(primary_key=True)
    kept_for: Mapped[str]
    path: Mapped[str]
    fields: Mapped[dict[str, Any]] = mapped_column(JSONB)
    kept_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]


class ContactRecord(Record):
    __tablename__ = "contacts"
    __table_args__ = (Index("ix_contacts_business_id_at", "business_id", desc("at"), "event_id"),)

    event_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    what: Mapped[str]
    subject: Mapped[str]
    authority: Mapped[str | None]
    business_id: Mapped[str]
