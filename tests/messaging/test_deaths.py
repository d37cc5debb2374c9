"""Processes die at the worst moments; every sale is still cooked and booked, once, in order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from shared.messaging.relay import send_again
from shared.storage.database import Database
from tests.support.eventually import eventually
from tests.support.restaurant import Restaurant, sold

pytestmark = pytest.mark.postgres

SALES = 10


def all_done_once(house: Restaurant) -> bool:
    expected = {"table/1": list(range(1, SALES + 1))}
    return house.served() == house.booked() == expected


def sell_until_it_dies(house: Restaurant, die: str) -> int:
    """Sell at a till that will die; how many sales it acknowledged."""
    process = house.open(die=die)
    acknowledged = 0
    try:
        for _ in range(SALES // 2):
            process.ask("sell", table="1", dish="soup")
            acknowledged += 1
    except OSError:
        pass  # it died while we spoke: the unacknowledged sale may stand or not
    process.wait_until_dead()
    return acknowledged


@pytest.mark.parametrize(
    "moment",
    [
        "after commit, before publish",
        "after publish, before mark",
        "before the consumer's commit",
        "after the consumer's commit, before ack",
    ],
)
def test_whenever_the_process_dies_nothing_is_lost_or_done_twice(house: Restaurant, moment: str) -> None:
    acknowledged = sell_until_it_dies(house, moment)
    committed = house.number("SELECT count(*) FROM till.sales")
    assert committed >= acknowledged

    process = house.open()
    for _ in range(SALES - committed):
        process.ask("sell", table="1", dish="soup")

    eventually(lambda: all_done_once(house))
    assert house.parked("kitchen") == house.parked("ledger") == []


def test_a_fact_that_kills_whoever_hears_it_is_parked_in_the_end(house: Restaurant) -> None:
    process = house.open()
    process.ask("sell", table="1", dish="deadly")
    process.wait_until_dead()

    for _ in range(6):  # as a supervisor would
        process = house.open()
        if process.dies_within(1.5):
            continue
        break

    (parked,) = eventually(house.parked)
    assert (parked.reason, parked.attempts) == ("fatal", 3)
    process.ask("sell", table="2", dish="soup")
    eventually(lambda: house.plates("2") == ["soup"])


def test_a_graceful_stop_lets_work_in_hand_finish_and_nothing_runs_twice(house: Restaurant) -> None:
    process = house.open(facts_batch=1)
    for number in range(4):
        process.ask("sell", table=str(number), dish="slow soup")
    eventually(house.served)

    assert process.terminate() == 0
    done = house.number("SELECT count(*) FROM kitchen.plates")
    assert done >= 1

    house.open()
    eventually(lambda: len(house.served()) == 4)
    assert all(plates == [1] for plates in house.served().values())


def test_what_a_broker_lost_may_be_sent_again_without_doing_anything_twice(house: Restaurant) -> None:
    process = house.open()
    for _ in range(5):
        process.ask("sell", table="1", dish="soup")
    eventually(lambda: house.number("SELECT count(*) FROM till.outbox WHERE sent_at IS NULL") == 0)

    database = Database(house.engine)
    assert send_again(database, "till", since=datetime(2026, 1, 1, tzinfo=UTC)) == 5

    eventually(lambda: house.number("SELECT count(*) FROM till.outbox WHERE sent_at IS NULL") == 0)
    process.ask("sell", table="1", dish="cake")
    eventually(lambda: house.served() == house.booked() == {"table/1": [1, 2, 3, 4, 5, 6]})
    assert house.parked() == []


@pytest.mark.rabbit
@pytest.mark.xdist_group("private rabbit")
def test_a_standby_relay_takes_over_from_a_dead_one(rabbit_house: Restaurant) -> None:
    rooms = rabbit_house.open(relays=[])
    leader = rabbit_house.open(rooms=[], relays=["till"])
    rooms.ask("sell", table="1", dish="soup")
    eventually(lambda: rabbit_house.plates("1") == ["soup"])
    rabbit_house.open(rooms=[], relays=["till"])

    leader.kill()
    rooms.ask("sell", table="1", dish="cake")

    eventually(lambda: rabbit_house.plates("1") == ["soup", "cake"])


@pytest.mark.rabbit
@pytest.mark.xdist_group("private rabbit")
def test_two_replicas_of_a_room_share_its_queue_and_keep_the_order(rabbit_house: Restaurant) -> None:
    first = rabbit_house.open(["kitchen"], [], facts_batch=3, facts_prefetch=5)
    rabbit_house.open(["kitchen"], [], facts_batch=3, facts_prefetch=5)
    first.publish(*(sold(str(table), number) for number in range(1, 26) for table in range(4)))

    eventually(lambda: sum(len(plates) for plates in rabbit_house.served().values()) == 100)

    assert rabbit_house.served() == {f"table/{table}": list(range(1, 26)) for table in range(4)}
