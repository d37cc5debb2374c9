"""0002 scans, what the company sent as a kind of document, letters in other languages, what goes to the archive.

Files that are here already were never scanned, and are marked so.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCHEMA = "documents"
MOMENT = sa.DateTime(timezone=True)
OLD_KINDS = "kind IN ('attachment', 'invoice', 'letter')"
KINDS = "kind IN ('attachment', 'invoice', 'letter', 'filing')"
OLD_LETTERS = "kind IN ('grant_awarded', 'grant_refused', 'payment_decided')"
LETTERS = (
    "kind IN ('grant_awarded', 'grant_refused', 'left_unexamined', 'lapsed', 'payment_decided', 'correction', "
    "'amendment', 'tranche', 'cancellation', 'closure', 'review_decision', 'completion_request', 'hearing', "
    "'filing', 'completion_filed')"
)


def upgrade() -> None:
    _kinds("documents", KINDS)
    _kinds("letters", LETTERS)
    op.create_index("ix_documents_authority_digest", "documents", ["authority", "sha256"], schema=SCHEMA)
    op.create_index("ix_documents_digest", "documents", ["sha256"], schema=SCHEMA)
    _scans()
    _translations()
    _archive()


def downgrade() -> None:
    op.drop_table("archived_letters", schema=SCHEMA)
    op.drop_table("asked_translations", schema=SCHEMA)
    op.drop_index("uq_letters_translation", "letters", schema=SCHEMA)
    op.drop_index("ix_letters_number", "letters", schema=SCHEMA)
    op.drop_constraint("ck_letters_translator_when_translated", "letters", schema=SCHEMA, type_="check")
    op.drop_constraint("fk_letters_translation_of", "letters", schema=SCHEMA, type_="foreignkey")
    op.drop_column("letters", "translated_by", schema=SCHEMA)
    op.drop_column("letters", "translation_of", schema=SCHEMA)
    op.drop_table("scans", schema=SCHEMA)
    op.drop_index("ix_documents_digest", "documents", schema=SCHEMA)
    op.drop_index("ix_documents_authority_digest", "documents", schema=SCHEMA)
    _kinds("letters", OLD_LETTERS)
    _kinds("documents", OLD_KINDS)


def _kinds(table: str, known: str) -> None:
    name = f"ck_{table}_kind_known"
    op.drop_constraint(name, table, schema=SCHEMA, type_="check")
    op.create_check_constraint(name, table, known, schema=SCHEMA)


def _scans() -> None:
    op.create_table(
        "scans",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("finding", sa.String()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_scans"),
        sa.ForeignKeyConstraint(["document_id"], [f"{SCHEMA}.documents.document_id"], name="fk_scans_document_id"),
        sa.CheckConstraint(
            "state IN ('ours', 'unscanned', 'waiting', 'clean', 'infected', 'failed')", name="ck_scans_state_known"
        ),
        sa.CheckConstraint("state <> 'infected' OR finding IS NOT NULL", name="ck_scans_finding_when_infected"),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_scans_waiting", "scans", ["due_at"], schema=SCHEMA, postgresql_where=sa.text("state = 'waiting'")
    )
    op.execute(
        f"INSERT INTO {SCHEMA}.scans (document_id, state, attempts, due_at) "
        f"SELECT document_id, 'unscanned', 0, stored_at FROM {SCHEMA}.documents WHERE kind IN ('attachment', 'invoice')"
    )


def _translations() -> None:
    op.add_column("letters", sa.Column("translation_of", sa.String()), schema=SCHEMA)
    op.add_column("letters", sa.Column("translated_by", sa.String()), schema=SCHEMA)
    op.create_foreign_key(
        "fk_letters_translation_of",
        "letters",
        "letters",
        ["translation_of"],
        ["event_id"],
        source_schema=SCHEMA,
        referent_schema=SCHEMA,
    )
    op.create_check_constraint(
        "ck_letters_translator_when_translated",
        "letters",
        "(translation_of IS NULL) = (translated_by IS NULL)",
        schema=SCHEMA,
    )
    op.create_index("ix_letters_number", "letters", ["number", "decided_at"], schema=SCHEMA)
    op.create_index("uq_letters_translation", "letters", ["translation_of", "language"], unique=True, schema=SCHEMA)
    op.create_table(
        "asked_translations",
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("event_id", "language", name="pk_asked_translations"),
        sa.ForeignKeyConstraint(["event_id"], [f"{SCHEMA}.letters.event_id"], name="fk_asked_translations_event_id"),
        schema=SCHEMA,
    )


def _archive() -> None:
    op.create_table(
        "archived_letters",
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("metadata", JSONB(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_archived_letters"),
        sa.ForeignKeyConstraint(
            ["document_id"], [f"{SCHEMA}.documents.document_id"], name="fk_archived_letters_document_id"
        ),
        schema=SCHEMA,
    )
