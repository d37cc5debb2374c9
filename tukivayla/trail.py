"""The trail verified and the read model rebuilt from the command line, with a progress bar for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.progress import Progress

from services.monitoring.rebuild import rebuild
from services.monitoring.verification import verify
from shared.storage.database import connect
from tukivayla.settings import Settings


def verified(settings: Settings, *, quiet: bool) -> dict[str, Any]:
    """The proof, as `shared.contracts.monitoring.TrailProof`."""
    with _progress("Verifying the trail", quiet=quiet) as told:
        return asdict(verify(connect(settings.database_urls["monitoring"]), told))


def rebuilt(settings: Settings, *, quiet: bool) -> dict[str, Any]:
    """How many entries the new read model was built from."""
    with _progress("Building the read model", quiet=quiet) as told:
        return asdict(rebuild(connect(settings.database_urls["monitoring"]), told))


@contextmanager
def _progress(what: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    with Progress(console=Console(stderr=True), disable=quiet, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)
