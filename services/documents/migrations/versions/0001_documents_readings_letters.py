"""0001 documents, readings, page pictures, letters, and the bus's tables.

The first step of the room: nothing was here before.
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

SCHEMA = "documents"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    bus = metadata(SCHEMA)
    add_bus_tables(bus)
    bus.create_all(op.get_bind())
    _documents()
    _readings()
    _page_pictures()
    _letters()


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("business_id", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("blob", sa.String(), nullable=False),
        sa.Column("language", sa.String()),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.Column("stored_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_documents"),
        sa.UniqueConstraint("blob", name="uq_documents_blob"),
        sa.CheckConstraint("kind IN ('attachment', 'invoice', 'letter')", name="ck_documents_kind_known"),
        sa.CheckConstraint("size > 0", name="ck_documents_size_positive"),
        schema=SCHEMA,
    )
    op.create_index("ix_documents_subject", "documents", ["subject", "stored_at"], schema=SCHEMA)
    op.create_index("ix_documents_company_digest", "documents", ["business_id", "sha256"], schema=SCHEMA)


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("figures", JSONB(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.Column("leased_until", MOMENT),
        sa.Column("settled_at", MOMENT),
        sa.PrimaryKeyConstraint("document_id", name="pk_readings"),
        sa.ForeignKeyConstraint(["document_id"], [f"{SCHEMA}.documents.document_id"], name="fk_readings_document_id"),
        sa.CheckConstraint("state IN ('waiting', 'read', 'unreadable')", name="ck_readings_state_known"),
        sa.CheckConstraint("(state = 'unreadable') = (reason IS NOT NULL)", name="ck_readings_reason_when_unreadable"),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_readings_waiting",
        "readings",
        ["stored_at"],
        schema=SCHEMA,
        postgresql_where=sa.text("state = 'waiting'"),
    )


def _page_pictures() -> None:
    op.create_table(
        "page_pictures",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("blob", sa.String(), nullable=False),
        sa.Column("width", sa.Float(), nullable=False),
        sa.Column("height", sa.Float(), nullable=False),
        sa.Column("drawn_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "page", name="pk_page_pictures"),
        sa.ForeignKeyConstraint(
            ["document_id"], [f"{SCHEMA}.documents.document_id"], name="fk_page_pictures_document_id"
        ),
        sa.UniqueConstraint("blob", name="uq_page_pictures_blob"),
        sa.CheckConstraint("page > 0", name="ck_page_pictures_page_positive"),
        schema=SCHEMA,
    )


def _letters() -> None:
    op.create_table(
        "letters",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("business_id", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("check_code", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("data", JSONB(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String()),
        sa.Column("document_id", sa.String()),
        sa.PrimaryKeyConstraint("event_id", name="pk_letters"),
        sa.ForeignKeyConstraint(["document_id"], [f"{SCHEMA}.documents.document_id"], name="fk_letters_document_id"),
        sa.CheckConstraint("state IN ('to_write', 'written')", name="ck_letters_state_known"),
        sa.CheckConstraint(
            "kind IN ('grant_awarded', 'grant_refused', 'payment_decided')", name="ck_letters_kind_known"
        ),
        sa.CheckConstraint("(state = 'written') = (document_id IS NOT NULL)", name="ck_letters_document_when_written"),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_letters_to_write",
        "letters",
        ["due_at"],
        schema=SCHEMA,
        postgresql_where=sa.text("state = 'to_write'"),
    )
    op.create_index("ix_letters_check_code", "letters", ["check_code"], schema=SCHEMA)
