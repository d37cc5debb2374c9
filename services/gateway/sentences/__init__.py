"""Source texts by code, in English. Translations are in the catalogues; `texts` chooses the language."""

from services.gateway.sentences import (
    afterwards,
    asked,
    companies,
    correspondence,
    deciding,
    documents,
    forms,
    proposing,
    queue,
    refusals,
    rules,
    words,
)

REFUSALS = (
    refusals.REFUSALS
    | afterwards.REFUSALS
    | asked.REFUSALS
    | companies.REFUSALS
    | correspondence.REFUSALS
    | documents.REFUSALS
    | deciding.REFUSALS
    | proposing.REFUSALS
    | queue.REFUSALS
)
RULES = (
    rules.RULES
    | afterwards.RULES
    | asked.RULES
    | companies.RULES
    | correspondence.RULES
    | documents.RULES
    | deciding.RULES
    | proposing.RULES
)
WORDS = (
    words.WORDS
    | afterwards.WORDS
    | asked.WORDS
    | companies.WORDS
    | correspondence.WORDS
    | deciding.WORDS
    | documents.WORDS
    | forms.WORDS
    | proposing.WORDS
    | {"gate": asked.WORDS["gate"] | deciding.WORDS["gate"]}
    | {"step": words.WORDS["step"] | afterwards.STEPS | asked.STEPS | deciding.STEPS}
    | {"appeal_route": words.WORDS["appeal_route"] | afterwards.ROUTES}
    | {"acted_as": words.WORDS["acted_as"] | afterwards.ACTED_AS}
    | {"case_state": words.WORDS["case_state"] | afterwards.CASE_STATES}
    | {"right": words.WORDS["right"] | companies.RIGHTS}
    | {
        "event": words.WORDS["event"]
        | afterwards.EVENTS
        | companies.EVENTS
        | correspondence.EVENTS
        | deciding.EVENTS
        | documents.EVENTS
        | queue.EVENTS
    }
)

# Facts whose value is a code: shown in words of this kind. Lists have ", " between.
FACT_WORDS = {
    "acted_as": "acted_as",
    "allowed": "role",
    "categories": "category",
    "category": "category",
    "finding": "cut_reason",
    "gate": "gate",
    "model": "cost_model",
    "of": "category",
    "outcome": "outcome",
    "role": "role",
    "size": "enterprise_size",
    "scan": "scan",
    "scan_reason": "scan_reason",
    "state": "state",
    "why": "not_counted",
}
PERCENTAGES = frozenset({"rate", "confidence"})
REGIONS = frozenset({"region", "regions"})
AUTHORITIES = frozenset({"authority"})

__all__ = ["AUTHORITIES", "FACT_WORDS", "PERCENTAGES", "REFUSALS", "REGIONS", "RULES", "WORDS"]
