"""The broker or the database goes away for a while; work waits and goes on by itself."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

import kombu
import pytest

from tests.support.eventually import eventually
from tests.support.private_postgres import PrivatePostgres
from tests.support.private_rabbit import PrivateRabbit
from tests.support.restaurant import Restaurant, restaurant

pytestmark = [pytest.mark.postgres, pytest.mark.rabbit, pytest.mark.xdist_group("private rabbit")]


@pytest.fixture
def postgres() -> Iterator[PrivatePostgres]:
    server = PrivatePostgres()
    server.start()
    yield server
    server.remove()


def done_once(house: Restaurant) -> bool:
    sales = house.number("SELECT count(*) FROM till.sales")
    return house.served() == house.booked() == {"table/1": list(range(1, sales + 1))}


def sell_with_keys(process: object, numbers: range) -> int:
    """Sell under load; how many were acknowledged. Who got no answer asks again with the same key."""

    def one(number: int) -> bool:
        deadline = monotonic() + 60
        while monotonic() < deadline:
            if "answer" in process.ask("sell", table="1", dish="soup", key=f"K{number}"):  # type: ignore[attr-defined]
                return True
        return False

    with ThreadPoolExecutor(4) as pool:
        return sum(pool.map(one, numbers))


@pytest.mark.parametrize("how", ["stop", "kill"])
def test_the_broker_away_under_load_costs_time_and_nothing_else(
    rabbit: PrivateRabbit, rabbit_house: Restaurant, how: str
) -> None:
    process = rabbit_house.open(rpc_seconds=2.0)
    # RabbitMQ 3.10 writes the name of a new quorum queue to disk within three minutes, or when it stops in peace.
    if how == "kill":
        rabbit.stop()
        rabbit.start()
    with ThreadPoolExecutor(1) as pool:
        selling = pool.submit(sell_with_keys, process, range(200))
        eventually(lambda: rabbit_house.number("SELECT count(*) FROM till.sales") > 20)
        getattr(rabbit, how)()
        rabbit.start()
        assert selling.result(90) == 200

    assert rabbit_house.number("SELECT count(*) FROM till.sales") == 200, "each key once"
    eventually(lambda: done_once(rabbit_house), within=30)
    assert rabbit_house.parked("kitchen") == rabbit_house.parked("ledger") == []


def test_the_database_away_is_waited_for_without_parking_anything(clean_rabbit: str, postgres: PrivatePostgres) -> None:
    with restaurant(postgres.url, clean_rabbit) as house:
        process = house.open()
        for _ in range(20):
            process.ask("sell", table="1", dish="soup")
        postgres.kill()
        assert "away" in process.ask("count")
        postgres.start()

        eventually(lambda: "answer" in process.ask("sell", table="1", dish="soup"))
        eventually(lambda: done_once(house), within=30)
        assert house.parked() == []


def test_sigterm_while_the_broker_is_away_ends_the_process(rabbit: PrivateRabbit, rabbit_house: Restaurant) -> None:
    rabbit.stop()
    try:
        process = rabbit_house.open()
        began = monotonic()
        assert process.terminate() == 0
        assert monotonic() - began < 10
    finally:
        rabbit.start()


def test_a_queue_with_other_arguments_is_named_at_start(clean_rabbit: str, rabbit_house: Restaurant) -> None:
    with kombu.Connection(clean_rabbit) as connection:
        connection.channel().queue_declare("facts.kitchen.v1", durable=True, auto_delete=False)
    script = (
        "from shared.messaging.green import go_green; go_green()\n"
        "from tests.support import test_rooms as t\n"
        "from shared.messaging.runner import Runner\n"
        "from shared.messaging.settings import BusSettings\n"
        "from shared.storage.database import Database, connect\n"
        f"own = {{'kitchen': Database(connect({rabbit_house.database!r}))}}\n"
        f"Runner([t.Kitchen], own, BusSettings(url={clean_rabbit!r}), t.TOPOLOGY).start()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, timeout=30, cwd=Path.cwd()
    )
    assert ended.returncode == 1
    assert "facts.kitchen.v1 is on the broker with other arguments" in ended.stderr
    assert "x-queue-type" in ended.stderr
    assert ended.returncode != -signal.SIGKILL
