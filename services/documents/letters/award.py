"""What a decision on an application says: an award, in full or in part, or a refusal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from services.documents.domain.letters import LetterKind
from services.documents.letters.sheet import (
    Block,
    lead,
    paragraphs,
    points,
    subheading,
    sums_column,
    table,
    words_column,
)
from services.documents.letters.words import Words
from shared.contracts.applications import COST_CATEGORIES
from shared.dates import Period
from shared.money import Money, total
from shared.reference.authorities import authority

NATIONAL = "national"


def awarded(words: Words, data: Mapping[str, Any]) -> list[Block]:
    """Exactly what is granted, on which costs, from which money (hallintolaki 44 §, valtionavustuslaki 11 §)."""
    name = authority(data["authority"]).names[words.language]
    funding = "award.national_funding" if data["fund"] == NATIONAL else "award.shared_funding"
    period = Period(data["period_first"], data["period_last"])
    texts = (
        words.say(f"award.{data['outcome']}", title=data["title"], sought=data["aid_sought"]),
        words.say("award.rate", rate=data["aid_rate"], eligible=data["eligible_costs"], period=period),
        words.say(funding, eu_share=data["eu_share"], year=data["budget_year"]),
        words.say("award.cost_model", cost_model=data["cost_model"]),
    )
    return [
        lead(words.say("award.lead", authority=name, aid=data["aid"])),
        *(block for text in texts for block in paragraphs(text)),
        _cost_estimate(words, data["costs"], data["eligible_costs"]),
        *_targets(words, data["indicators"]),
    ]


def refused(words: Words, kind: LetterKind, data: Mapping[str, Any]) -> list[Block]:
    """Refused, left unexamined (hallintolaki 20 §, a condition of procedure is missing), or lapsed."""
    name = authority(data["authority"]).names[words.language]
    group = {LetterKind.LEFT_UNEXAMINED: "unexamined", LetterKind.LAPSED: "lapsed"}.get(kind, "refusal")
    return [
        lead(words.say(f"{group}.lead", authority=name)),
        *paragraphs(words.say(f"{group}.detail", title=data["title"], sought=data["aid_sought"])),
    ]


def reasons(words: Words, data: Mapping[str, Any]) -> list[Block]:
    """What the decision rests on, and the provisions applied (hallintolaki 45 §)."""
    basis = [words.abbreviated(source) for source in data["legal_basis"]]
    provisions = [subheading(words.say("reasons.basis")), points(basis)] if basis else []
    return [*paragraphs(data["reasons"]), *_heard(words, data.get("hearing")), *provisions]


def _heard(words: Words, hearing: Mapping[str, Any] | None) -> list[Block]:
    """How the party was heard of a decision against it, or on what ground it was not (hallintolaki 34 §)."""
    if not hearing:
        return []
    if hearing["ground"]:
        return paragraphs(words.say("heard.unheard", ground=hearing["ground"], reason=hearing["reason"]))
    if hearing["answered_at"]:
        return paragraphs(words.say("heard.answered", at=hearing["answered_at"]))
    return paragraphs(words.say("heard.silent"))


def conditions(words: Words, data: Mapping[str, Any]) -> list[Block]:
    """The decision's own conditions first, then what binds every beneficiary by law."""
    own: list[Block] = [*paragraphs(words.say("conditions.none"))]
    if data["conditions"]:
        own = [subheading(words.say("conditions.own")), points(data["conditions"], numbered=True)]
    by_law = words.say_all("conditions.award")
    if data["fund"] != NATIONAL:
        by_law += words.say_all("conditions.union")
    return [*own, subheading(words.say("conditions.law")), points(by_law)]


def _cost_estimate(words: Words, costs: Sequence[Mapping[str, Any]], eligible: Money) -> Block:
    money = words.formats.money
    sums: dict[tuple[str, int], list[Money]] = defaultdict(list)
    for cost in costs:
        sums[cost["category"], cost["year"]].append(cost["amount"])
    rows = [
        (words.say(f"categories.{category}"), str(year), money(total(amounts)))
        for (category, year), amounts in sorted(sums.items(), key=_as_on_the_form)
    ]
    direct = total(cost["amount"] for cost in costs)
    totals = [(words.say("award.eligible"), "", money(eligible))]
    if eligible != direct:
        flat = (words.say("award.flat"), "", money(eligible - direct))
        totals = [(words.say("award.direct"), "", money(direct)), flat, *totals]
    columns = (
        words_column(words.say("award.cost")),
        words_column(words.say("award.year"), "auto"),
        sums_column(words.say("award.amount")),
    )
    return table(words.say("award.costs"), columns, rows, totals=totals)


def _as_on_the_form(row: tuple[tuple[str, int], list[Money]]) -> tuple[int, int]:
    (category, year), _ = row
    return COST_CATEGORIES.index(category), year


def _targets(words: Words, indicators: Sequence[Mapping[str, Any]]) -> list[Block]:
    if not indicators:
        return []
    columns = (
        words_column(words.say("award.indicator")),
        sums_column(words.say("award.target")),
    )
    rows = [(indicator["code"], indicator["target"]) for indicator in indicators]
    return [table(words.say("award.targets"), columns, rows)]
