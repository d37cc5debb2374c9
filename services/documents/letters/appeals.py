"""How to seek review of the decision: the section that the law demands and that starts the time anew when wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.documents.letters.sheet import Block, terms
from services.documents.letters.words import NoSuchText, Words
from shared.reference import courts
from shared.reference.authorities import Authority, AuthorityKind, authority
from shared.reference.courts import Court

ORDER = ("who", "to", "deadline", "service", "content", "where", "next", "basis")
REVIEW_DAYS = 30  # hallintolaki 434/2003 49 c §

# A payment decision's own route, by the kind of authority, for decisions from the first day on.
# A state authority: hallintolaki 49 b §, valtionavustuslaki 688/2001 34 §. A regional council's decisions of
# the period 2021–2027: hallintolaki; the time of 14 days of kuntalaki belonged to the period 2014–2020.
PAYMENT_ROUTES: tuple[tuple[AuthorityKind, date, str, str], ...] = (
    (
        AuthorityKind.STATE,
        date(2021, 11, 1),
        "state_review",
        "hallintolaki 434/2003 49 b–c §, valtionavustuslaki 688/2001 34 §",
    ),
    (
        AuthorityKind.REGIONAL_COUNCIL,
        date(2021, 11, 1),
        "council_review",
        "hallintolaki 434/2003 49 b–c §",
    ),
)


def appeal_against_payment(payer: Authority, decided_on: date) -> dict[str, Any]:
    """Raises NoSuchText when no route is known for the authority on that day."""
    for kind, since, route, basis in PAYMENT_ROUTES:
        if kind is payer.kind and since <= decided_on:
            return {"route": route, "days": REVIEW_DAYS, "to": payer.code, "legal_basis": basis}
    raise NoSuchText(f"review of a payment decision of {payer.code} on {decided_on}")


def reviewer(code: str) -> Authority | Court:
    """Who is asked for review: an authority, or the court to which a decision on review is appealed."""
    return courts.BY_CODE[code] if code in courts.BY_CODE else authority(code)


def appeal_instruction(words: Words, appeal: Mapping[str, Any], to: Authority | Court) -> list[Block]:
    """Who, to whom, by when, how the time runs, what to write, where to send it, what comes after, by which law."""
    facts = {
        "authority": to.names[words.language],
        "days": appeal["days"],
        "email": to.email,
        "address": to.address,
        "basis": words.abbreviated(appeal["legal_basis"]),
    }
    return [terms((_label(words, appeal["route"], part), _text(words, appeal["route"], part, facts)) for part in ORDER)]


def _label(words: Words, route: str, part: str) -> str:
    own = f"appeal.{route}.{part}"
    return words.say(own if words.knows(own) else f"appeal.{part}")


def _text(words: Words, route: str, part: str, facts: Mapping[str, Any]) -> str:
    own = f"appeal.{route}.{part}_text"
    return words.say(own if words.knows(own) else f"appeal.{part}_text", **facts)
