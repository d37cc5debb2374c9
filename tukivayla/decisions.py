"""Stored decisions computed anew from the command line, straight from the room's database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from services.applications.domain.replay import Proof, replay
from services.applications.queries import count_unreckoned, decided_numbers
from services.applications.storage import ApplicationsWork
from shared.asker import the_house
from shared.errors import NotFound
from shared.storage.database import Database
from tukivayla.rooms import database
from tukivayla.settings import Settings


def replayed(settings: Settings, numbers: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Each decision's proof, as it is told to a machine. No numbers: every decision. Raises NotFound."""
    kept = database(settings, "applications")
    for number in tuple(numbers) or _every(kept):
        yield told(number, proof_of(kept, number))


def proof_of(kept: Database, number: str) -> Proof:
    with kept.work(ApplicationsWork, the_house("replay"), read_only=True) as work:
        filed = work.reckonings.decision(number)
        if filed is None:
            raise NotFound(what="decision")
        return replay(filed, work.cases.get(number).application)


def told(number: str, proof: Proof) -> dict[str, Any]:
    filed = proof.filed
    return {
        "number": number,
        "holds": proof.holds,
        "decided_at": filed.made_at.isoformat(),
        "ruleset": filed.results.get("ruleset"),
        "aid": filed.results.get("aid"),
        "recomputed_aid": None if proof.recomputed_aid is None else str(proof.recomputed_aid),
        "digest": filed.digest,
        "recomputed_digest": proof.recomputed_digest,
        "differences": [
            {"path": one.path, "stored": one.stored, "recomputed": one.recomputed} for one in proof.differences
        ],
    }


def without_reckoning(settings: Settings) -> int:
    """How many decisions were made before inputs were stored with them."""
    with database(settings, "applications").transaction(read_only=True) as session:
        return count_unreckoned(session)


def _every(kept: Database) -> tuple[str, ...]:
    with kept.transaction(read_only=True) as session:
        return tuple(decided_numbers(session))
