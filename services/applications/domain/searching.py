"""What is searched, in the form it is searched in: case, accents and the dots of å, ä and ö do not matter."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Typed by hand a name loses a letter or two: "levypjaa" is like "levypaja" by 0.55 of its trigrams.
LIKE_ENOUGH = 0.45
MOST_WORDS = 6

_SAME = str.maketrans({"ß": "ss", "ø": "o", "æ": "a", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "œ": "oe"})
_NUMBER = re.compile(r"[a-z]\d{4,}(-[a-z]{0,2}\d+)?")
_BUSINESS_ID = re.compile(r"(\d{7})-?(\d)")


@dataclass(frozen=True, slots=True)
class Sought:
    """A search as understood: the words, and the number or business id when it is one."""

    words: tuple[str, ...]
    number: str | None = None
    business_id: str | None = None

    @property
    def whole(self) -> str:
        return " ".join(self.words)


def folded(text: str) -> str:
    """Lower case without accents; spaces single. "Åbergin  Veneveistämö" is "abergin veneveistamo"."""
    plain = unicodedata.normalize("NFD", text.casefold().translate(_SAME))
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).split())


def searched_text(number: str, business_id: str, name: str, title: str) -> str:
    return folded(f"{number} {business_id} {name} {title}")


def understood(search: str) -> Sought:
    whole = folded(search)
    words = tuple(dict.fromkeys(whole.split()))[:MOST_WORDS]
    if _NUMBER.fullmatch(whole):
        return Sought(words, number=whole.upper())
    if found := _BUSINESS_ID.fullmatch(whole):
        business_id = f"{found[1]}-{found[2]}"
        return Sought((business_id,), business_id=business_id)
    return Sought(words)
