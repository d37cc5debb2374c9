"""Throwing away the embedded run's data, the server that holds it stopped first."""

from __future__ import annotations

import shutil

from tukivayla import private_postgres
from tukivayla.places import Places


def throw_away(places: Places) -> None:
    if (places.postgres / "postmaster.pid").exists():
        server, _url = private_postgres.start(places.postgres)
        server.cleanup()
    shutil.rmtree(places.var)
