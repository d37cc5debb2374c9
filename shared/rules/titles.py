"""What the rules behind an award are called by people: on officials' pages and in the letter to the party."""

from __future__ import annotations

from shared.rules import (
    aid_ceiling,
    cost_models,
    cumulation,
    de_minimis,
    difficulty,
    gates,
    gber,
    regional_aid,
    simplified_costs,
    single_undertaking,
    sme_size,
)
from shared.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    aid_ceiling.RULE,
    cost_models.RULE,
    cumulation.RULE,
    de_minimis.RULE,
    difficulty.RULE,
    gates.RULE,
    gber.INTENSITY,
    gber.INCENTIVE,
    regional_aid.RULE,
    simplified_costs.COMPULSORY,
    single_undertaking.RULE,
    sme_size.RULE,
)

_TITLES = {rule.name: rule.titles for rule in RULES}


def title(name: str, language: str) -> str:
    """The rule's name for a person; a rule that has none is told by its code."""
    titles = _TITLES.get(name)
    return titles[language] if titles else name
