"""The currency an invoice is in."""

from __future__ import annotations

import re
from collections import Counter

from .evidence import Document, figure
from .figures import Figure
from .layout import Page, Word

CODES = frozenset(
    (
        *("EUR", "SEK", "NOK", "DKK", "USD", "GBP", "CHF", "PLN", "INR", "DEM", "CZK", "HUF"),
        *("RON", "BGN", "CAD", "AUD", "JPY", "ISK", "HRK"),
    )
)
NAMES = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "euroa": "EUR", "eur": "EUR", "$": "USD", "us$": "USD",
    "£": "GBP", "₹": "INR", "rs": "INR", "zł": "PLN", "kr": "", "dm": "DEM", "sfr": "CHF", "fr.": "CHF", "kč": "CZK",
}  # fmt: skip
CROWNS = {"sv": "SEK", "da": "DKK", "no": "NOK"}
EURO_AREA = frozenset(
    (
        *("AT", "BE", "CY", "DE", "EE", "EL", "ES", "FI", "FR", "HR", "IE", "IT"),
        *("LT", "LU", "LV", "MT", "NL", "PT", "SI", "SK"),
    )
)
AMBIGUOUS = frozenset(("USD", "SEK", "DKK", "NOK", "INR"))  # when only a sign such as $ or kr says so

_TOKEN = re.compile(r"[€$£₹]|[^\W\d_]+\$?|kr\.?", re.I)


def currency(document: Document, vat_id: Figure | None) -> Figure | None:
    """The currency most signs and codes on the pages name, else the one of the seller's country."""
    votes: Counter[str] = Counter()
    places: dict[str, tuple[Page, Word]] = {}
    coded: set[str] = set()
    for page in document.pages:
        for cell in page.cells:
            for word in cell.words:
                code, plain = _named(word.text, document.language)
                if code:
                    votes[code] += 1
                    places.setdefault(code, (page, word))
                    coded |= {code} if plain else set()
    if not votes:
        return _of_country(vat_id)
    (best, count), *others = votes.most_common()
    page, word = places[best]
    confidence, why = (97 if count > 1 else 92), "repeated" if count > 1 else "only_candidate"
    if best in AMBIGUOUS and best not in coded:
        confidence, why = 84, "sign_only"
    if others and others[0][1] * 3 > count:
        confidence, why = 70, "conflict"
    return figure(best, confidence, page.number, [word], why)


def _of_country(vat_id: Figure | None) -> Figure | None:
    if vat_id and vat_id.value[:2] in EURO_AREA:
        return Figure("EUR", min(75, vat_id.confidence), vat_id.page, vat_id.box, "country_of_seller")
    return None


def _named(text: str, language: str) -> tuple[str, bool]:
    """The currency a word names, and whether by its code."""
    if len(text) > 24:
        return "", False
    for token in _TOKEN.findall(text) if not text.isalpha() else [text]:
        if token in CODES:
            return token, True
        name = NAMES.get(token.casefold().rstrip("."))
        if name is not None and (name or language in CROWNS):
            return name or CROWNS[language], False
    return "", False
