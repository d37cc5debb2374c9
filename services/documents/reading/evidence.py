"""A document laid out for reading, and the questions all figures ask of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .figures import Figure
from .layout import Cell, Page, Word, box_of
from .vocabulary import Hit

BELOW_LABEL = 2.2  # times the label's height: how far under it its value may stand
ROWS_TO_PARTY = 14
MOST_VOTES = 12  # of one label, shared by the languages that know it


@dataclass(slots=True)
class Label:
    """A label on a page: which cell, which words of it, what it says."""

    page: Page
    cell: Cell
    hit: Hit


@dataclass
class Document:
    """The pages of one document, and labels by what they mean."""

    pages: Sequence[Page]
    labels: dict[tuple[str, str], list[Label]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._keep_spoken_languages()
        for page in self.pages:
            for cell in page.cells:
                for hit in cell.hits:
                    for entry in dict.fromkeys((entry.family, entry.meaning) for entry in hit.entries):
                        self.labels.setdefault(entry, []).append(Label(page, cell, hit))

    def labelled(self, family: str, meaning: str) -> Sequence[Label]:
        return self.labels.get((family, meaning), ())

    @property
    def language(self) -> str:
        """The language that explains most labels; "en" when none is found."""
        return self.votes.most_common(1)[0][0] if self.votes else "en"

    def _keep_spoken_languages(self) -> None:
        """Forget what labels would mean in languages this document is not in: "data" is a date in Italian."""
        spoken = {language for language, votes in self.votes.items() if 2 * votes >= self.votes[self.language]}
        spoken |= {"en"}
        for page in self.pages:
            for cell in page.cells:
                kept = (hit.in_languages(spoken) for hit in cell.hits)
                cell.hits = [hit for hit in kept if hit.entries]

    @cached_property
    def votes(self) -> Counter[str]:
        """How many labels each language explains, a label that several know counting less for each."""
        votes: Counter[str] = Counter()
        for page in self.pages:
            for cell in page.cells:
                for hit in cell.hits:
                    languages = {entry.language for entry in hit.entries}
                    for language in languages:
                        votes[language] += MOST_VOTES // len(languages)
        return votes


def values_of(label: Label) -> Iterator[tuple[Cell, int, str]]:
    """Where the value of a label may begin: cell, first word, and its place.

    The place is `after` (same cell), `right` (next cell of the row) or `below`.
    """
    cell, page = label.cell, label.page
    if label.hit.end < len(cell.words):
        yield cell, label.hit.end, "after"
        return
    row = page.rows[cell.row]
    if cell.index + 1 < len(row):
        yield row[cell.index + 1], 0, "right"
    depth = BELOW_LABEL * (cell.bottom - cell.top)
    yield from ((other, 0, "below") for other in list(page.below(cell, depth))[:2])


def party_of(page: Page, cell: Cell, start: int) -> str | None:
    """Whose data stands here, `seller`, `buyer` or `payee`: the nearest heading before or above it."""
    for hit in reversed(cell.hits):
        if hit.start < start and (who := _party(hit)):
            return who
    row = page.rows[cell.row]
    if (cell.index and start == 0) or (cell.index and not cell.hits):
        for hit in row[cell.index - 1].hits:
            if who := _party(hit):
                return who
    return _party_above(page, cell)


def _party_above(page: Page, cell: Cell) -> str | None:
    edge = cell.top
    for row in reversed(page.rows[max(0, cell.row - ROWS_TO_PARTY) : cell.row]):
        over = [other for other in row if other.overlaps(cell.x0, cell.x1) or abs(other.x0 - cell.x0) < 12]
        for other in over:
            for hit in other.hits:
                if _opens(hit, other) and (who := _party(hit)):
                    return who
        if over:
            if edge - max(other.bottom for other in over) > 4.5 * (cell.bottom - cell.top):
                return None
            edge = min(other.top for other in over)
    return None


def _opens(hit: Hit, cell: Cell) -> bool:
    """Whether a label heads its cell; an article may stand before it ("Le client")."""
    return hit.start == 0 or (hit.start == 1 and hit.end == len(cell.words) and len(cell.keys[0]) <= 5)


def _party(hit: Hit) -> str | None:
    for who in ("buyer", "payee", "seller"):
        if who in hit.meanings("party"):
            return who
    return None


def figure(value: str, confidence: int, page: int, words: Sequence[Word], why: str) -> Figure:
    return Figure(value, max(0, min(99, confidence)), page, box_of(words), why)
