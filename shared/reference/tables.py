"""Reads the tables of the outside world that are kept as CSV beside this module."""

from __future__ import annotations

import csv
from importlib.resources import files


def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `name`.csv by column."""
    text = files(__package__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
