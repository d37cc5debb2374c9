"""Words of a PDF's pages, by way of pdfplumber.

Only worker processes come here: reading takes the processor for as long as it lasts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from pdfminer.layout import LTChar, LTContainer, LTPage

from .layout import Word

WORD_GAP = 0.16  # times the text's size; wider than this and a new word begins
STEP_BACK = 0.3  # a letter this far left of its place was printed over another text
UNMAPPED = "(cid:"

_HYPHENS = {0x2010: "-", 0x00AD: None}  # a hyphen that looks like one, and one that is not to be seen


def words_of(page: LTPage) -> list[Word]:
    """The upright words inside the page, in the order they were drawn, each once.

    The drawing order keeps texts apart that were printed over one another, which sorting
    the letters by place would mix.
    """
    words: dict[tuple[str, int, int], Word] = {}
    for letters in _runs(_letters(page)):
        word = _word(letters, page)
        # A word printed twice with a small shift is how some programs make bold.
        words.setdefault((word.text, round(word.x0 / 3), round(word.top / 3)), word)
    return [word for word in words.values() if _inside(word, page)]


def share_unmapped(words: Iterable[Word]) -> float:
    """How much of the text, from 0 to 1, has no known letters: its fonts do not say what they draw."""
    unmapped = total = 0
    for word in words:
        total += 1
        unmapped += UNMAPPED in word.text or "\ufffd" in word.text or _private(word.text)
    return unmapped / total if total else 0.0


def _private(text: str) -> bool:
    return "\ue000" <= text[0] <= "\uf8ff"


def _letters(container: LTContainer[Any]) -> Iterator[LTChar]:
    for item in container:
        if isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTContainer):
            yield from _letters(item)


def _runs(letters: Iterable[LTChar]) -> Iterator[list[LTChar]]:
    run: list[LTChar] = []
    for letter in letters:
        if not letter.upright:
            continue
        text = letter.get_text()
        blank = text.isspace() or not text
        if run and (blank or _starts_a_word(run[-1], letter)):
            yield run
            run = []
        if not blank and not (run and _printed_twice(run[-1], letter)):
            run.append(letter)
    if run:
        yield run


def _starts_a_word(before: LTChar, letter: LTChar) -> bool:
    size = before.size
    gap = letter.x0 - before.x1
    return (
        gap > WORD_GAP * size
        or letter.x0 < before.x0 - 0.01
        or gap < -size
        or abs(letter.y0 - before.y0) > STEP_BACK * size
    )


def _printed_twice(before: LTChar, letter: LTChar) -> bool:
    return letter.x0 - before.x0 < 0.25 * (letter.x1 - letter.x0) and before.get_text() == letter.get_text()


def _word(letters: list[LTChar], page: LTPage) -> Word:
    text = "".join([letter.get_text() for letter in letters])
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_HYPHENS)
    first, last = letters[0], letters[-1]
    ceiling = page.y1
    return Word(text, first.x0 - page.x0, ceiling - first.y1, last.x1 - page.x0, ceiling - first.y0)


def _inside(word: Word, page: LTPage) -> bool:
    return word.x1 > 0 and word.bottom > 0 and word.x0 < page.width and word.top < page.height
