"""The bus's tables, the same in each room's schema.

`outbox` what is to be announced; `streams` the last sequence number given per aggregate;
`inbox` every fact received, with its fate; `positions` the last sequence applied per aggregate;
`answers` the first answer to each idempotency key.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shared.storage.columns import UtcDateTime

INBOX_STATES = ("applied", "waiting", "parked", "discarded")


def add_bus_tables(metadata: MetaData) -> None:
    """Put the five tables into a room's metadata; its first migration creates them."""
    _outbox(metadata)
    _inbox(metadata)
    Table(
        "streams",
        metadata,
        Column("subject", Text, primary_key=True),
        Column("last", Integer, nullable=False),
    )
    Table(
        "positions",
        metadata,
        Column("subject", Text, primary_key=True),
        Column("last", Integer, nullable=False),
    )
    Table(
        "answers",
        metadata,
        Column("person", Text, primary_key=True),
        Column("idempotency_key", Text, primary_key=True),
        Column("operation", Text, nullable=False),
        Column("request_digest", LargeBinary, nullable=False),
        Column("answer", JSONB, nullable=False),
        Column("answered_at", UtcDateTime, nullable=False, server_default=func.now()),
    )


def _outbox(metadata: MetaData) -> None:
    table = Table(
        "outbox",
        metadata,
        Column("id", BigInteger, Identity(), primary_key=True),
        Column("message_id", Text, nullable=False, unique=True),
        Column("routing_key", Text, nullable=False),
        Column("body", JSONB, nullable=False),
        Column("created_at", UtcDateTime, nullable=False, server_default=func.now()),
        Column("sent_at", UtcDateTime),
    )
    Index("ix_outbox_unsent", table.c.id, postgresql_where=text("sent_at IS NULL"))


def _inbox(metadata: MetaData) -> None:
    states = ", ".join(f"'{state}'" for state in INBOX_STATES)
    table = Table(
        "inbox",
        metadata,
        Column("message_id", Text, primary_key=True),
        Column("type", Text, nullable=False),
        Column("version", Integer, nullable=False),
        Column("subject", Text, nullable=False),
        Column("sequence", Integer, nullable=False),
        Column("state", Text, nullable=False),
        # Kept only while the message still has to be applied: the sender's trail has every body.
        Column("body", JSONB),
        Column("reason", Text),
        Column("detail", Text),
        Column("attempts", Integer, nullable=False, server_default="0"),
        Column("received_at", UtcDateTime, nullable=False, server_default=func.now()),
        Column("due_at", UtcDateTime),
        Column("settled_at", UtcDateTime),
        CheckConstraint(f"state IN ({states})", name="state_known"),
    )
    Index("ix_inbox_due", table.c.due_at, postgresql_where=text("state = 'waiting'"))
    Index("ix_inbox_open", table.c.subject, table.c.sequence, postgresql_where=text("state <> 'applied'"))
    # Facts settle in the order of time, so a few pages of BRIN are enough to forget the old ones by.
    Index("ix_inbox_settled", table.c.settled_at, postgresql_using="brin")
