"""The parts of a letter as plain data, in the form `letter.typ` sets them. Every text in them is final."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

Block = dict[str, Any]
Align = Literal["left", "right"]
Column = tuple[str, Align, str]  # heading, alignment, width as typst writes it


def words_column(heading: str, width: str = "1fr") -> Column:
    return heading, "left", width


def sums_column(heading: str) -> Column:
    return heading, "right", "auto"


def lead(text: str) -> Block:
    """The sentence that decides."""
    return {"kind": "lead", "text": text}


def paragraphs(text: str) -> list[Block]:
    """What a person wrote, in the paragraphs it was written in."""
    return [{"kind": "text", "text": part.strip()} for part in text.splitlines() if part.strip()]


def subheading(text: str) -> Block:
    return {"kind": "subheading", "text": text}


def points(items: Sequence[str], *, numbered: bool = False) -> Block:
    return {"kind": "points", "items": list(items), "numbered": numbered}


def terms(rows: Iterable[tuple[str, str]]) -> Block:
    """Short names, each with its text."""
    return {"kind": "terms", "rows": [list(row) for row in rows]}


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    *,
    totals: Sequence[Sequence[str]] = (),
) -> Block:
    """The last row of `totals` is the sum."""
    return {
        "kind": "table",
        "caption": caption,
        "headings": [heading for heading, _, _ in columns],
        "align": [align for _, align, _ in columns],
        "widths": [width for _, _, width in columns],
        "rows": [list(row) for row in rows],
        "totals": [list(row) for row in totals],
    }


def section(heading: str, blocks: Iterable[Block]) -> dict[str, Any]:
    return {"heading": heading, "blocks": list(blocks)}


def notice(text: str) -> Block:
    """What is told before everything else."""
    return {"kind": "notice", "text": text}


def qr_code(svg: str, alt: str) -> Block:
    """A picture of the check address; `alt` is read aloud in its place."""
    return {"kind": "qr", "svg": svg, "alt": alt}
