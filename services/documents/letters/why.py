"""The table that explains a sum, and what the rule set says of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.documents.letters.sheet import Block, paragraphs, sums_column, table, words_column
from services.documents.letters.words import Words

RESULT = "="


def calculation(words: Words, steps: Sequence[Mapping[str, Any]], ruleset: str) -> list[Block]:
    """Rows of sign, step, sum and source, the last one being the sum decided; nothing when there are no steps."""
    if not steps:
        return []
    columns = [
        words_column(words.say("calculation.sign"), "auto"),
        words_column(words.say("calculation.step")),
        sums_column(words.say("calculation.amount")),
        words_column(words.say("calculation.source"), "37%"),
    ]
    rows = [_row(words, step) for step in steps]
    ends_in_result = steps[-1]["sign"] == RESULT
    body, totals = (rows[:-1], rows[-1:]) if ends_in_result else (rows, [])
    return [
        table(words.say("calculation.caption"), columns, body, totals=totals),
        *paragraphs(words.say("calculation.ruleset", ruleset=ruleset)),
    ]


def _row(words: Words, step: Mapping[str, Any]) -> list[str]:
    amount = step["amount"]
    return [
        step["sign"],
        words.say(f"steps.{step['what']}", **step["facts"]),
        words.formats.money(amount) if amount is not None else "–",
        words.abbreviated(step["source"]),
    ]
