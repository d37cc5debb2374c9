"""0001 undertakings, people, mandates, posts, sessions, kept posts, contacts, and the bus's tables.

The first step of the room: nothing was here before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shared.storage.bus_tables import add_bus_tables
from shared.storage.columns import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "customers"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    bus = metadata(SCHEMA)
    add_bus_tables(bus)
    bus.create_all(op.get_bind())
    _undertakings()
    _people()
    _mandates_and_posts()
    _sessions()
    _kept_posts()
    _contacts()


def _undertakings() -> None:
    op.create_table(
        "undertakings",
        sa.Column("business_id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        # Compared byte by byte: the key itself carries the Finnish and Swedish order.
        sa.Column("sort_name", sa.Text(collation="C"), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("registered_at", MOMENT, nullable=False),
        sa.Column("registered_by", sa.Text(), nullable=False),
        schema=SCHEMA,
    )
    op.create_index("ix_undertakings_sort_name", "undertakings", ["sort_name", "business_id"], schema=SCHEMA)


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("person_id", sa.Text(), primary_key=True),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("welcomed_at", MOMENT, nullable=False),
        sa.UniqueConstraint("issuer", "subject"),
        schema=SCHEMA,
    )


def _mandates_and_posts() -> None:
    op.create_table(
        "mandates",
        sa.Column("person_id", sa.Text(), sa.ForeignKey("customers.people.person_id"), primary_key=True),
        sa.Column("business_id", sa.Text(), sa.ForeignKey("customers.undertakings.business_id"), primary_key=True),
        sa.Column("rights", ARRAY(sa.Text()), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        schema=SCHEMA,
    )
    op.create_table(
        "posts",
        sa.Column("person_id", sa.Text(), sa.ForeignKey("customers.people.person_id"), primary_key=True),
        sa.Column("role", sa.Text(), primary_key=True),
        sa.Column("authority", sa.Text(), primary_key=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date()),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.CheckConstraint("last IS NULL OR first <= last", name="days_in_order"),
        schema=SCHEMA,
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("digest", sa.LargeBinary(), primary_key=True),
        sa.Column("person_id", sa.Text(), sa.ForeignKey("customers.people.person_id"), nullable=False),
        sa.Column("capacity_id", sa.Text(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("idle_until", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        schema=SCHEMA,
    )
    op.create_index("ix_sessions_ends_at", "sessions", ["ends_at"], schema=SCHEMA)


def _kept_posts() -> None:
    op.create_table(
        "kept_posts",
        sa.Column("kept_id", sa.Text(), primary_key=True),
        sa.Column("kept_for", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("fields", JSONB(), nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.Column("taken_at", MOMENT),
        schema=SCHEMA,
    )
    op.create_index("ix_kept_posts_kept_at", "kept_posts", ["kept_at"], schema=SCHEMA)


def _contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("event_id", sa.Text(), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text()),
        sa.Column("business_id", sa.Text(), nullable=False),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_contacts_business_id_at",
        "contacts",
        ["business_id", sa.text("at DESC"), "event_id"],
        schema=SCHEMA,
    )
