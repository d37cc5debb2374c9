"""Whole cases a second, through HTTP, and what bare drivers would need for the same commits and messages."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, fields

from shared.dates import helsinki_day
from shared.storage.database import right_now
from tukivayla.bench.client import LeanPerson
from tukivayla.bench.raw import raw_seconds
from tukivayla.bench.report import Report
from tukivayla.bench.stand import Stand
from tukivayla.demo.flow import Flow, Players, open_a_call, players
from tukivayla.demo.people import eventually

WARM_UP = 3
SECONDS = 12.0
STEPS = (
    "apply",
    "submit",
    "take",
    "propose",
    "decide",
    "open_claim",
    "save_claim",
    "submit_claim",
    "verify",
    "present_payment",
    "decide_payment",
    "order",
    "settle",
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Flows a second, and the writing transactions and announcements one flow costs."""

    rate: float
    writes: float
    messages: float


def measure_flows(stand: Stand, report: Report) -> None:
    for clients in (1, 4):
        measured = run_flows(stand, clients)
        raw = 1 / raw_seconds(stand, writes=round(measured.writes), messages=round(measured.messages), clients=clients)
        report.say(f"  a flow is {measured.writes:.1f} writing transactions and {measured.messages:.1f} announcements")
        target = "0.30" if clients == 1 else "0.30, 15 flows/s"
        report.add(
            f"whole flows, {clients} client{'s' * (clients > 1)}", measured.rate, raw, unit="flows", target=target
        )


def run_flows(stand: Stand, clients: int, seconds: float = SECONDS) -> Measured:
    today = helsinki_day(right_now())
    cast = [eventually(lambda: _players(stand.address), seconds=60) for _ in range(clients)]
    calls = [open_a_call(one.operator, today=today) for one in cast]
    for one, call_id in zip(cast, calls, strict=True):
        for _ in range(WARM_UP if clients == 1 else 1):
            whole_flow(one, call_id)
    eventually(stand.settled, seconds=60, what="everything to be heard")
    writes, messages, began = stand.writes_so_far(), stand.announced_so_far(), time.monotonic()
    counts = [0] * clients
    threads = [
        threading.Thread(target=_drive, args=(cast[number], calls[number], began + seconds, counts, number))
        for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    flows, elapsed = sum(counts), time.monotonic() - began
    eventually(stand.settled, seconds=120, what="everything to be heard")
    return Measured(
        rate=flows / elapsed,
        writes=(stand.writes_so_far() - writes) / flows,
        messages=(stand.announced_so_far() - messages) / flows,
    )


def whole_flow(cast: Players, call_id: str) -> None:
    flow = Flow(cast, call_id, helsinki_day(right_now()))
    for step in STEPS:
        getattr(flow, step)()


def _drive(cast: Players, call_id: str, until: float, counts: list[int], number: int) -> None:
    while time.monotonic() < until:
        whole_flow(cast, call_id)
        counts[number] += 1


def _players(address: str) -> Players | None:
    try:
        cast = players(address)
    except LookupError:
        return None
    return Players(**{duty.name: LeanPerson(getattr(cast, duty.name)) for duty in fields(cast)})
