"""Column types and names that every room's tables share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, MetaData, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from shared.money import Money, Rate

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Cents(TypeDecorator[Money]):
    """Money in a bigint of cents: sums stay exact and indexes small."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        return None if value is None else value.cents

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Money | None:
        return None if value is None else Money(int(value))


class Percent(TypeDecorator[Rate]):
    """A rate in numeric(7,4)."""

    impl = Numeric(7, 4)
    cache_ok = True

    def process_bind_param(self, value: Rate | None, dialect: Dialect) -> Any | None:
        return None if value is None else value.percent

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Rate | None:
        return None if value is None else Rate(value.normalize())


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its zone; a naive one is refused rather than guessed."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value!r}")
        return value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)


COLUMN_TYPES: dict[Any, Any] = {
    Money: Cents,
    Rate: Percent,
    datetime: UtcDateTime,
    dict[str, Any]: JSONB,
    list[Any]: JSONB,
}


def metadata(schema: str) -> MetaData:
    """A room's tables live in a schema of the room's own name."""
    return MetaData(schema=schema, naming_convention=NAMES)
