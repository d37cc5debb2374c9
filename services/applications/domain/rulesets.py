"""Rule sets: which rules a sum was computed by, kept on every proposal and decision.

A rule that changes gets a new row with its first day; a decided case keeps the rule set it was decided by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.applications.domain.errors import NoRulesetInForce
from shared.rules.dated import holding
from shared.rules.versions import Book, NoSuchVersion

PERIOD_2014 = "2014-2020"
PERIOD_2021 = "2021-2027"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """In force from `since` to `until`, both days included.

    Nothing that a sum follows from changes within those days: when a flat rate (`shared.rules.cost_models`)
    or another rule gets a new row, a new rule set begins on the same day. `rules` are the versions of the rules
    that can be asked alone (`shared.rules`), `cost_models` what a call of the period may choose from.
    """

    id: str
    period: str
    since: date
    until: date
    cost_models: tuple[str, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)

    @property
    def book(self) -> Book:
        """The versions that its rules answer in."""
        return Book(self.rules)


_COMPANY_RULES = {
    "single_undertaking": "1",
    "register_entry": "1",
    "de_minimis": "1",
    "aid_history": "1",
    "sme_size": "1",
    "undertaking_in_difficulty": "1",
    "company_gates": "1",
    "regional_aid": "1",
    "gber_intensity": "1",
    "gber_incentive_effect": "1",
    "gber_publication": "1",
    "cumulation": "1",
}
_COST_RULES = {
    "award": "1",
    "eligible_time": "1",
    "in_kind": "1",
    "land_purchase": "1",
    "net_revenue": "1",
    "procurement_threshold": "1",
    "aid_ceiling": "1",
    "cofinancing_ceiling": "1",
    "flat_rate": "1",
    "hourly_cost": "1",
    "simplified_costs_compulsory": "1",
    "split_by_source": "1",
    "vat_eligibility": "1",
}
_MODELS_2021 = ("actual", "flat_7", "flat_15_staff", "flat_25", "flat_20_for_staff", "flat_40", "flat_1_5")
_RULES_2021 = _COMPANY_RULES | _COST_RULES | {"lump_sum": "1"}
RULESETS: tuple[Ruleset, ...] = (
    Ruleset(
        id="2021-2027/1",
        period=PERIOD_2021,
        # The Finnish acts of the period (756/2021, 757/2021, 758/2021) and the decrees 866/2021 and 867/2021
        # came into force in autumn 2021; the company-aid act on 1.11.2021. Costs are eligible to the end
        # of 2029 (CPR art. 63(2)).
        since=date(2021, 11, 1),
        until=date(2026, 11, 25),
        cost_models=_MODELS_2021,
        rules=_RULES_2021,
    ),
    Ruleset(
        id="2021-2027/2",
        period=PERIOD_2021,
        # De minimis 2: an award that the register has and the applicant declares too counts once.
        since=date(2026, 11, 26),
        until=date(2029, 12, 31),
        cost_models=_MODELS_2021,
        rules=_RULES_2021 | {"de_minimis": "2"},
    ),
    Ruleset(
        id="2014-2020/1",
        period=PERIOD_2014,
        # The decrees 356/2014-358/2014 came into force in spring 2014. Costs were eligible to the end of 2023
        # (Regulation (EU) 1303/2013 art. 65(2)): after that nothing new is decided by these rules.
        since=date(2014, 4, 1),
        until=date(2023, 12, 31),
        cost_models=("actual", "flat_24_staff", "flat_17_staff"),
        rules=_COMPANY_RULES | _COST_RULES,
    ),
)


def ruleset_on(day: date, period: str) -> Ruleset:
    """The rules of a programme period on a day. Raises NoRulesetInForce when there are none."""
    for ruleset in holding(RULESETS, day):
        if ruleset.period == period:
            return ruleset
    raise NoRulesetInForce(day=day.isoformat(), period=period)


def ruleset_named(ruleset_id: str) -> Ruleset:
    """The rule set that a decision was made by. Raises NoSuchVersion."""
    for ruleset in RULESETS:
        if ruleset.id == ruleset_id:
            return ruleset
    raise NoSuchVersion(rule="ruleset", version=ruleset_id, known=", ".join(one.id for one in RULESETS))


def period_of(programme: str) -> str:
    """The programme period. A programme's CCI number begins with the first year of its period
    (2014FI16M2OP001); a national programme has no such number and follows the period that is running."""
    return PERIOD_2014 if programme.startswith("2014") else PERIOD_2021
