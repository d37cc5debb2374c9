"""How the bus is to behave. One frozen value, made by the process that starts things."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BusSettings:
    """Every time is in seconds.

    `url` is `amqp://user:password@host/vhost` (several with ";" between them for a cluster) or `memory://`,
    where all rooms share one process. `retry_delays`: after its n-th failure a fact waits the n-th delay,
    and one failure more than there are delays parks it. `gap_limit`: how long a fact waits for an
    earlier one that has not come before an operator is told.
    `keep_days`: sent announcements, heard facts and answers to idempotency keys are forgotten after so
    many days. `relay_gather` and `facts_gather`: how long a relay and a hearer let facts come
    together before they look again.
    `relay_idle_poll`: how often an idle one looks for announcements of other processes; those of its own
    process ring a bell.
    """

    url: str = "memory://"
    max_workers: int = 10
    facts_prefetch: int = 200
    facts_batch: int = 100
    facts_gather: float = 0.03
    rpc_seconds: float = 10.0
    connect_seconds: float = 5.0
    heartbeat: int = 30
    reconnect_delays: tuple[float, ...] = (0.2, 0.5, 1.0, 2.0, 5.0)
    retry_delays: tuple[float, ...] = (1.0, 4.0, 15.0, 60.0, 300.0)
    gap_limit: float = 300.0
    relay_batch: int = 200
    relay_gather: float = 0.025
    relay_idle_poll: float = 0.1
    relay_standby_poll: float = 1.0
    confirm_seconds: float = 10.0
    keep_days: int = 90
    stop_seconds: float = 30.0

    @property
    def in_memory(self) -> bool:
        return self.url.startswith("memory:")
