"""0006 assessments, reckonings, aid registered per undertaking, and what binds each envelope.

Awards made before get their entry in the envelope they bound, so that every euro of it is explained. They get no
row in the aid register: their calls said nothing of State aid.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SCHEMA = "applications"
MOMENT = sa.DateTime(timezone=True)
TABLES = ("movements", "aid_register", "ownership_links", "reckonings", "assessments")


def upgrade() -> None:
    op.add_column("calls", sa.Column("selection", JSONB()), schema=SCHEMA)
    _assessments()
    _reckonings()
    _ownership_links()
    _aid_register()
    _movements()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table, schema=SCHEMA)
    op.drop_column("calls", "selection", schema=SCHEMA)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _case(table: str, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(
        "number",
        sa.Text(),
        sa.ForeignKey(f"{SCHEMA}.applications.number", name=f"fk_{table}_number"),
        nullable=False,
        primary_key=key,
    )


def _running(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), sa.Identity(always=True), primary_key=True)


def _assessments() -> None:
    op.create_table(
        "assessments",
        _case("assessments", key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", JSONB(), nullable=False),
        _text("saved_by"),
        sa.Column("saved_at", MOMENT, nullable=False),
        schema=SCHEMA,
    )


def _reckonings() -> None:
    op.create_table(
        "reckonings",
        _running("reckoning_id"),
        _case("reckonings"),
        _text("kind"),
        sa.Column("case_version", sa.Integer(), nullable=False),
        sa.Column("inputs", JSONB(), nullable=False),
        sa.Column("results", JSONB(), nullable=False),
        _text("digest"),
        _text("made_by"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.CheckConstraint("kind IN ('proposal', 'decision')", name="kind_known"),
        schema=SCHEMA,
    )
    op.create_index("ix_reckonings_number", "reckonings", ["number"], schema=SCHEMA)
    op.create_index(
        "uq_reckonings_decision",
        "reckonings",
        ["number"],
        unique=True,
        schema=SCHEMA,
        postgresql_where=sa.text("kind = 'decision'"),
    )


def _ownership_links() -> None:
    op.create_table(
        "ownership_links",
        sa.Column("link_id", sa.Text(), primary_key=True),
        _text("owner"),
        _text("owned"),
        _text("kind"),
        sa.Column("share", sa.Numeric(7, 4)),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        _text("source"),
        schema=SCHEMA,
    )
    op.create_index("ix_ownership_links_owner", "ownership_links", ["owner"], schema=SCHEMA)
    op.create_index("ix_ownership_links_owned", "ownership_links", ["owned"], schema=SCHEMA)


def _aid_register() -> None:
    op.create_table(
        "aid_register",
        _case("aid_register", key=True),
        _text("business_id"),
        _text("undertaking_name"),
        _text("basis"),
        _text("regulation"),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        _text("authority"),
        _text("sector"),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.CheckConstraint("amount >= 0", name="never_below_zero"),
        schema=SCHEMA,
    )
    op.create_index("ix_aid_register_of_undertaking", "aid_register", ["business_id", "granted_on"], schema=SCHEMA)


def _movements() -> None:
    op.create_table(
        "movements",
        _running("movement_id"),
        _text("authority"),
        _text("fund"),
        _text("priority"),
        sa.Column("budget_year", sa.Integer(), nullable=False),
        _case("movements"),
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        _text("why"),
        sa.Column("at", MOMENT, nullable=False),
        _text("by"),
        sa.CheckConstraint("amount <> 0", name="moves_something"),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_movements_of_envelope", "movements", ["authority", "fund", "priority", "budget_year"], schema=SCHEMA
    )
    op.create_index("ix_movements_number", "movements", ["number"], schema=SCHEMA)
    op.execute(
        f"""
        INSERT INTO {SCHEMA}.movements (authority, fund, priority, budget_year, number, act, amount, why, at, by)
        SELECT call.authority, call.fund, call.priority, call.budget_year,
            one.number, 1, one.aid_decided, 'award', one.decided_at, one.decided_by
        FROM {SCHEMA}.applications AS one JOIN {SCHEMA}.calls AS call USING (call_id)
        WHERE one.aid_decided > 0
        ORDER BY one.decided_at, one.number
        """
    )
