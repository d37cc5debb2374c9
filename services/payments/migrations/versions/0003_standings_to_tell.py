"""0003 the standing of each claim on its way is told once, for the officials' list of the morning.

Customers makes it of facts it has heard; of a claim that was under way before it listened it would know nothing
until the next fact.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SCHEMA = "payments"


def upgrade() -> None:
    op.execute("SET lock_timeout = '4s'")
    op.create_table(
        "standings_to_tell",
        sa.Column("claim_id", sa.Text(), sa.ForeignKey(f"{SCHEMA}.claims.claim_id"), primary_key=True),
        schema=SCHEMA,
    )
    op.execute(
        f"INSERT INTO {SCHEMA}.standings_to_tell SELECT claim_id FROM {SCHEMA}.claims WHERE state IN "
        "('submitted', 'verified', 'proposed', 'approved', 'approved_in_part')"
    )


def downgrade() -> None:
    op.drop_table("standings_to_tell", schema=SCHEMA)
