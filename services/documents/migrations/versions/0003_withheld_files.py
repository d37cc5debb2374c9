"""0003 files of officials that go with a message: shown to the company when the message has been sent.

Every file that is here is shown already. Old code goes on storing while this migrates: it names no such column.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SCHEMA = "documents"


def upgrade() -> None:
    op.execute("SET lock_timeout = '4s'")
    withheld = sa.Column("withheld", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("documents", withheld, schema=SCHEMA)


def downgrade() -> None:
    op.drop_column("documents", "withheld", schema=SCHEMA)
