"""0001 grant accounts, claims, cost lines, payment files, payments, bank answers.

The first tables of the room, and the bus's own. What money depends on is promised here as well as in
the rules: nothing over the aid, one live payment per claim, no person in two parts of one case.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from shared.storage.bus_tables import add_bus_tables
from shared.storage.columns import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = "payments"
TEXT, WHOLE, YES_NO, DAY, BYTES = sa.Text(), sa.Integer(), sa.Boolean(), sa.Date(), sa.LargeBinary()
CENTS, PERCENT, MOMENT = sa.BigInteger(), sa.Numeric(7, 4), sa.DateTime(timezone=True)
CLAIM_STATES = (
    "approved",
    "approved_in_part",
    "draft",
    "in_payment",
    "paid",
    "payment_failed",
    "proposed",
    "rejected",
    "submitted",
    "verified",
)
PAYMENT_STATES = ("accepted", "in_file", "pending", "rejected", "returned", "settled")
LIVE = ("accepted", "in_file", "pending", "settled")


def upgrade() -> None:
    bus = metadata(SCHEMA)
    add_bus_tables(bus)
    bus.create_all(op.get_bind())
    _grants()
    _claims()
    _cost_lines()
    _batches()
    _payments()
    _bank_answers()


def downgrade() -> None:
    for name in ("bank_answers", "payments", "batches", "batch_numbers", "cost_lines", "claims", "grants"):
        op.drop_table(name, schema=SCHEMA)
    bus = metadata(SCHEMA)
    add_bus_tables(bus)
    bus.drop_all(op.get_bind())


def _grants() -> None:
    op.create_table(
        "grants",
        _key("number"),
        *_columns(TEXT, "business_id undertaking_name title authority fund programme priority specific_objective"),
        *_columns(TEXT, "region language cost_model award_proposed_by award_decided_by"),
        # Compared byte by byte: the key itself carries the Finnish and Swedish order.
        *_columns(sa.Text(collation="C"), "name_key"),
        *_columns(CENTS, "aid accepted_costs approved paid"),
        *_columns(PERCENT, "aid_rate eu_share"),
        *_columns(DAY, "period_first period_last awarded_on"),
        *_columns(MOMENT, "opened_at"),
        *_columns(JSONB(), "plan accepted"),
        *_columns(WHOLE, "claims"),
        *_columns(TEXT, "final_claim", nullable=True),
        _check("grants", "never_more_than_the_aid", "0 <= paid AND paid <= approved AND approved <= aid"),
        _check("grants", "award_by_two", "award_proposed_by <> award_decided_by"),
        schema=SCHEMA,
    )
    _index("grants", "ix_grants_business_id", "business_id")
    _index("grants", "ix_grants_authority_name", "authority", "name_key")


def _claims() -> None:
    no_other_part = "decided_by NOT IN (verified_by, proposed_by, award_proposed_by, award_decided_by)"
    op.create_table(
        "claims",
        _key("claim_id"),
        _reference("claims", "number", "grants"),
        *_columns(WHOLE, "ordinal version payments"),
        *_columns(TEXT, "kind state business_id authority award_proposed_by award_decided_by saved_by changed_by"),
        *_columns(MOMENT, "saved_at changed_at"),
        *_columns(JSONB(), "typed"),
        *_columns(CENTS, "claimed"),
        *_columns(DAY, "period_first period_last due_on paid_on", nullable=True),
        *_columns(TEXT, "account digest outcome return_note", nullable=True),
        *_columns(TEXT, "submitted_by verified_by proposed_by decided_by", nullable=True),
        *_columns(MOMENT, "submitted_at verified_at proposed_at decided_at", nullable=True),
        *_columns(CENTS, "accepted accepted_costs payable", nullable=True),
        *_columns(JSONB(), "explained", nullable=True),
        sa.UniqueConstraint("number", "ordinal", name="uq_claims_number_ordinal"),
        _check("claims", "state_known", f"state IN {CLAIM_STATES}"),
        _check("claims", "kind_known", "kind IN ('final', 'interim')"),
        _check("claims", "accepted_within_claimed", "accepted <= claimed"),
        _check("claims", "payable_not_negative", "payable >= 0"),
        _check("claims", "submitted_once_no_draft", "(state = 'draft') = (submitted_at IS NULL)"),
        _check("claims", "proposer_is_not_verifier", "proposed_by <> verified_by"),
        _check("claims", "decider_had_no_other_part", no_other_part),
        schema=SCHEMA,
    )
    _index("claims", "ix_claims_authority_due", "authority", "due_on")
    _index("claims", "ix_claims_business_id", "business_id")


def _cost_lines() -> None:
    cut_has_its_reason = "accepted = claimed OR (cut_reason IS NOT NULL AND cut_note IS NOT NULL)"
    op.create_table(
        "cost_lines",
        _reference("cost_lines", "claim_id", "claims", primary_key=True),
        sa.Column("line", WHOLE, primary_key=True, nullable=False),
        *_columns(TEXT, "authority category description supplier supplier_id invoice_number"),
        *_columns(DAY, "incurred_on paid_on"),
        *_columns(CENTS, "net vat gross claimed"),
        *_columns(JSONB(), "read"),
        *_columns(TEXT, "invoice_key document_id cut_reason cut_note finding", nullable=True),
        *_columns(CENTS, "accepted", nullable=True),
        _check("cost_lines", "claimed_within_gross", "claimed > 0 AND claimed <= gross"),
        _check("cost_lines", "gross_adds_up", "net + vat = gross"),
        _check("cost_lines", "accepted_within_claimed", "accepted >= 0 AND accepted <= claimed"),
        _check("cost_lines", "cut_has_its_reason", cut_has_its_reason),
        schema=SCHEMA,
    )
    for name, column in (("invoice", "invoice_key"), ("document", "document_id")):
        known = sa.text(f"{column} IS NOT NULL")
        _index("cost_lines", f"ix_cost_lines_{name}", "authority", column, postgresql_where=known)


def _batches() -> None:
    op.create_table(
        "batch_numbers",
        sa.Column("year", WHOLE, primary_key=True, autoincrement=False, nullable=False),
        *_columns(WHOLE, "last"),
        schema=SCHEMA,
    )
    op.create_table(
        "batches",
        _key("batch_id"),
        *_columns(TEXT, "authority message_id payment_info_id state sha256 made_by"),
        *_columns(WHOLE, "payments"),
        *_columns(CENTS, "amount"),
        *_columns(DAY, "execute_on"),
        *_columns(MOMENT, "made_at"),
        *_columns(BYTES, "xml"),
        sa.UniqueConstraint("message_id", name="uq_batches_message_id"),
        sa.UniqueConstraint("payment_info_id", name="uq_batches_payment_info_id"),
        _check("batches", "amount_positive", "amount > 0"),
        _check("batches", "sha256_in_hex", "length(sha256) = 64"),
        schema=SCHEMA,
    )
    _index("batches", "ix_batches_authority_made", "authority", "made_at")


def _payments() -> None:
    op.create_table(
        "payments",
        _key("payment_id"),
        _reference("payments", "claim_id", "claims"),
        _reference("payments", "batch_id", "batches"),
        *_columns(WHOLE, "attempt"),
        *_columns(CENTS, "amount"),
        *_columns(TEXT, "account name message ordered_by decided_by state"),
        *_columns(YES_NO, "booked"),
        *_columns(TEXT, "reason bank_reference", nullable=True),
        *_columns(DAY, "settled_on", nullable=True),
        sa.UniqueConstraint("claim_id", "attempt", name="uq_payments_claim_id_attempt"),
        _check("payments", "amount_positive", "amount > 0"),
        _check("payments", "state_known", f"state IN {PAYMENT_STATES}"),
        _check("payments", "payer_is_not_decider", "ordered_by <> decided_by"),
        schema=SCHEMA,
    )
    live = sa.text(f"state IN {LIVE}")
    _index("payments", "uq_payments_one_live_per_claim", "claim_id", unique=True, postgresql_where=live)
    _index("payments", "ix_payments_batch_id", "batch_id")


def _bank_answers() -> None:
    identity = ("message_id", "account", "created", "sha256")
    op.create_table(
        "bank_answers",
        _key("answer_id"),
        *_columns(TEXT, "message message_id account created sha256 imported_by"),
        *_columns(MOMENT, "imported_at"),
        *_columns(WHOLE, "applied"),
        *_columns(JSONB(), "about"),
        *_columns(BYTES, "xml"),
        sa.UniqueConstraint(*identity, name="uq_bank_answers_message_id_account_created_sha256"),
        schema=SCHEMA,
    )


def _columns(kind: Any, names: str, *, nullable: bool = False) -> Iterator[sa.Column[Any]]:
    for name in names.split():
        yield sa.Column(name, kind, nullable=nullable)


def _key(name: str) -> sa.Column[Any]:
    return sa.Column(name, TEXT, primary_key=True, nullable=False)


def _reference(table: str, column: str, to: str, **how: Any) -> sa.Column[Any]:
    """A column with the key of another table of the room."""
    keys = {"grants": "number", "claims": "claim_id", "batches": "batch_id"}
    foreign = sa.ForeignKey(f"{SCHEMA}.{to}.{keys[to]}", name=f"fk_{table}_{column}")
    return sa.Column(column, TEXT, foreign, nullable=False, **how)


def _check(table: str, name: str, promise: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(promise, name=op.f(f"ck_{table}_{name}"))


def _index(table: str, name: str, *columns: str, **how: Any) -> None:
    op.create_index(name, table, list(columns), schema=SCHEMA, **how)
