"""The catalogues of texts: one .po file a subject and language, read as they are written.

English is the source text in code and templates; Finnish and Swedish are its translations. There is no
compiled copy that could be forgotten: the files are read once, at the first page.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

SOURCE = "en"
FOLDER = Path(__file__).parent


def files(language: str) -> list[Path]:
    """The language's catalogues; none for the source language."""
    return sorted((FOLDER / language).glob("*.po"))


@cache
def catalogue(language: str) -> Translations:
    """Everything translated to the language; a text that is missing stays in English."""
    whole = Translations()
    for file in files(language):
        whole.merge(_read(file, language))
    return whole


def _read(file: Path, language: str) -> Translations:
    compiled = BytesIO()
    with file.open("rb") as written:
        write_mo(compiled, read_po(written, locale=language))
    compiled.seek(0)
    return Translations(fp=compiled)
