"""Where the embedded run keeps its things, and the settings that follow from it."""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from shared.contracts import ROOMS
from shared.messaging.settings import BusSettings
from tukivayla.settings import Settings

LEAST_FREE_BYTES = 300_000_000
LATE_CONFIRM_SECONDS = 600.0


class CannotStart(Exception):
    """The embedded run cannot start; the text is a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Places:
    """One directory with everything in it: `make reset` removes it."""

    var: Path

    @classmethod
    def from_environment(cls) -> Places:
        return cls(Path(os.environ.get("VAR_DIR", "var")).resolve())

    @property
    def postgres(self) -> Path:
        return self.var / "postgres"

    @property
    def blobs(self) -> Path:
        return self.var / "blobs"

    @property
    def trail(self) -> Path:
        return self.var / "trail"

    @property
    def mail(self) -> Path:
        return self.var / "mail"

    def prepare(self) -> None:
        """Make the directories; raises CannotStart when there is no room or no right to."""
        try:
            for place in (self.var, self.blobs, self.trail):
                place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotStart(
                f"Cannot write to {self.var} ({error.strerror}). Start in a directory of your own, or set VAR_DIR."
            ) from error
        free = shutil.disk_usage(self.var).free
        if free < LEAST_FREE_BYTES:
            raise CannotStart(
                f"The disk is nearly full: {free // 1_000_000} MB free, at least {LEAST_FREE_BYTES // 1_000_000} MB "
                f"needed for {self.var}. Free some space, or set VAR_DIR to another disk."
            )

    def secret_key(self) -> str:
        """The key that signs sessions: made once, kept beside the data, readable by its owner alone."""
        path = self.var / "secret_key"
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
        return path.read_text()

    def settings(self, database_url: str) -> Settings:
        return Settings(
            database_urls=dict.fromkeys(ROOMS, database_url),
            # In one process a confirm cannot get lost, only be late: sending again would make a busy laptop busier.
            bus=BusSettings(confirm_seconds=LATE_CONFIRM_SECONDS),
            blob_dir=self.blobs,
            trail_dir=self.trail,
            service_address=f"{os.environ.get('PUBLIC_URL', 'http://127.0.0.1:8000').rstrip('/')}/todenna",
            demo=os.environ.get("DEMO", "1") != "0",
            log_json=False,
            pool_size=6,
            clamd_address=os.environ.get("CLAMD_ADDRESS", ""),
        )
