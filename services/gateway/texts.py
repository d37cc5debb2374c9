"""Codes as sentences and words, in Finnish, Swedish and English.

The rooms say no with a code and facts; the sentence is written here, at the edge, in the reader's language.
Facts arrive as texts and are shown as people write them: sums, days, times, words for codes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from services.gateway import formats
from services.gateway.sentences import AUTHORITIES, FACT_WORDS, PERCENTAGES, REFUSALS, REGIONS, RULES, WORDS
from services.gateway.sentences.sources import NAMES, REWRITTEN
from services.gateway.translations import catalogue
from shared.money import Money, Rate
from shared.reference import authorities, regions

_SUM = re.compile(r"-?\d+\.\d{2}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*", re.ASCII)
UNKNOWN = "without_sentence"


def sentence(code: str, facts: Mapping[str, str], language: str) -> str:
    """What a refusal or a field's rule says, with its facts filled in.

    A code nobody has written a sentence for says so in general words and names itself, so that help can be asked.
    """
    source = REFUSALS.get(code) or RULES.get(code) or REFUSALS[UNKNOWN]
    return _filled(source, {"code": code, **_renamed(facts)}, language)


def step(what: str, facts: Mapping[str, str], language: str) -> str:
    """One row of "why this sum?"."""
    return _filled(WORDS["step"].get(what, what), facts, language)


def told(kind: str, code: str, facts: Mapping[str, str], language: str) -> str:
    """A code of the kind as a sentence, with its facts filled in; a code without words is shown as it is."""
    return _filled(WORDS[kind].get(code, code), facts, language)


def words(kind: str, code: str, language: str) -> str:
    """A code in words: words("state", "draft", "sv") is "utkast". A code without words is shown as it is."""
    source = WORDS[kind].get(code)
    return catalogue(language).gettext(source) if source else code


def source(cited: str, language: str) -> str:
    """Where a number comes from, in the reader's language: a law, a decision, or an identifier as it is."""
    known = words("step_source", cited, language)
    if known != cited:
        return known
    for pattern, in_our_way in REWRITTEN:
        cited = pattern.sub(in_our_way, cited)
    for pattern, name in NAMES:
        written = catalogue(language).gettext(name)
        cited = pattern.sub(lambda found, written=written: written % found.groupdict(), cited)  # type: ignore[misc]
    return cited


def has_sentence(code: str) -> bool:
    return code in REFUSALS or code in RULES


def shown(name: str, value: str, language: str) -> str:
    """A fact as people write it: a sum, a day, a moment, a code in words, or as it came."""
    if name in FACT_WORDS:
        return ", ".join(words(FACT_WORDS[name], code, language) for code in value.split(", "))
    form = next((form for names, form in _NAMED if name in names), None)
    form = form or next((form for pattern, form in _FORMS if pattern.fullmatch(value)), None)
    return form(value, language) if form else value


def _renamed(facts: Mapping[str, str]) -> dict[str, str]:
    """The schemas' word for a limit is `max`, the rooms' own is `most`; the sentences know one."""
    return {"most" if name == "max" else name: value for name, value in facts.items()}


def _filled(source: str, facts: Mapping[str, str], language: str) -> str:
    told = _Facts({name: shown(name, str(value), language) for name, value in facts.items()})
    return catalogue(language).gettext(source) % told


class _Facts(dict[str, str]):
    """A fact that the room did not send is a dash in the sentence, never an error page."""

    def __missing__(self, name: str) -> str:
        return formats.NOT_APPLICABLE


def _money(value: str, language: str) -> str:
    return formats.money(Money.eur(value), language)


def _day(value: str, language: str) -> str:
    return formats.day(date.fromisoformat(value), language)


def _moment(value: str, language: str) -> str:
    return formats.moment(datetime.fromisoformat(value), language)


def _percent(value: str, language: str) -> str:
    return formats.percent(Rate.of(value), language)


def _regions(value: str, language: str) -> str:
    known = (regions.BY_CODE.get(code) for code in value.split(", "))
    return ", ".join(region.names[language] for region in known if region) or value


def _authority(value: str, language: str) -> str:
    known = authorities.BY_CODE.get(value)
    return known.names[language] if known else value


_NAMED: tuple[tuple[frozenset[str], Callable[[str, str], str]], ...] = (
    (PERCENTAGES, _percent),
    (REGIONS, _regions),
    (AUTHORITIES, _authority),
)
_FORMS: tuple[tuple[re.Pattern[str], Callable[[str, str], str]], ...] = (
    (_SUM, _money),
    (_DAY, _day),
    (_MOMENT, _moment),
)
