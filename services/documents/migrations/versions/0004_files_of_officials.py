"""0004 whether an official took a file in: of a virus in it the company is not asked for a clean one.

Of files that are here already it is not known; they count as the company's.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SET lock_timeout = '4s'")
    by_official = sa.Column("by_official", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("documents", by_official, schema="documents")


def downgrade() -> None:
    op.drop_column("documents", "by_official", schema="documents")
