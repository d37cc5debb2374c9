"""0014 the standing of each open case is told once.

Customers makes the officials' list of the morning of facts it has heard. Of a case that was under way before it
listened it would know nothing until the next fact; so the house tells, case by case, where each stands now.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

SCHEMA = "applications"


def upgrade() -> None:
    op.execute("SET lock_timeout = '4s'")
    op.create_table(
        "standings_to_tell",
        sa.Column("number", sa.Text(), sa.ForeignKey(f"{SCHEMA}.applications.number"), primary_key=True),
        schema=SCHEMA,
    )
    op.execute(
        f"INSERT INTO {SCHEMA}.standings_to_tell SELECT number FROM {SCHEMA}.applications WHERE state IN "
        "('submitted', 'in_assessment', 'in_completion', 'on_opinion', 'in_hearing', 'proposed')"
    )


def downgrade() -> None:
    op.drop_table("standings_to_tell", schema=SCHEMA)
