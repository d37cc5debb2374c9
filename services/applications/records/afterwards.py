"""Tables of what follows a decision. An act is written once and then only marked: sent, corrected, final."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.applications.records.core import Record
from shared.money import Money

_OPTIONAL_JSON = JSONB(none_as_null=True)
_DECIDED_CASE = "applications.decided_cases.number"


class DecidedCaseRecord(Record):
    """One row a decided case, opened when something first follows the decision."""

    __tablename__ = "decided_cases"
    __table_args__ = (
        CheckConstraint("channel IN ('electronic', 'letter')", name="channel_known"),
        CheckConstraint("standing IN ('open', 'suspended', 'closed', 'cancelled')", name="standing_known"),
    )

    number: Mapped[str] = mapped_column(ForeignKey("applications.applications.number"), primary_key=True)
    version: Mapped[int]
    business_id: Mapped[str]
    authority: Mapped[str]
    channel: Mapped[str]
    standing: Mapped[str]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]


class ActRecord(Record):
    """`final_from` repeats the sending that counts, so that the round finds what may have become final."""

    __tablename__ = "acts"
    __table_args__ = (
        CheckConstraint("state IN ('proposed', 'returned', 'decided')", name="state_known"),
        CheckConstraint(
            "(state = 'decided') = (num_nulls(decided_by, decided_at, appeal, digest) = 0)", name="decided_by_someone"
        ),
        # CPR 2021/1060 art. 71(4) and the two-person decision: whoever proposed may not decide.
        CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="decided_by_another"),
        Index("ix_acts_one_proposal", "number", unique=True, postgresql_where=text("state = 'proposed'")),
        Index(
            "ix_acts_final_from",
            "final_from",
            postgresql_where=text("became_final_on IS NULL AND state = 'decided'"),
        ),
    )

    number: Mapped[str] = mapped_column(ForeignKey(_DECIDED_CASE), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    state: Mapped[str]
    about: Mapped[int | None]
    verdict: Mapped[str]
    ground: Mapped[str]
    year: Mapped[int | None]
    progress: Mapped[str]
    reasons: Mapped[str]
    terms: Mapped[dict[str, Any]]
    changes: Mapped[list[Any]]
    legal_basis: Mapped[list[Any]]
    ruleset: Mapped[str]
    steps: Mapped[list[Any]]
    proposed_by: Mapped[str]
    proposed_at: Mapped[datetime]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    return_note: Mapped[str | None]
    appeal: Mapped[dict[str, Any] | None] = mapped_column(_OPTIONAL_JSON)
    digest: Mapped[str | None]
    corrected_by: Mapped[int | None]
    services: Mapped[list[Any]]
    final_from: Mapped[date | None]
    became_final_on: Mapped[date | None]
    hearing: Mapped[dict[str, Any] | None] = mapped_column(_OPTIONAL_JSON)
    fell: Mapped[str] = mapped_column(server_default="")


class ReviewRecord(Record):
    """A request for review or an appeal; what came late is here too."""

    __tablename__ = "reviews"
    __table_args__ = (
        CheckConstraint("kind IN ('review', 'appeal')", name="kind_known"),
        CheckConstraint("(state = 'decided') = (result IS NOT NULL)", name="decided_with_result"),
        CheckConstraint("result IS NULL OR num_nulls(decided_by_act, ruled_on) = 1", name="by_act_or_court"),
        Index("ix_reviews_pending", "number", postgresql_where=text("state = 'pending'")),
    )

    number: Mapped[str] = mapped_column(ForeignKey(_DECIDED_CASE), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act: Mapped[int]
    kind: Mapped[str]
    state: Mapped[str]
    by: Mapped[str]
    arrived_at: Mapped[datetime]
    recorded_by: Mapped[str]
    last_day: Mapped[date | None]
    in_time: Mapped[bool]
    demand: Mapped[str]
    grounds: Mapped[str]
    result: Mapped[str | None]
    decided_by_act: Mapped[int | None]
    ruled_on: Mapped[date | None]
    ruling_number: Mapped[str | None]


class AmendmentRecord(Record):
    """An application to amend, with the digest of what was filed; one at a time is open."""

    __tablename__ = "amendments"
    __table_args__ = (
        CheckConstraint("state IN ('filed', 'withdrawn', 'decided')", name="state_known"),
        CheckConstraint("(state = 'decided') = (decided_by_act IS NOT NULL)", name="decided_by_an_act"),
        Index("ix_amendments_one_open", "number", unique=True, postgresql_where=text("state = 'filed'")),
    )

    number: Mapped[str] = mapped_column(ForeignKey(_DECIDED_CASE), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str]
    wished: Mapped[dict[str, Any]]
    change_on: Mapped[date]
    grounds: Mapped[str]
    filed_by: Mapped[str]
    filed_at: Mapped[datetime]
    digest: Mapped[str]
    decided_by_act: Mapped[int | None]


class HeardClaimRecord(Record):
    """What payments has told of a claim: whether it is the last, what was decided, what the bank has settled."""

    __tablename__ = "heard_claims"
    __table_args__ = (
        CheckConstraint("paid >= 0", name="paid_not_negative"),
        Index(None, "number"),
    )

    claim_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(ForeignKey(_DECIDED_CASE))
    is_final: Mapped[bool]
    payable: Mapped[Money | None]
    decided_on: Mapped[date | None]
    payment_id: Mapped[str | None]
    paid: Mapped[Money]
    settled_on: Mapped[date | None]
