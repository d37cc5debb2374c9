"""Tables of casework: answers on disqualification, substitutes, officials known by their posts, saved views."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.applications.records.core import Record


class DeclarationRecord(Record):
    """One row an answer; nothing is overwritten but the superior's verdict. The newest has not been superseded."""

    __tablename__ = "declarations"
    __table_args__ = (
        CheckConstraint("answer IN ('none', 'conflict', 'unsure')", name="answer_known"),
        CheckConstraint("verdict IN ('lifted', 'confirmed')", name="verdict_known"),
        CheckConstraint("num_nulls(verdict, resolved_by, resolved_at, reason) IN (0, 4)", name="resolved_by_someone"),
        # HL 434/2003 29 §: nobody resolves their own disqualification.
        CheckConstraint("resolved_by <> person", name="resolved_by_another"),
        Index(
            "ix_declarations_newest", "number", "person", unique=True, postgresql_where=text("superseded_at IS NULL")
        ),
        Index(
            "ix_declarations_waiting",
            "number",
            postgresql_where=text("superseded_at IS NULL AND answer = 'unsure' AND verdict IS NULL"),
        ),
    )

    serial: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    number: Mapped[str] = mapped_column(ForeignKey("applications.applications.number"))
    person: Mapped[str]
    role: Mapped[str]
    answer: Mapped[str]
    ground: Mapped[str]
    note: Mapped[str]
    declared_at: Mapped[datetime]
    verdict: Mapped[str | None]
    resolved_by: Mapped[str | None]
    resolved_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    superseded_at: Mapped[datetime | None]


class SubstitutionRecord(Record):
    __tablename__ = "substitutions"
    __table_args__ = (
        CheckConstraint("person <> substitute", name="substitute_is_another"),
        CheckConstraint("first <= last", name="first_before_last"),
        Index("ix_substitutions_person", "authority", "person", "last"),
        Index("ix_substitutions_substitute", "substitute", "last"),
    )

    substitution_id: Mapped[str] = mapped_column(primary_key=True)
    authority: Mapped[str]
    person: Mapped[str]
    substitute: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]
    named_by: Mapped[str]
    named_at: Mapped[datetime]


class OfficialRecord(Record):
    """Who has a post at which authority, as the customer register has told."""

    __tablename__ = "officials"

    authority: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)


class ViewRecord(Record):
    """A queue's narrowing with a name. `filters` as the contract's CaseFilters are on the wire."""

    __tablename__ = "views"
    __table_args__ = (
        Index("ix_views_owner", "owner", "authority"),
        Index("ix_views_shared", "authority", postgresql_where=text("shared")),
    )

    view_id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    authority: Mapped[str]
    name: Mapped[str]
    filters: Mapped[dict[str, Any]]
    shared: Mapped[bool]
    saved_at: Mapped[datetime]
