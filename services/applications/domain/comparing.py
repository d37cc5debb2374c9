"""Two versions of the answers beside each other: what was changed, and which row became which.

Equal rows are the same row wherever they stand. Of the others, the two that have most in common are taken for
one; a row that has nothing in common with any is new, or gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.applications.domain.typed_answers import Answers, is_blank
from services.applications.domain.versions import ATTACHMENTS

CHANGED, ADDED, REMOVED = "changed", "row_added", "row_removed"

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`row_was` and `row_is` are places of a repeated row in the old and the new version, from 0."""

    key: str
    kind: str
    old: str
    new: str
    column: str = ""
    row_was: int | None = None
    row_is: int | None = None


def differences(old: Answers, new: Answers, order: Sequence[str]) -> tuple[Difference, ...]:
    """Every answer that differs, in the order of the form."""
    keys = dict.fromkeys((*order, *old, *new))
    return tuple(difference for key in keys for difference in _of_key(key, old.get(key), new.get(key)))


def match_rows(old: Sequence[Row], new: Sequence[Row]) -> tuple[tuple[int | None, int | None], ...]:
    """(place in old, place in new) in the order of the new version; what is gone stands where it was."""
    pairs = _equal_rows(old, new)
    left = [at for at in range(len(old)) if at not in pairs]
    open_ = set(range(len(new))) - set(pairs.values())
    likely = [(_alike(old[was], new[now]), was, now) for was in left for now in open_]
    for score, was, now in sorted(likely, key=lambda pair: (-pair[0], abs(pair[1] - pair[2]), pair[1], pair[2])):
        if score and was not in pairs and now in open_:
            pairs[was] = now
            open_.discard(now)
    return _in_order(pairs, len(old), open_)


def _of_key(key: str, old: Any, new: Any) -> Iterator[Difference]:
    if key == ATTACHMENTS:
        yield from _of_attachments(old or [], new or [])
    elif isinstance(old, list) or isinstance(new, list):
        yield from _of_rows(key, _rows(old), _rows(new))
    elif (old or "") != (new or ""):
        yield Difference(key=key, kind=CHANGED, old=old or "", new=new or "")


def _of_rows(key: str, old: list[Row], new: list[Row]) -> Iterator[Difference]:
    for was, now in match_rows(old, new):
        before = old[was] if was is not None else {}
        after = new[now] if now is not None else {}
        kind = ADDED if was is None else REMOVED if now is None else CHANGED
        for column in dict.fromkeys((*after, *before)):
            left, right = before.get(column, ""), after.get(column, "")
            if left.strip() != right.strip():
                yield Difference(key=key, kind=kind, old=left, new=right, column=column, row_was=was, row_is=now)


def _of_attachments(old: Iterable[Row], new: Iterable[Row]) -> Iterator[Difference]:
    before = {row["document_id"]: row for row in old}
    after = {row["document_id"]: row for row in new}
    for document_id, row in before.items():
        if document_id not in after:
            yield Difference(key=ATTACHMENTS, kind=REMOVED, old=row["file_name"], new="", column=row["kind"])
    for document_id, row in after.items():
        if document_id not in before:
            yield Difference(key=ATTACHMENTS, kind=ADDED, old="", new=row["file_name"], column=row["kind"])


def _rows(value: Any) -> list[Row]:
    """The rows that have something in them: an empty one is no row to compare."""
    return [row for row in value or [] if not is_blank(row)]


def _equal_rows(old: Sequence[Row], new: Sequence[Row]) -> dict[int, int]:
    free: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for at, row in enumerate(new):
        free.setdefault(_as_said(row), []).append(at)
    return {at: places.pop(0) for at, row in enumerate(old) if (places := free.get(_as_said(row)))}


def _as_said(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((column, text.strip()) for column, text in row.items() if text.strip()))


def _alike(one: Row, other: Row) -> int:
    """How many filled columns say the same."""
    return len(set(_as_said(one)) & set(_as_said(other)))


def _in_order(
    pairs: Mapping[int, int], old_rows: int, only_new: Iterable[int]
) -> tuple[tuple[int | None, int | None], ...]:
    places: list[tuple[int, int, int | None, int | None]] = [(now, 1, was, now) for was, now in pairs.items()]
    places += [(now, 1, None, now) for now in only_new]
    places += [(was, 0, was, None) for was in range(old_rows) if was not in pairs]
    return tuple((was, now) for _, _, was, now in sorted(places, key=lambda place: place[:2]))
