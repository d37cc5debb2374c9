"""A decision computed anew from what was stored with it, and compared to the cent and to the last character.

A proof needs all of it: the seal still fits what is stored, the rules give the same results from the stored
inputs, and the decision in the case is the one that was computed.

The rules are those of then: the rule set that the decision names, each rule in the very version that is written
beside what it said. A version that nobody has is a difference of its own, and nothing is computed with another.

How a source is written may be bettered afterwards, so its wording is sealed but not compared; the rule, its version,
every figure and every verdict are both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from services.applications.domain.applications import Application
from services.applications.domain.decided_cases import DecidedCase
from services.applications.domain.filed_reckonings import FiledReckoning
from services.applications.domain.reckoning import reckon
from services.applications.domain.reckoning_documents import digest_of, inputs_from
from services.applications.domain.rulesets import Ruleset, ruleset_named
from shared.errors import DomainError
from shared.money import Money
from shared.rules.versions import NoSuchVersion

MOST_DIFFERENCES = 100
WORDING = frozenset({"source"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`path` is dotted, from inputs, results, digest or decision; "" where there is nothing."""

    path: str
    stored: str
    recomputed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """`holds` when nothing differs. `recomputed_aid` None when the stored inputs could not be computed with."""

    filed: FiledReckoning
    recomputed_aid: Money | None
    recomputed_digest: str
    rules: int
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        return not self.differences


def replay(filed: FiledReckoning, application: Application | None = None) -> Proof:
    """Never fails: what cannot be computed is a difference too. `application` is the case that was decided."""
    seal = digest_of(filed.inputs, filed.results)
    differences = [] if seal == filed.digest else [Difference(path="digest", stored=filed.digest, recomputed=seal)]
    try:
        reckoned = reckon(inputs_from(filed.inputs), by=ruleset_of(filed.results))
    except NoSuchVersion as error:
        rule, known = error.facts["rule"], error.facts["known"]
        unknown = Difference(path=f"rules.{rule}", stored=error.facts["version"], recomputed=f"known: {known}")
        return _proof(filed, None, "", 0, [*differences, unknown])
    except (DomainError, KeyError, ValueError, TypeError, AttributeError) as error:
        differences.append(Difference(path="inputs", stored="", recomputed=f"{type(error).__name__}: {error}"[:500]))
        return _proof(filed, None, "", 0, differences)
    results = reckoned.to_json()
    differences += _compared("results", filed.results, results)
    if application:
        differences += _compared("decision", _decided(application), _computed(filed, results))
    return _proof(filed, reckoned.aid, digest_of(filed.inputs, results), len(reckoned.rules), differences)


def as_first_decided(application: Application, kept: DecidedCase | None) -> Application:
    """The case as it was decided first. Of one that a later act has turned, act 1 tells it: the file shows the later.

    Elsewhere the file is what is proved, so that meddling with it is found.
    """
    proposal, decision = application.proposal, application.decision
    if kept is None or not kept.was_turned or proposal is None or decision is None:
        return application
    first = kept.acts[0]
    return replace(
        application,
        proposal=replace(
            proposal, aid=first.terms.aid, eligible_costs=first.terms.eligible_costs, ruleset=first.ruleset
        ),
        decision=replace(
            decision,
            outcome=first.terms.outcome,
            decided_by=first.decided_by or "",
            decided_at=first.decided_at or decision.decided_at,
        ),
    )


def ruleset_of(results: Mapping[str, Any]) -> Ruleset:
    """The rule set that the results name, with the versions that they tell of themselves.

    Raises NoSuchVersion for a rule set or a version that has never been, and for a rule that is told in two.
    """
    named = ruleset_named(results["ruleset"])
    versions = dict(named.rules)
    told: dict[str, str] = {}
    for finding in (*results["findings"], *(one for gate in results["gates"] for one in gate["findings"])):
        rule, version = finding["rule"], finding["version"]
        if told.setdefault(rule, version) != version:
            raise NoSuchVersion(rule=rule, version=f"{told[rule]}, {version}", known=versions.get(rule, ""))
        versions[rule] = version
    return replace(named, rules=versions)


def _proof(filed: FiledReckoning, aid: Money | None, digest: str, rules: int, differences: list[Difference]) -> Proof:
    return Proof(
        filed=filed,
        recomputed_aid=aid,
        recomputed_digest=digest,
        rules=rules,
        differences=tuple(differences[:MOST_DIFFERENCES]),
    )


def _decided(application: Application) -> dict[str, Any]:
    proposal, decision = application.proposal, application.decision
    return {
        "number": application.number,
        "business_id": application.business_id,
        "outcome": decision.outcome if decision else "",
        "aid": str(proposal.aid) if proposal else "",
        "eligible_costs": str(proposal.eligible_costs) if proposal else "",
        "decided_by": decision.decided_by if decision else "",
        "decided_at": decision.decided_at.isoformat() if decision else "",
        "ruleset": proposal.ruleset if proposal else "",
    }


def _computed(filed: FiledReckoning, results: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "number": filed.inputs["number"],
        "business_id": filed.inputs["business_id"],
        "outcome": filed.inputs["outcome"],
        "aid": results["aid"],
        "eligible_costs": results["eligible_costs"],
        "decided_by": filed.made_by,
        "decided_at": filed.made_at.isoformat(),
        "ruleset": results["ruleset"],
    }


def _compared(path: str, stored: Any, recomputed: Any) -> Iterator[Difference]:
    if isinstance(stored, Mapping) and isinstance(recomputed, Mapping):
        for key in sorted({*stored, *recomputed} - WORDING):
            yield from _compared(f"{path}.{key}", stored.get(key), recomputed.get(key))
    elif isinstance(stored, list | tuple) and isinstance(recomputed, list | tuple):
        for at in range(max(len(stored), len(recomputed))):
            before = stored[at] if at < len(stored) else None
            after = recomputed[at] if at < len(recomputed) else None
            yield from _compared(f"{path}.{at}", before, after)
    elif stored != recomputed:
        yield Difference(path=path, stored=_shown(stored), recomputed=_shown(recomputed))


def _shown(value: Any) -> str:
    return "" if value is None else str(value)[:2000]
