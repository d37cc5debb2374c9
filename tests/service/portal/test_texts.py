"""Every text has its Finnish and its Swedish, and every code of the rooms its sentence."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator

import pytest

import services
from services.gateway import texts
from services.gateway.sentences import FACT_WORDS, REFUSALS, RULES, WORDS
from shared.blobs import TooLarge
from shared.contracts import EVENTS, applications, documents, payments
from shared.errors import DomainError, InvalidFields
from tests.support.texts_used import LANGUAGES, missing, translated, translated_in_two_ways, used

PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z]+\}|%%")
FAULT = re.compile(r'(?:Fault\([^"]*"[^"]*",\s*|\.fault\("[a-z_]+",\s*|Unreadable\(\s*)"([a-z_]+)"')


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    assert missing(language) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_one_translation(language: str) -> None:
    """An English word that is a verb on a button and a name in a list needs two texts."""
    assert translated_in_two_ways(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_only_a_guess(language: str) -> None:
    assert [text for text, message in translated(language).items() if message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_filled_with_the_same_facts(language: str) -> None:
    for text, message in translated(language).items():
        wanted = set(PLACEHOLDER.findall(" ".join(text) if isinstance(text, tuple) else text))
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(set(PLACEHOLDER.findall(one)) == wanted for one in said), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_kept_for_a_text_that_is_gone(language: str) -> None:
    known = used()
    assert [text for text in translated(language) if text not in known] == []


def refusals() -> Iterator[type[DomainError]]:
    for module in pkgutil.walk_packages(services.__path__, "services."):
        if module.name.endswith((".errors", ".domain.errors")):
            importlib.import_module(module.name)
    waiting = [DomainError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        # A refusal that came over the wire from an unknown room is made as it comes, and stands in no module.
        stands = getattr(sys.modules[kind.__module__], kind.__name__, None) is kind
        if stands and "code" in kind.__dict__ and kind.__module__.startswith(("services.", "shared.")):
            yield kind


def test_every_refusal_has_a_sentence() -> None:
    codes = {kind.code for kind in refusals()}
    assert {InvalidFields.code, TooLarge.code} <= codes
    assert sorted(code for code in codes if not texts.has_sentence(code)) == []


def test_every_rule_that_a_field_can_break_has_a_sentence() -> None:
    sources = [*_sources("services"), *_sources("shared")]
    rules = {rule for source in sources for rule in FAULT.findall(source)}
    assert len(rules) > 30
    assert sorted(rule for rule in rules if not texts.has_sentence(rule)) == []


def _sources(package: str) -> Iterator[str]:
    root = importlib.import_module(package).__path__[0]
    from pathlib import Path

    yield from (file.read_text() for file in Path(root).rglob("*.py"))


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("application_state", applications.STATES),
        ("claim_state", payments.CLAIM_STATES),
        ("claim_kind", payments.CLAIM_KINDS),
        ("payment_state", payments.PAYMENT_STATES),
        ("batch_state", payments.BATCH_STATES),
        ("cut_reason", payments.CUT_REASONS),
        ("category", applications.COST_CATEGORIES),
        ("cost_model", applications.COST_MODELS),
        ("fund", applications.FUNDS),
        ("fund_short", applications.FUNDS),
        ("financing_source", applications.FINANCING_SOURCES),
        ("outcome", applications.OUTCOMES),
        ("document_kind", documents.DOCUMENT_KINDS),
        ("figure", documents.FIGURES),
        ("reading_state", documents.READING_STATES),
        ("event", tuple(event for event, _version in EVENTS)),
    ],
)
def test_every_code_of_the_contracts_has_words(kind: str, codes: tuple[str, ...]) -> None:
    assert [code for code in codes if code not in WORDS[kind]] == []


def test_facts_are_written_as_people_write_them() -> None:
    facts = {"aid": "9000.00", "least": "10000.00"}
    assert texts.sentence("aid_below_least", facts, "fi") == (
        "Tukea tulisi 9\u00a0000,00\u00a0€, ja tässä haussa myönnetään vähintään 10\u00a0000,00\u00a0€."
    )
    regions = texts.sentence("region_not_in_call", {"regions": "10, 11"}, "sv")
    assert regions == "Den här utlysningen gäller projekt i: Södra Savolax, Norra Savolax."


def test_a_code_without_a_sentence_names_itself() -> None:
    assert "strange_new_code" in texts.sentence("strange_new_code", {}, "fi")


def test_a_missing_fact_is_a_dash_and_no_error() -> None:
    assert texts.sentence("changed_meanwhile", {}, "en") == "– saved a newer version on –."


def test_every_fact_shown_in_words_has_its_words() -> None:
    assert set(FACT_WORDS.values()) <= WORDS.keys()
    assert not REFUSALS.keys() & RULES.keys()
