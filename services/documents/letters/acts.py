"""What a decision after the award says: corrected, amended, one more year, cancelled, closed, reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.documents.domain.letters import LetterKind
from services.documents.letters.sheet import Block, lead, paragraphs, points, sums_column, table, words_column
from services.documents.letters.words import Words
from shared.money import Money
from shared.reference.authorities import authority

MONEY = frozenset({"aid", "eligible_costs"})
DAYS = frozenset({"period_first", "period_last"})


def decided(words: Words, kind: LetterKind, data: Mapping[str, Any]) -> list[Block]:
    """The operative part: what is decided, and what changes in the grant, before and after."""
    name = authority(data["authority"]).names[words.language]
    facts = {
        "authority": name,
        "number": data["number"],
        "title": data["title"],
        "about": data["about"],
        "aid": data["aid"],
        "before": data["aid_before"],
        "year": data.get("year"),
    }
    texts = [words.say(f"acts.{kind}_detail", **facts)]
    if kind is LetterKind.CORRECTION:
        texts.append(words.say(f"acts.{data['kind']}"))
    return [
        lead(words.say(f"acts.{_lead_of(kind, data)}", **facts)),
        *(block for text in texts for block in paragraphs(text)),
        *_changes(words, data["changes"]),
        *_sum_after(words, data),
    ]


def _lead_of(kind: LetterKind, data: Mapping[str, Any]) -> str:
    """An amendment and a review can end in several ways; the others in one."""
    if kind in (LetterKind.AMENDMENT, LetterKind.REVIEW_DECISION):
        return f"{kind}_{data['verdict']}"
    return str(kind)


def conditions(words: Words, data: Mapping[str, Any]) -> list[Block]:
    """The grant's own conditions as they stand after the act."""
    if not data["conditions"] or not data["aid"]:
        return []
    return [*paragraphs(words.say("acts.conditions")), points(data["conditions"], numbered=True)]


def _changes(words: Words, changes: list[Mapping[str, Any]]) -> list[Block]:
    if not changes:
        return []
    columns = (
        words_column(words.say("acts.what")),
        words_column(words.say("acts.before")),
        words_column(words.say("acts.after")),
    )
    rows = [
        (
            _name_of(words, change["what"]),
            _value_of(words, change["what"], change["before"]),
            _value_of(words, change["what"], change["after"]),
        )
        for change in changes
    ]
    return [table(words.say("acts.changes"), columns, rows)]


def _name_of(words: Words, what: str) -> str:
    """ "costs.staff.2027" is a category and a year, "indicators.RCO01" a code."""
    head, _, rest = what.partition(".")
    if head == "costs" and rest:
        category, _, year = rest.partition(".")
        return f"{words.say(f'categories.{category}')} {year}".strip()
    if head == "indicators" and rest:
        return f"{words.say('award.indicator')} {rest}"
    return words.say(f"changed.{what}")


def _value_of(words: Words, what: str, value: str) -> str:
    if not value:
        return "–"
    if what in MONEY or what.startswith("costs."):
        return words.formats.money(Money.eur(value))
    if what in DAYS:
        return words.formats.day(date.fromisoformat(value))
    if what == "outcome":
        return words.say(f"outcomes.{value}")
    return value


def _sum_after(words: Words, data: Mapping[str, Any]) -> list[Block]:
    columns = (words_column(words.say("acts.sum")), sums_column(words.say("award.amount")))
    money = words.formats.money
    rows = [(words.say("acts.aid_before"), money(data["aid_before"]))]
    return [table(words.say("acts.sums"), columns, rows, totals=[(words.say("acts.aid_after"), money(data["aid"]))])]
