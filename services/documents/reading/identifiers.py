"""VAT numbers of European companies: found in text, checked by their own check digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stdnum import iban
from stdnum.eu import vat
from stdnum.fi import ytunnus
from stdnum.se import orgnr

_FORMS = {
    "AT": r"U\d{8}", "BE": r"[01]\d{9}", "BG": r"\d{9,10}", "CY": r"\d{8}[A-Z]", "CZ": r"\d{8,10}",
    "DE": r"\d{9}", "DK": r"\d{8}", "EE": r"\d{9}", "EL": r"\d{9}", "ES": r"[A-Z0-9]\d{7}[A-Z0-9]",
    "FI": r"\d{8}", "FR": r"[A-HJ-NP-Z0-9]{2}\d{9}", "GB": r"\d{9}(?:\d{3})?", "HR": r"\d{11}", "HU": r"\d{8}",
    "IE": r"\d[A-Z0-9+*]\d{5}[A-Z]{1,2}", "IT": r"\d{11}", "LT": r"\d{9}(?:\d{3})?", "LU": r"\d{8}",
    "LV": r"\d{11}", "MT": r"\d{8}", "NL": r"\d{9}B\d{2}", "NO": r"\d{9}MVA", "PL": r"\d{10}", "PT": r"\d{9}",
    "RO": r"\d{4,10}", "SE": r"\d{12}", "SI": r"\d{8}", "SK": r"\d{10}", "CH": r"E\d{9}(?:MWST|TVA|IVA)?",
}  # fmt: skip
_VAT_ID = re.compile("|".join(f"{country}{form}" for country, form in _FORMS.items()))
_PREFIX = re.compile(rf"(?:{'|'.join(_FORMS)})(?=[A-Z0-9 .-]*$)")
_BUSINESS_ID = re.compile(r"\d{6,7}-\d")
_SWEDISH_ID = re.compile(r"\d{6}-\d{4}")
_JOINERS = re.compile(r"[\s.\-/:;,()#]")
MOST_PIECES = 5


@dataclass(frozen=True, slots=True)
class VatId:
    """A VAT number in its official form, and the words `start:end` it was read from.

    `checked` says that its check digits are right; `derived` that the page shows the national
    number it is made of (FI and a Business ID).
    """

    value: str
    start: int
    end: int
    checked: bool
    derived: bool = False


def vat_ids_in(words: Sequence[str]) -> Iterator[VatId]:
    """The VAT numbers among words of one line, in whatever pieces they are printed."""
    start = 0
    while start < len(words):
        found = _prefixed(words, start) or _national(words[start], start)
        if found:
            yield found
        start = found.end if found else start + 1


def _prefixed(words: Sequence[str], start: int) -> VatId | None:
    first = _JOINERS.sub("", words[start]).upper()
    if not _PREFIX.match(first) or not words[start][:1].isalnum():
        return None
    joined, found = "", None
    for end in range(start + 1, min(start + MOST_PIECES, len(words)) + 1):
        joined += _JOINERS.sub("", words[end - 1]).upper()
        if _VAT_ID.fullmatch(joined):
            found = VatId(joined, start, end, _checks(joined))
    return found if found and not _is_iban(words[start : start + 9]) else None


def _checks(value: str) -> bool:
    return bool(vat.is_valid(value)) or value.startswith(("CHE", "NO"))


def _is_iban(words: Sequence[str]) -> bool:
    joined = ""
    for word in words:
        joined += _JOINERS.sub("", word)
        if len(joined) >= 15 and iban.is_valid(joined):
            return True
    return False


def _national(word: str, place: int) -> VatId | None:
    text = word.strip(".,;:()")
    if _BUSINESS_ID.fullmatch(text) and ytunnus.is_valid(text):
        return VatId(f"FI{ytunnus.compact(text).zfill(8)}", place, place + 1, checked=True, derived=True)
    return None


def swedish_vat_id(word: str) -> str | None:
    """The VAT number of a Swedish company whose registration number this is.

    Legal persons' VAT number is the registration number between SE and 01
    (Skatteförfarandeförordningen, practice of Skatteverket).
    """
    text = word.strip(".,;:()")
    if _SWEDISH_ID.fullmatch(text) and orgnr.is_valid(text):
        return f"SE{orgnr.compact(text)}01"
    return None
