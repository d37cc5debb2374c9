"""What a decision on a payment claim says: what is paid, which lines were cut and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.documents.letters.award import NATIONAL
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
from shared.money import Money, total
from shared.reference.authorities import authority

REJECTED = "rejected"


def paid(words: Words, data: Mapping[str, Any]) -> list[Block]:
    """What is paid, on which claim, and from whose money."""
    name = authority(data["authority"]).names[words.language]
    return [
        lead(words.say(f"payment.{data['outcome']}", authority=name, payable=data["payable"])),
        *paragraphs(_detail(words, data)),
        *_shares(words, data["shares"]),
    ]


def _detail(words: Words, data: Mapping[str, Any]) -> str:
    claimed, accepted = data["claimed"], data["accepted_costs"]
    direct = claimed - total(Money.eur(cut["cut"]) for cut in data["cuts"])
    facts = {"claim": data["claim_id"], "title": data["title"], "number": data["number"], "claimed": claimed}
    if data["outcome"] == REJECTED:
        return words.say("payment.detail_rejected", **facts)
    detail = words.say("payment.detail", **facts, direct=direct)
    return detail if direct == accepted else f"{detail} {words.say('payment.with_flat', accepted=accepted)}"


def reasons(words: Words, data: Mapping[str, Any]) -> list[Block]:
    """The note of the decision and each line that was cut, with its reason; a cut is never without one."""
    cuts = data["cuts"]
    said = [] if cuts or data["outcome"] == REJECTED else paragraphs(words.say("payment.all_accepted"))
    return [*said, *paragraphs(data["note"]), *_cuts(words, cuts)]


def conditions(words: Words, data: Mapping[str, Any]) -> list[Block]:
    by_law = words.say_all("conditions.payment_law", number=data["number"])
    if data["fund"] != NATIONAL:
        by_law += words.say_all("conditions.union")
    own = words.say_all("conditions.payment") if data["outcome"] != REJECTED else []
    return [*([points(own)] if own else []), subheading(words.say("conditions.law")), points(by_law)]


def _shares(words: Words, shares: Sequence[Mapping[str, Any]]) -> list[Block]:
    if not total(share["amount"] for share in shares):
        return []
    columns = (
        words_column(words.say("payment.source")),
        sums_column(words.say("payment.amount")),
    )
    rows = [(words.say(f"sources.{share['source']}"), words.formats.money(share["amount"])) for share in shares]
    whole = words.formats.money(total(share["amount"] for share in shares))
    return [table(words.say("payment.shares"), columns, rows, totals=[(words.say("payment.total"), whole)])]


def _cuts(words: Words, cuts: Sequence[Mapping[str, Any]]) -> list[Block]:
    if not cuts:
        return []
    columns = (
        words_column(words.say("payment.line"), "auto"),
        words_column(words.say("payment.why")),
        sums_column(words.say("payment.cut")),
    )
    amounts = [Money.eur(cut["cut"]) for cut in cuts]
    rows = [
        (str(cut["line"]), _why(words, cut), words.formats.money(-amount))
        for cut, amount in zip(cuts, amounts, strict=True)
    ]
    whole = ("", words.say("payment.cut_total"), words.formats.money(-total(amounts)))
    return [table(words.say("payment.cuts"), columns, rows, totals=[whole])]


def _why(words: Words, cut: Mapping[str, Any]) -> str:
    """Which cost it was, the reason in the letter's words, and what the verifier wrote."""
    reason = words.say(f"cut_reasons.{cut['cut_reason']}")
    note = (cut.get("cut_note") or "").strip()
    return "\n".join(part for part in (cut.get("description", ""), reason, note) if part)
