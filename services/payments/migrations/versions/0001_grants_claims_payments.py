"""0001 grant accounts, claims, cost lines, payment files, payments, bank answers.

The first tables of the room, and the bus's own. What money depends on is promised here as well as in
the rules: nothing over the aid, one live payment per claim, no person in two parts of one case.
"""

from __future__ import annotations

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


def upgrade() -> None:
    bus = metadata(SCHEMA)
    add_bus_tables(bus)
    bus.create_all(op.get_bind())
    _grants()
    _claims()
    _cost_lines()
    _batch_numbers()
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
        sa.Column("number", sa.Text(), primary_key=True, nullable=False),
        sa.Column("business_id", sa.Text(), nullable=False),
        sa.Column("undertaking_name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(collation="C"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("fund", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("specific_objective", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("cost_model", sa.Text(), nullable=False),
        sa.Column("plan", JSONB(), nullable=False),
        sa.Column("aid", sa.BigInteger(), nullable=False),
        sa.Column("aid_rate", sa.Numeric(7, 4), nullable=False),
        sa.Column("eu_share", sa.Numeric(7, 4), nullable=False),
        sa.Column("period_first", sa.Date(), nullable=False),
        sa.Column("period_last", sa.Date(), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=False),
        sa.Column("award_proposed_by", sa.Text(), nullable=False),
        sa.Column("award_decided_by", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted", JSONB(), nullable=False),
        sa.Column("accepted_costs", sa.BigInteger(), nullable=False),
        sa.Column("approved", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("final_claim", sa.Text(), nullable=True),
        sa.CheckConstraint("award_proposed_by <> award_decided_by", name=op.f("ck_grants_award_by_two")),
        sa.CheckConstraint(
            "0 <= paid AND paid <= approved AND approved <= aid", name=op.f("ck_grants_never_more_than_the_aid")
        ),
        schema=SCHEMA,
    )
    op.create_index("ix_grants_authority_name", "grants", ["authority", "name_key"], schema=SCHEMA)
    op.create_index("ix_grants_business_id", "grants", ["business_id"], schema=SCHEMA)


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("claim_id", sa.Text(), primary_key=True, nullable=False),
        sa.Column(
            "number", sa.Text(), sa.ForeignKey("payments.grants.number", name="fk_claims_number"), nullable=False
        ),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("business_id", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("award_proposed_by", sa.Text(), nullable=False),
        sa.Column("award_decided_by", sa.Text(), nullable=False),
        sa.Column("typed", JSONB(), nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed", sa.BigInteger(), nullable=False),
        sa.Column("period_first", sa.Date(), nullable=True),
        sa.Column("period_last", sa.Date(), nullable=True),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("submitted_by", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.Text(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("accepted_costs", sa.BigInteger(), nullable=True),
        sa.Column("payable", sa.BigInteger(), nullable=True),
        sa.Column("explained", JSONB(), nullable=True),
        sa.Column("proposed_by", sa.Text(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_note", sa.Text(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.CheckConstraint("accepted <= claimed", name=op.f("ck_claims_accepted_within_claimed")),
        sa.CheckConstraint(
            "decided_by NOT IN (verified_by, proposed_by, award_proposed_by, award_decided_by)",
            name=op.f("ck_claims_decider_had_no_other_part"),
        ),
        sa.CheckConstraint("kind IN ('final', 'interim')", name=op.f("ck_claims_kind_known")),
        sa.CheckConstraint("payable >= 0", name=op.f("ck_claims_payable_not_negative")),
        sa.CheckConstraint("proposed_by <> verified_by", name=op.f("ck_claims_proposer_is_not_verifier")),
        sa.CheckConstraint(f"state IN {CLAIM_STATES}", name=op.f("ck_claims_state_known")),
        sa.CheckConstraint(
            "(state = 'draft') = (submitted_at IS NULL)", name=op.f("ck_claims_submitted_once_no_draft")
        ),
        sa.UniqueConstraint("number", "ordinal", name="uq_claims_number_ordinal"),
        schema=SCHEMA,
    )
    op.create_index("ix_claims_authority_due", "claims", ["authority", "due_on"], schema=SCHEMA)
    op.create_index("ix_claims_business_id", "claims", ["business_id"], schema=SCHEMA)


def _cost_lines() -> None:
    op.create_table(
        "cost_lines",
        sa.Column(
            "claim_id",
            sa.Text(),
            sa.ForeignKey("payments.claims.claim_id", name="fk_cost_lines_claim_id"),
            primary_key=True,
            nullable=False,
        ),
        sa.Column("line", sa.Integer(), primary_key=True, nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("invoice_key", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("supplier", sa.Text(), nullable=False),
        sa.Column("supplier_id", sa.Text(), nullable=False),
        sa.Column("invoice_number", sa.Text(), nullable=False),
        sa.Column("incurred_on", sa.Date(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("claimed", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=True),
        sa.Column("read", JSONB(), nullable=False),
        sa.Column("accepted", sa.BigInteger(), nullable=True),
        sa.Column("cut_reason", sa.Text(), nullable=True),
        sa.Column("cut_note", sa.Text(), nullable=True),
        sa.Column("finding", sa.Text(), nullable=True),
        sa.CheckConstraint("accepted >= 0 AND accepted <= claimed", name=op.f("ck_cost_lines_accepted_within_claimed")),
        sa.CheckConstraint("claimed > 0 AND claimed <= gross", name=op.f("ck_cost_lines_claimed_within_gross")),
        sa.CheckConstraint(
            "accepted = claimed OR (cut_reason IS NOT NULL AND cut_note IS NOT NULL)",
            name=op.f("ck_cost_lines_cut_has_its_reason"),
        ),
        sa.CheckConstraint("net + vat = gross", name=op.f("ck_cost_lines_gross_adds_up")),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_cost_lines_document",
        "cost_lines",
        ["authority", "document_id"],
        schema=SCHEMA,
        postgresql_where=sa.text("document_id IS NOT NULL"),
    )
    op.create_index(
        "ix_cost_lines_invoice",
        "cost_lines",
        ["authority", "invoice_key"],
        schema=SCHEMA,
        postgresql_where=sa.text("invoice_key IS NOT NULL"),
    )


def _batch_numbers() -> None:
    op.create_table(
        "batch_numbers",
        sa.Column("year", sa.Integer(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        schema=SCHEMA,
    )


def _batches() -> None:
    op.create_table(
        "batches",
        sa.Column("batch_id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("payment_info_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("payments", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("execute_on", sa.Date(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("xml", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_batches_amount_positive")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_batches_sha256_in_hex")),
        sa.UniqueConstraint("message_id", name="uq_batches_message_id"),
        sa.UniqueConstraint("payment_info_id", name="uq_batches_payment_info_id"),
        schema=SCHEMA,
    )
    op.create_index("ix_batches_authority_made", "batches", ["authority", "made_at"], schema=SCHEMA)


def _payments() -> None:
    op.create_table(
        "payments",
        sa.Column("payment_id", sa.Text(), primary_key=True, nullable=False),
        sa.Column(
            "claim_id",
            sa.Text(),
            sa.ForeignKey("payments.claims.claim_id", name="fk_payments_claim_id"),
            nullable=False,
        ),
        sa.Column(
            "batch_id",
            sa.Text(),
            sa.ForeignKey("payments.batches.batch_id", name="fk_payments_batch_id"),
            nullable=False,
        ),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("ordered_by", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("booked", sa.Boolean(), nullable=False),
        sa.Column("bank_reference", sa.Text(), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payments_amount_positive")),
        sa.CheckConstraint("ordered_by <> decided_by", name=op.f("ck_payments_payer_is_not_decider")),
        sa.CheckConstraint(
            "state IN ('accepted', 'in_file', 'pending', 'rejected', 'returned', 'settled')",
            name=op.f("ck_payments_state_known"),
        ),
        sa.UniqueConstraint("claim_id", "attempt", name="uq_payments_claim_id_attempt"),
        schema=SCHEMA,
    )
    op.create_index("ix_payments_batch_id", "payments", ["batch_id"], schema=SCHEMA)
    op.create_index(
        "uq_payments_one_live_per_claim",
        "payments",
        ["claim_id"],
        schema=SCHEMA,
        unique=True,
        postgresql_where=sa.text("state IN ('accepted', 'in_file', 'pending', 'settled')"),
    )


def _bank_answers() -> None:
    op.create_table(
        "bank_answers",
        sa.Column("answer_id", sa.Text(), primary_key=True, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied", sa.Integer(), nullable=False),
        sa.Column("about", JSONB(), nullable=False),
        sa.Column("xml", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint(
            "message_id", "account", "created", "sha256", name="uq_bank_answers_message_id_account_created_sha256"
        ),
        schema=SCHEMA,
    )
