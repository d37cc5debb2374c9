"""Settings of monitoring: read once, by the process that starts the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from services.monitoring.domain.checkpoints import Rhythm


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringSettings:
    """`trail_dir` holds the signing key, its public half and the file of signed heads.

    Every replica of the room needs the same directory: heads signed with another key do not count.
    """

    trail_dir: Path
    rhythm: Rhythm = field(default_factory=Rhythm)

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> MonitoringSettings:
        """TRAIL_DIR (else `trail` under VAR_DIR), CHECKPOINT_ENTRIES, CHECKPOINT_MINUTES."""
        return cls(
            trail_dir=Path(environ.get("TRAIL_DIR") or Path(environ.get("VAR_DIR", "var")) / "trail").resolve(),
            rhythm=Rhythm(
                entries=int(environ.get("CHECKPOINT_ENTRIES", "1000")),
                time=timedelta(minutes=int(environ.get("CHECKPOINT_MINUTES", "60"))),
            ),
        )
