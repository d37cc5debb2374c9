"""Source texts by code, in English. Translations are in the catalogues; `texts` chooses the language."""

from services.gateway.sentences.refusals import REFUSALS
from services.gateway.sentences.rules import RULES
from services.gateway.sentences.words import WORDS

# Facts whose value is a code: shown in words of this kind. Lists have ", " between.
FACT_WORDS = {
    "acted_as": "acted_as",
    "allowed": "role",
    "categories": "category",
    "category": "category",
    "finding": "cut_reason",
    "model": "cost_model",
    "of": "category",
    "outcome": "outcome",
    "role": "role",
    "state": "state",
}
PERCENTAGES = frozenset({"rate", "confidence"})
REGIONS = frozenset({"region", "regions"})
AUTHORITIES = frozenset({"authority"})

__all__ = ["AUTHORITIES", "FACT_WORDS", "PERCENTAGES", "REFUSALS", "REGIONS", "RULES", "WORDS"]
