"""0005 requests to the party and messages."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SCHEMA = "applications"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _requests()
    _messages()
    _message_drafts()
    _reminders()


def downgrade() -> None:
    for table in ("reminders", "message_drafts", "messages", "requests"):
        op.drop_table(table, schema=SCHEMA)


def _case(table: str) -> sa.Column[str]:
    to = sa.ForeignKey(f"{SCHEMA}.applications.number", name=f"fk_{table}_number")
    return sa.Column("number", sa.Text(), to, primary_key=True)


def _place(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), primary_key=True, autoincrement=False)


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, MOMENT, nullable=null)


def _json(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, JSONB(), nullable=null)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _requests() -> None:
    op.create_table(
        "requests",
        _case("requests"),
        _place("place"),
        _text("kind"),
        _text("state"),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("asked"),
        _text("asked_by"),
        _moment("asked_at"),
        _text("language"),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_first", sa.Date(), nullable=False),
        _json("keys"),
        _json("attachment_kinds"),
        _json("facts"),
        _json("document_ids"),
        _text("giver"),
        _text("giver_name"),
        _text("reply"),
        _json("answers"),
        _json("attachments"),
        _text("saved_by", null=True),
        _moment("saved_at", null=True),
        _text("answered_by", null=True),
        _moment("answered_at", null=True),
        _flag("took_effect"),
        _json("more_time", null=True),
        _json("before", null=True),
        _json("after", null=True),
        _json("opinion", null=True),
        sa.CheckConstraint("kind IN ('completion', 'hearing', 'opinion')", name="kind_known"),
        sa.CheckConstraint("state IN ('open', 'answered', 'expired', 'closed')", name="state_known"),
        sa.CheckConstraint("place > 0", name="places_from_one"),
        sa.CheckConstraint("due_first <= due_on", name="never_sooner_than_first_said"),
        sa.CheckConstraint(
            "(state = 'answered') = (num_nulls(answered_by, answered_at) = 0)", name="answered_by_someone"
        ),
        sa.CheckConstraint("(before IS NULL) = (after IS NULL)", name="before_and_after"),
        schema=SCHEMA,
    )
    is_open = sa.text("state = 'open'")
    op.create_index(
        "ix_requests_one_open", "requests", ["number"], unique=True, schema=SCHEMA, postgresql_where=is_open
    )
    op.create_index("ix_requests_due", "requests", ["due_on"], schema=SCHEMA, postgresql_where=is_open)


def _messages() -> None:
    op.create_table(
        "messages",
        _case("messages"),
        _place("message_no"),
        _text("side"),
        _text("sent_by"),
        _moment("sent_at"),
        _text("text"),
        _json("attachments"),
        _flag("internal"),
        _flag("public"),
        _text("read_by", null=True),
        _moment("read_at", null=True),
        sa.CheckConstraint("side IN ('company', 'authority')", name="side_known"),
        sa.CheckConstraint("side = 'authority' OR NOT (internal OR public)", name="notes_are_officials"),
        sa.CheckConstraint("(read_at IS NULL) = (read_by IS NULL)", name="read_by_someone"),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_messages_unread",
        "messages",
        ["number", "side"],
        schema=SCHEMA,
        postgresql_where=sa.text("read_at IS NULL AND NOT internal"),
    )


def _message_drafts() -> None:
    op.create_table(
        "message_drafts",
        _case("message_drafts"),
        sa.Column("person", sa.Text(), primary_key=True),
        _text("text"),
        _json("attachments"),
        _moment("saved_at"),
        schema=SCHEMA,
    )


def _reminders() -> None:
    op.create_table(
        "reminders",
        _case("reminders"),
        _place("place"),
        sa.Column("last_day", sa.Date(), primary_key=True),
        _place("days"),
        _moment("told_at"),
        schema=SCHEMA,
    )
