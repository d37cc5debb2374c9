"""However a stream of facts is cut, repeated, shuffled and tripped over: each takes effect once, in order."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.messaging.envelope import Envelope
from shared.messaging.service import OpenOffice, hears
from shared.messaging.settings import BusSettings
from shared.storage.database import Database, connect
from tests.support.restaurant import Restaurant, restaurant, sold
from tests.support.test_rooms import SOLD_V1, SOLD_V2, Kitchen, KitchenWork

pytestmark = pytest.mark.postgres

AT_ONCE = BusSettings(retry_delays=(0.0,) * 5, gap_limit=3600.0)
fresh = count(1)


class ClumsyKitchen(Kitchen):
    """Drops some plates, as often as the test wants, before it serves them."""

    def __init__(self, database: Database) -> None:
        self.office = OpenOffice(database, KitchenWork, AT_ONCE)
        self.to_drop: Counter[tuple[str, int]] = Counter()

    @hears(SOLD_V1, SOLD_V2)
    def on_sold(self, work: KitchenWork, fact: Envelope, data: Mapping[str, Any]) -> None:
        super().on_sold(work, fact, data)
        if self.to_drop[fact.subject, fact.sequence]:
            self.to_drop[fact.subject, fact.sequence] -= 1
            raise RuntimeError("dropped, after it was cooked")


@pytest.fixture(scope="module")
def house() -> Iterator[Restaurant]:
    with restaurant(os.environ["TEST_DATABASE_URL"], "memory://") as opened:
        yield opened


@pytest.fixture(scope="module")
def kitchen(house: Restaurant) -> Iterator[ClumsyKitchen]:
    database = Database(connect(house.database))
    yield ClumsyKitchen(database)
    database.engine.dispose()


tables = st.integers(0, 2)
places = st.tuples(tables, st.integers(1, 6))
deliveries = st.lists(st.lists(places, min_size=1, max_size=8), max_size=8)
drops = st.dictionaries(places, st.integers(1, 3), max_size=4)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deliveries=deliveries, drops=drops, careful=st.booleans())
def test_every_fact_takes_effect_once_and_in_order(
    house: Restaurant,
    kitchen: ClumsyKitchen,
    deliveries: list[list[tuple[int, int]]],
    drops: dict[tuple[int, int], int],
    careful: bool,
) -> None:
    evening = next(fresh)
    names = [f"{evening}-{table}" for table in range(3)]
    kitchen.to_drop = Counter({(f"table/{names[table]}", number): times for (table, number), times in drops.items()})
    everything = [(table, number) for table in range(3) for number in range(1, 7)]

    for batch in [*deliveries, everything]:
        facts = [sold(names[table], number).encode() for table, number in batch]
        kitchen.inbox.receive(facts, careful=careful)
    while house.number("SELECT count(*) FROM kitchen.inbox WHERE state = 'waiting'"):
        kitchen.inbox.settle_due()

    served = house.served()
    assert [served[f"table/{name}"] for name in names] == [[1, 2, 3, 4, 5, 6]] * 3
    assert house.parked() == []


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lost=st.integers(1, 5), order=st.permutations([1, 2, 3, 4, 5, 6]))
def test_without_one_of_them_none_after_it_takes_effect(
    house: Restaurant, kitchen: ClumsyKitchen, lost: int, order: list[int]
) -> None:
    name = f"{next(fresh)}-gap"
    kitchen.to_drop.clear()

    kitchen.inbox.receive([sold(name, number).encode() for number in order if number != lost])
    assert house.served().get(f"table/{name}", []) == list(range(1, lost))

    kitchen.inbox.receive([sold(name, lost).encode()])
    assert house.served()[f"table/{name}"] == [1, 2, 3, 4, 5, 6]


def test_what_a_dead_process_left_half_way_is_found(house: Restaurant, kitchen: ClumsyKitchen) -> None:
    name = f"{next(fresh)}-stranded"
    kitchen.inbox.receive([sold(name, 2).encode(), sold(name, 3).encode()])
    # As if the one that applied the first had died before it released those behind.
    house.change("UPDATE kitchen.positions SET last = 1 WHERE subject = :s", s=f"till:table/{name}")
    kitchen.inbox.settle_stranded()

    assert house.served()[f"table/{name}"] == [2, 3]


def test_facts_long_settled_are_forgotten_and_their_place_kept(house: Restaurant, kitchen: ClumsyKitchen) -> None:
    name = f"{next(fresh)}-old"
    kitchen.inbox.receive([sold(name, 1).encode()])
    house.change(
        "UPDATE kitchen.inbox SET settled_at = now() - interval '91 days' WHERE subject = :s", s=f"till:table/{name}"
    )

    kitchen.inbox.forget(days=90)
    kitchen.inbox.receive([sold(name, 2).encode()])

    kept = house.number("SELECT count(*) FROM kitchen.inbox WHERE subject = :s", s=f"till:table/{name}")
    assert kept == 1
    assert house.served()[f"table/{name}"] == [1, 2]
