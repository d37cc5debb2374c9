"""0007 what follows a decision: acts, reviews, amendments, and what payments has told of the claims."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SCHEMA = "applications"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _decided_cases()
    _acts()
    _reviews()
    _amendments()
    _heard_claims()
    _decided_acts_stay()


def downgrade() -> None:
    op.execute(f"DROP TRIGGER IF EXISTS decided_acts_stay ON {SCHEMA}.acts")
    op.execute(f"DROP FUNCTION IF EXISTS {SCHEMA}.decided_acts_stay()")
    for table in ("heard_claims", "amendments", "reviews", "acts", "decided_cases"):
        op.drop_table(table, schema=SCHEMA)


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _day(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, MOMENT, nullable=null)


def _count(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _document(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, JSONB(), nullable=null)


def _of_case(table: str, *, primary: bool = True) -> sa.Column[str]:
    return sa.Column(
        "number",
        sa.Text(),
        sa.ForeignKey(f"{SCHEMA}.decided_cases.number", name=f"fk_{table}_number"),
        primary_key=primary,
        nullable=False,
    )


def _ordinal() -> sa.Column[int]:
    return sa.Column("ordinal", sa.Integer(), primary_key=True, autoincrement=False)


def _decided_cases() -> None:
    op.create_table(
        "decided_cases",
        sa.Column(
            "number",
            sa.Text(),
            sa.ForeignKey(f"{SCHEMA}.applications.number", name="fk_decided_cases_number"),
            primary_key=True,
        ),
        _count("version"),
        _text("business_id"),
        _text("authority"),
        _text("channel"),
        _text("standing"),
        _text("changed_by"),
        _moment("changed_at"),
        sa.CheckConstraint("channel IN ('electronic', 'letter')", name="channel_known"),
        sa.CheckConstraint("standing IN ('open', 'suspended', 'closed', 'cancelled')", name="standing_known"),
        schema=SCHEMA,
    )


def _acts() -> None:
    op.create_table(
        "acts",
        _of_case("acts"),
        _ordinal(),
        _text("kind"),
        _text("state"),
        _count("about", null=True),
        _text("verdict"),
        _text("ground"),
        _count("year", null=True),
        _text("progress"),
        _text("reasons"),
        _document("terms"),
        _document("changes"),
        _document("legal_basis"),
        _text("ruleset"),
        _document("steps"),
        _text("proposed_by"),
        _moment("proposed_at"),
        _text("decided_by", null=True),
        _moment("decided_at", null=True),
        _text("return_note", null=True),
        _document("appeal", null=True),
        _text("digest", null=True),
        _count("corrected_by", null=True),
        _document("services"),
        _day("final_from", null=True),
        _day("became_final_on", null=True),
        sa.CheckConstraint("state IN ('proposed', 'returned', 'decided')", name="state_known"),
        sa.CheckConstraint(
            "(state = 'decided') = (num_nulls(decided_by, decided_at, appeal, digest) = 0)", name="decided_by_someone"
        ),
        sa.CheckConstraint("decided_by IS NULL OR decided_by <> proposed_by", name="decided_by_another"),
        schema=SCHEMA,
    )
    _index("acts_one_proposal", "acts", "number", where="state = 'proposed'", unique=True)
    _index("acts_final_from", "acts", "final_from", where="became_final_on IS NULL AND state = 'decided'")


def _decided_acts_stay() -> None:
    """What a decided act says stays as it was signed; only its marks change: sent, corrected, final."""
    said = "kind, state, about, verdict, ground, year, progress, reasons, terms, changes, legal_basis, ruleset, steps, "
    said += "proposed_by, proposed_at, decided_by, decided_at, appeal, digest"
    old, new = (", ".join(f"{row}.{name.strip()}" for name in said.split(",")) for row in ("OLD", "NEW"))
    op.execute(
        f"""
        CREATE FUNCTION {SCHEMA}.decided_acts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.state = 'decided' AND (TG_OP = 'DELETE' OR ROW({old}) IS DISTINCT FROM ROW({new})) THEN
                RAISE EXCEPTION 'decided_acts_stay: act % of % is decided', OLD.ordinal, OLD.number
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        END $$
        """
    )
    op.execute(
        f"CREATE TRIGGER decided_acts_stay BEFORE UPDATE OR DELETE ON {SCHEMA}.acts "
        f"FOR EACH ROW EXECUTE FUNCTION {SCHEMA}.decided_acts_stay()"
    )


def _reviews() -> None:
    op.create_table(
        "reviews",
        _of_case("reviews"),
        _ordinal(),
        _count("act"),
        _text("kind"),
        _text("state"),
        _text("by"),
        _moment("arrived_at"),
        _text("recorded_by"),
        _day("last_day", null=True),
        sa.Column("in_time", sa.Boolean(), nullable=False),
        _text("demand"),
        _text("grounds"),
        _text("result", null=True),
        _count("decided_by_act", null=True),
        _day("ruled_on", null=True),
        _text("ruling_number", null=True),
        sa.CheckConstraint("kind IN ('review', 'appeal')", name="kind_known"),
        sa.CheckConstraint("(state = 'decided') = (result IS NOT NULL)", name="decided_with_result"),
        sa.CheckConstraint("result IS NULL OR num_nulls(decided_by_act, ruled_on) = 1", name="by_act_or_court"),
        schema=SCHEMA,
    )
    _index("reviews_pending", "reviews", "number", where="state = 'pending'")


def _amendments() -> None:
    op.create_table(
        "amendments",
        _of_case("amendments"),
        _ordinal(),
        _text("state"),
        _document("wished"),
        _day("change_on"),
        _text("grounds"),
        _text("filed_by"),
        _moment("filed_at"),
        _text("digest"),
        _count("decided_by_act", null=True),
        sa.CheckConstraint("state IN ('filed', 'withdrawn', 'decided')", name="state_known"),
        sa.CheckConstraint("(state = 'decided') = (decided_by_act IS NOT NULL)", name="decided_by_an_act"),
        schema=SCHEMA,
    )
    _index("amendments_one_open", "amendments", "number", where="state = 'filed'", unique=True)


def _heard_claims() -> None:
    op.create_table(
        "heard_claims",
        sa.Column("claim_id", sa.Text(), primary_key=True),
        _of_case("heard_claims", primary=False),
        sa.Column("is_final", sa.Boolean(), nullable=False),
        sa.Column("payable", sa.BigInteger()),
        _day("decided_on", null=True),
        _text("payment_id", null=True),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        _day("settled_on", null=True),
        sa.CheckConstraint("paid >= 0", name="paid_not_negative"),
        schema=SCHEMA,
    )
    op.create_index("ix_heard_claims_number", "heard_claims", ["number"], schema=SCHEMA)


def _index(name: str, table: str, column: str, *, where: str, unique: bool = False) -> None:
    op.create_index(f"ix_{name}", table, [column], schema=SCHEMA, unique=unique, postgresql_where=sa.text(where))
