"""The characters a letter can show: those of the fonts that are set into the PDF.

PDF/A forbids a character without a glyph, and the typesetter gives up on some scripts altogether, so what
a person wrote is brought into the repertoire before it is printed: a letter must not fail for an emoji.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

NOT_SHOWN = "\u25a1"  # a white square where the fonts have nothing

# Latin with all Finnish, Swedish and Sámi letters, Greek, Cyrillic, punctuation, currencies, arrows, mathematics.
_SHOWN = re.compile(
    "[\u0020-\u007e\u00a0-\u00ac\u00ae-\u04ff\u1e00-\u1fff\u2010-\u2027\u2030-\u2040"
    "\u20a0-\u20bf\u2190-\u22ff\u25a0-\u25ff]"
)
# What nearly every text consists of altogether: nothing to look up.
_ORDINARY = re.compile("[\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u017f\u2010-\u2014\u2019\u201d\u20ac]*")
_INVISIBLE = frozenset({"Cc", "Cf"})


def shown(text: str) -> str:
    """The text in characters that can be printed; line breaks and no-break spaces stay, tabs become spaces."""
    composed = unicodedata.normalize("NFC", text)
    return composed if _ORDINARY.fullmatch(composed) else "".join(map(_shown, composed))


def shown_everywhere(value: Any) -> Any:
    """The same structure with every text brought into the repertoire."""
    match value:
        case str():
            return shown(value)
        case dict():
            return {key: shown_everywhere(item) for key, item in value.items()}
        case list() | tuple():
            return [shown_everywhere(item) for item in value]
        case _:
            return value


def _shown(character: str) -> str:
    if character == "\n" or (_SHOWN.fullmatch(character) and unicodedata.category(character) != "Cn"):
        return character
    if character in "\t\u2028\u2029":
        return " "
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    plain = unicodedata.normalize("NFKC", character)
    return plain if all(_SHOWN.fullmatch(part) for part in plain) else NOT_SHOWN
