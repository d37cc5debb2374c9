"""0016 a case brings its words to the authority that it is transferred to.

A search asks first whether any case of the authority has the word: of a transferred one nobody had told. The words
are gathered once more after the trigger is in its place, so that a case filed while 0011 ran has its own too.
"""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

SCHEMA = "applications"
UNFILED = "('draft', 'awaiting_signature')"
BROUGHT = f"NEW.searched <> OLD.searched OR OLD.state IN {UNFILED}"


def upgrade() -> None:
    op.execute("SET lock_timeout = '4s'")
    _keep_when(f"{BROUGHT} OR NEW.authority <> OLD.authority")
    op.execute(
        f"INSERT INTO {SCHEMA}.searched_words (authority, word) "
        f"SELECT DISTINCT filed.authority, told.word FROM {SCHEMA}.applications AS filed, "
        "unnest((string_to_array(filed.searched, ' '))[3:]) AS told (word) "
        f"WHERE filed.state NOT IN {UNFILED} AND told.word <> '' "
        "ORDER BY filed.authority, told.word ON CONFLICT DO NOTHING"
    )


def downgrade() -> None:
    """The words stay: one that no case has leads a search to nothing."""
    _keep_when(BROUGHT)


def _keep_when(brought: str) -> None:
    name = "keep_searched_words_of_row"
    op.execute(
        f"CREATE OR REPLACE TRIGGER {name} AFTER UPDATE ON {SCHEMA}.applications FOR EACH ROW "
        f"WHEN (NEW.state NOT IN {UNFILED} AND ({brought})) EXECUTE FUNCTION {SCHEMA}.{name}()"
    )
