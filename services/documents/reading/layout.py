"""A page as a reader sees it: words in rows, rows cut into cells.

Words come from `pages`; nothing here knows how a PDF is read. Lengths are in points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from .vocabulary import Hit, hits_in, key_of

CELL_GAP = 0.95  # times the height of the text; a wider gap starts a new cell
SAME_WORD_GAP = 0.09  # pieces drawn closer than this are one word
SAME_ROW = 0.5  # share of the lower word's height by which middles may differ
LETTERS_APART = 1.3  # widest gap between letters of a s p a c e d word
FEWEST_SPACED = 4  # letters; fewer may be quantities in columns
LETTERHEAD, FOOTER = 0.2, 0.84  # of the page's height: above and below stands the sender's own data

_INSIDE = re.compile(r"(?<=[^\W\d_][^\W\d_])\.?[:=](?=[^\s/:])|(?<=[°º#])(?=\w)|(?<=\w)(?=[€$£])|(?<=[€$£])(?=\d)")


class Word(NamedTuple):
    """Text without spaces, and where it stands."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True, eq=False)
class Cell:
    """Words that stand together in a row, and the labels found among them."""

    words: list[Word]
    page: int
    row: int
    index: int
    keys: list[str] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    def overlaps(self, x0: float, x1: float) -> bool:
        return self.x0 < x1 and x0 < self.x1


@dataclass(slots=True, eq=False)
class Page:
    """One page: its number from 1, its size, and its rows from top to bottom."""

    number: int
    width: float
    height: float
    rows: list[list[Cell]]

    @property
    def cells(self) -> Iterable[Cell]:
        return (cell for row in self.rows for cell in row)

    def in_footer(self, cell: Cell) -> bool:
        """Whether a cell stands where senders put their own data at the foot of the page."""
        return cell.top > FOOTER * self.height

    def in_letterhead(self, cell: Cell) -> bool:
        return self.number == 1 and cell.top < LETTERHEAD * self.height

    def below(self, cell: Cell, depth: float) -> Iterable[Cell]:
        """Cells of the next rows under this one, nearest first, down to `depth` points."""
        for row in self.rows[cell.row + 1 :]:
            if row[0].top > cell.bottom + depth:
                return
            yield from (other for other in row if other.overlaps(cell.x0, cell.x1))


def page_of(words: Sequence[Word], number: int, width: float, height: float) -> Page:
    """The page whose words these are, in whatever order they were drawn."""
    page = Page(number, width, height, [])
    for line in _lines(words):
        row: list[Cell] = []
        for group in _groups(_split_inside(_joined(line))):
            cell = Cell(group, number, len(page.rows), len(row), [key_of(word.text) for word in group])
            cell.hits = list(hits_in(cell.keys))
            row.append(cell)
        page.rows.append(row)
    return page


def box_of(words: Sequence[Word]) -> tuple[float, float, float, float]:
    return (
        min(word.x0 for word in words),
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
    )


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.top + word.bottom):
        last = lines[-1][-1] if lines else None
        if last and word.middle - last.middle < SAME_ROW * min(word.height, last.height):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.x0) for line in lines]


def _joined(line: list[Word]) -> list[Word]:
    """Words whose pieces were drawn one by one made whole again, and s p a c e d ones closed up."""
    pieces: list[Word] = []
    for word in line:
        gap = word.x0 - pieces[-1].x1 if pieces else 99.0
        if abs(gap) < SAME_WORD_GAP * word.height:
            pieces[-1] = _glued([pieces[-1], word])
        else:
            pieces.append(word)
    return _unspaced(pieces)


def _unspaced(line: list[Word]) -> list[Word]:
    if sum(len(word.text) == 1 for word in line) < FEWEST_SPACED:
        return line
    result: list[Word] = []
    run: list[Word] = []
    for word in line:
        letter = len(word.text) == 1
        if run and not (letter and 0 < word.x0 - run[-1].x1 < LETTERS_APART * word.height):
            result += _closed_up(run)
            run = []
        if letter:
            run.append(word)
        else:
            result.append(word)
    return result + _closed_up(run)


def _closed_up(run: list[Word]) -> list[Word]:
    if len(run) < FEWEST_SPACED:
        return run
    gaps = sorted(after.x0 - before.x1 for before, after in pairwise(run))
    usual = gaps[len(gaps) // 2]
    words = [[run[0]]]
    for before, after in pairwise(run):
        if after.x0 - before.x1 > 1.7 * usual + 0.5:
            words.append([])
        words[-1].append(after)
    return [_glued(letters) for letters in words]


def _glued(words: Sequence[Word]) -> Word:
    return Word("".join(word.text for word in words), *box_of(words))


def _split_inside(line: Iterable[Word]) -> Iterable[Word]:
    """Words cut where a label runs into its value: "Total:12,50" or "n°4711"."""
    for word in line:
        cuts = [match.end() for match in _INSIDE.finditer(word.text)] if len(word.text) > 2 else []
        letter_width = (word.x1 - word.x0) / len(word.text)
        for start, end in pairwise([0, *cuts, len(word.text)]):
            yield word._replace(
                text=word.text[start:end],
                x0=word.x0 + start * letter_width,
                x1=word.x0 + end * letter_width,
            )


def _groups(line: Iterable[Word]) -> Iterable[list[Word]]:
    group: list[Word] = []
    for word in line:
        if group and word.x0 - group[-1].x1 > CELL_GAP * min(word.height, group[-1].height):
            yield group
            group = []
        group.append(word)
    if group:
        yield group
