"""Swedish and English are whole languages here: no Finnish is left on their pages but what Finns themselves wrote."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from services.customers.demo import UNDERTAKINGS, people
from tests.browser.by_hand import TITLE
from tests.support.browsing import DESK, Reader
from tests.support.stages import CAPACITIES, Stages
from tukivayla.demo.companies import COMPANIES

# What is shown, outside parts that say themselves to be in another language.
TEXTS = """language => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const own = walk.currentNode.parentElement, said = own.closest('[lang]');
    if (said.lang !== language || own.closest('script, style, pre, textarea')) continue;
    const text = walk.currentNode.textContent.replace(/\\s+/g, ' ').trim();
    if (text) found.push(text);
  }
  return found;
}"""
WORD = re.compile(r"[^\W\d_]{2,}")
"""A word of letters; sums, numbers and codes are the same in every language."""


def own_words(stages: Stages) -> list[str]:
    """What is a name, or was written by the case's own people, and is the same in every language. Longest first."""
    flow = stages.after("trace")
    written = [value for value in flow._answers().values() if isinstance(value, str) and value]
    lines = [value for line in (flow._read_line(None), flow._typed_line()) for value in line.values()]
    people_and_companies = [one.name for one in (*people(), *UNDERTAKINGS, *COMPANIES)]
    return sorted({*written, *lines, *people_and_companies, TITLE, "tukivayla trail verify"}, key=len, reverse=True)


def words_left(text: str, own: list[str]) -> int:
    for known in own:
        text = text.replace(known, " ")
    without_codes = re.sub(r"\S*[\d@_]\S*", " ", text)
    return len(WORD.findall(without_codes))


@pytest.fixture
def readers(person: Callable[..., Reader]) -> Callable[[str], Reader]:
    known: dict[str, Reader] = {"": person(viewport=DESK)}

    def of(duty: str) -> Reader:
        if duty not in known:
            name, capacity = CAPACITIES[duty]
            known[duty] = person(viewport=DESK).be(name, **capacity)
        return known[duty]

    return of


def shown(reader: Reader, path: str, language: str) -> set[str]:
    reader.open(f"{path}{'&' if '?' in path else '?'}kieli={language}")
    assert reader.page.evaluate("document.documentElement.lang") == language
    return set(reader.page.evaluate(TEXTS, language))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_finnish_is_left(readers: Callable[[str], Reader], stages: Stages, language: str) -> None:
    own, found = own_words(stages), []
    for duty, path in stages.pages():
        same = shown(readers(duty), path, "fi") & shown(readers(duty), path, language)
        found += [f"{duty} {path}: {text}" for text in same if words_left(text, own) > 2]
    assert not found, "\n".join(found)


def test_the_language_stays_from_page_to_page_and_the_other_ones_are_a_link_away(
    readers: Callable[[str], Reader],
) -> None:
    visitor = readers("")
    visitor.open("/")
    visitor.follow("Svenska")
    visitor.follow("Utlysningar")
    visitor.arrives("Utlysningar")
    assert visitor.page.evaluate("document.documentElement.lang") == "sv"
    visitor.follow("English")
    visitor.arrives("Calls")
    assert visitor.page.url.endswith("/haut?kieli=en"), "the same page, and an address that can be sent on"


def test_sums_and_times_are_written_as_each_language_writes_them(
    readers: Callable[[str], Reader], stages: Stages
) -> None:
    done = stages.after("trace")
    path = f"/oma/maksatus/{done.claim_id}"
    for language, sum_paid in (("fi", "4 916,00 €"), ("sv", "4 916,00 €"), ("en", "€4,916.00")):
        readers("company").open(f"{path}?kieli={language}")
        assert sum_paid in readers("company").reads()
    for language, moment in (("fi", r"2026 klo \d"), ("sv", r"2026 kl\. \d"), ("en", r"2026 at \d")):
        readers("company").open(f"/oma/asiat/{done.number}/vastaanotto?kieli={language}")
        assert re.search(moment, readers("company").reads())
