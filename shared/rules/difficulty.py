"""Whether an enterprise is in difficulty (vaikeuksissa oleva yritys): then it may not be aided.

(EU) 651/2014 art. 2(18), any one of five tests. The figures are the whole group's where there are consolidated
accounts. A test on lost capital is not made of an SME younger than three years; the others are made of all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shared.explained import Step
from shared.money import ZERO, Money, total
from shared.rules.calendar import years_after
from shared.rules.rule import Rule, plain, titled
from shared.rules.versions import Version, Versions

SOURCE = "(EU) 651/2014 art. 2(18)"
DEROGATION = "(EU) 651/2014 art. 1(4)(c)"
RULE = Rule(
    name="undertaking_in_difficulty",
    version="1",
    since=date(2014, 7, 1),
    until=date(2026, 12, 31),
    source=f"{SOURCE}; {DEROGATION}",
    titles=titled("Vaikeuksissa oleva yritys", "Företag i svårigheter", "Undertaking in difficulty"),
)
DEBT_TO_EQUITY = Decimal("7.5")
INTEREST_COVER = Decimal("1.0")
YOUNG_YEARS = 3
# Those sound at the end of 2019 that fell into difficulty in these days may still be aided.
_FALL_FIRST, _FALL_LAST = date(2020, 1, 1), date(2021, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """The latest closed accounts in euros; losses are negative.

    `capital` is subscribed share capital with share premium, or in a partnership the capital shown in its
    accounts. `invested_fund` is the fund for invested unrestricted equity (SVOP), own funds like any reserve.
    """

    capital: Money
    invested_fund: Money = ZERO
    other_reserves: Money = ZERO
    retained: Money = ZERO
    result: Money = ZERO

    @property
    def cumulative(self) -> Money:
        """What is left of reserves and results together; below zero it eats the capital."""
        return total((self.invested_fund, self.other_reserves, self.retained, self.result))

    @property
    def half_is_lost(self) -> bool:
        return self.cumulative < ZERO and 2 * -self.cumulative.cents > self.capital.cents


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A large enterprise's year: book debt, equity, EBITDA and interest, in euros."""

    debt: Money
    equity: Money
    ebitda: Money
    interest: Money

    @property
    def is_weak(self) -> bool:
        """Debt over 7.5 times the equity, and EBITDA below the interest. No equity left is over every ratio."""
        indebted = self.equity <= ZERO or Decimal(self.debt.cents) > DEBT_TO_EQUITY * self.equity.cents
        uncovered = self.interest > ZERO and Decimal(self.ebitda.cents) < INTEREST_COVER * self.interest.cents
        return indebted and uncovered


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`grounds` are the letters of the tests that hit; `excused` by the derogation of 2020-2021."""

    in_difficulty: bool
    grounds: tuple[str, ...]
    excused: bool
    may_be_aided: bool
    steps: tuple[Step, ...]


def in_difficulty(
    on: date,
    accounts: Accounts,
    *,
    is_sme: bool,
    founded_on: date,
    limited_liability: bool = True,
    insolvent: bool = False,
    rescue_aid_unpaid: bool = False,
    restructuring_plan: bool = False,
    last_years: Sequence[Year] = (),
    sound_at_end_of_2019: bool = False,
    fell_on: date | None = None,
) -> Standing:
    """The tests on the day of the award. `last_years`: the two latest ones, asked of large enterprises only.

    `insolvent`: in collective proceedings, or fulfils the criteria for being put into them.
    """
    young = is_sme and on < years_after(founded_on, YOUNG_YEARS)
    weak_years = not is_sme and len(last_years) > 1 and all(year.is_weak for year in last_years[-2:])
    lost = accounts.half_is_lost and not young
    hits = {
        "a": lost and limited_liability,
        "b": lost and not limited_liability,
        "c": insolvent,
        "d": rescue_aid_unpaid or restructuring_plan,
        "e": weak_years,
    }
    grounds = tuple(letter for letter, hit in hits.items() if hit)
    excused = bool(grounds) and sound_at_end_of_2019 and fell_on is not None and _FALL_FIRST <= fell_on <= _FALL_LAST
    return Standing(
        in_difficulty=bool(grounds),
        grounds=grounds,
        excused=excused,
        may_be_aided=not grounds or excused,
        steps=(
            *_capital_steps(accounts, young, lost, limited_liability),
            *_other_steps(insolvent, rescue_aid_unpaid or restructuring_plan),
            *_year_steps(last_years, is_sme),
            *_last_steps(grounds, excused, fell_on),
        ),
    )


VERSIONS = Versions(Version(rule=RULE, says=in_difficulty))


def _capital_steps(accounts: Accounts, young: bool, lost: bool, limited: bool) -> Iterator[Step]:
    letter = "a" if limited else "b"
    yield Step(sign="+", what="capital", amount=accounts.capital)
    yield Step(
        sign="+",
        what="reserves_and_results",
        amount=accounts.cumulative,
        facts={
            "invested_fund": str(accounts.invested_fund),
            "other_reserves": str(accounts.other_reserves),
            "retained": str(accounts.retained),
            "result": str(accounts.result),
        },
    )
    what = "young_enterprise" if young else "half_of_capital_lost" if lost else "capital_is_there"
    yield Step(sign="=", what=what, source=f"{SOURCE}({letter})")


def _other_steps(insolvent: bool, rescued: bool) -> Iterator[Step]:
    if insolvent:
        yield Step(sign="=", what="insolvent", source=f"{SOURCE}(c)")
    if rescued:
        yield Step(sign="=", what="rescued", source=f"{SOURCE}(d)")


def _year_steps(years: Sequence[Year], is_sme: bool) -> Iterator[Step]:
    if is_sme:
        return
    for year in years[-2:]:
        facts = {
            "debt_to_equity": _ratio(year.debt, year.equity),
            "interest_cover": _ratio(year.ebitda, year.interest),
        }
        yield Step(sign="=", what="weak_year" if year.is_weak else "sound_year", source=f"{SOURCE}(e)", facts=facts)


def _ratio(above: Money, below: Money) -> str:
    if below <= ZERO:
        return "-"
    return plain((Decimal(above.cents) / below.cents).quantize(Decimal("0.01")))


def _last_steps(grounds: tuple[str, ...], excused: bool, fell_on: date | None) -> Iterator[Step]:
    what = "in_difficulty" if grounds else "not_in_difficulty"
    yield Step(sign="=", what=what, source=SOURCE, facts={"grounds": ", ".join(grounds)})
    if excused and fell_on:
        yield Step(sign="=", what="difficulty_excused", source=DEROGATION, facts={"day": fell_on.isoformat()})
