"""0001 calls, applications, authority to grant, and the bus's tables.

The first step of the room: nothing was here before. pg_trgm comes with PostgreSQL and is trusted, so the
owner of the database may put it in; it lets a part of a name be found without reading every application.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from shared.storage import columns
from shared.storage.bus_tables import add_bus_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "applications"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    bus = columns.metadata(SCHEMA)
    add_bus_tables(bus)
    bus.create_all(op.get_bind())
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public")
    op.execute(sa.schema.CreateSequence(sa.Sequence("application_numbers", start=80001, schema=SCHEMA)))
    _calls()
    _applications()
    _application_indexes()
    _envelopes()


def downgrade() -> None:
    op.drop_table("envelopes", schema=SCHEMA)
    op.drop_table("applications", schema=SCHEMA)
    op.drop_table("calls", schema=SCHEMA)
    op.execute(sa.schema.DropSequence(sa.Sequence("application_numbers", schema=SCHEMA)))
    bus = columns.metadata(SCHEMA)
    add_bus_tables(bus)
    bus.drop_all(op.get_bind())


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _document(name: str) -> sa.Column[object]:
    return sa.Column(name, JSONB(), nullable=False)


def _calls() -> None:
    op.create_table(
        "calls",
        sa.Column("call_id", sa.Text(), primary_key=True),
        _document("names"),
        _text("sort_name"),
        _document("summary"),
        _text("fund"),
        _text("programme"),
        _text("priority"),
        _text("specific_objective"),
        _text("authority"),
        _document("regions"),
        sa.Column("opens_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("period_first", sa.Date(), nullable=False),
        sa.Column("period_last", sa.Date(), nullable=False),
        _text("cost_model"),
        _document("categories"),
        sa.Column("aid_rate", sa.Numeric(7, 4), nullable=False),
        sa.Column("aid_least", sa.BigInteger(), nullable=False),
        sa.Column("aid_most", sa.BigInteger(), nullable=False),
        sa.Column("eu_share", sa.Numeric(7, 4), nullable=False),
        sa.Column("budget_year", sa.Integer(), nullable=False),
        _document("legal_basis"),
        _document("indicators"),
        _document("attachments"),
        sa.CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
        sa.CheckConstraint("aid_least >= 0 AND aid_least <= aid_most", name="least_within_most"),
        schema=SCHEMA,
    )
    op.create_index("ix_calls_closes_at", "calls", ["closes_at"], schema=SCHEMA)


def _applications() -> None:
    op.create_table(
        "applications",
        sa.Column("number", sa.Text(), primary_key=True),
        sa.Column(
            "call_id",
            sa.Text(),
            sa.ForeignKey(f"{SCHEMA}.calls.call_id", name="fk_applications_call_id"),
            nullable=False,
        ),
        _text("authority"),
        _text("business_id"),
        _text("undertaking_name"),
        _text("sort_name"),
        _text("language"),
        _text("state"),
        sa.Column("version", sa.Integer(), nullable=False),
        _document("answers"),
        _document("attachments"),
        _text("title"),
        _text("sort_title"),
        _text("region"),
        sa.Column("costs", sa.BigInteger(), nullable=False),
        sa.Column("aid_sought", sa.BigInteger(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        _text("changed_by"),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("submitted_by", sa.Text()),
        sa.Column("submitted_at", MOMENT),
        sa.Column("digest", sa.Text()),
        sa.Column("due_on", sa.Date()),
        sa.Column("handler", sa.Text()),
        sa.Column("taken_at", MOMENT),
        sa.Column("proposal", JSONB()),
        sa.Column("proposed_by", sa.Text()),
        sa.Column("proposed_at", MOMENT),
        _document("returned"),
        sa.Column("outcome", sa.Text()),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decided_at", MOMENT),
        sa.Column("aid_decided", sa.BigInteger()),
        sa.Column("appeal", JSONB()),
        sa.Column("withdrawn_reason", sa.Text()),
        *_promises(),
        schema=SCHEMA,
    )


def _promises() -> tuple[sa.CheckConstraint, ...]:
    decided = "('approved', 'approved_in_part', 'rejected')"
    return (
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'in_assessment', 'proposed', 'approved', 'approved_in_part', "
            "'rejected', 'withdrawn')",
            name="state_known",
        ),
        sa.CheckConstraint(
            "state = 'draft' OR num_nulls(submitted_at, submitted_by, digest, due_on) = 0",
            name="filed_with_receipt",
        ),
        sa.CheckConstraint(
            "state NOT IN ('proposed', 'approved', 'approved_in_part', 'rejected') "
            "OR num_nulls(proposal, proposed_by, proposed_at, handler) = 0",
            name="decided_on_a_proposal",
        ),
        sa.CheckConstraint(
            f"(state IN {decided}) = (num_nulls(outcome, decided_by, decided_at, appeal, aid_decided) = 0)",
            name="decided_by_someone",
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR (decided_by <> proposed_by AND decided_by <> handler)",
            name="decided_by_another",
        ),
        sa.CheckConstraint("aid_decided BETWEEN 0 AND aid_sought", name="aid_within_what_was_sought"),
    )


def _application_indexes() -> None:
    def index(name: str, *columns: Any, **options: Any) -> None:
        op.create_index(f"ix_applications_{name}", "applications", list(columns), schema=SCHEMA, **options)

    index("queue", "authority", "state", "submitted_at")
    index(
        "arrival",
        "authority",
        sa.text("submitted_at DESC NULLS LAST"),
        "number",
        postgresql_where=sa.text("state <> 'draft'"),
    )
    index("due", "authority", "due_on")
    index("own", "business_id", sa.text("started_at DESC"))
    index("handler", "handler", "state", postgresql_where=sa.text("handler IS NOT NULL"))
    index("call", "call_id")
    index(
        "search",
        sa.text("(number || ' ' || business_id || ' ' || undertaking_name || ' ' || title) gin_trgm_ops"),
        postgresql_using="gin",
    )


def _envelopes() -> None:
    op.create_table(
        "envelopes",
        sa.Column("authority", sa.Text(), primary_key=True),
        sa.Column("fund", sa.Text(), primary_key=True),
        sa.Column("priority", sa.Text(), primary_key=True),
        sa.Column("budget_year", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("reserved BETWEEN 0 AND amount", name="never_over_the_authority"),
        schema=SCHEMA,
    )
