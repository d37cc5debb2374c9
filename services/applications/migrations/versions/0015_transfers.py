"""0015 transfers of cases to the competent authority, and when the promise began anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SCHEMA = "applications"


def upgrade() -> None:
    op.execute("SET lock_timeout = '4s'")
    op.add_column("applications", sa.Column("transferred_at", sa.DateTime(timezone=True)), schema=SCHEMA)
    op.create_table(
        "transfers",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("business_id", "undertaking_name", "title", "given_by", "given_to", "reason", "transferred_by")
        ),
        sa.Column("transferred_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", "ordinal", name="pk_transfers"),
        sa.ForeignKeyConstraint(["number"], [f"{SCHEMA}.applications.number"], name="fk_transfers_number"),
        sa.CheckConstraint("given_by <> given_to", name=op.f("ck_transfers_to_another_authority")),
        sa.CheckConstraint("ordinal > 0", name=op.f("ck_transfers_places_from_one")),
        schema=SCHEMA,
    )
    for side in ("given_by", "given_to"):
        op.create_index(f"ix_transfers_{side}_transferred_at", "transfers", [side, "transferred_at"], schema=SCHEMA)


def downgrade() -> None:
    op.drop_table("transfers", schema=SCHEMA)
    op.drop_column("applications", "transferred_at", schema=SCHEMA)
