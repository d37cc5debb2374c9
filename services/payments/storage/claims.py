"""Claims and their cost lines in PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, insert, text, update
from sqlalchemy.orm import Session

from services.payments import mapping
from services.payments.domain.claims import UNDECIDED, Claim
from services.payments.domain.cost_lines import CostLine
from services.payments.domain.grants import Grant
from services.payments.tables import CLAIMS, LINES, Reading, update_many
from shared.errors import NotFound

# A line is claimed elsewhere when another has the same invoice, or the same document in another claim, and
# that other one was either filed before or has been accepted already. A line cut to nothing may come again.
_ELSEWHERE = text(
    """
    SELECT mine.line
    FROM payments.cost_lines mine JOIN payments.claims here ON here.claim_id = mine.claim_id
    WHERE mine.claim_id = :claim_id AND (
        EXISTS (
            SELECT FROM payments.cost_lines other JOIN payments.claims there ON there.claim_id = other.claim_id
            WHERE other.authority = mine.authority AND other.invoice_key = mine.invoice_key
              AND (other.claim_id, other.line) <> (mine.claim_id, mine.line)
              AND (other.accepted > 0 AND other.claim_id <> mine.claim_id
                   OR coalesce(other.accepted, 1) > 0
                      AND (there.submitted_at, other.claim_id, other.line)
                          < (here.submitted_at, mine.claim_id, mine.line)))
        OR EXISTS (
            SELECT FROM payments.cost_lines other JOIN payments.claims there ON there.claim_id = other.claim_id
            WHERE other.authority = mine.authority AND other.document_id = mine.document_id
              AND other.claim_id <> mine.claim_id
              AND (other.accepted > 0
                   OR other.accepted IS NULL
                      AND (there.submitted_at, other.claim_id) < (here.submitted_at, mine.claim_id))))
    """
)

_BY_CLAIM = Reading(CLAIMS, "claim_id", "claim_id")
_OF_GRANT = Reading(CLAIMS, "number", "claim_id")
_LINES_OF = Reading(LINES, "claim_id", "line")
_NEXT_VERSION = update(CLAIMS).where(
    CLAIMS.c.claim_id == bindparam("the_claim"), CLAIMS.c.version == bindparam("the_version")
)


class PostgresClaims:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, claim: Claim, grant: Grant) -> None:
        people = {"award_proposed_by": grant.award_proposed_by, "award_decided_by": grant.award_decided_by}
        self.session.execute(insert(CLAIMS), {**mapping.claim_row(claim), **people, "typed": dict(claim.typed)})

    def get(self, claim_id: str, *, lock: bool = False) -> Claim:
        found = self.several([claim_id], lock=lock)
        if claim_id not in found:
            raise NotFound
        return found[claim_id]

    def several(self, claim_ids: Collection[str], *, lock: bool = False) -> dict[str, Claim]:
        rows = _BY_CLAIM.rows(self.session, claim_ids, lock=lock)
        return {row["claim_id"]: mapping.to_claim(row) for row in rows}

    def undecided(self, number: str) -> Sequence[Claim]:
        rows = _OF_GRANT.rows(self.session, [number], lock=True)
        return [claim for claim in map(mapping.to_claim, rows) if claim.state in UNDECIDED]

    def draft(self, claim: Claim) -> None:
        self._update(claim, {**mapping.claim_row(claim), "typed": dict(claim.typed)})

    def put(self, *claims: Claim) -> None:
        if len(claims) == 1:
            self._update(claims[0], mapping.claim_row(claims[0]))
        else:
            update_many(self.session, CLAIMS, [_progress(claim) for claim in claims], "claim_id")

    def _update(self, claim: Claim, row: dict[str, Any]) -> None:
        one = {"the_claim": claim.claim_id, "the_version": claim.version - 1}
        changed = self.session.execute(_NEXT_VERSION, {**row, **one})
        if changed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE counts its rows
            raise LostUpdate(claim.claim_id)


class LostUpdate(RuntimeError):
    """A claim was written over a version that the writer had not locked: a mistake in the code, not the asker's."""


def _progress(claim: Claim) -> dict[str, Any]:
    """What paying many claims at once changes in each."""
    return {
        "claim_id": claim.claim_id,
        "state": claim.state.value,
        "version": claim.version,
        "changed_by": claim.changed.by,
        "changed_at": claim.changed.at.isoformat(),
        "paid_on": claim.paid_on.isoformat() if claim.paid_on else None,
        "payments": claim.payments,
    }


class PostgresLines:
    def __init__(self, session: Session) -> None:
        self.session = session

    def file(self, claim: Claim, lines: Sequence[CostLine]) -> None:
        self.session.execute(insert(LINES), [mapping.line_row(claim, line) for line in lines])

    def of(self, claim_id: str) -> tuple[CostLine, ...]:
        return tuple(mapping.to_line(row) for row in _LINES_OF.rows(self.session, [claim_id]))

    def verify(self, claim_id: str, lines: Iterable[CostLine]) -> None:
        rows = [{"claim_id": claim_id, **mapping.verdict_row(line)} for line in lines]
        update_many(self.session, LINES, rows, "line", " AND old.claim_id = new.claim_id")

    def claimed_elsewhere(self, claim_id: str) -> frozenset[int]:
        return frozenset(self.session.execute(_ELSEWHERE, {"claim_id": claim_id}).scalars())
