"""The gateway as a process of the full set-up (gunicorn threads), and as part of the embedded one."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

from environs import Env, EnvValidationError
from flask import Flask
from gunicorn.app.base import BaseApplication

from services.gateway.app import create_app
from services.gateway.settings import Settings as GatewaySettings
from services.gateway.settings import read_settings
from shared.messaging.client import Client
from shared.messaging.settings import BusSettings
from shared.telemetry import configure_logs
from tukivayla.places import Places
from tukivayla.settings import Settings

PROBE_SECONDS = 1.0


def embedded_app(places: Places, settings: Settings, client: Client, address: str) -> Flask:
    return create_app(
        GatewaySettings(
            secret_key=places.secret_key(),
            public_url=address,
            trusted_hosts=("127.0.0.1", "localhost"),
            demo=settings.demo,
            blob_dir=places.blobs,
            rate_limits=Env().bool("RATE_LIMITS", True),
        ),
        client,
    )


class Gunicorn(BaseApplication):  # type: ignore[misc]
    """gunicorn with threads. The application is made after the fork: connections are never shared."""

    def __init__(self, settings: GatewaySettings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        env = Env()
        for name, value in {
            "bind": f"{env.str('HOST', '127.0.0.1')}:{env.int('PORT', 8000)}",
            "workers": env.int("WEB_PROCESSES", 2),
            "threads": env.int("WEB_THREADS", 16),
            "worker_class": "gthread",
            "timeout": 60,
            "graceful_timeout": 30,
            "limit_request_line": 8190,
            "worker_tmp_dir": "/dev/shm" if sys.platform == "linux" else None,  # noqa: S108  a heartbeat file
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        bus = BusSettings(url=self.settings.amqp_url)
        # Whoever asks whether we are ready wants to know soon, not after a request's time limit.
        impatient = replace(bus, rpc_seconds=PROBE_SECONDS, connect_seconds=PROBE_SECONDS)
        probe = Client(impatient, name="tukivayla gateway probe")
        return create_app(self.settings, Client(bus, name="tukivayla gateway"), probe=probe)


def main() -> int:
    configure_logs(json=Env().bool("LOG_JSON", True))
    try:
        settings = read_settings()
    except EnvValidationError as error:
        faults = "\n".join(f"  {name}: {' '.join(said)}" for name, said in error.error_messages.items())
        print(f"Settings to mend:\n{faults}", file=sys.stderr)
        return 2
    Gunicorn(settings).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
