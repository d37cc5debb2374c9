"""Where the trail's key and signed heads lie, and how often a head is signed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from services.monitoring.domain.checkpoints import Rhythm
from services.monitoring.settings import MonitoringSettings


def test_the_trail_lies_where_it_is_said_to() -> None:
    settings = MonitoringSettings.read(
        {"TRAIL_DIR": "/srv/trail", "CHECKPOINT_ENTRIES": "50", "CHECKPOINT_MINUTES": "5"}
    )
    assert settings == MonitoringSettings(
        trail_dir=Path("/srv/trail"), rhythm=Rhythm(entries=50, time=timedelta(minutes=5))
    )


def test_or_with_the_rest_of_the_embedded_runs_things() -> None:
    assert MonitoringSettings.read({"VAR_DIR": "/srv/var"}).trail_dir == Path("/srv/var/trail")
