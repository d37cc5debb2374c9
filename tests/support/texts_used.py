"""Every text that the gateway's code and templates mark for translation, and what the catalogues make of it.

`python -m tests.support.texts_used` prints the texts that lack a Finnish or a Swedish translation.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from services.gateway import translations

GATEWAY = Path(translations.FOLDER).parent
LANGUAGES = ("fi", "sv")
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None, "_l": None, "marked": None}
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]

Text = str | tuple[str, ...]


def used() -> dict[Text, str]:
    """Text → the first place where it is used."""
    found: dict[Text, str] = {}
    options = {"**/templates/**.html": {"trimmed": "false", "silent": "false"}}
    rows = extract_from_dir(GATEWAY, METHODS, options, keywords=KEYWORDS)
    for file, line, text, _comments, _context in rows:
        found.setdefault(tuple(text) if isinstance(text, list | tuple) else text, f"{file}:{line}")
    return found


def translated(language: str) -> dict[Text, Message]:
    """Text → its translation, over all the language's catalogues."""
    found: dict[Text, Message] = {}
    for message in _messages(language):
        found[message.id] = message
    return found


def _messages(language: str) -> Iterator[Message]:
    for file in translations.files(language):
        with file.open("rb") as written:
            yield from (message for message in read_po(written, locale=language) if message.id)


def translated_in_two_ways(language: str) -> list[Text]:
    """Texts that two catalogues translate differently: which of them a page shows is chance."""
    said: dict[Text, set[str]] = {}
    for message in _messages(language):
        said.setdefault(message.id, set()).add(str(message.string))
    return sorted((text for text, ways in said.items() if len(ways) > 1), key=str)


def missing(language: str) -> dict[Text, str]:
    known = translated(language)
    return {text: place for text, place in used().items() if text not in known or not _filled(known[text])}


def _filled(message: Message) -> bool:
    said = message.string
    return all(said) if isinstance(said, tuple) else bool(said)


if __name__ == "__main__":
    for language in LANGUAGES:
        for text, place in missing(language).items():
            print(language, place, repr(text))  # noqa: T201  this is a command
