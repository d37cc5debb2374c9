"""0013 what the business register told last of an applicant, and why an act that waited was returned by itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

SCHEMA = "applications"


def upgrade() -> None:
    op.execute("SET lock_timeout = '4s'")
    op.create_table(
        "register_facts",
        sa.Column("business_id", sa.Text(), nullable=False),
        sa.Column("situations", JSONB(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("vat_liable", sa.Boolean(), nullable=False),
        sa.Column("business_line", sa.Text(), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("business_id", name="pk_register_facts"),
        schema=SCHEMA,
    )
    # Old code still proposes acts while this migrates, and knows no reason.
    op.add_column("acts", sa.Column("fell", sa.Text(), nullable=False, server_default=""), schema=SCHEMA)


def downgrade() -> None:
    op.drop_column("acts", "fell", schema=SCHEMA)
    op.drop_table("register_facts", schema=SCHEMA)
