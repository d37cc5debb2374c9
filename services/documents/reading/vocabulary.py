"""The words of invoices: labels looked up by what they mean, whatever their spacing and accents."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

LONGEST_LABEL = 7  # words
SHORTEST_PART = 2  # letters of a piece of a compound word

_SPECIAL = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "ł": "l", "đ": "d", "°": "", "º": "", "%": "pct", "#": "nr"})


class Entry(NamedTuple):
    """One meaning of a label: the family it belongs to (`sum`, `field` ...), the meaning, the language."""

    family: str
    meaning: str
    language: str


class Hit(NamedTuple):
    """A label found among words: `words[start:end]` says `entries`."""

    start: int
    end: int
    entries: tuple[Entry, ...]

    def meanings(self, family: str) -> set[str]:
        return {entry.meaning for entry in self.entries if entry.family == family}

    def in_languages(self, languages: set[str]) -> Hit:
        """The label as speakers of these languages know it."""
        # A company's form is part of its name, whatever language the invoice is in.
        known = tuple(e for e in self.entries if e.language in languages or e.family == "company")
        return self if len(known) == len(self.entries) else self._replace(entries=known)


@lru_cache(maxsize=20_000)
def key_of(text: str) -> str:
    """Small letters and digits only, without accents: "Rechnungs-Nr.:" is "rechnungsnr".

    A percent sign becomes "pct" and # becomes "nr": "VAT %" is another label than "VAT".
    """
    plain = text.casefold().translate(_SPECIAL)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in plain if letter.isalnum())


@cache
def labels() -> dict[str, tuple[Entry, ...]]:
    """Every label's entries by its key."""
    families = tomllib.loads((Path(__file__).parent / "labels.toml").read_text(encoding="utf-8"))
    found: dict[str, dict[Entry, None]] = {}
    for family, meanings in families.items():
        for meaning, languages in meanings.items():
            for language, phrases in languages.items():
                for phrase in phrases:
                    found.setdefault(key_of(phrase), {})[Entry(family, meaning, language)] = None
    found.pop("", None)
    return {key: tuple(entries) for key, entries in found.items()}


@cache
def _parts() -> dict[str, tuple[Entry, ...]]:
    """What a compound word may be made of."""
    return {
        key: tuple(entry for entry in entries if entry.family in ("sum", "part"))
        for key, entries in labels().items()
        if len(key) >= SHORTEST_PART and any(entry.family in ("sum", "part") for entry in entries)
    }


def hits_in(keys: Sequence[str]) -> Iterator[Hit]:
    """The labels among words given by their keys; the longest wins and none overlap."""
    known, start, count = labels(), 0, len(keys)
    while start < count:
        hit = _longest_from(keys, start, count, known)
        if hit:
            yield hit
        start = hit.end if hit else start + 1


def _longest_from(keys: Sequence[str], start: int, count: int, known: dict[str, tuple[Entry, ...]]) -> Hit | None:
    if not keys[start]:
        return None
    best, joined = None, ""
    for end in range(start + 1, min(count, start + LONGEST_LABEL) + 1):
        joined += keys[end - 1]
        if joined in known and keys[end - 1]:
            best = Hit(start, end, known[joined])
    return best or _compound(keys[start], start)


def _compound(key: str, start: int) -> Hit | None:
    entries = parts_of(key) if len(key) >= 8 and key.isalpha() else ()
    return Hit(start, start + 1, entries) if entries else None


@lru_cache(maxsize=20_000)
def parts_of(key: str) -> tuple[Entry, ...]:
    """What a compound such as "rechnungsgesamtbetrag" says, when known parts explain all of it."""
    found = _split(key, 0)
    return tuple(dict.fromkeys(entry for entry in found or () if entry.family == "sum"))


def _split(key: str, depth: int) -> tuple[Entry, ...] | None:
    if not key:
        return ()
    if depth > 6:
        return None
    for size in range(min(len(key), 24), SHORTEST_PART - 1, -1):
        entries = _parts().get(key[:size])
        if entries:
            rest = _split(key[size:], depth + 1)
            if rest is not None:
                return entries + rest
    # German compounds join with an s: Steuer-s-umme is none, Betrag-s-summe is one.
    return _split(key[1:], depth + 1) if depth and key[0] == "s" else None
