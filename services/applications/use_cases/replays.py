"""A stored decision computed anew and proved."""

from __future__ import annotations

from services.applications.domain.filed_reckonings import FiledReckoning
from services.applications.domain.replay import Proof, as_first_decided, replay
from services.applications.ports import Work
from services.applications.screens import Screen
from services.applications.use_cases.access import case_for
from shared.errors import NotFound
from shared.money import Money


def replay_decision(work: Work, number: str) -> Screen:
    """Raises NotFound when the case has no decision that was computed with stored inputs."""
    case = case_for(work, number)
    filed = work.reckonings.decision(number)
    if filed is None:
        raise NotFound(what="decision")
    return proof_screen(replay(filed, as_first_decided(case.application, work.decided_cases.find(number))))


def proof_screen(proof: Proof) -> Screen:
    filed: FiledReckoning = proof.filed
    return {
        "number": filed.number,
        "holds": proof.holds,
        "decided_at": filed.made_at,
        "decided_by": filed.made_by,
        "ruleset": filed.results.get("ruleset", ""),
        "aid": Money.eur(filed.results["aid"]),
        "recomputed_aid": proof.recomputed_aid,
        "digest": filed.digest,
        "recomputed_digest": proof.recomputed_digest,
        "rules": proof.rules,
        "differences": proof.differences,
    }
