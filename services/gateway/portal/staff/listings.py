"""Lists of two rooms read as one: rows fetched as far as they are needed, merged in one order, counted truly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from heapq import merge
from itertools import islice
from typing import Any

from services.gateway.identity import current_asker
from services.gateway.portal.staff.views import APPLICATION, Filters, Source
from services.gateway.rooms import ask
from shared.contracts.applications import LIST_APPLICATIONS
from shared.contracts.payments import LIST_CLAIMS
from shared.money import Money
from shared.sorting import sort_key

BATCH = 200  # the rooms' largest page

# The reader's word for an order → the rooms' own words: applications', claims'.
SORTS: Mapping[str, tuple[str, str]] = {
    "maara": ("due_on", "due_on"),
    "asia": ("number", "claim_id"),
    "hakija": ("undertaking_name", "name"),
    "summa": ("aid_sought", "claimed"),
    "tila": ("state", "state"),
}
BY_URGENCY = "maara"


class Urgency(StrEnum):
    LATE = "late"
    WEEK = "week"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One case as the queue shows it. `days_used` of the 80 of a claim; `days_left` until it is due, below 0 late."""

    kind: str
    number: str
    what: str
    applicant: str
    title: str
    state: str
    handler: str | None
    amount: Money
    due_on: date | None
    days_used: int | None
    days_left: int | None
    urgency: Urgency


class Listing:
    """One source in one order. The first page is asked at once, as its total is always needed."""

    def __init__(self, source: Source, filters: Filters, sort: str, today: date) -> None:
        self._source, self._filters, self._sort, self._today = source, filters, sort, today
        self._first = self._fetch(1)
        self.total = int(self._first["total"])

    def __iter__(self) -> Iterator[Row]:
        page, found = 1, self._first
        while found["items"]:
            for item in found["items"]:
                yield _row(self._source.kind, item, self._today)
            if page * BATCH >= found["total"]:
                return
            page += 1
            found = self._fetch(page)

    def _fetch(self, page: int) -> dict[str, Any]:
        return _asked(self._source, self._filters, self._sort, page=page, size=BATCH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page of the queue. `counts` by urgency are of the whole list, and only when it is ordered by urgency."""

    rows: list[Row]
    total: int
    counts: Mapping[Urgency, int]


def page_of(sources: list[Source], filters: Filters, sort: str, page: int, size: int, today: date) -> Shown:
    """`sort` is a key of SORTS, with "-" in front for descending."""
    listings = [Listing(source, filters, sort, today) for source in sources]
    name, down = sort.removeprefix("-"), sort.startswith("-")
    merged = merge(*listings, key=lambda row: _place(row, name, down), reverse=down)
    total = sum(listing.total for listing in listings)
    rows = list(islice(merged, page * size))
    counts = _counts(rows, merged, total) if sort == BY_URGENCY else {}
    return Shown(rows=rows[(page - 1) * size :], total=total, counts=counts)


def count_of(source: Source) -> int:
    """How many there are, asked with the smallest page."""
    return int(_asked(source, Filters(), BY_URGENCY, page=1, size=1)["total"])


def urgency_of(due_on: date | None, today: date) -> Urgency:
    """Late, due by this week's Sunday, or later; what has no due day is later."""
    sunday = today + timedelta(days=6 - today.weekday())
    if due_on is None or due_on > sunday:
        return Urgency.LATER
    return Urgency.LATE if due_on < today else Urgency.WEEK


def _counts(rows: list[Row], rest: Iterator[Row], total: int) -> Mapping[Urgency, int]:
    """The list goes from the most urgent on, so reading it to the first that can wait counts the urgent ones."""
    urgent = [row.urgency for row in rows if row.urgency is not Urgency.LATER]
    if len(urgent) == len(rows):
        for row in rest:
            if row.urgency is Urgency.LATER:
                break
            urgent.append(row.urgency)
    late = urgent.count(Urgency.LATE)
    return {Urgency.LATE: late, Urgency.WEEK: len(urgent) - late, Urgency.LATER: total - len(urgent)}


def _asked(source: Source, filters: Filters, sort: str, *, page: int, size: int) -> dict[str, Any]:
    minus, name = ("-", sort[1:]) if sort.startswith("-") else ("", sort)
    of_applications, of_claims = SORTS[name]
    asked = {"state": list(source.states), "region": filters.region, "search": filters.search}
    if source.kind == APPLICATION:
        handler = current_asker().person if source.mine else ""
        order = minus + of_applications
        return ask(LIST_APPLICATIONS, **asked, handler=handler, sort=order, page=page, size=size)
    return ask(LIST_CLAIMS, **asked, sort=minus + of_claims, page=page, size=size)


def _row(kind: str, item: Mapping[str, Any], today: date) -> Row:
    is_application = kind == APPLICATION
    due_on: date | None = item["due_on"]
    return Row(
        kind=kind,
        number=item["number" if is_application else "claim_id"],
        what="" if is_application else item["kind"],
        applicant=item["undertaking_name"],
        title=item["title"],
        state=item["state"],
        handler=item.get("handler"),
        amount=item["aid_sought" if is_application else "claimed"],
        due_on=due_on,
        days_used=None if is_application else item["days_used"],
        days_left=(due_on - today).days if due_on else None,
        urgency=urgency_of(due_on, today),
    )


def _place(row: Row, name: str, down: bool) -> tuple[bool, Any, str]:
    """Where a row stands among rows of the other lists; what is unknown comes last either way."""
    found: Any = {
        "maara": row.due_on,
        "asia": row.number,
        "hakija": sort_key(row.applicant),
        "summa": row.amount,
        "tila": row.state,
    }[name]
    known = found is not None
    return (known if down else not known, found if known else 0, row.number)
