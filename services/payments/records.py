"""The tables. Promises that money depends on are kept here too, under names a person can search."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from services.payments.domain.claims import ClaimKind, ClaimState
from services.payments.domain.payments import LIVE, PaymentState
from shared.money import Money, Rate
from shared.storage.bus_tables import add_bus_tables
from shared.storage.columns import COLUMN_TYPES
from shared.storage.columns import metadata as room_metadata

metadata = room_metadata("payments")
add_bus_tables(metadata)


class Record(DeclarativeBase):
    metadata = metadata
    type_annotation_map = COLUMN_TYPES | {str: Text}


def _one_of(column: str, values: Any) -> str:
    return f"{column} IN ({', '.join(repr(str(value)) for value in sorted(values))})"


class GrantRecord(Record):
    """`accepted` is direct costs by category; `name_key` sorts names as Finns and Swedes do."""

    __tablename__ = "grants"
    __table_args__ = (
        CheckConstraint("0 <= paid AND paid <= approved AND approved <= aid", name="never_more_than_the_aid"),
        CheckConstraint("award_proposed_by <> award_decided_by", name="award_by_two"),
        CheckConstraint("standing IN ('open', 'suspended', 'closed', 'cancelled')", name="standing_known"),
        Index("ix_grants_business_id", "business_id"),
        Index("ix_grants_authority_name", "authority", "name_key"),
    )

    number: Mapped[str] = mapped_column(primary_key=True)
    business_id: Mapped[str]
    undertaking_name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Text(collation="C"))
    title: Mapped[str]
    authority: Mapped[str]
    fund: Mapped[str]
    programme: Mapped[str]
    priority: Mapped[str]
    specific_objective: Mapped[str]
    region: Mapped[str]
    language: Mapped[str]
    cost_model: Mapped[str]
    plan: Mapped[list[Any]]
    aid: Mapped[Money]
    aid_rate: Mapped[Rate]
    eu_share: Mapped[Rate]
    period_first: Mapped[date]
    period_last: Mapped[date]
    awarded_on: Mapped[date]
    award_proposed_by: Mapped[str]
    award_decided_by: Mapped[str]
    opened_at: Mapped[datetime]
    accepted: Mapped[dict[str, Any]]
    accepted_costs: Mapped[Money]
    approved: Mapped[Money]
    paid: Mapped[Money]
    claims: Mapped[int]
    final_claim: Mapped[str | None]
    act: Mapped[int]
    standing: Mapped[str]
    later_people: Mapped[list[Any]]


class ClaimRecord(Record):
    """`award_*` repeat the grant's, so that the database itself can hold people apart."""

    __tablename__ = "claims"
    __table_args__ = (
        UniqueConstraint("number", "ordinal"),
        CheckConstraint(_one_of("state", ClaimState), name="state_known"),
        CheckConstraint(_one_of("kind", ClaimKind), name="kind_known"),
        CheckConstraint("accepted <= claimed", name="accepted_within_claimed"),
        CheckConstraint("payable >= 0", name="payable_not_negative"),
        CheckConstraint("(state = 'draft') = (submitted_at IS NULL)", name="submitted_once_no_draft"),
        CheckConstraint("proposed_by <> verified_by", name="proposer_is_not_verifier"),
        CheckConstraint(
            "decided_by NOT IN (verified_by, proposed_by, award_proposed_by, award_decided_by)",
            name="decider_had_no_other_part",
        ),
        Index("ix_claims_authority_due", "authority", "due_on"),
        Index("ix_claims_business_id", "business_id"),
    )

    claim_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(ForeignKey("payments.grants.number"))
    ordinal: Mapped[int]
    kind: Mapped[str]
    state: Mapped[str]
    version: Mapped[int]
    business_id: Mapped[str]
    authority: Mapped[str]
    award_proposed_by: Mapped[str]
    award_decided_by: Mapped[str]
    typed: Mapped[dict[str, Any]]
    saved_by: Mapped[str]
    saved_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]
    claimed: Mapped[Money]
    period_first: Mapped[date | None]
    period_last: Mapped[date | None]
    account: Mapped[str | None]
    submitted_by: Mapped[str | None]
    submitted_at: Mapped[datetime | None]
    digest: Mapped[str | None]
    due_on: Mapped[date | None]
    verified_by: Mapped[str | None]
    verified_at: Mapped[datetime | None]
    accepted: Mapped[Money | None]
    outcome: Mapped[str | None]
    accepted_costs: Mapped[Money | None]
    payable: Mapped[Money | None]
    explained: Mapped[dict[str, Any] | None]
    proposed_by: Mapped[str | None]
    proposed_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    return_note: Mapped[str | None]
    paid_on: Mapped[date | None]
    payments: Mapped[int]


class CostLineRecord(Record):
    """`authority` and `invoice_key` find the same invoice in another claim."""

    __tablename__ = "cost_lines"
    __table_args__ = (
        CheckConstraint("claimed > 0 AND claimed <= gross", name="claimed_within_gross"),
        CheckConstraint("net + vat = gross", name="gross_adds_up"),
        CheckConstraint("accepted >= 0 AND accepted <= claimed", name="accepted_within_claimed"),
        CheckConstraint(
            "accepted = claimed OR (cut_reason IS NOT NULL AND cut_note IS NOT NULL)", name="cut_has_its_reason"
        ),
        Index("ix_cost_lines_invoice", "authority", "invoice_key", postgresql_where=text("invoice_key IS NOT NULL")),
        Index("ix_cost_lines_document", "authority", "document_id", postgresql_where=text("document_id IS NOT NULL")),
    )

    claim_id: Mapped[str] = mapped_column(ForeignKey("payments.claims.claim_id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    authority: Mapped[str]
    invoice_key: Mapped[str | None]
    category: Mapped[str]
    description: Mapped[str]
    supplier: Mapped[str]
    supplier_id: Mapped[str]
    invoice_number: Mapped[str]
    incurred_on: Mapped[date]
    paid_on: Mapped[date]
    net: Mapped[Money]
    vat: Mapped[Money]
    gross: Mapped[Money]
    claimed: Mapped[Money]
    document_id: Mapped[str | None]
    read: Mapped[dict[str, Any]]
    accepted: Mapped[Money | None]
    cut_reason: Mapped[str | None]
    cut_note: Mapped[str | None]
    finding: Mapped[str | None]


class BatchNumberRecord(Record):
    """The last batch number given in each year."""

    __tablename__ = "batch_numbers"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class BatchRecord(Record):
    __tablename__ = "batches"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("length(sha256) = 64", name="sha256_in_hex"),
        UniqueConstraint("message_id"),
        UniqueConstraint("payment_info_id"),
        Index("ix_batches_authority_made", "authority", "made_at"),
    )

    batch_id: Mapped[str] = mapped_column(primary_key=True)
    authority: Mapped[str]
    message_id: Mapped[str]
    payment_info_id: Mapped[str]
    state: Mapped[str]
    payments: Mapped[int]
    amount: Mapped[Money]
    execute_on: Mapped[date]
    sha256: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    xml: Mapped[bytes] = mapped_column(LargeBinary)


class PaymentRecord(Record):
    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint(_one_of("state", PaymentState), name="state_known"),
        CheckConstraint("ordered_by <> decided_by", name="payer_is_not_decider"),
        UniqueConstraint("claim_id", "attempt"),
        Index(
            "uq_payments_one_live_per_claim",
            "claim_id",
            unique=True,
            postgresql_where=text(_one_of("state", LIVE)),
        ),
        Index("ix_payments_batch_id", "batch_id"),
    )

    payment_id: Mapped[str] = mapped_column(primary_key=True)
    claim_id: Mapped[str] = mapped_column(ForeignKey("payments.claims.claim_id"))
    batch_id: Mapped[str] = mapped_column(ForeignKey("payments.batches.batch_id"))
    attempt: Mapped[int]
    amount: Mapped[Money]
    account: Mapped[str]
    name: Mapped[str]
    message: Mapped[str]
    ordered_by: Mapped[str]
    decided_by: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str | None]
    settled_on: Mapped[date | None]
    booked: Mapped[bool]
    bank_reference: Mapped[str | None]


class StandingRecord(Record):
    """Claims whose standing is still to be told to the other rooms: filled by a migration, emptied by the house."""

    __tablename__ = "standings_to_tell"

    claim_id: Mapped[str] = mapped_column(ForeignKey("payments.claims.claim_id"), primary_key=True)


class BankAnswerRecord(Record):
    """The bank's file as it came, and what it changed: the paper under the payment."""

    __tablename__ = "bank_answers"
    __table_args__ = (UniqueConstraint("message_id", "account", "created", "sha256"),)

    answer_id: Mapped[str] = mapped_column(primary_key=True)
    message: Mapped[str]
    message_id: Mapped[str]
    account: Mapped[str]
    created: Mapped[str]
    sha256: Mapped[str]
    imported_by: Mapped[str]
    imported_at: Mapped[datetime]
    applied: Mapped[int]
    about: Mapped[list[Any]]
    xml: Mapped[bytes] = mapped_column(LargeBinary)
