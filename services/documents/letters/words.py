"""The words of the letters, one file per language, and how values are put into them."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from services.documents.letters.formats import FORMATS, NO_BREAK, Formats
from shared.money import Money, Rate

LANGUAGES = ("fi", "sv", "en")
FOLDER = Path(__file__).parent


class NoSuchText(LookupError):
    """No text is written for a key in a language: a gap of ours, which no letter may be printed over."""


@dataclass(frozen=True, slots=True)
class Words:
    """`texts` by dotted key; a text has places like {aid:money} that `say` fills."""

    language: str
    texts: Mapping[str, str | list[str]]
    formats: Formats

    def say(self, key: str, /, **values: Any) -> str:
        """Raises NoSuchText, also when the text asks for a value that is not given."""
        return self._filled(self._text(key), key, values)

    def say_all(self, key: str, /, **values: Any) -> list[str]:
        """A text of several paragraphs or points."""
        texts = self._text(key)
        return [self._filled(text, key, values) for text in texts]

    def knows(self, key: str) -> bool:
        return key in self.texts

    def abbreviated(self, source: str) -> str:
        """A legal source with its Finnish abbreviations written out in the letter's language."""
        for short, written in self._abbreviations():
            source = re.sub(short, written, source)
        return source.replace(" §", f"{NO_BREAK}§")

    def _abbreviations(self) -> Sequence[Sequence[str]]:
        pairs: Any = self.texts.get("sources.rewritten", [])
        return pairs if isinstance(pairs, list) else []

    def _text(self, key: str) -> Any:
        try:
            return self.texts[key]
        except KeyError as error:
            raise NoSuchText(f"{self.language}: {key}") from error

    def _filled(self, text: str, key: str, values: Mapping[str, Any]) -> str:
        try:
            return _Places(self).vformat(text, (), values).replace(" §", f"{NO_BREAK}§")
        except KeyError as error:
            raise NoSuchText(f"{self.language}: {key} asks for {error}") from error


class _Places(string.Formatter):
    """Fills {name:kind}: kind is money, percent, day, days or moment, or a group of texts to look the value up in."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def format_field(self, value: Any, format_spec: str) -> str:
        formats = self._words.formats
        match format_spec:
            case "":
                return str(value)
            case "money":
                return formats.money(value if isinstance(value, Money) else Money.eur(value))
            case "percent":
                return formats.percent(value.percent if isinstance(value, Rate) else Decimal(value))
            case "day":
                return formats.day(value if isinstance(value, date) else date.fromisoformat(value))
            case "days":
                return formats.days(value)
            case "moment":
                return formats.moment(value)
            case group:
                return self._words.say(f"{group}.{value}")


@cache
def words(language: str) -> Words:
    """Raises NoSuchText for a language nobody writes letters in."""
    if language not in LANGUAGES:
        raise NoSuchText(language)
    tree = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return Words(language, dict(_flat(tree)), FORMATS[language])


def _flat(tree: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value
