"""One instance of each contract schema: building one costs more than using it."""

from __future__ import annotations

from functools import cache

from marshmallow import Schema


@cache
def schema_of(kind: type[Schema]) -> Schema:
    return kind()
