"""The points that the application was given, criterion by criterion, and the facts the decision rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services.documents.letters.sheet import Block, paragraphs, points, subheading, sums_column, table, words_column
from services.documents.letters.words import Words
from shared.rules.titles import title


def scores(words: Words, data: Mapping[str, Any]) -> list[Block]:
    """A refusal for too few points must show them with their criteria (hallintolaki 45 §)."""
    rows = data.get("scores") or []
    if not rows:
        return []
    columns = (
        words_column(words.say("scores.criterion")),
        sums_column(words.say("scores.points")),
        sums_column(words.say("scores.weight")),
        sums_column(words.say("scores.weighted")),
    )
    body = [_row(words, row) for row in rows]
    whole = (words.say("scores.total"), "", "", str(data["total_points"]))
    least = data["least_points"]
    said = words.say("scores.least", least=least) if least else ""
    return [table(words.say("scores.caption"), columns, body, totals=[whole]), *paragraphs(said)]


def _row(words: Words, row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    name = row["names"][words.language]
    if row["least"]:
        name = f"{name}\n{words.say('scores.own_least', least=row['least'])}"
    if row["grounds"]:
        name = f"{name}\n{row['grounds']}"
    given = words.say("scores.of", points=row["points"], most=row["most"])
    return name, given, str(row["weight"]), str(row["weighted"])


def facts(words: Words, data: Mapping[str, Any], *, examined: bool = True) -> list[Block]:
    """What is known of the case and counted in the decision; of what was not examined nothing was counted."""
    rows = [*_filed(words, data), *(_counted(words, data) if examined else ())]
    return [subheading(words.say("facts.heading")), points(rows)] if rows else []


def _filed(words: Words, data: Mapping[str, Any]) -> Iterator[str]:
    if data.get("submitted_at"):
        yield words.say("facts.submitted", submitted=data["submitted_at"])
    if data.get("aid_sought"):
        yield words.say("facts.sought", sought=data["aid_sought"])


def _counted(words: Words, data: Mapping[str, Any]) -> Iterator[str]:
    if data.get("size_class") and words.knows(f"size_classes.{data['size_class']}"):
        yield words.say("facts.size", size=data["size_class"])
    if data.get("aid_basis") and words.knows(f"aid_bases.{data['aid_basis']}"):
        yield words.say("facts.basis", basis=data["aid_basis"])
    if data.get("total_points") is not None:
        yield words.say("facts.points", points=data["total_points"])
    rules = ", ".join(_named(rule, words.language) for rule in data.get("rules") or [])
    if rules:
        yield words.say("facts.rules", rules=rules)


def _named(rule: Mapping[str, str], language: str) -> str:
    """By its name, with what whoever counts anew finds it by."""
    return f"{title(rule['rule'], language)} ({rule['rule']} {rule['version']})"
