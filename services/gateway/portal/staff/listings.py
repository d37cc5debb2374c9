"""Lists of two rooms read as one: no more rows fetched than the page needs, merged in one order, counted truly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from heapq import merge
from itertools import islice
from typing import Any

from services.gateway.portal.staff.views import APPLICATION, Source
from services.gateway.rooms import ask
from shared.contracts.applications import WORK_QUEUE
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
BY_LIKENESS = "osuvuus"  # a search's own order


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
    version: int
    handler: str | None
    amount: Money
    due_on: date | None
    days_used: int | None
    days_left: int | None
    urgency: Urgency
    waiting_for: str | None = None
    standing: str = "clear"
    stands_in_for: str | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page of the queue. `counts` by urgency are of the whole list.

    `almost`: nothing had the words searched for, and these are names alike; `meant` is the likest. `more`: a search
    found more than it counts, and the counts are of those.
    """

    rows: list[Row]
    total: int
    counts: Mapping[Urgency, int]
    almost: bool = False
    meant: str | None = None
    more: bool = False


class Listing:
    """One source in one order, asked a batch at a time. The first batch is asked at once: its total is needed."""

    def __init__(self, source: Source, sort: str, today: date, *, page: int = 1, size: int = BATCH) -> None:
        self._source, self._sort, self._today, self._page, self._size = source, sort, today, page, size
        self.first = self._fetch(page)
        self.total = int(self.first["total"])

    def __iter__(self) -> Iterator[Row]:
        page, found = self._page, self.first
        while found["items"]:
            for item in found["items"]:
                yield _row(self._source.kind, item, self._today)
            if page * self._size >= found["total"] and not found.get("more"):
                return
            page += 1
            found = self._fetch(page)

    def counts(self) -> Counter[Urgency]:
        """The room counts applications; claims are read from the most urgent on, to the first that can wait."""
        if self._source.kind == APPLICATION:
            return Counter({Urgency(name): count for name, count in self.first["counts"].items()})
        urgent = Counter[Urgency]()
        for row in self if self._sort == BY_URGENCY else Listing(self._source, BY_URGENCY, self._today):
            if row.urgency is Urgency.LATER:
                break
            urgent[row.urgency] += 1
        urgent[Urgency.LATER] = self.total - urgent.total()
        return urgent

    def _fetch(self, page: int) -> dict[str, Any]:
        return _asked(self._source, self._sort, page=page, size=self._size)


def page_of(sources: Sequence[Source], sort: str, page: int, size: int, today: date) -> Shown:
    """`sort` is a key of SORTS, with "-" in front for descending, or BY_LIKENESS."""
    if len(sources) == 1:
        # The room turns the pages.
        listings = [Listing(sources[0], sort, today, page=page, size=size)]
        rows = [_row(sources[0].kind, item, today) for item in listings[0].first["items"]]
    else:
        listings = _fitting([Listing(source, sort, today, size=min(BATCH, page * size)) for source in sources])
        rows = list(islice(_merged(listings, sort), page * size))[(page - 1) * size :]
    counts = sum((one.counts() for one in listings), Counter[Urgency]())
    almost = [one.first for one in listings if one.first.get("almost")]
    return Shown(
        rows=rows,
        total=sum(one.total for one in listings),
        counts={urgency: counts[urgency] for urgency in Urgency},
        almost=any(one["items"] for one in almost),
        meant=next((one["meant"] for one in almost if one["meant"]), None),
        more=any(one.first.get("more") for one in listings),
    )


def _fitting(listings: list[Listing]) -> list[Listing]:
    """What is only alike is left out when another list has the words themselves."""
    exact = [one for one in listings if one.total and not one.first.get("almost")]
    return exact or listings


def every_row(sources: Sequence[Source], sort: str, today: date) -> Iterator[Row]:
    """The whole list from the first row on, asked a batch at a time as it is read."""
    return _merged(_fitting([Listing(source, sort, today) for source in sources]), sort)


def urgency_of(due_on: date | None, today: date) -> Urgency:
    """Late, due by this week's Sunday, or later; what has no due day is later."""
    sunday = today + timedelta(days=6 - today.weekday())
    if due_on is None or due_on > sunday:
        return Urgency.LATER
    return Urgency.LATE if due_on < today else Urgency.WEEK


def _merged(listings: Sequence[Listing], sort: str) -> Iterator[Row]:
    if sort == BY_LIKENESS:
        return (row for listing in listings for row in listing)
    name, down = sort.removeprefix("-"), sort.startswith("-")
    return iter(merge(*listings, key=lambda row: _place(row, name, down), reverse=down))


def _asked(source: Source, sort: str, *, page: int, size: int) -> dict[str, Any]:
    minus, name = ("-", sort[1:]) if sort.startswith("-") else ("", sort)
    of_applications, of_claims = SORTS.get(name, ("", "due_on"))
    if source.kind == APPLICATION:
        order = minus + of_applications if of_applications else ""
        return ask(WORK_QUEUE, **source.asked, sort=order, page=page, size=size)
    return ask(LIST_CLAIMS, **source.asked, sort=minus + of_claims, page=page, size=size)


def _row(kind: str, item: Mapping[str, Any], today: date) -> Row:
    is_application = kind == APPLICATION
    due_on: date | None = item["due_on"]
    of_case = ("waiting_for", "standing", "stands_in_for", "unsure") if is_application else ()
    return Row(
        kind=kind,
        number=item["number" if is_application else "claim_id"],
        what="" if is_application else item["kind"],
        applicant=item["undertaking_name"],
        title=item["title"],
        state=item["state"],
        version=item["version"],
        handler=item.get("handler"),
        amount=item["aid_sought" if is_application else "claimed"],
        due_on=due_on,
        days_used=None if is_application else item["days_used"],
        days_left=(due_on - today).days if due_on else None,
        urgency=Urgency(item["urgency"]) if is_application else urgency_of(due_on, today),
        **{name: item[name] for name in of_case},
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
