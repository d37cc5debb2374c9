"""0012 aid_decided is the sum in force: that of the last act, where one has followed the decision."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SCHEMA = "applications"
WITHIN = "ck_applications_aid_within_what_was_sought"
ABOVE_ZERO = "ck_applications_aid_never_below_zero"


def upgrade() -> None:
    op.execute("SET lock_timeout = '4s'")
    # More than was sought is possible now: an amendment is an application of its own.
    op.drop_constraint(WITHIN, "applications", schema=SCHEMA)
    op.create_check_constraint(op.f(ABOVE_ZERO), "applications", "aid_decided >= 0", schema=SCHEMA)
    _set(
        "SELECT DISTINCT ON (number) number, (replace(terms ->> 'aid', '.', ''))::bigint AS aid "
        f"FROM {SCHEMA}.acts WHERE state = 'decided' ORDER BY number, ordinal DESC"
    )


def downgrade() -> None:
    """What was decided first stands in the proposal, as it did before."""
    _set(f"SELECT number, (replace(proposal ->> 'aid', '.', ''))::bigint AS aid FROM {SCHEMA}.applications")
    op.drop_constraint(ABOVE_ZERO, "applications", schema=SCHEMA)
    op.create_check_constraint(op.f(WITHIN), "applications", "aid_decided BETWEEN 0 AND aid_sought", schema=SCHEMA)


def _set(aids: str) -> None:
    op.execute(
        f"UPDATE {SCHEMA}.applications AS one SET aid_decided = found.aid FROM ({aids}) AS found "
        "WHERE one.number = found.number AND one.aid_decided IS DISTINCT FROM found.aid "
        "AND one.aid_decided IS NOT NULL"
    )
