"""0003 register data, roles in companies, API keys.

A mandate gets its source, so that the mandate register's word and the company's own stand side by side;
those that are there were recorded by operators.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SCHEMA = "customers"
MOMENT = sa.DateTime(timezone=True)
PERSON = "customers.people.person_id"
UNDERTAKING = "customers.undertakings.business_id"


def upgrade() -> None:
    _mandates()
    _register_answers()
    _mandate_checks()
    _disagreements()
    _invitations()
    _preferences()
    _api_keys()
    _ownership()
    _acts()


def _mandates() -> None:
    op.add_column("mandates", sa.Column("source", sa.Text(), nullable=False, server_default="operator"), schema=SCHEMA)
    op.add_column("mandates", sa.Column("until", MOMENT), schema=SCHEMA)
    op.alter_column("mandates", "source", server_default=None, schema=SCHEMA)
    op.execute("ALTER TABLE customers.mandates DROP CONSTRAINT pk_mandates")
    op.execute("ALTER TABLE customers.mandates ADD CONSTRAINT pk_mandates PRIMARY KEY (person_id, business_id, source)")
    op.create_index("ix_mandates_business_id", "mandates", ["business_id"], schema=SCHEMA)


def _register_answers() -> None:
    op.create_table(
        "register_answers",
        sa.Column("business_id", sa.Text(), primary_key=True),
        sa.Column("fetched_at", MOMENT, primary_key=True),
        sa.Column("digest", sa.Text(), nullable=False),
        # The register's own words, letter by letter: a digest of rearranged JSON would prove nothing.
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("facts", JSONB(), nullable=False),
        schema=SCHEMA,
    )


def _mandate_checks() -> None:
    op.create_table(
        "mandate_checks",
        sa.Column("check_id", sa.Text(), primary_key=True),
        sa.Column("person_id", sa.Text(), sa.ForeignKey(PERSON), nullable=False),
        sa.Column("register_session", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("returning", sa.Text(), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.Column("organisations", JSONB(), nullable=False),
        sa.Column("business_ids", ARRAY(sa.Text()), nullable=False),
        sa.CheckConstraint("state IN ('begun', 'granted', 'not_proved', 'failed')", name="state_known"),
        sa.CheckConstraint("(state = 'begun') = (finished_at IS NULL)", name="finished_when_over"),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_mandate_checks_business_ids", "mandate_checks", ["business_ids"], schema=SCHEMA, postgresql_using="gin"
    )


def _disagreements() -> None:
    op.create_table(
        "disagreements",
        sa.Column("disagreement_id", sa.Text(), primary_key=True),
        sa.Column("business_id", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("registered", sa.Text(), nullable=False),
        sa.Column("should_be", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.Column("outcome", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("settled_by", sa.Text()),
        sa.Column("settled_at", MOMENT),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(settled_at IS NULL) = (outcome IS NULL)", name="settled_with_outcome"),
        sa.CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="settled_by_someone"),
        sa.CheckConstraint("settled_at IS NULL OR reason <> ''", name="settled_with_reason"),
        schema=SCHEMA,
    )
    op.create_index("ix_disagreements_business_id", "disagreements", ["business_id"], schema=SCHEMA)


def _invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("invitation_id", sa.Text(), primary_key=True),
        sa.Column("business_id", sa.Text(), sa.ForeignKey(UNDERTAKING), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        # Of the request that made it: a double click makes one invitation though its code is told once.
        sa.Column("made_with", sa.Text(), nullable=False),
        sa.Column("invited_by", sa.Text(), nullable=False),
        sa.Column("invited_at", MOMENT, nullable=False),
        sa.Column("accepted_by", sa.Text()),
        sa.Column("accepted_at", MOMENT),
        sa.Column("withdrawn_at", MOMENT),
        sa.UniqueConstraint("digest"),
        sa.UniqueConstraint("invited_by", "made_with"),
        sa.CheckConstraint("role IN ('signatory', 'editor', 'reader')", name="role_known"),
        sa.CheckConstraint("(accepted_at IS NULL) = (accepted_by IS NULL)", name="accepted_by_someone"),
        schema=SCHEMA,
    )
    op.create_index("ix_invitations_business_id", "invitations", ["business_id"], schema=SCHEMA)


def _preferences() -> None:
    op.create_table(
        "company_preferences",
        sa.Column("business_id", sa.Text(), sa.ForeignKey(UNDERTAKING), primary_key=True),
        sa.Column("second_signature", sa.Boolean(), nullable=False),
        sa.Column("responsible", sa.Text(), sa.ForeignKey(PERSON)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        schema=SCHEMA,
    )


def _api_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("key_id", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("business_id", sa.Text(), sa.ForeignKey(UNDERTAKING), nullable=False),
        sa.Column("person_id", sa.Text(), sa.ForeignKey(PERSON), nullable=False),
        sa.Column("rights", ARRAY(sa.Text()), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("made_with", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("revoked_at", MOMENT),
        sa.Column("revoked_by", sa.Text()),
        sa.Column("last_used_at", MOMENT),
        sa.UniqueConstraint("created_by", "made_with"),
        sa.CheckConstraint("(revoked_at IS NULL) = (revoked_by IS NULL)", name="revoked_by_someone"),
        sa.CheckConstraint("cardinality(rights) > 0", name="allows_something"),
        schema=SCHEMA,
    )
    op.create_index("ix_api_keys_business_id", "api_keys", ["business_id"], schema=SCHEMA)


def _ownership() -> None:
    op.create_table(
        "ownership_links",
        sa.Column("link_id", sa.Text(), primary_key=True),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("owned", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("share", sa.Numeric(7, 4)),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.UniqueConstraint("owner", "owned", "kind", "since"),
        sa.CheckConstraint("owner <> owned", name="of_another"),
        sa.CheckConstraint("until IS NULL OR since <= until", name="days_in_order"),
        schema=SCHEMA,
    )
    op.create_index("ix_ownership_links_owned", "ownership_links", ["owned"], schema=SCHEMA)


def _acts() -> None:
    op.create_table(
        "company_acts",
        sa.Column("act_id", sa.Text(), primary_key=True),
        sa.Column("business_id", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_company_acts_business_id_at",
        "company_acts",
        ["business_id", sa.text("at DESC"), "act_id"],
        schema=SCHEMA,
    )
