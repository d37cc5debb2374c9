"""0002 a grant follows the later acts of its case: amended, suspended, closed, cancelled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCHEMA, TABLE = "payments", "grants"


def upgrade() -> None:
    # Grants that are there already have followed nothing but their award.
    op.add_column(TABLE, sa.Column("act", sa.Integer(), nullable=False, server_default="1"), schema=SCHEMA)
    op.add_column(TABLE, sa.Column("standing", sa.Text(), nullable=False, server_default="open"), schema=SCHEMA)
    op.add_column(
        TABLE, sa.Column("later_people", JSONB(), nullable=False, server_default=sa.text("'[]'")), schema=SCHEMA
    )
    for column in ("act", "standing", "later_people"):
        op.alter_column(TABLE, column, server_default=None, schema=SCHEMA)
    op.create_check_constraint(
        op.f(f"ck_{TABLE}_standing_known"),
        TABLE,
        "standing IN ('open', 'suspended', 'closed', 'cancelled')",
        schema=SCHEMA,
    )


def downgrade() -> None:
    op.drop_constraint(f"ck_{TABLE}_standing_known", TABLE, schema=SCHEMA)
    for column in ("later_people", "standing", "act"):
        op.drop_column(TABLE, column, schema=SCHEMA)
