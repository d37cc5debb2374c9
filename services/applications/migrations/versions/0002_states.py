"""0002 states between filing and decision, and two outcomes more.

Only checks and one partial index change: old rows hold to the new checks as they are.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SCHEMA, TABLE = "applications", "applications"
ARRIVAL = "ix_applications_arrival"

_STATES = (
    "'draft', 'awaiting_signature', 'submitted', 'in_assessment', 'in_completion', 'on_opinion', 'in_hearing', "
    "'proposed', 'approved', 'approved_in_part', 'rejected', 'not_examined', 'lapsed', 'withdrawn'"
)
_OLD_STATES = (
    "'draft', 'submitted', 'in_assessment', 'proposed', 'approved', 'approved_in_part', 'rejected', 'withdrawn'"
)
_DECIDED = "'approved', 'approved_in_part', 'rejected', 'not_examined', 'lapsed'"
_OLD_DECIDED = "'approved', 'approved_in_part', 'rejected'"
_UNFILED = "'draft', 'awaiting_signature'"


def upgrade() -> None:
    _checks(_STATES, _DECIDED, _UNFILED)


def downgrade() -> None:
    _checks(_OLD_STATES, _OLD_DECIDED, "'draft'")


def _checks(states: str, decided: str, unfiled: str) -> None:
    checks = {
        "state_known": f"state IN ({states})",
        "filed_with_receipt": (f"state IN ({unfiled}) OR num_nulls(submitted_at, submitted_by, digest, due_on) = 0"),
        "decided_on_a_proposal": (
            f"(state <> 'proposed' AND state NOT IN ({decided})) "
            "OR num_nulls(proposal, proposed_by, proposed_at, handler) = 0"
        ),
        "decided_by_someone": (
            f"(state IN ({decided})) = (num_nulls(outcome, decided_by, decided_at, appeal, aid_decided) = 0)"
        ),
    }
    for name, condition in checks.items():
        op.drop_constraint(f"ck_{TABLE}_{name}", TABLE, schema=SCHEMA)
        op.create_check_constraint(op.f(f"ck_{TABLE}_{name}"), TABLE, condition, schema=SCHEMA)
    op.drop_index(ARRIVAL, TABLE, schema=SCHEMA)
    op.create_index(
        ARRIVAL,
        TABLE,
        ["authority", sa.text("submitted_at DESC NULLS LAST"), "number"],
        schema=SCHEMA,
        postgresql_where=sa.text(f"state NOT IN ({unfiled})"),
    )
