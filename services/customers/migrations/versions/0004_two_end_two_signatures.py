"""0004 requests that one signature be enough again: asked by one signatory, confirmed by another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCHEMA = "customers"
TABLE = "second_signature_releases"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("release_id", sa.Text(), primary_key=True),
        sa.Column("business_id", sa.Text(), sa.ForeignKey("customers.undertakings.business_id"), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("outcome", sa.Text()),
        sa.Column("settled_by", sa.Text()),
        sa.Column("settled_at", MOMENT),
        sa.CheckConstraint("outcome IN ('confirmed', 'declined', 'withdrawn', 'lapsed')", name="outcome_known"),
        sa.CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name="settled_with_outcome"),
        # The database keeps it too: nobody confirms their own request.
        sa.CheckConstraint("outcome <> 'confirmed' OR settled_by <> asked_by", name="confirmed_by_another"),
        sa.CheckConstraint("outcome = 'lapsed' OR (outcome IS NULL) = (settled_by IS NULL)", name="settled_by_someone"),
        schema=SCHEMA,
    )
    op.create_index(
        "uq_second_signature_releases_unsettled",
        TABLE,
        ["business_id"],
        unique=True,
        schema=SCHEMA,
        postgresql_where=sa.text("outcome IS NULL"),
    )
