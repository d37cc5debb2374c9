"""What an indicator's code means: by fund and code together, never by the code alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.reference.indicators import CommonIndicator, common_indicators
from shared.rules.rule import Rule, titled

RULE = Rule(
    name="indicator",
    version="1",
    since=date(2014, 1, 1),
    until=None,
    source="(EU) 2021/1058 annex I; (EU) 2021/1057 annex I; (EU) 2021/1056 annex III; (EU) 1301/2013; (EU) 1304/2013",
    titles=titled("Indikaattorin avain", "Indikatorns nyckel", "Key of an indicator"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """`also` are the other funds where the same code stands for something."""

    fund: str
    code: str
    period: str
    kind: str
    unit: str
    name: str
    also: tuple[str, ...]
    steps: tuple[Step, ...]


def indicator(fund: str, code: str) -> Meaning:
    """The indicator of the fund. Raises InvalidFields when the fund has no such code."""
    wanted = code.strip().upper()
    same_code = tuple(row for row in common_indicators() if row.code == wanted)
    found = next((row for row in same_code if row.fund == fund), None)
    if found is None:
        facts = {"code": wanted, "funds": ", ".join(row.fund for row in same_code)}
        raise InvalidFields(faults=[Fault("code", "unknown_indicator_of_fund", facts)])
    others = tuple(row for row in same_code if row.fund != fund)
    rows = [_step("=", "indicator_is", found), *(_step("", "same_code_elsewhere", row) for row in others)]
    return Meaning(
        fund=fund,
        code=wanted,
        period=found.period,
        kind=found.kind,
        unit=found.unit,
        name=found.name,
        also=tuple(row.fund for row in others),
        steps=tuple(rows),
    )


def _step(sign: str, what: str, row: CommonIndicator) -> Step:
    return Step(sign=sign, what=what, source=RULE.source, facts={"fund": row.fund, "code": row.code, "name": row.name})
