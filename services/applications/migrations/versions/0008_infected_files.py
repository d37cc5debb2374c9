"""0008 files in which the documents room found a virus: an application with one of them is not filed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SCHEMA = "applications"


def upgrade() -> None:
    op.create_table(
        "infected_files",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_infected_files"),
        schema=SCHEMA,
    )


def downgrade() -> None:
    op.drop_table("infected_files", schema=SCHEMA)
