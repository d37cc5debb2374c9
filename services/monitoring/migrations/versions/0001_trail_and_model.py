"""0001 the trail, its signed heads, the read model, and the bus's tables.

The first step of the room: nothing was here before. The trail refuses UPDATE, DELETE and TRUNCATE by
triggers; whoever switches those off is found out by verification.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from shared.storage.bus_tables import add_bus_tables
from shared.storage.columns import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "monitoring"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    bus = metadata(SCHEMA)
    add_bus_tables(bus)
    bus.create_all(op.get_bind())
    _trail()
    _insert_only()
    _checkpoints()
    _model()
    _cases()
    _claims()
    _payments()
    _documents_and_subjects()


def _trail() -> None:
    op.create_table(
        "trail",
        sa.Column("position", sa.BigInteger(), primary_key=True, autoincrement=False),
        _text("event_id"),
        sa.Column("at", MOMENT, nullable=False),
        _text("type"),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("source"),
        _text("subject"),
        sa.Column("sequence", sa.Integer(), nullable=False),
        _text("actor"),
        _text("role"),
        sa.Column("authority", sa.Text()),
        _text("canonical"),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("event_id"),
        schema=SCHEMA,
    )
    op.create_index("ix_trail_subject_position", "trail", ["subject", "position"], schema=SCHEMA)


def _insert_only() -> None:
    op.execute(
        """
        CREATE FUNCTION monitoring.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'the trail takes new entries only: % refused', TG_OP;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON monitoring.trail "
        "FOR EACH STATEMENT EXECUTE FUNCTION monitoring.refuse_change()"
    )


def _checkpoints() -> None:
    op.create_table(
        "checkpoints",
        sa.Column("position", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        schema=SCHEMA,
    )


def _model() -> None:
    op.create_table(
        "model",
        sa.Column("id", sa.SmallInteger(), primary_key=True, autoincrement=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("as_of", MOMENT),
        schema=SCHEMA,
    )


def _cases() -> None:
    texts = ("call_id", "business_id", "undertaking_name")
    more = ("title", "authority", "region", "fund", "application_state", "state")
    op.create_table(
        "cases",
        _generation(),
        _key("number"),
        *(_text(name) for name in texts),
        _sort_name(),
        *(_text(name) for name in more),
        *(_cents(name) for name in ("aid_sought", "awarded", "claimed", "approved", "paid")),
        *(_count(name) for name in ("deciding", "paying", "failed_claims", "paid_claims")),
        sa.Column("last_event_at", MOMENT, nullable=False),
        schema=SCHEMA,
    )
    _index("cases", "last_event_at")
    _index("cases", "authority", "state")


def _claims() -> None:
    op.create_table(
        "claims",
        _generation(),
        _key("claim_id"),
        *(_text(name) for name in ("number", "business_id", "undertaking_name", "authority", "state")),
        *(_cents(name) for name in ("claimed", "approved", "paid")),
        schema=SCHEMA,
    )
    _index("claims", "number")
    op.create_table(
        "claim_lines",
        _generation(),
        _key("claim_id"),
        sa.Column("submitted", JSONB(), nullable=False),
        sa.Column("verdicts", JSONB(), nullable=False),
        schema=SCHEMA,
    )


def _payments() -> None:
    op.create_table(
        "payments",
        _generation(),
        _key("payment_id"),
        *(_text(name) for name in ("batch_id", "claim_id", "number", "business_id", "undertaking_name")),
        _sort_name(),
        _text("authority"),
        _cents("amount"),
        _text("state"),
        sa.Column("settled_on", sa.Date()),
        sa.Column("file_sha256", sa.Text()),
        schema=SCHEMA,
    )
    _index("payments", "number")
    _index("payments", "authority", "state")


def _documents_and_subjects() -> None:
    op.create_table("documents", _generation(), _key("document_id"), _text("kind"), _text("sha256"), schema=SCHEMA)
    op.create_table("subjects", _generation(), _key("subject"), _text("belongs_to"), schema=SCHEMA)
    _index("subjects", "belongs_to")


def _generation() -> sa.Column[int]:
    return sa.Column("generation", sa.Integer(), primary_key=True, autoincrement=False)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), primary_key=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _sort_name() -> sa.Column[str]:
    return sa.Column("sort_name", sa.Text(collation="C"), nullable=False)


def _cents(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, ["generation", *columns], schema=SCHEMA)
