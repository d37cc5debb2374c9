"""Tables of companies: what registers said, who acts for whom, keys, disagreements, ownership."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, desc, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.customers.records.core import PersonRecord, Record, UndertakingRecord
from shared.money import Rate


class RegisterAnswerRecord(Record):
    """Every answer of the business register as it came, with its digest: what was known on which day."""

    __tablename__ = "register_answers"

    business_id: Mapped[str] = mapped_column(primary_key=True)
    fetched_at: Mapped[datetime] = mapped_column(primary_key=True)
    digest: Mapped[str]
    raw: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)


class MandateCheckRecord(Record):
    __tablename__ = "mandate_checks"
    __table_args__ = (
        CheckConstraint("state IN ('begun', 'granted', 'not_proved', 'failed')", name="state_known"),
        CheckConstraint("(state = 'begun') = (finished_at IS NULL)", name="finished_when_over"),
        Index("ix_mandate_checks_business_ids", "business_ids", postgresql_using="gin"),
    )

    check_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey(PersonRecord.person_id))
    register_session: Mapped[str]
    request_id: Mapped[str]
    returning: Mapped[str]
    begun_at: Mapped[datetime]
    state: Mapped[str]
    why: Mapped[str]
    finished_at: Mapped[datetime | None]
    organisations: Mapped[list[Any]] = mapped_column(JSONB)
    business_ids: Mapped[list[str]] = mapped_column(ARRAY(Text))


class DisagreementRecord(Record):
    __tablename__ = "disagreements"
    __table_args__ = (
        CheckConstraint("(settled_at IS NULL) = (outcome IS NULL)", name="settled_with_outcome"),
        CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="settled_by_someone"),
        CheckConstraint("settled_at IS NULL OR reason <> ''", name="settled_with_reason"),
        Index("ix_disagreements_business_id", "business_id"),
    )

    disagreement_id: Mapped[str] = mapped_column(primary_key=True)
    business_id: Mapped[str]
    about: Mapped[str]
    registered: Mapped[str]
    should_be: Mapped[str]
    note: Mapped[str]
    reported_by: Mapped[str]
    reported_at: Mapped[datetime]
    outcome: Mapped[str | None]
    reason: Mapped[str | None]
    settled_by: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    version: Mapped[int]


class InvitationRecord(Record):
    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("digest"),
        UniqueConstraint("invited_by", "made_with"),
        CheckConstraint("role IN ('signatory', 'editor', 'reader')", name="role_known"),
        CheckConstraint("(accepted_at IS NULL) = (accepted_by IS NULL)", name="accepted_by_someone"),
        Index("ix_invitations_business_id", "business_id"),
    )

    invitation_id: Mapped[str] = mapped_column(primary_key=True)
    business_id: Mapped[str] = mapped_column(ForeignKey(UndertakingRecord.business_id))
    name: Mapped[str]
    role: Mapped[str]
    digest: Mapped[str]
    made_with: Mapped[str]
    invited_by: Mapped[str]
    invited_at: Mapped[datetime]
    accepted_by: Mapped[str | None]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class CompanyPreferencesRecord(Record):
    __tablename__ = "company_preferences"

    business_id: Mapped[str] = mapped_column(ForeignKey(UndertakingRecord.business_id), primary_key=True)
    second_signature: Mapped[bool]
    responsible: Mapped[str | None] = mapped_column(ForeignKey(PersonRecord.person_id))
    version: Mapped[int]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]


class ReleaseRecord(Record):
    """A request that one signature be enough again; a company has one at most that nobody has settled."""

    __tablename__ = "second_signature_releases"
    __table_args__ = (
        CheckConstraint("outcome IN ('confirmed', 'declined', 'withdrawn', 'lapsed')", name="outcome_known"),
        CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name="settled_with_outcome"),
        CheckConstraint("outcome <> 'confirmed' OR settled_by <> asked_by", name="confirmed_by_another"),
        CheckConstraint("outcome = 'lapsed' OR (outcome IS NULL) = (settled_by IS NULL)", name="settled_by_someone"),
        Index(
            "uq_second_signature_releases_unsettled",
            "business_id",
            unique=True,
            postgresql_where=text("outcome IS NULL"),
        ),
    )

    release_id: Mapped[str] = mapped_column(primary_key=True)
    business_id: Mapped[str] = mapped_column(ForeignKey(UndertakingRecord.business_id))
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    outcome: Mapped[str | None]
    settled_by: Mapped[str | None]
    settled_at: Mapped[datetime | None]


class ApiKeyRecord(Record):
    __tablename__ = "api_keys"
    __table_args__ = (
        UniqueConstraint("created_by", "made_with"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_by IS NULL)", name="revoked_by_someone"),
        CheckConstraint("cardinality(rights) > 0", name="allows_something"),
        Index("ix_api_keys_business_id", "business_id"),
    )

    key_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    business_id: Mapped[str] = mapped_column(ForeignKey(UndertakingRecord.business_id))
    person_id: Mapped[str] = mapped_column(ForeignKey(PersonRecord.person_id))
    rights: Mapped[list[str]] = mapped_column(ARRAY(Text))
    digest: Mapped[str]
    made_with: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    expires_on: Mapped[date]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]
    last_used_at: Mapped[datetime | None]


class OwnershipRecord(Record):
    """No foreign key to undertakings: an owner need not be a customer of ours."""

    __tablename__ = "ownership_links"
    __table_args__ = (
        UniqueConstraint("owner", "owned", "kind", "since"),
        CheckConstraint("owner <> owned", name="of_another"),
        CheckConstraint("until IS NULL OR since <= until", name="days_in_order"),
        Index("ix_ownership_links_owned", "owned"),
    )

    link_id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    owned: Mapped[str]
    kind: Mapped[str]
    share: Mapped[Rate | None]
    since: Mapped[date]
    until: Mapped[date | None]
    source: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class CompanyActRecord(Record):
    """Who did what for a company; `via` the API key, "" for the person's own hand."""

    __tablename__ = "company_acts"
    __table_args__ = (Index("ix_company_acts_business_id_at", "business_id", desc("at"), "act_id"),)

    act_id: Mapped[str] = mapped_column(primary_key=True)
    business_id: Mapped[str]
    at: Mapped[datetime]
    person_id: Mapped[str]
    what: Mapped[str]
    subject: Mapped[str]
    via: Mapped[str]
