"""The states as a picture: a column for each step of the way, an arrow for each move, its line saying who makes it.

A layered drawing (Sugiyama): a state stands one column after the furthest state that leads to it, moves that lead
back left out. What goes forward leaves a box on its right and enters the next on its left; what goes back runs below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape

from services.applications.domain.states import DECIDED, MOVES, State, Who
from tukivayla.states.telling import name_of, who_of

WIDE, HIGH = 214, 66  # a box
APART, BETWEEN = 110, 26  # columns, rows
EDGE = 30
KEY_HIGH = 92

# Who moves is told by the line's shape and by its colour.
LINES: Mapping[Who, str] = {
    Who.COMPANY: 'stroke="#0a4a5e" stroke-width="1.6" stroke-dasharray="9 5"',
    Who.HANDLER: 'stroke="#14212a" stroke-width="1.6"',
    Who.DECISION_MAKER: 'stroke="#17653a" stroke-width="3"',
    Who.CLOCK: 'stroke="#ad1f17" stroke-width="2" stroke-dasharray="2 4"',
}


@dataclass(frozen=True, slots=True)
class Box:
    """A state's place, in the picture's units."""

    x: int
    y: int

    @property
    def left(self) -> tuple[int, int]:
        return self.x, self.y + HIGH // 2

    @property
    def right(self) -> tuple[int, int]:
        return self.x + WIDE, self.y + HIGH // 2

    @property
    def above(self) -> tuple[int, int]:
        return self.x + WIDE // 2, self.y

    @property
    def below(self) -> tuple[int, int]:
        return self.x + WIDE // 2, self.y + HIGH


def drawing() -> str:
    """docs/states.svg, whole."""
    return "\n".join(_lines()) + "\n"


@cache
def columns() -> Mapping[State, int]:
    """State → its column, from 0: the length of the longest way to it that never turns back."""
    forward = {pair for pair in _pairs() if not _leads_back(*pair) and not _is_sideways(*pair)}
    found = {State.DRAFT: 0}
    for _ in State:
        for before, after in forward:
            if before in found:
                found[after] = max(found.get(after, 0), found[before] + 1)
    return found


def boxes() -> Mapping[State, Box]:
    """Every state's box. A column is centred on the tallest; within it states stand in the table's order."""
    by_column: dict[int, list[State]] = {}
    for state in State:
        by_column.setdefault(columns()[state], []).append(state)
    tallest = max(len(states) for states in by_column.values())
    placed = {}
    for column, states in by_column.items():
        top = EDGE + (tallest - len(states)) * (HIGH + BETWEEN) // 2
        for row, state in enumerate(states):
            placed[state] = Box(EDGE + column * (WIDE + APART), top + row * (HIGH + BETWEEN))
    return placed


def _pairs() -> list[tuple[State, State]]:
    return list(dict.fromkeys((move.before, move.after) for move in MOVES))


def _is_sideways(before: State, after: State) -> bool:
    """From one outcome to another: a case decided anew."""
    return before in DECIDED and after in DECIDED


def _leads_back(before: State, after: State) -> bool:
    """To a state met earlier on, from which the case goes on again; an end never leads back."""
    order = _first_met()
    goes_on = any(start is after for start, _ in _pairs())
    return goes_on and order[after] <= order[before]


@cache
def _first_met() -> Mapping[State, int]:
    """State → its distance from the draft, by the fewest moves; of equals, the table's order decides."""
    distance, front = {State.DRAFT: 0}, [State.DRAFT]
    while front:
        state = front.pop(0)
        for before, after in _pairs():
            if before is state and after not in distance:
                distance[after] = distance[state] + 1
                front.append(after)
    places = list(State)
    return {state: distance[state] * 100 + places.index(state) for state in places}


def _lines() -> Iterator[str]:
    placed = boxes()
    wide = max(box.x for box in placed.values()) + WIDE + EDGE + APART
    high = max(box.y for box in placed.values()) + HIGH + EDGE + KEY_HIGH
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" '
        'aria-labelledby="nimi" font-family="system-ui, sans-serif">'
    )
    yield '<title id="nimi">The states of a case and the moves between them</title>'
    yield f'<rect width="{wide}" height="{high}" fill="#fff"/>'
    yield (
        '<defs><marker id="k" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" '
        'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 10 5 0 10z" fill="#14212a"/></marker></defs>'
    )
    yield '<g fill="none" marker-end="url(#k)">'
    yield from _arrows(placed)
    yield "</g>"
    for state, box in placed.items():
        yield from _boxed(state, box)
    yield from _key(high - KEY_HIGH + 20)
    yield "</svg>"


def _arrows(placed: Mapping[State, Box]) -> Iterator[str]:
    edges = list(dict.fromkeys((move.before, move.after, move.who) for move in MOVES))
    for edge in edges:
        before, after, who = edge
        alike = [one for one in edges if one[:2] == edge[:2]]
        shift = (alike.index(edge) * 2 - len(alike) + 1) * 7
        way = _sideways if _is_sideways(before, after) else _back if _leads_back(before, after) else _forward
        if way is _forward and columns()[after] > columns()[before] + 1:
            path = _around(placed[before], placed[after], _lane(placed, before, after))
        else:
            path = way(placed[before], placed[after], shift)
        yield f'<path d="{path}" {LINES[who]}/>'


def _forward(start: Box, end: Box, shift: int) -> str:
    (x1, y1), (x2, y2) = start.right, end.left
    bend = min(APART, (x2 - x1) // 2)
    return f"M{x1} {y1 + shift}C{x1 + bend} {y1 + shift} {x2 - bend} {y2 + shift} {x2} {y2 + shift}"


def _lane(placed: Mapping[State, Box], before: State, after: State) -> int:
    """A height at which nothing stands in the columns between; arrows from further off run lower."""
    between = range(columns()[before] + 1, columns()[after])
    lowest = max(box.y for state, box in placed.items() if columns()[state] in between)
    return lowest + HIGH + 6 + 8 * len(between)


def _around(start: Box, end: Box, lane: int) -> str:
    """Past whole columns, under what stands in them."""
    (x1, y1), (x2, y2) = start.right, end.left
    return (
        f"M{x1} {y1 + 12}C{x1 + 60} {y1 + 12} {x1 + 20} {lane} {x1 + APART} {lane}"
        f"H{x2 - APART}C{x2 - 30} {lane} {x2 - 60} {y2} {x2} {y2}"
    )


def _sideways(start: Box, end: Box, shift: int) -> str:
    """Out and in on the right, the further apart the wider; up a little to the outside of down."""
    (x1, y1), (x2, y2) = start.right, end.right
    wide = 24 + abs(y2 - y1) // 6 + (12 if y2 < y1 else 0)
    return f"M{x1} {y1 - 8}C{x1 + wide} {y1 - 8} {x2 + wide} {y2 + 8} {x2} {y2 + 8}"


def _back(start: Box, end: Box, shift: int) -> str:
    """Out on the left of the one, in from above or below to the other: never along the arrows that go forward."""
    comes_from_above = start.y < end.y
    (x1, y1), (x2, y2) = start.left, end.above if comes_from_above else end.below
    side = -1 if comes_from_above else 1
    out, into = y1 + side * 20 + shift, x2 + shift * 5 + abs(start.y - end.y) // 4
    return f"M{x1} {out}C{x1 - APART // 2} {out + side * 8} {into} {y2 + side * 80} {into} {y2}"


def _boxed(state: State, box: Box) -> Iterator[str]:
    middle = box.x + WIDE // 2
    yield (
        f'<rect x="{box.x}" y="{box.y}" width="{WIDE}" height="{HIGH}" rx="3" fill="#f1f4f3" stroke="#14212a" '
        'stroke-width="1.5"/>'
    )
    for language, at, look in (("fi", 23, 'font-size="15" font-weight="700"'), ("sv", 41, _SMALL), ("en", 57, _SMALL)):
        yield (
            f'<text x="{middle}" y="{box.y + at}" text-anchor="middle" fill="#14212a" lang="{language}" {look}>'
            f"{escape(name_of(state, language))}</text>"
        )


_SMALL = 'font-size="12.5"'


def _key(top: int) -> Iterator[str]:
    for place, (who, line) in enumerate(LINES.items()):
        x = EDGE + place * (WIDE + APART)
        yield f'<path d="M{x} {top + 14}h60" fill="none" marker-end="url(#k)" {line}/>'
        for at, language in enumerate(("fi", "sv", "en")):
            weight = ' font-weight="700"' if language == "fi" else ""
            yield (
                f'<text x="{x + 72}" y="{top + 8 + at * 17}" font-size="13" fill="#14212a" lang="{language}"{weight}>'
                f"{escape(who_of(who.value, language))}</text>"
            )
