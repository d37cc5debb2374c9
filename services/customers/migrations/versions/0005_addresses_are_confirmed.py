"""0005 new addresses that wait to be confirmed. Those that are in use already stay so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail_address_changes",
        sa.Column("person_id", sa.Text(), sa.ForeignKey("customers.people.person_id"), primary_key=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        schema="customers",
    )
