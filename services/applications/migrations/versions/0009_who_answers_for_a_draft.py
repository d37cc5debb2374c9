"""0009 who answers for a draft within the company: whoever began it, until a colleague takes it over.

Drafts that are there get the person who wrote their first version. An application that was filed already gets
nobody, and neither does what came on paper.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SCHEMA = "applications"


def upgrade() -> None:
    op.execute("SET lock_timeout = '4s'")
    op.add_column("draftings", sa.Column("responsible", sa.Text()), schema=SCHEMA)
    op.add_column("draftings", sa.Column("responsible_since", sa.DateTime(timezone=True)), schema=SCHEMA)
    op.add_column("draftings", sa.Column("left_by", sa.Text()), schema=SCHEMA)
    op.execute(
        """
        INSERT INTO applications.draftings AS d
            (number, left_out, registered, ask_note, return_note, responsible, responsible_since)
        SELECT a.number, '[]', '{}', '', '', coalesce(v.by, a.changed_by), a.started_at
        FROM applications.applications a
        LEFT JOIN applications.application_versions v ON v.number = a.number AND v.place = 1
        WHERE a.state IN ('draft', 'awaiting_signature') AND a.arrival IS NULL
        ON CONFLICT (number) DO UPDATE
            SET responsible = excluded.responsible, responsible_since = excluded.responsible_since
        """
    )
    op.create_check_constraint(
        "ck_draftings_left_by_who_is_gone", "draftings", "responsible IS NULL OR left_by IS NULL", schema=SCHEMA
    )
    op.create_check_constraint(
        "ck_draftings_responsible_since_some_time",
        "draftings",
        "responsible IS NULL OR responsible_since IS NOT NULL",
        schema=SCHEMA,
    )


def downgrade() -> None:
    op.drop_column("draftings", "responsible", schema=SCHEMA)
    op.drop_column("draftings", "responsible_since", schema=SCHEMA)
    op.drop_column("draftings", "left_by", schema=SCHEMA)
