"""0010 how the party was heard before a later act, and the conditions that a call tells of beforehand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SCHEMA = "applications"


SAID = (
    "kind, state, about, verdict, ground, year, progress, reasons, terms, changes, legal_basis, ruleset, steps, "
    "proposed_by, proposed_at, decided_by, decided_at, appeal, digest"
)


def upgrade() -> None:
    op.execute("SET lock_timeout = '4s'")
    op.add_column("acts", sa.Column("hearing", JSONB(), nullable=True), schema=SCHEMA)
    # Old code still publishes calls while this migrates, and knows no conditions.
    op.add_column(
        "calls", sa.Column("conditions", JSONB(), nullable=False, server_default=sa.text("'[]'")), schema=SCHEMA
    )
    _decided_acts_stay(f"{SAID}, hearing")


def downgrade() -> None:
    _decided_acts_stay(SAID)
    op.drop_column("calls", "conditions", schema=SCHEMA)
    op.drop_column("acts", "hearing", schema=SCHEMA)


def _decided_acts_stay(said: str) -> None:
    """What a decided act says stays as it was signed; how the party was heard is a part of it."""
    old, new = (", ".join(f"{row}.{name.strip()}" for name in said.split(",")) for row in ("OLD", "NEW"))
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION {SCHEMA}.decided_acts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.state = 'decided' AND (TG_OP = 'DELETE' OR ROW({old}) IS DISTINCT FROM ROW({new})) THEN
                RAISE EXCEPTION 'decided_acts_stay: act % of % is decided', OLD.ordinal, OLD.number
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        END $$
        """
    )
