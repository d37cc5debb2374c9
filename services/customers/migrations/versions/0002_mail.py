"""0002 outgoing mail and what each wants to be told."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCHEMA = "customers"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _addresses_and_wishes()
    _outgoing_mail()
    _news()
    _clocks()


def downgrade() -> None:
    for table in ("mail_mornings", "case_clocks", "mail_news", "outgoing_mail", "mail_wishes", "mail_addresses"):
        op.drop_table(table, schema=SCHEMA)


def _person(*, key: bool) -> sa.Column[str]:
    person = sa.ForeignKey(f"{SCHEMA}.people.person_id")
    return sa.Column("person_id", sa.Text(), person, primary_key=key, nullable=False)


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, MOMENT, nullable=null)


def _addresses_and_wishes() -> None:
    op.create_table("mail_addresses", _person(key=True), _text("address"), _moment("set_at"), schema=SCHEMA)
    op.create_table(
        "mail_wishes",
        _person(key=True),
        sa.Column("kind", sa.Text(), primary_key=True),
        _text("told"),
        sa.CheckConstraint("told IN ('at_once', 'daily', 'never')", name="told_known"),
        schema=SCHEMA,
    )


def _outgoing_mail() -> None:
    op.create_table(
        "outgoing_mail",
        sa.Column("mail_id", sa.Text(), primary_key=True),
        _person(key=False),
        *(_text(name) for name in ("cause", "kind", "role")),
        *(_text(name, null=True) for name in ("business_id", "authority", "about", "number")),
        *(_text(name) for name in ("address", "language", "subject", "text", "html")),
        _moment("made_at"),
        _moment("next_try_at", null=True),
        _text("state"),
        sa.Column("tries", sa.Integer(), nullable=False),
        _moment("sent_at", null=True),
        _text("why"),
        sa.UniqueConstraint("person_id", "cause"),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'failed', 'dropped')", name="state_known"),
        sa.CheckConstraint("(state = 'waiting') = (next_try_at IS NOT NULL)", name="waits_for_a_try"),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_sometime"),
        schema=SCHEMA,
    )
    waits = sa.text("state = 'waiting'")
    op.create_index("ix_outgoing_mail_due", "outgoing_mail", ["next_try_at"], schema=SCHEMA, postgresql_where=waits)
    op.create_index("ix_outgoing_mail_number", "outgoing_mail", ["number", "made_at"], schema=SCHEMA)


def _news() -> None:
    op.create_table(
        "mail_news",
        _person(key=True),
        sa.Column("cause", sa.Text(), primary_key=True),
        _text("words"),
        _text("number"),
        sa.Column("day", sa.Date()),
        _text("role"),
        _text("business_id", null=True),
        _text("authority"),
        _moment("heard_at"),
        _moment("told_at", null=True),
        schema=SCHEMA,
    )
    untold = sa.text("told_at IS NULL")
    op.create_index("ix_mail_news_untold", "mail_news", ["person_id"], schema=SCHEMA, postgresql_where=untold)


def _clocks() -> None:
    op.create_table(
        "case_clocks",
        sa.Column("subject", sa.Text(), primary_key=True),
        *(_text(name) for name in ("number", "authority", "turn")),
        _text("person", null=True),
        sa.Column("due_on", sa.Date()),
        schema=SCHEMA,
    )
    op.create_index("ix_case_clocks_authority", "case_clocks", ["authority", "turn"], schema=SCHEMA)
    op.create_table("mail_mornings", sa.Column("day", sa.Date(), primary_key=True), _moment("made_at"), schema=SCHEMA)
