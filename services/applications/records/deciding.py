"""Tables of assessing and deciding: what was assessed, what was reckoned, whose aid counts, what binds an envelope."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.applications.records.core import Record
from shared.money import Money, Rate

_CASE = "applications.applications.number"


class AssessmentRecord(Record):
    """One row a case: the assessment as typed, and who saved it last."""

    __tablename__ = "assessments"

    number: Mapped[str] = mapped_column(ForeignKey(_CASE), primary_key=True)
    version: Mapped[int]
    answers: Mapped[dict[str, Any]]
    saved_by: Mapped[str]
    saved_at: Mapped[datetime]


class ReckoningRecord(Record):
    """Everything a proposal or a decision was computed from and came to. A row is never changed or removed."""

    __tablename__ = "reckonings"
    __table_args__ = (
        CheckConstraint("kind IN ('proposal', 'decision')", name="kind_known"),
        Index("uq_reckonings_decision", "number", unique=True, postgresql_where=text("kind = 'decision'")),
        Index(None, "number"),
    )

    reckoning_id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    number: Mapped[str] = mapped_column(ForeignKey(_CASE))
    kind: Mapped[str]
    case_version: Mapped[int]
    inputs: Mapped[dict[str, Any]]
    results: Mapped[dict[str, Any]]
    digest: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]


class OwnershipLinkRecord(Record):
    """A link between two undertakings, as the customer register told it last."""

    __tablename__ = "ownership_links"
    __table_args__ = (Index(None, "owner"), Index(None, "owned"))

    link_id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    owned: Mapped[str]
    kind: Mapped[str]
    share: Mapped[Rate | None]
    since: Mapped[date]
    until: Mapped[date | None]
    source: Mapped[str]


class RegisterFactsRecord(Record):
    """What the business register told last of an undertaking, where a decision rests on it."""

    __tablename__ = "register_facts"

    business_id: Mapped[str] = mapped_column(primary_key=True)
    situations: Mapped[list[Any]]
    ended_on: Mapped[date | None]
    vat_liable: Mapped[bool]
    business_line: Mapped[str | None]
    fetched_at: Mapped[datetime]
    digest: Mapped[str]


class AidRecord(Record):
    """Aid that counts against a ceiling (2023/2831 art. 6): one row for each act that gave more of it, from the day the
    right to that part arose.

    `amount` is the part's gross grant equivalent as it stands; `ended_on` is the day on which it lost its force.
    """

    __tablename__ = "aid_register"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="never_below_zero"),
        Index("ix_aid_register_of_undertaking", "business_id", "granted_on"),
    )

    number: Mapped[str] = mapped_column(ForeignKey(_CASE), primary_key=True)
    # Old code, which knows of one act alone, goes on granting while the migration runs.
    act: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, server_default=text("1"))
    business_id: Mapped[str]
    undertaking_name: Mapped[str]
    basis: Mapped[str]
    regulation: Mapped[str]
    granted_on: Mapped[date]
    amount: Mapped[Money]
    authority: Mapped[str]
    sector: Mapped[str]
    recorded_at: Mapped[datetime]
    ended_on: Mapped[date | None]


class MovementRecord(Record):
    """What an act of a case bound in an envelope (above zero) or released from it (below zero).

    The envelope's `reserved` is always the sum of its movements; the two are written in one transaction.
    """

    __tablename__ = "movements"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="moves_something"),
        Index("ix_movements_of_envelope", "authority", "fund", "priority", "budget_year"),
        Index(None, "number"),
    )

    movement_id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    authority: Mapped[str]
    fund: Mapped[str]
    priority: Mapped[str]
    budget_year: Mapped[int]
    number: Mapped[str] = mapped_column(ForeignKey(_CASE))
    act: Mapped[int]
    amount: Mapped[Money]
    why: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
