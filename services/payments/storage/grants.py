"""Grant accounts in PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.payments import mapping
from services.payments.domain.grants import Grant
from services.payments.tables import GRANTS, Reading, update_many
from shared.errors import NotFound

_BY_NUMBER = Reading(GRANTS, "number", "number")


class PostgresGrants:
    def __init__(self, session: Session) -> None:
        self.session = session

    def open(self, grant: Grant) -> bool:
        statement = insert(GRANTS).on_conflict_do_nothing().returning(GRANTS.c.number)
        return self.session.execute(statement, mapping.grant_row(grant)).first() is not None

    def get(self, number: str, *, lock: bool = False) -> Grant:
        found = self.several([number], lock=lock)
        if number not in found:
            raise NotFound
        return found[number]

    def several(self, numbers: Collection[str], *, lock: bool = False) -> dict[str, Grant]:
        rows = _BY_NUMBER.rows(self.session, numbers, lock=lock)
        return {row["number"]: mapping.to_grant(row) for row in rows}

    def put(self, *grants: Grant) -> None:
        update_many(self.session, GRANTS, [mapping.account_row(grant) for grant in grants], "number")
