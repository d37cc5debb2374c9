"""One rule asked: inputs read by its schema, the rule itself, and what it said as JSON."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from marshmallow import Schema, ValidationError

from shared.calculations.json_schema import json_schema
from shared.errors import Fault, InvalidFields, Missing
from shared.explained import Step
from shared.messaging.faults import invalid_fields
from shared.messaging.schemas import schema_of
from shared.money import Money, Rate
from shared.rules.rule import Rule, plain
from shared.rules.versions import NoSuchVersion


class NoSuchRule(Missing):
    """`rule` is not known; `near` names those that look like it."""

    code = "no_such_rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """A rule with the schema of its inputs. `works_out` gives a frozen dataclass with `steps`.

    `day` is the input that says which day's law is asked about; None where the rule looks at several.
    """

    rule: Rule
    takes: type[Schema]
    works_out: Callable[..., Any]
    day: str | None = "on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """`result`: figures and verdicts by name, as JSON."""

    rule: Rule
    result: Mapping[str, Any]
    steps: tuple[Step, ...]

    def to_wire(self) -> dict[str, Any]:
        """The fields of `shared.contracts.calculating.Calculated`."""
        return self._named() | {"result": dict(self.result), "steps": list(self.steps)}

    def to_json(self) -> dict[str, Any]:
        return self._named() | {"result": dict(self.result), "steps": [as_json(step) for step in self.steps]}

    def _named(self) -> dict[str, Any]:
        return {"rule": self.rule.name, "version": self.rule.version, "source": self.rule.source}


def ask(calculation: Calculation, inputs: Mapping[str, Any]) -> Answered:
    """What the rule says. Raises InvalidFields, with a fault for each input that is wrong."""
    try:
        read = schema_of(calculation.takes).load(inputs)
    except ValidationError as error:
        raise InvalidFields(faults=_with_known_names(calculation, invalid_fields(error).faults)) from error
    _must_know_the_day(calculation, read)
    said = calculation.works_out(**read)
    told = [field.name for field in dataclasses.fields(said) if not field.metadata.get("told_in_steps")]
    named = {name: getattr(said, name) for name in told if name != "steps"}
    return Answered(rule=calculation.rule, result=as_json(named), steps=said.steps)


def _with_known_names(calculation: Calculation, faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """An input that the rule does not take is told with those it does."""
    known = {"known": ", ".join(schema_of(calculation.takes).fields)}
    return tuple(
        Fault(fault.path, "unknown_input", known) if fault.rule == "unknown" and "." not in fault.path else fault
        for fault in faults
    )


def calculation_named(name: str, calculations: Iterable[Calculation], version: str | None = None) -> Calculation:
    """De-minimis is de_minimis, in its newest version or the one that is named.

    Raises NoSuchRule, which names the ones that look like it, and NoSuchVersion.
    """
    known: dict[str, list[Calculation]] = {}
    for calculation in calculations:
        known.setdefault(calculation.rule.name, []).append(calculation)
    wanted = name.strip().casefold().replace("-", "_")
    if wanted not in known:
        raise NoSuchRule(rule=name, near=", ".join(difflib.get_close_matches(wanted, known, n=3, cutoff=0.4)))
    every = known[wanted]
    if version is None:
        return every[-1]
    for calculation in every:
        if calculation.rule.version == version:
            return calculation
    versions = ", ".join(calculation.rule.version for calculation in every)
    raise NoSuchVersion(rule=wanted, version=version, known=versions)


def newest(calculations: Iterable[Calculation]) -> tuple[Calculation, ...]:
    """Each rule once, as it is asked today, by name. Of a rule's versions the oldest comes first."""
    by_name = {calculation.rule.name: calculation for calculation in calculations}
    return tuple(by_name[name] for name in sorted(by_name))


def card(calculation: Calculation, every_version: Iterable[Calculation]) -> dict[str, Any]:
    """The fields of `shared.contracts.calculating.RuleCard`; `every_version` of every rule of the room."""
    rule = calculation.rule
    return {
        "rule": rule.name,
        "version": rule.version,
        "versions": [one.rule.version for one in every_version if one.rule.name == rule.name],
        "titles": dict(rule.titles),
        "source": rule.source,
        "valid_from": rule.since,
        "valid_until": rule.until,
        "inputs": json_schema(calculation.takes),
    }


def as_json(value: Any) -> Any:
    """Amounts as "1234.50", percentages and numbers as plain text, days as 2026-11-25; names stay."""
    if isinstance(value, Money | Rate):
        return str(value)
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(name): as_json(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_json(inner) for inner in value]
    return value


def _must_know_the_day(calculation: Calculation, read: Mapping[str, Any]) -> None:
    rule = calculation.rule
    asked = read.get(calculation.day) if calculation.day else None
    if isinstance(asked, date) and (asked < rule.since or (rule.until is not None and asked > rule.until)):
        facts = {"first": rule.since.isoformat(), "last": rule.until.isoformat() if rule.until else "-"}
        raise InvalidFields(faults=[Fault(str(calculation.day), "no_rule_on_the_day", facts)])
