"""0004 declarations of interest, saved views, search.

A handler known from a case stands as an official of its authority: posts given before this room listened are
not told again. What is searched gets a column of its own in which å, ä, ö and é are a, a, o and e.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCHEMA = "applications"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _declarations()
    _substitutions()
    _officials()
    _views()
    _search()


def downgrade() -> None:
    op.drop_index("ix_applications_search", "applications", schema=SCHEMA)
    op.drop_index("ix_applications_open", "applications", schema=SCHEMA)
    op.create_index("ix_applications_due", "applications", ["authority", "due_on"], schema=SCHEMA)
    op.drop_column("applications", "searched", schema=SCHEMA)
    op.create_index(
        "ix_applications_search",
        "applications",
        [sa.text("(number || ' ' || business_id || ' ' || undertaking_name || ' ' || title) gin_trgm_ops")],
        schema=SCHEMA,
        postgresql_using="gin",
    )
    for table in ("views", "officials", "substitutions", "declarations"):
        op.drop_table(table, schema=SCHEMA)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _declarations() -> None:
    op.create_table(
        "declarations",
        sa.Column("serial", sa.Integer(), sa.Identity(always=True), primary_key=True),
        sa.Column(
            "number",
            sa.Text(),
            sa.ForeignKey(f"{SCHEMA}.applications.number", name="fk_declarations_number"),
            nullable=False,
        ),
        *map(_text, ("person", "role", "answer", "ground", "note")),
        sa.Column("declared_at", MOMENT, nullable=False),
        sa.Column("verdict", sa.Text()),
        sa.Column("resolved_by", sa.Text()),
        sa.Column("resolved_at", MOMENT),
        sa.Column("reason", sa.Text()),
        sa.Column("superseded_at", MOMENT),
        sa.CheckConstraint("answer IN ('none', 'conflict', 'unsure')", name="answer_known"),
        sa.CheckConstraint("verdict IN ('lifted', 'confirmed')", name="verdict_known"),
        sa.CheckConstraint(
            "num_nulls(verdict, resolved_by, resolved_at, reason) IN (0, 4)", name="resolved_by_someone"
        ),
        sa.CheckConstraint("resolved_by <> person", name="resolved_by_another"),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_declarations_newest",
        "declarations",
        ["number", "person"],
        unique=True,
        schema=SCHEMA,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_index(
        "ix_declarations_waiting",
        "declarations",
        ["number"],
        schema=SCHEMA,
        postgresql_where=sa.text("superseded_at IS NULL AND answer = 'unsure' AND verdict IS NULL"),
    )


def _substitutions() -> None:
    op.create_table(
        "substitutions",
        sa.Column("substitution_id", sa.Text(), primary_key=True),
        *map(_text, ("authority", "person", "substitute")),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        _text("named_by"),
        sa.Column("named_at", MOMENT, nullable=False),
        sa.CheckConstraint("person <> substitute", name="substitute_is_another"),
        sa.CheckConstraint("first <= last", name="first_before_last"),
        schema=SCHEMA,
    )
    op.create_index("ix_substitutions_person", "substitutions", ["authority", "person", "last"], schema=SCHEMA)
    op.create_index("ix_substitutions_substitute", "substitutions", ["substitute", "last"], schema=SCHEMA)


def _officials() -> None:
    op.create_table(
        "officials",
        sa.Column("authority", sa.Text(), primary_key=True),
        sa.Column("role", sa.Text(), primary_key=True),
        sa.Column("person", sa.Text(), primary_key=True),
        schema=SCHEMA,
    )
    op.execute(
        f"INSERT INTO {SCHEMA}.officials (authority, role, person) "
        f"SELECT DISTINCT authority, 'handler', handler FROM {SCHEMA}.applications WHERE handler IS NOT NULL"
    )


def _views() -> None:
    op.create_table(
        "views",
        sa.Column("view_id", sa.Text(), primary_key=True),
        *map(_text, ("owner", "authority", "name")),
        sa.Column("filters", JSONB(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        schema=SCHEMA,
    )
    op.create_index("ix_views_owner", "views", ["owner", "authority"], schema=SCHEMA)
    op.create_index("ix_views_shared", "views", ["authority"], schema=SCHEMA, postgresql_where=sa.text("shared"))


def _search() -> None:
    op.add_column("applications", sa.Column("searched", sa.Text()), schema=SCHEMA)
    # As `domain.searching.folded` does for the letters that names here have; saving a case writes it anew.
    op.execute(
        f"UPDATE {SCHEMA}.applications SET searched = lower(translate("
        "number || ' ' || business_id || ' ' || undertaking_name || ' ' || title, "
        "'ÅÄÖÉÈÜŠŽÆØåäöéèüšžæø', 'AAOEEUSZAOaaoeeuszao'))"
    )
    op.alter_column("applications", "searched", nullable=False, schema=SCHEMA)
    op.drop_index("ix_applications_search", "applications", schema=SCHEMA)
    op.drop_index("ix_applications_due", "applications", schema=SCHEMA)
    op.create_index(
        "ix_applications_search",
        "applications",
        [sa.text("(ARRAY[authority])"), sa.text("searched gin_trgm_ops")],
        schema=SCHEMA,
        postgresql_using="gin",
    )
    op.create_index(
        "ix_applications_open",
        "applications",
        ["authority", "due_on", "number"],
        schema=SCHEMA,
        postgresql_include=["state", "handler", "region"],
        postgresql_where=sa.text(
            "state IN ('submitted', 'in_assessment', 'in_completion', 'on_opinion', 'in_hearing', 'proposed')"
        ),
    )
