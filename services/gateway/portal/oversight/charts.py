"""Charts drawn on the server as plain SVG: numbers become places here, words and the table stay in the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.money import Money

WIDE = 380  # of the drawing's 480: the rest is for the label at the bar's end
STEP = 44  # from one bar to the next
SHADES = 5

# Where each region stands: column and row of equal tiles, roughly as on the map. Åland (21) has its own programme.
PLACES: Mapping[str, tuple[int, int]] = {
    "19": (4, 1),
    "17": (4, 2),
    "18": (5, 2),
    "15": (2, 3),
    "16": (3, 3),
    "11": (4, 3),
    "12": (5, 3),
    "14": (2, 4),
    "13": (3, 4),
    "10": (4, 4),
    "04": (2, 5),
    "06": (3, 5),
    "07": (4, 5),
    "09": (5, 5),
    "02": (2, 6),
    "05": (3, 6),
    "01": (4, 6),
    "08": (5, 6),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A whole, its part, and the part's own part, as widths; `percent` of the whole, `inner_percent` of the part."""

    code: str
    whole: Money
    part: Money
    inner: Money | None
    top: int
    whole_width: float
    part_width: float
    inner_width: float
    percent: int | None
    inner_percent: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A region's place on the map of tiles; `shade` 0–4 by fifths of the largest sum."""

    code: str
    column: int
    row: int
    amount: Money
    shade: int


def bars(rows: Sequence[tuple[str, Money, Money, Money | None]]) -> list[Bars]:
    """(code, whole, part, inner part) each; the longest bar is the widest, and all start from zero."""
    longest = max((max(whole.cents, part.cents) for _code, whole, part, _inner in rows), default=0)
    return [_bar(place, longest, *row) for place, row in enumerate(rows)]


def _bar(place: int, longest: int, code: str, whole: Money, part: Money, inner: Money | None) -> Bars:
    return Bars(
        code=code,
        whole=whole,
        part=part,
        inner=inner,
        top=place * STEP,
        whole_width=_width(whole, longest),
        part_width=_width(part, longest),
        inner_width=_width(inner, longest) if inner else 0,
        percent=share(part, whole),
        inner_percent=share(inner, part) if inner is not None else None,
    )


def tiles(amounts: Mapping[str, Money]) -> list[Tile]:
    """Every region has a tile; where nothing was granted the sum is zero."""
    largest = max((amounts.get(code, Money(0)).cents for code in PLACES), default=0)
    return [_tile(code, amounts.get(code, Money(0)), largest) for code in PLACES]


def _tile(code: str, amount: Money, largest: int) -> Tile:
    column, row = PLACES[code]
    shade = min(SHADES - 1, amount.cents * SHADES // largest) if largest else 0
    return Tile(code=code, column=column, row=row, amount=amount, shade=shade)


def share(part: Money, whole: Money) -> int | None:
    """Whole percent, half a percent up; of nothing there is no share."""
    return (part.cents * 200 + whole.cents) // (whole.cents * 2) if whole else None


def _width(amount: Money, longest: int) -> float:
    return round(amount.cents * WIDE / longest, 1) if longest else 0.0
