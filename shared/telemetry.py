"""What the house tells of itself: logs for people who search, figures for those who watch. Ids only, never data."""

from __future__ import annotations

import logging
import sys
from time import monotonic
from typing import Any

import structlog
from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter("tukivayla_requests", "Requests answered", ["room", "operation", "outcome"])
FACTS = Counter("tukivayla_facts", "Facts by their fate in the inbox", ["room", "outcome"])
RELAYED = Counter("tukivayla_relayed", "Announcements confirmed by the broker", ["room"])
RELAY_REFUSED = Counter("tukivayla_relay_refused", "Announcements the broker would not take", ["room"])
RELAY_BATCH_SECONDS = Histogram("tukivayla_relay_batch_seconds", "From sending a batch to its last confirm", ["room"])
UNSENT_SECONDS = Gauge("tukivayla_unsent_seconds", "Age of the oldest announcement in a batch when read", ["room"])
RECONNECTS = Counter("tukivayla_reconnects", "Connections to the broker lost and sought again", ["name"])

_settled_at: dict[str, float] = {}


def facts_settled(room: str, outcome: str, count: int = 1) -> None:
    """`count` facts met one fate: applied, repeated, waiting, parked, discarded."""
    FACTS.labels(room, outcome).inc(count)
    if outcome == "applied":
        _settled_at[room] = monotonic()


def seconds_since_settled(room: str) -> int | None:
    """Since this process last applied a fact for the room; None before the first."""
    settled_at = _settled_at.get(room)
    return None if settled_at is None else int(monotonic() - settled_at)


def configure_logs(*, json: bool, level: int = logging.INFO) -> None:
    """One line per event to stderr, as JSON or for a person's eyes, from structlog and the standard library alike."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    ending: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if json:
        ending += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        plain = structlog.dev.plain_traceback  # the pretty one shows local variables, and data with them
        ending += [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=ending))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # The broker library tells every reconnect step by step; our own line says it once.
    logging.getLogger("amqp").setLevel(logging.WARNING)
    logging.getLogger("nameko").setLevel(max(level, logging.WARNING))
    logging.getLogger("nameko.containers").setLevel(logging.CRITICAL)
