"""What the rules said: a finding of one rule with what went in, and a gate that has to hold before aid is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from shared.explained import Step
from shared.rules.rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule's answer. `inputs` and `result` are texts, so that they are kept and compared as they were told."""

    rule: str
    version: str
    source: str
    result: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "version": self.version,
            "source": self.source,
            "result": self.result,
            "inputs": dict(self.inputs),
            "steps": steps_to_json(self.steps),
        }


def found(rule: Rule, result: object, steps: Iterable[Step], /, **inputs: object) -> Finding:
    told = {name: str(value) for name, value in inputs.items() if value not in (None, "")}
    return Finding(
        rule=rule.name,
        version=rule.version,
        source=rule.source,
        result=str(result),
        inputs=told,
        steps=tuple(steps),
    )


class Status(StrEnum):
    """`open`: something has to be found out first. `overridden`: proposed in spite of it, with a reason."""

    PASSED = "passed"
    FAILED = "failed"
    OPEN = "open"
    NOT_APPLIED = "not_applied"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a gate rests on. `kind`: a register's own answer, a recorded owner, or typed by an official.

    `told_at`: the moment of the answer, the first day of the link, or the day that was typed. `digest` finds a
    register's answer about `business_id`; `reference` names a link.
    """

    kind: str
    source: str
    told_at: str
    business_id: str = ""
    digest: str = ""
    reference: str = ""

    def to_json(self) -> dict[str, str]:
        return {
            "kind": self.kind,
            "source": self.source,
            "told_at": self.told_at,
            "business_id": self.business_id,
            "digest": self.digest,
            "reference": self.reference,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """`why` is a stable code that `facts` fill; `overridable` where the law leaves discretion."""

    code: str
    status: Status
    why: str
    facts: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    overridable: bool = False
    override: str = ""
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def holds(self) -> bool:
        return self.status in (Status.PASSED, Status.NOT_APPLIED, Status.OVERRIDDEN)

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "status": self.status.value,
            "why": self.why,
            "facts": dict(self.facts),
            "source": self.source,
            "overridable": self.overridable,
            "override": self.override,
            "findings": [finding.to_json() for finding in self.findings],
            # Documents of before evidence was kept know no such thing, and are computed anew as they were.
            **({"evidence": [one.to_json() for one in self.evidence]} if self.evidence else {}),
        }


def passed(code: str, why: str, source: str = "", /, *findings: Finding, **facts: str) -> Gate:
    return Gate(code=code, status=Status.PASSED, why=why, source=source, facts=facts, findings=findings)


def not_applied(code: str, why: str = "not_asked") -> Gate:
    return Gate(code=code, status=Status.NOT_APPLIED, why=why)


def to_be_found_out(code: str, why: str, source: str = "", /, **facts: str) -> Gate:
    return Gate(code=code, status=Status.OPEN, why=why, source=source, facts=facts)


def failed(code: str, why: str, source: str = "", /, *findings: Finding, **facts: str) -> Gate:
    return Gate(
        code=code,
        status=Status.FAILED,
        why=why,
        source=source,
        facts=facts,
        findings=findings,
    )


def at_discretion(gate: Gate) -> Gate:
    """A gate over which an official may go with a reason."""
    return replace(gate, overridable=True)


def steps_to_json(steps: Iterable[Step]) -> list[dict[str, Any]]:
    return [
        {
            "sign": step.sign,
            "what": step.what,
            "amount": None if step.amount is None else str(step.amount),
            "source": step.source,
            "facts": dict(step.facts),
        }
        for step in steps
    ]
