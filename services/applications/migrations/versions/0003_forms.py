"""0003 calls' own forms, versions of drafts, sign-off, arrival of what came on paper.

A call without a form of its own has the standard form; an application from before has no versions until it is
saved again, and the first new one then keeps what was there.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SCHEMA = "applications"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("calls", sa.Column("form", JSONB()), schema=SCHEMA)
    op.add_column("applications", sa.Column("arrival", JSONB()), schema=SCHEMA)
    op.create_table(
        "application_versions",
        sa.Column("number", sa.Text(), _application("application_versions"), primary_key=True),
        sa.Column("place", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("changes", JSONB(), nullable=False),
        sa.CheckConstraint("deed IN ('draft', 'copied', 'filed', 'completed')", name="deed_known"),
        sa.CheckConstraint("since <= at", name="begins_before_it_ends"),
        sa.CheckConstraint("place > 0", name="places_from_one"),
        schema=SCHEMA,
    )
    op.create_table(
        "draftings",
        sa.Column("number", sa.Text(), _application("draftings"), primary_key=True),
        sa.Column("copied_from", sa.Text()),
        sa.Column("left_out", JSONB(), nullable=False),
        sa.Column("registered", JSONB(), nullable=False),
        sa.Column("demanded_by", sa.Text()),
        sa.Column("demanded_at", MOMENT),
        sa.Column("asked_by", sa.Text()),
        sa.Column("asked_at", MOMENT),
        sa.Column("ask_note", sa.Text(), nullable=False),
        sa.Column("returned_by", sa.Text()),
        sa.Column("returned_at", MOMENT),
        sa.Column("return_note", sa.Text(), nullable=False),
        *(
            sa.CheckConstraint(f"({who}_by IS NULL) = ({who}_at IS NULL)", name=f"{who}_by_someone")
            for who in ("demanded", "asked", "returned")
        ),
        schema=SCHEMA,
    )
    op.create_table(
        "company_preferences",
        sa.Column("business_id", sa.Text(), primary_key=True),
        sa.Column("second_signature", sa.Boolean(), nullable=False),
        schema=SCHEMA,
    )


def downgrade() -> None:
    op.drop_table("company_preferences", schema=SCHEMA)
    op.drop_table("draftings", schema=SCHEMA)
    op.drop_table("application_versions", schema=SCHEMA)
    op.drop_column("applications", "arrival", schema=SCHEMA)
    op.drop_column("calls", "form", schema=SCHEMA)


def _application(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{SCHEMA}.applications.number", name=f"fk_{table}_number")
