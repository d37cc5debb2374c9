"""Settings of the processes that run the rooms: read once from the environment, all faults told at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from environs import Env, EnvValidationError

from services.documents.scanning.clamd import Clamd
from shared.contracts import ROOMS
from shared.messaging.settings import BusSettings


class WrongSettings(Exception):
    """One or more settings are missing or wrong; the text names each and says what it should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`database_urls` by room. `demo` lets people sign in without identification and requests bring a clock.

    `clamd_address` is where the virus scanner listens; empty: files are marked unscanned.
    """

    database_urls: dict[str, str]
    bus: BusSettings
    blob_dir: Path
    trail_dir: Path
    service_address: str
    demo: bool
    log_json: bool
    pool_size: int
    metrics_port: int = 0
    clamd_address: str = ""

    @property
    def embedded(self) -> bool:
        return self.bus.in_memory


def from_environment() -> Settings:
    """Settings of the full set-up. Raises WrongSettings."""
    env = Env(eager=False)
    common = env.str("DATABASE_URL", "")
    urls = {room: env.str(f"DATABASE_URL_{room.upper()}", common) for room in ROOMS}
    amqp = env.str("AMQP_URL")
    blob_dir, trail_dir = env.path("BLOB_DIR"), env.path("TRAIL_DIR")
    service_address = env.str("SERVICE_ADDRESS", "tukivayla.example/todenna")
    demo, log_json = env.bool("DEMO", False), env.bool("LOG_JSON", True)
    workers, pool_size = env.int("MAX_WORKERS", 10), env.int("DATABASE_POOL", 8)
    metrics_port = env.int("METRICS_PORT", 0)
    clamd_address = env.str("CLAMD_ADDRESS", "")
    faults = _faults(env)
    if clamd_address and not _can_be_read(clamd_address):
        faults.append("CLAMD_ADDRESS: a path of a unix socket, or host:port")
    if not all(urls.values()):
        faults.append("DATABASE_URL: missing (or DATABASE_URL_<ROOM> for every room)")
    if faults:
        raise WrongSettings("Settings to mend:\n" + "\n".join(f"  {fault}" for fault in faults))
    return Settings(
        database_urls=urls,
        bus=BusSettings(url=amqp, max_workers=workers),
        blob_dir=blob_dir,
        trail_dir=trail_dir,
        service_address=service_address,
        demo=demo,
        log_json=log_json,
        pool_size=pool_size,
        metrics_port=metrics_port,
        clamd_address=clamd_address,
    )


def _faults(env: Env) -> list[str]:
    try:
        env.seal()
    except EnvValidationError as error:
        return [f"{name}: {' '.join(messages)}" for name, messages in error.error_messages.items()]
    return []


def _can_be_read(clamd_address: str) -> bool:
    try:
        Clamd.at(clamd_address)
    except ValueError:
        return False
    return True
