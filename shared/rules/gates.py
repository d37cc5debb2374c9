"""What has to be in order before any aid: the gates that ask of the company, not of the project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shared.explained import Step
from shared.rules.rule import Rule, titled
from shared.rules.versions import Version, Versions

RULE = Rule(
    name="company_gates",
    version="1",
    since=date(2014, 7, 1),
    until=None,
    source="(EU) 651/2014 art. 1(4)(a), (c); VAL 688/2001 7, 11 §; laki 429/2016",
    titles=titled("Yrityksen edellytykset", "Företagets förutsättningar", "Conditions on the company"),
)
_SOURCES = {
    "recovery_order": "(EU) 651/2014 art. 1(4)(a)",
    "in_difficulty": "(EU) 651/2014 art. 1(4)(c)",
    "tax_debt": "laki 429/2016",
    "recovery_unpaid": "laki 429/2016",
    "not_profitable": "laki 429/2016",
    "no_business_id": "laki 758/2021",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """`obstacles` stop the aid; `unknown` has to be found out first."""

    open: bool
    obstacles: tuple[str, ...]
    unknown: tuple[str, ...]
    steps: tuple[Step, ...]


def company_gates(
    *,
    recovery_order: bool | None = None,
    in_difficulty: bool | None = None,
    tax_debt: bool | None = None,
    tax_debt_arranged: bool = False,
    recovery_unpaid: bool | None = None,
    lasting_profitability: bool | None = None,
    has_business_id: bool | None = None,
) -> Gates:
    """Which gates are shut, and which nobody has looked at (None).

    `recovery_order`: an order by the Commission to pay back unlawful aid is not yet obeyed. `recovery_unpaid`:
    the same of a Finnish authority. `tax_debt_arranged`: a payment plan is approved and kept, so that the debt
    alone does not stop the aid.
    """
    shut: dict[str, bool | None] = {
        "recovery_order": recovery_order,
        "in_difficulty": in_difficulty,
        "tax_debt": tax_debt if not tax_debt_arranged else False,
        "recovery_unpaid": recovery_unpaid,
        "not_profitable": None if lasting_profitability is None else not lasting_profitability,
        "no_business_id": None if has_business_id is None else not has_business_id,
    }
    obstacles = tuple(name for name, state in shut.items() if state)
    unknown = tuple(name for name, state in shut.items() if state is None)
    return Gates(open=not obstacles and not unknown, obstacles=obstacles, unknown=unknown, steps=tuple(_steps(shut)))


VERSIONS = Versions(Version(rule=RULE, says=company_gates))


def _steps(shut: dict[str, bool | None]) -> Iterator[Step]:
    for name, state in shut.items():
        what = "gate_unknown" if state is None else "gate_shut" if state else "gate_open"
        yield Step(sign="=", what=what, source=_SOURCES[name], facts={"gate": name})
