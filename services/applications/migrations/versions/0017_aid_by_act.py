"""0017 aid that a later act gave counts from the day of that act: a row for each act that gave some.

Awards that were raised before had one row, counted from the award: the acts tell of what it is made, and since when.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SCHEMA = "applications"
KEY = "pk_aid_register"
ACTS = f"""
    SELECT number, ordinal, (replace(terms ->> 'aid', '.', ''))::bigint,
        (decided_at AT TIME ZONE 'Europe/Helsinki')::date
    FROM {SCHEMA}.acts
    WHERE state = 'decided' AND number IN (SELECT number FROM {SCHEMA}.aid_register WHERE ended_on IS NULL)
    ORDER BY number, ordinal
"""
FIRST = f"UPDATE {SCHEMA}.aid_register SET amount = :amount WHERE number = :number"
LATER = f"""
    INSERT INTO {SCHEMA}.aid_register
        (number, act, business_id, undertaking_name, basis, regulation, granted_on, amount, authority, sector,
         recorded_at)
    SELECT number, :act, business_id, undertaking_name, basis, regulation, :granted_on, :amount, authority, sector,
        recorded_at
    FROM {SCHEMA}.aid_register WHERE number = :number AND act = 1
"""


def upgrade() -> None:
    op.execute("SET lock_timeout = '4s'")
    # Old code goes on granting while this migrates: it knows no acts, and what it writes is of the first.
    act = sa.Column("act", sa.Integer(), nullable=False, server_default=sa.text("1"))
    op.add_column("aid_register", act, schema=SCHEMA)
    op.drop_constraint(KEY, "aid_register", schema=SCHEMA)
    op.create_primary_key(op.f(KEY), "aid_register", ["number", "act"], schema=SCHEMA)
    for number, acts in groupby(op.get_bind().execute(sa.text(ACTS)).all(), key=itemgetter(0)):
        first, *later = _parts(acts)
        if first["act"] == 1 and later:
            op.get_bind().execute(sa.text(FIRST), first | {"number": number})
            op.get_bind().execute(sa.text(LATER), [part | {"number": number} for part in later])


def downgrade() -> None:
    """One row an award again: what is in force of it, from its first day."""
    op.execute(
        f"UPDATE {SCHEMA}.aid_register AS one SET amount = found.amount FROM "
        f"(SELECT number, min(act) AS act, sum(amount) AS amount FROM {SCHEMA}.aid_register "
        "WHERE ended_on IS NULL GROUP BY number) AS found WHERE one.number = found.number AND one.act = found.act"
    )
    op.execute(
        f"DELETE FROM {SCHEMA}.aid_register AS one USING {SCHEMA}.aid_register AS other "
        "WHERE one.number = other.number "
        "AND (one.ended_on IS NOT NULL, one.act) > (other.ended_on IS NOT NULL, other.act)"
    )
    op.drop_constraint(KEY, "aid_register", schema=SCHEMA)
    op.drop_column("aid_register", "act", schema=SCHEMA)
    op.create_primary_key(op.f(KEY), "aid_register", ["number"], schema=SCHEMA)


def _parts(acts: Iterable[Any]) -> list[dict[str, Any]]:
    """What each act gave of the aid in force. What a later one took back was what had been given last."""
    parts: list[dict[str, Any]] = []
    for _number, act, aid, day in acts:
        more = aid - sum(part["amount"] for part in parts)
        while more < 0:
            taken = min(parts[-1]["amount"], -more)
            parts[-1]["amount"] -= taken
            more += taken
            if not parts[-1]["amount"]:
                parts.pop()
        if more:
            parts.append({"act": act, "amount": more, "granted_on": day})
    return parts
