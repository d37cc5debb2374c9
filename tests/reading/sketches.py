"""Invoices sketched as plain text: where a word stands in the text is where it stands on the page.

A sketch opens with the reason it exists and the figures a person would read; `-` is a figure
that the invoice does not give.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from services.documents.reading.layout import Page, Word, page_of

FOLDER = Path(__file__).parent / "sketched"
LETTER_WIDTH, LINE_HEIGHT, TEXT_HEIGHT = 5.0, 13.0, 9.0  # points
LEFT, TOP = 40.0, 50.0
PAGE_WIDTH, PAGE_HEIGHT = 700.0, 842.0


@dataclass(frozen=True)
class Sketch:
    """An invoice as text, and the figures that are right; a figure the sketch leaves out may be anything."""

    name: str
    figures: dict[str, str | None]
    text: str

    @property
    def page(self) -> Page:
        return page_from(self.text)


def sketches() -> list[Sketch]:
    return [_sketch(path) for path in sorted(FOLDER.glob("*.txt"))]


def page_from(text: str) -> Page:
    """The page a sketch stands for."""
    words = [
        Word(
            match[0],
            LEFT + match.start() * LETTER_WIDTH,
            TOP + row * LINE_HEIGHT,
            LEFT + match.end() * LETTER_WIDTH,
            TOP + row * LINE_HEIGHT + TEXT_HEIGHT,
        )
        for row, line in enumerate(text.splitlines())
        for match in re.finditer(r"\S+", line)
    ]
    return page_of(words, 1, PAGE_WIDTH, PAGE_HEIGHT)


def _sketch(path: Path) -> Sketch:
    head, text = path.read_text(encoding="utf-8").split("---\n", 1)
    pairs = (line.split(": ", 1) for line in head.splitlines() if not line.startswith("#"))
    return Sketch(path.stem, {name: None if value == "-" else value for name, value in pairs}, text)
