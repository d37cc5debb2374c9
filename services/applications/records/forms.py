"""Versions of the answers, and what goes with a draft: whose signature is waited for, what it was copied from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.applications.records.core import Record


class VersionRecord(Record):
    """One version of the answers, as what changed in it: key → new value, null where the key went.

    The answers of a version are all changes up to it, laid upon each other.
    """

    __tablename__ = "application_versions"
    __table_args__ = (
        CheckConstraint("deed IN ('draft', 'copied', 'filed', 'completed')", name="deed_known"),
        CheckConstraint("since <= at", name="begins_before_it_ends"),
        CheckConstraint("place > 0", name="places_from_one"),
    )

    number: Mapped[str] = mapped_column(ForeignKey("applications.applications.number"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    deed: Mapped[str]
    by: Mapped[str]
    since: Mapped[datetime]
    at: Mapped[datetime]
    changes: Mapped[dict[str, Any]]


class CompanyPreferenceRecord(Record):
    """Heard from customers: whether the company wants two persons for whatever it sends."""

    __tablename__ = "company_preferences"

    business_id: Mapped[str] = mapped_column(primary_key=True)
    second_signature: Mapped[bool]


class DraftingRecord(Record):
    __tablename__ = "draftings"
    __table_args__ = (
        CheckConstraint("(demanded_by IS NULL) = (demanded_at IS NULL)", name="demanded_by_someone"),
        CheckConstraint("(asked_by IS NULL) = (asked_at IS NULL)", name="asked_by_someone"),
        CheckConstraint("(returned_by IS NULL) = (returned_at IS NULL)", name="returned_by_someone"),
        CheckConstraint("responsible IS NULL OR left_by IS NULL", name="left_by_who_is_gone"),
        CheckConstraint("responsible IS NULL OR responsible_since IS NOT NULL", name="responsible_since_some_time"),
    )

    number: Mapped[str] = mapped_column(ForeignKey("applications.applications.number"), primary_key=True)
    copied_from: Mapped[str | None]
    left_out: Mapped[list[Any]]
    registered: Mapped[dict[str, Any]]
    demanded_by: Mapped[str | None]
    demanded_at: Mapped[datetime | None]
    asked_by: Mapped[str | None]
    asked_at: Mapped[datetime | None]
    ask_note: Mapped[str]
    returned_by: Mapped[str | None]
    returned_at: Mapped[datetime | None]
    return_note: Mapped[str]
    responsible: Mapped[str | None]
    responsible_since: Mapped[datetime | None]
    left_by: Mapped[str | None]
