"""Scored selection criteria: points times weight, the minimum of each criterion and of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.applications.domain.assessed import Scored
from services.applications.domain.selection import Criterion, Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A criterion with what was given; `points` None until it is scored."""

    criterion: Criterion
    points: int | None
    grounds: str

    @property
    def weighted(self) -> int | None:
        return None if self.points is None else self.points * self.criterion.weight

    @property
    def falls(self) -> bool:
        return self.points is not None and self.points < self.criterion.least

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.criterion.code,
            "names": dict(self.criterion.names),
            "weight": self.criterion.weight,
            "most": self.criterion.most,
            "least": self.criterion.least,
            "points": self.points,
            "weighted": self.weighted,
            "grounds": self.grounds,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """`total` of what has been scored so far; `least` and `most` of the whole."""

    rows: tuple[Row, ...]
    total: int
    least: int
    most: int

    @property
    def unscored(self) -> tuple[str, ...]:
        return tuple(row.criterion.code for row in self.rows if row.points is None)

    @property
    def fallen(self) -> tuple[str, ...]:
        """The criteria whose own minimum is not reached."""
        return tuple(row.criterion.code for row in self.rows if row.falls)

    def to_json(self) -> dict[str, Any]:
        rows = [row.to_json() for row in self.rows]
        return {"rows": rows, "total": self.total, "least": self.least, "most": self.most}


def points_of(selection: Selection, scores: Mapping[str, Scored]) -> Points:
    rows = tuple(_rows(selection, scores))
    return Points(
        rows=rows,
        total=sum(row.weighted or 0 for row in rows),
        least=selection.least_points,
        most=selection.most_points,
    )


def _rows(selection: Selection, scores: Mapping[str, Scored]) -> Iterator[Row]:
    for criterion in selection.criteria:
        given = scores.get(criterion.code)
        yield Row(
            criterion=criterion,
            points=given.points if given else None,
            grounds=given.grounds if given else "",
        )
