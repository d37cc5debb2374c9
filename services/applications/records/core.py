"""The room's tables. The database keeps the promises too: each check has a name that can be searched for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Sequence, Text, desc, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.money import Money, Rate
from shared.storage import columns
from shared.storage.bus_tables import add_bus_tables

metadata = columns.metadata("applications")
add_bus_tables(metadata)

APPLICATION_NUMBERS = Sequence("application_numbers", start=80001, metadata=metadata)

STATES = (
    "draft",
    "awaiting_signature",
    "submitted",
    "in_assessment",
    "in_completion",
    "on_opinion",
    "in_hearing",
    "proposed",
    "approved",
    "approved_in_part",
    "rejected",
    "not_examined",
    "lapsed",
    "withdrawn",
)
UNFILED_STATES = "('draft', 'awaiting_signature')"
DECIDED_STATES = "('approved', 'approved_in_part', 'rejected', 'not_examined', 'lapsed')"
OPEN_STATES = "('submitted', 'in_assessment', 'in_completion', 'on_opinion', 'in_hearing', 'proposed')"

_OPTIONAL_JSON = JSONB(none_as_null=True)


class Record(DeclarativeBase):
    metadata = metadata
    type_annotation_map = {**columns.COLUMN_TYPES, str: Text}


class CallRecord(Record):
    __tablename__ = "calls"
    __table_args__ = (
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
        CheckConstraint("aid_least >= 0 AND aid_least <= aid_most", name="least_within_most"),
        Index(None, "closes_at"),
    )

    call_id: Mapped[str] = mapped_column(primary_key=True)
    names: Mapped[dict[str, Any]]
    sort_name: Mapped[str]
    summary: Mapped[dict[str, Any]]
    fund: Mapped[str]
    programme: Mapped[str]
    priority: Mapped[str]
    specific_objective: Mapped[str]
    authority: Mapped[str]
    regions: Mapped[list[Any]]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    period_first: Mapped[date]
    period_last: Mapped[date]
    cost_model: Mapped[str]
    categories: Mapped[list[Any]]
    aid_rate: Mapped[Rate]
    aid_least: Mapped[Money]
    aid_most: Mapped[Money]
    eu_share: Mapped[Rate]
    budget_year: Mapped[int]
    legal_basis: Mapped[list[Any]]
    indicators: Mapped[list[Any]]
    attachments: Mapped[list[Any]]
    form: Mapped[dict[str, Any] | None] = mapped_column(_OPTIONAL_JSON)
    selection: Mapped[dict[str, Any] | None] = mapped_column(_OPTIONAL_JSON)
    conditions: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))


class ApplicationRecord(Record):
    """One row a case. A draft is saved many times, so what a save changes is in no index but the search."""

    __tablename__ = "applications"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES!r}", name="state_known"),
        CheckConstraint(
            f"state IN {UNFILED_STATES} OR num_nulls(submitted_at, submitted_by, digest, due_on) = 0",
            name="filed_with_receipt",
        ),
        CheckConstraint(
            f"(state <> 'proposed' AND state NOT IN {DECIDED_STATES}) "
            "OR num_nulls(proposal, proposed_by, proposed_at, handler) = 0",
            name="decided_on_a_proposal",
        ),
        CheckConstraint(
            f"(state IN {DECIDED_STATES}) = (num_nulls(outcome, decided_by, decided_at, appeal, aid_decided) = 0)",
            name="decided_by_someone",
        ),
        # CPR 2021/1060 art. 71(4) and the two-person decision: whoever prepared may not decide.
        CheckConstraint(
            "decided_by IS NULL OR (decided_by <> proposed_by AND decided_by <> handler)", name="decided_by_another"
        ),
        # An amendment applies for more than the application did, so only the first decision is held to it.
        CheckConstraint("aid_decided >= 0", name="aid_never_below_zero"),
        Index("ix_applications_queue", "authority", "state", "submitted_at"),
        Index(
            "ix_applications_arrival",
            "authority",
            text("submitted_at DESC NULLS LAST"),
            "number",
            postgresql_where=text(f"state NOT IN {UNFILED_STATES}"),
        ),
        Index("ix_applications_own", "business_id", desc("started_at")),
        Index("ix_applications_handler", "handler", "state", postgresql_where=text("handler IS NOT NULL")),
        Index("ix_applications_call", "call_id"),
        # What waits for somebody's act, by urgency. What the queue counts and narrows by is read from the index alone.
        Index(
            "ix_applications_open",
            "authority",
            "due_on",
            "number",
            postgresql_include=["state", "handler", "region"],
            postgresql_where=text(f"state IN {OPEN_STATES}"),
        ),
        # The authority stands in the index beside the words: a search never looks at the rows of the others.
        # As text, operator class and all: PostgreSQL gives the expression back in its own spelling,
        # and only so does Alembic leave the two alone.
        Index(
            "ix_applications_search",
            text("(ARRAY[authority])"),
            text("searched gin_trgm_ops"),
            postgresql_using="gin",
        ),
    )

    number: Mapped[str] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("applications.calls.call_id"))
    authority: Mapped[str]
    business_id: Mapped[str]
    undertaking_name: Mapped[str]
    sort_name: Mapped[str]
    language: Mapped[str]
    state: Mapped[str]
    version: Mapped[int] = mapped_column()
    answers: Mapped[dict[str, Any]]
    attachments: Mapped[list[Any]]
    title: Mapped[str]
    sort_title: Mapped[str]
    searched: Mapped[str]
    region: Mapped[str]
    costs: Mapped[Money]
    aid_sought: Mapped[Money]
    started_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]
    submitted_by: Mapped[str | None]
    submitted_at: Mapped[datetime | None]
    digest: Mapped[str | None]
    due_on: Mapped[date | None]
    transferred_at: Mapped[datetime | None]
    handler: Mapped[str | None]
    taken_at: Mapped[datetime | None]
    proposal: Mapped[dict[str, Any] | None] = mapped_column(_OPTIONAL_JSON)
    proposed_by: Mapped[str | None]
    proposed_at: Mapped[datetime | None]
    returned: Mapped[list[Any]]
    outcome: Mapped[str | None]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    aid_decided: Mapped[Money | None]
    appeal: Mapped[dict[str, Any] | None] = mapped_column(_OPTIONAL_JSON)
    withdrawn_reason: Mapped[str | None]
    arrival: Mapped[dict[str, Any] | None] = mapped_column(_OPTIONAL_JSON)

    # The domain counts its own versions; SQLAlchemy only checks that nobody else has counted meanwhile.
    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}


class EnvelopeRecord(Record):
    __tablename__ = "envelopes"
    __table_args__ = (CheckConstraint("reserved BETWEEN 0 AND amount", name="never_over_the_authority"),)

    authority: Mapped[str] = mapped_column(primary_key=True)
    fund: Mapped[str] = mapped_column(primary_key=True)
    priority: Mapped[str] = mapped_column(primary_key=True)
    budget_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    amount: Mapped[Money]
    reserved: Mapped[Money]
