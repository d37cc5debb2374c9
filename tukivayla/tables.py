"""Until which day each dated table of the law can be used: told to the operator well before it ends.

A rule past its last day refuses; nobody is granted or charged anything by a table that has ended. So that this does
not come as a surprise, whoever runs the house is told months ahead which table ends and what has to be entered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.applications.domain.rulesets import PERIOD_2014, RULESETS
from shared.reference.interest import reference_rates
from shared.rules.aid_ceiling import CEILINGS
from shared.rules.de_minimis import REGULATIONS
from shared.rules.regional_aid import MAPS
from tukivayla.calc import CALCULATIONS

WARN_WITHIN_DAYS = 120
# What is known of that which comes after; without an entry the successor has simply to be looked up.
_AFTERWARDS = {
    "gber": (
        "The Commission means to adopt the next regulation before the end of 2026 (draft of 25 February 2026). Schemes "
        "stay exempted to 30 June 2027 by art. 58(4); enter what is adopted in shared/rules/gber.py."
    ),
    "interest": (
        "The Bank of Finland announces each half-year's rate (korkolaki 633/1982 12 a §): enter it in "
        "shared/reference/reference_rates.csv. Until then the rate has to be told with each question."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of the law, or a rule that stands on one, with the last day for which it has an answer."""

    name: str
    last: date
    source: str
    then: str = ""

    def days_left(self, on: date) -> int:
        """Below zero when it has ended."""
        return (self.last - on).days

    def to_json(self, on: date) -> dict[str, Any]:
        return {
            "table": self.name,
            "last": self.last.isoformat(),
            "days_left": self.days_left(on),
            "source": self.source,
            "then": self.then,
        }


def tables() -> tuple[Table, ...]:
    """Every table that has an end, the first to end first. What the law itself has closed for good is none."""
    return tuple(sorted((*_rules(), *_rows()), key=lambda one: (one.last, one.name)))


def ending(on: date, within_days: int = WARN_WITHIN_DAYS) -> tuple[Table, ...]:
    """Those that have ended on the day, or will within the days."""
    return tuple(one for one in tables() if one.days_left(on) < within_days)


def _rules() -> Iterator[Table]:
    for calculation in CALCULATIONS:
        rule = calculation.rule
        if rule.until:
            then = _AFTERWARDS["gber"] if "651/2014" in rule.source else ""
            yield Table(name=f"rule {rule.name}", last=rule.until, source=rule.source, then=then)


def _rows() -> Iterator[Table]:
    rates = reference_rates()
    yield Table(
        name="reference rates of the Interest Act",
        last=max(row.last for row in rates),
        source="korkolaki 633/1982 12 §",
        then=_AFTERWARDS["interest"],
    )
    yield from _last_of_each("de minimis", ((row.kind, row.until, row.source) for row in REGULATIONS))
    yield from _last_of_each("regional aid map", (("", row.until, row.source) for row in MAPS))
    yield from _last_of_each("aid ceiling", ((row.project, row.until, row.source) for row in CEILINGS))
    # By the rules of 2014-2020 nothing new is granted: that they ended in 2023 is no gap.
    living = (row for row in RULESETS if row.period != PERIOD_2014)
    yield from _last_of_each("rule set", ((row.period, row.until, row.id) for row in living))


def _last_of_each(name: str, rows: Iterable[tuple[str, date, str]]) -> Iterator[Table]:
    newest: dict[str, tuple[date, str]] = {}
    for of, last, source in rows:
        newest[of] = max(newest.get(of, (last, source)), (last, source))
    for of, (last, source) in newest.items():
        yield Table(name=f"{name} {of}".strip(), last=last, source=source)
