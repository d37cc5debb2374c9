"""The officials' pages at a hundred thousand applications beside a thousand: p95 of each, and how many times it grew.

Real cases are made through the house, one for each stretch of the way; every other row is one of them told anew
in SQL with a company, title, state, handler and days of its own. Shares of states, cases for an official and
names for a company are the same at both sizes, and what is asked for fills its page at both: only the size differs.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from services.applications.records import ApplicationRecord
from services.applications.service import ApplicationsService
from services.applications.storage import ApplicationsWork
from shared.asker import Asker, Role
from shared.contracts import applications as contract
from shared.contracts.terms import Operation
from shared.dates import helsinki_day
from shared.messaging.answering import answer
from shared.messaging.service import OpenOffice
from shared.messaging.settings import BusSettings
from shared.messaging.wire import Reply, Request
from shared.storage.database import Database, right_now
from tukivayla.bench.names import FORMS, OWNERS, PLACES, PROJECTS, TRADES
from tukivayla.bench.report import Report
from tukivayla.bench.stand import Embedded
from tukivayla.demo.companies import business_id
from tukivayla.demo.flow import Flow, Players, open_a_call, players
from tukivayla.demo.people import eventually

SMALL, LARGE = 1_000, 100_000
MOST = 2.0  # times the p95 at SMALL
TRIES, FEWEST, WARM_UP = 120, 60, 10
SECONDS = 5.0  # for one page, unless it is not yet asked the fewest times
SIZE = 20  # rows of a page of the room; the portal's has fifty, and there are as many open cases at the small size
FULL = 12  # rows of a page of a search: as many as every word searched for finds at the small size
AUTHORITY = "ITA"

# Rows of a hundred, by the state they are in and the way that their pattern went.
STATES = (
    *(("draft", "draft"),) * 3,
    *(("submitted", "submitted"),) * 7,
    *(("in_assessment", "in_assessment"),) * 10,
    *(("in_completion", "in_assessment"),) * 2,
    *(("in_hearing", "in_assessment"),) * 2,
    *(("proposed", "proposed"),) * 5,
    *(("approved", "approved"),) * 48,
    *(("approved_in_part", "approved"),) * 8,
    *(("rejected", "approved"),) * 13,
    *(("withdrawn", "submitted"),) * 2,
)
# Words that fill a page at both sizes, right and wrong; then two together, that few have among very many too.
COMMON = ("robottihitsaus", "energiatehokkuus", "laserleikkuri", "kansainvälistyminen", "Oy")
TYPED_WRONG = ("robotihitsaussol", "enregiatehokkuus", "laserleikuri", "kansainvalstyminen", "pilotoitni")
TOGETHER = ("Kuopion Saha", "Mäkelä Ky", "veneveistämö Jämsän", "kuopoin saah", "veneveistmo jamssn")


def measure_scale(directory: Path, report: Report) -> None:
    """Two houses side by side, asked in turns: whatever else the machine does, it does to both."""
    report.begin(f"at scale: {LARGE:,} applications beside {SMALL:,}, p95 in milliseconds")
    with contextlib.ExitStack() as houses:
        small, large = (houses.enter_context(a_town(directory, rows)) for rows in (SMALL, LARGE))
        for (what, ask_small), (_, ask_large) in zip(small.asked(), large.asked(), strict=True):
            before, now = p95_in_turns(ask_small, ask_large)
            report.compare(what, now, before, most=MOST)


@contextlib.contextmanager
def a_town(directory: Path, rows: int) -> Iterator[Town]:
    place = directory / f"scale-{rows}"
    place.mkdir()
    with Embedded(place) as stand:
        town = Town(stand)
        began = time.monotonic()
        town.fill(rows)
        print(f"  {rows:,} applications in {time.monotonic() - began:.0f} s", flush=True)
        yield town


class Town:
    """A house of its own, filled as far as is asked, and an official who works there."""

    def __init__(self, stand: Embedded) -> None:
        self.stand = stand
        self.cast = eventually(lambda: _players(stand.address), seconds=60, what="the people")
        self.person = self._person_id(self.cast.handler.name)
        self.rows = 0
        self.patterns = self._patterns()
        engine = create_engine(stand.database_url.replace("postgresql://", "postgresql+psycopg2://", 1))
        self.service = ApplicationsService()
        self.service.office = OpenOffice(Database(engine), ApplicationsWork, BusSettings())

    def asked(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """What is asked of the room, and pages of the portal, each with words and cases of its own in turn."""
        opened = cycle(self._own_numbers())
        common, wrong, together, pages = cycle(COMMON), cycle(TYPED_WRONG), cycle(TOGETHER), cycle((1, 1, 1, 2))
        companies = cycle(self._own_companies())
        portal = self.cast.handler.http
        address = self.stand.address

        def page(path: str) -> None:
            portal.get(f"{address}{path}", timeout=30).raise_for_status()

        def queue(**asked: Any) -> None:
            self._ask(contract.WORK_QUEUE, **({"size": SIZE} | asked))

        yield "queue page, room", lambda: queue(group="open", page=next(pages))
        yield "own cases, room", lambda: queue(group="open", handler="me")
        yield "views with counts, room", lambda: self._ask(contract.LIST_VIEWS)
        yield "search, a common word, room", lambda: queue(group="all", size=FULL, search=next(common))
        yield "search, words together, room", lambda: queue(group="all", size=FULL, search=next(together))
        yield "search, a company, room", lambda: queue(group="all", search=next(companies))
        yield "search, a number, room", lambda: queue(group="all", search=next(opened))
        yield "search, a typo, room", lambda: queue(group="all", size=FULL, search=next(wrong))
        yield "case page, room", lambda: self._ask(contract.GET_APPLICATION, number=next(opened))
        yield "queue page, portal", lambda: page("/tyo/jono?nakyma=kaikki")
        yield "search, a typo, portal", lambda: page(f"/tyo/jono?nakyma=haku&haku={next(wrong)}")
        yield "case page, portal", lambda: page(f"/tyo/asiat/{next(opened)}")

    def _ask(self, operation: Operation, **data: Any) -> Any:
        asker = Asker(person=self.person, role=Role.HANDLER, authority=AUTHORITY)
        replied = answer(self.service, Request(operation=operation.address, asker=asker, data=data))
        return Reply.from_bytes(replied.to_bytes()).opened()

    def _patterns(self) -> dict[str, str]:
        """State → number of a real case in it."""
        today = helsinki_day(right_now())
        call_id = open_a_call(self.cast.operator, today=today)
        ways = {"draft": 0, "submitted": 1, "in_assessment": 2, "proposed": 3, "approved": 4}
        made = {}
        for state, steps in ways.items():
            flow = Flow(self.cast, call_id, today)
            flow.apply()
            for step in (flow.submit, flow.take, flow.propose, flow.decide)[:steps]:
                step()
            made[state] = flow.number
        return made

    def fill(self, rows: int) -> None:
        with contextlib.closing(self.stand.connection()) as connection, connection.cursor() as cursor:
            cursor.execute(_insert(), self._words() | self._sizes(rows))
            cursor.execute(_DECLARED)
            cursor.execute("VACUUM ANALYZE applications.applications")
            cursor.execute("VACUUM ANALYZE applications.declarations")
            cursor.execute("VACUUM ANALYZE applications.searched_words")
        self.rows = rows

    def _sizes(self, rows: int) -> dict[str, Any]:
        """A company has four cases and an official some forty open ones, whatever the size; one official looks."""
        companies = [one for one in map(business_id, range(900_0000, 900_0000 + rows // 3)) if one]
        return {"first": self.rows + 1, "last": rows, "companies": companies[: rows // 4]} | {
            "me": self.person,
            "officials": max(1, rows // 800),
        }

    def _words(self) -> dict[str, Any]:
        states, patterns = zip(*STATES, strict=True)
        return {
            "states": list(states),
            "patterns": [self.patterns[pattern] for pattern in patterns],
            "places": list(PLACES),
            "trades": list(TRADES),
            "owners": list(OWNERS),
            "forms": list(FORMS),
            "projects": list(PROJECTS),
        }

    def _own_numbers(self) -> list[str]:
        return self._of_own("number")

    def _own_companies(self) -> list[str]:
        """Business ids: at both sizes a company has some four cases, not all of them the authority's own."""
        return self._of_own("business_id")

    def _of_own(self, column: str) -> list[str]:
        with contextlib.closing(self.stand.connection()) as connection, connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {column} FROM applications.applications WHERE handler = %s AND number LIKE 'A5%%' LIMIT 40",
                (self.person,),
            )
            return [str(row[0]) for row in cursor.fetchall()]

    def _person_id(self, name: str) -> str:
        with contextlib.closing(self.stand.connection()) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT person_id FROM customers.people WHERE name = %s", (name,))
            return str(cursor.fetchone()[0])


def p95_in_turns(small: Callable[[], object], large: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of each. A slow machine is asked fewer times, so that the whole bench stays short."""
    took: tuple[list[float], list[float]] = ([], [])
    started = time.perf_counter()
    for turn in range(WARM_UP + TRIES):
        for do, times in zip((small, large), took, strict=True):
            began = time.perf_counter()
            do()
            if turn >= WARM_UP:
                times.append(time.perf_counter() - began)
        if time.perf_counter() - started > SECONDS and turn >= WARM_UP + FEWEST:
            break
    return _p95(took[0]), _p95(took[1])


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)] * 1000


def _players(address: str) -> Players | None:
    try:
        return players(address)
    except LookupError:
        return None


# What differs from row to row; the rest is as in the pattern.
_OWN = {
    "number": "'A' || (500000 + i)",
    "authority": "(ARRAY['ITA', 'KES', 'POH', 'LOU'])[1 + i %% 4]",
    "region": "(ARRAY['10', '11', '12'])[1 + i / 4 %% 3]",
    "business_id": "told.business_id",
    "undertaking_name": "told.name",
    "sort_name": "lower(told.name)",
    "title": "told.title",
    "sort_title": "lower(told.title)",
    "searched": (
        "lower(translate('A' || (500000 + i) || ' ' || told.business_id || ' ' || told.name || ' ' || told.title, "
        "'ÅÄÖåäö', 'AAOaao'))"
    ),
    "state": "told.state",
    # Decisions have five months: a few of the open ones are late, and the rest are due evenly after that.
    "due_on": "CASE WHEN pattern.due_on IS NOT NULL THEN current_date - 10 + ((i / 400) %% 160)::int END",
    "started_at": "now() - make_interval(days => (i %% 1500)::int)",
    "aid_sought": "pattern.aid_sought + (i %% 5000) * 1000",
    "handler": (
        "CASE WHEN pattern.handler IS NULL THEN NULL WHEN i %% 4 = 0 AND i / 4 %% %(officials)s = 0 THEN %(me)s "
        "ELSE 'official-' || i / 4 %% %(officials)s END"
    ),
    "outcome": (
        "CASE told.state WHEN 'approved_in_part' THEN 'approve_in_part' WHEN 'rejected' THEN 'reject' "
        "ELSE pattern.outcome END"
    ),
    # What goes against the applicant stands on a hearing or on the ground for none.
    "proposal": (
        "CASE WHEN told.state IN ('approved_in_part', 'rejected') THEN pattern.proposal "
        """|| '{"hearing": {"place": null, "answered_at": null, "ground": "unnecessary", "reason": "–"}}'::jsonb """
        "ELSE pattern.proposal END"
    ),
}


def _insert() -> str:
    columns = [column.name for column in ApplicationRecord.__table__.columns]
    values = ", ".join(_OWN.get(name, f"pattern.{name}") for name in columns)
    return f"""
        INSERT INTO applications.applications ({", ".join(columns)})
        SELECT {values}
        FROM (
            SELECT
                i,
                (%(companies)s::text[])[1 + i * 7907 %% array_length(%(companies)s::text[], 1)] AS business_id,
                (%(states)s::text[])[1 + i / 4 * 37 %% 100] AS state,
                (%(patterns)s::text[])[1 + i / 4 * 37 %% 100] AS number_of_pattern,
                (%(places)s::text[])[1 + (i * 31 + i / 50) %% 50]
                || ' ' || (%(trades)s::text[])[1 + (i * 17 + i / 977) %% 50]
                || CASE WHEN i %% 3 = 0 THEN ' ' || (%(owners)s::text[])[1 + i / 7 %% 25] ELSE '' END
                || ' ' || (%(forms)s::text[])[1 + i / 13 %% 5] AS name,
                (%(projects)s::text[])[1 + i / 3 %% 14]
                || ' ' || lower((%(trades)s::text[])[1 + (i / 11 + i * 7) %% 50]) AS title
            FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS i
        ) AS told
        JOIN applications.applications AS pattern ON pattern.number = told.number_of_pattern
    """


_DECLARED = """
    INSERT INTO applications.declarations (number, person, role, answer, ground, note, declared_at)
    SELECT number, handler, 'handler', 'none', '', '', now() FROM applications.applications
    WHERE number LIKE 'A5%' AND handler IS NOT NULL
    ON CONFLICT (number, person) WHERE superseded_at IS NULL DO NOTHING
"""
