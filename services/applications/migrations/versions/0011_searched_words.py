"""0011 the words of what is searched, kept by triggers.

A mistyped search finds what it meant among some thousands of words instead of a hundred thousand texts. Triggers
keep them, so that whatever writes a case keeps its words too. What `searched` begins with, the number and the
business id, is no word.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SCHEMA = "applications"
UNFILED = "('draft', 'awaiting_signature')"


def upgrade() -> None:
    op.execute("SET lock_timeout = '4s'")
    op.create_table(
        "searched_words",
        sa.Column("authority", sa.Text(), primary_key=True),
        sa.Column("word", sa.Text(), primary_key=True),
        schema=SCHEMA,
    )
    op.execute(_words_of(f"{SCHEMA}.applications"))
    op.create_index(
        "ix_searched_words_alike",
        "searched_words",
        [sa.text("(ARRAY[authority])"), sa.text("word gin_trgm_ops")],
        schema=SCHEMA,
        postgresql_using="gin",
    )
    _function("keep_searched_words", _words_of("filed"))
    _function(
        "keep_searched_words_of_row",
        _words_of("(SELECT NEW.authority AS authority, NEW.state AS state, NEW.searched AS searched)"),
    )
    op.execute(
        f"CREATE TRIGGER keep_searched_words AFTER INSERT ON {SCHEMA}.applications "
        f"REFERENCING NEW TABLE AS filed FOR EACH STATEMENT EXECUTE FUNCTION {SCHEMA}.keep_searched_words()"
    )
    op.execute(
        f"CREATE TRIGGER keep_searched_words_of_row AFTER UPDATE ON {SCHEMA}.applications FOR EACH ROW "
        f"WHEN (NEW.state NOT IN {UNFILED} AND (NEW.searched <> OLD.searched OR OLD.state IN {UNFILED})) "
        f"EXECUTE FUNCTION {SCHEMA}.keep_searched_words_of_row()"
    )


def downgrade() -> None:
    for name in ("keep_searched_words", "keep_searched_words_of_row"):
        op.execute(f"DROP TRIGGER {name} ON {SCHEMA}.applications")
        op.execute(f"DROP FUNCTION {SCHEMA}.{name}()")
    op.drop_table("searched_words", schema=SCHEMA)


def _words_of(rows: str) -> str:
    """In the order of the words, so that two who bring the same new ones wait for each other and never in a ring."""
    return (
        f"INSERT INTO {SCHEMA}.searched_words (authority, word) "
        f"SELECT DISTINCT filed.authority, told.word FROM {rows} AS filed, "
        "unnest((string_to_array(filed.searched, ' '))[3:]) AS told (word) "
        f"WHERE filed.state NOT IN {UNFILED} AND told.word <> '' "
        "ORDER BY filed.authority, told.word ON CONFLICT DO NOTHING"
    )


def _function(name: str, statement: str) -> None:
    op.execute(
        f"CREATE FUNCTION {SCHEMA}.{name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {statement}; RETURN NULL; END $$"
    )
