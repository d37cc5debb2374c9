"""Fields of a rule's inputs: forgiving where a clerk would understand, strict where one would ask back.

Each carries what its JSON Schema says: description, unit and example. A field that is left out and has no
default falls back to the rule's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, fields, post_load, validate

from shared.money import Money, NotARate, Rate
from shared.typed import Unreadable, read_day, read_money

MOST_ROWS = 5_000
_MONEY_RULES = ("not_a_number", "three_decimals", "ambiguous_number", "too_large", "negative")
_NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,10})?", re.ASCII)


class Inputs(Schema):
    """What a rule takes. `makes` builds the rule's own value of a row; without it the fields are its arguments."""

    makes: ClassVar[Any] = None

    class Meta:
        unknown = RAISE

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Any:
        maker = type(self).makes
        return maker(**data) if maker else data


def _as_text(value: Any) -> str | None:
    """What was typed. A JSON number keeps the digits it was written with; true and false are no numbers."""
    if isinstance(value, str):
        return value
    return None if isinstance(value, bool) or not hasattr(value, "__int__") else str(value)


class Amount(fields.Field[Money]):
    """Euros: "1234.50", "1 234,50 €", 1234.5. Refused: "1.234", which may mean either."""

    default_error_messages = {rule: rule for rule in _MONEY_RULES}

    def __init__(self, *, may_be_negative: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.may_be_negative = may_be_negative

    def _serialize(self, value: Money | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Money:
        text = _as_text(value)
        if text is None:
            raise self.make_error("not_a_number")
        try:
            amount = read_money(text)
        except Unreadable as error:
            raise self.make_error(error.rule) from error
        if amount.cents < 0 and not self.may_be_negative:
            raise self.make_error("negative")
        return amount


class Percent(fields.Field[Rate]):
    """A percentage from 0 to 100: "26.44", "26,44 %", 26.44."""

    default_error_messages = {"rate": "rate"}

    def _serialize(self, value: Rate | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Rate:
        text = _as_text(value)
        if text is None:
            raise self.make_error("rate")
        try:
            return Rate.of(text.strip().removesuffix("%").strip().replace(",", "."))
        except NotARate as error:
            raise self.make_error("rate") from error


class Number(fields.Field[Decimal]):
    """A plain number with up to ten decimals, comma or point."""

    default_error_messages = {"not_a_number": "not_a_number", "range": "range"}

    def __init__(self, *, least: int | None = 0, most: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most = least, most

    def _serialize(self, value: Decimal | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:
        text = (_as_text(value) or "").replace(" ", "").replace("\u00a0", "")
        if not _NUMBER.fullmatch(text):
            raise self.make_error("not_a_number")
        number = Decimal(text.replace(",", "."))
        if (self.least is not None and number < self.least) or (self.most is not None and number > self.most):
            raise self.make_error("range")
        return number


class Day(fields.Field[date]):
    """A day: "2026-11-25" or "25.11.2026"."""

    default_error_messages = {"not_a_date": "not_a_date", "no_such_day": "no_such_day"}

    def _serialize(self, value: date | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else value.isoformat()

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        if not isinstance(value, str):
            raise self.make_error("not_a_date")
        try:
            return read_day(value)
        except Unreadable as error:
            raise self.make_error(error.rule) from error


def _about(description: str, example: Any, unit: str = "") -> dict[str, Any]:
    return {"description": description, "example": example} | ({"unit": unit} if unit else {})


def money(description: str, example: str = "10000.00", *, required: bool = False, **kwargs: Any) -> Amount:
    return Amount(required=required, metadata=_about(description, example, "EUR"), **kwargs)


def percent(description: str, example: str = "50", *, required: bool = False, **kwargs: Any) -> Percent:
    return Percent(required=required, metadata=_about(description, example, "%"), **kwargs)


def number(description: str, example: str, unit: str = "", *, required: bool = False, **kwargs: Any) -> Number:
    return Number(required=required, metadata=_about(description, example, unit), **kwargs)


def whole(
    description: str, example: int, unit: str = "", *, least: int = 0, most: int = 10**9, **kwargs: Any
) -> fields.Integer:
    kwargs.setdefault("required", False)
    return fields.Integer(
        strict=True, validate=validate.Range(min=least, max=most), metadata=_about(description, example, unit), **kwargs
    )


def day(description: str, example: str = "2026-11-25", *, required: bool = False, **kwargs: Any) -> Day:
    return Day(required=required, metadata=_about(description, example, "date"), **kwargs)


def choice(description: str, choices: Iterable[str], *, required: bool = False, **kwargs: Any) -> fields.String:
    known = tuple(choices)
    return fields.String(
        required=required, validate=validate.OneOf(known), metadata=_about(description, known[0]), **kwargs
    )


def words(description: str, example: str = "", *, required: bool = False, **kwargs: Any) -> fields.String:
    return fields.String(
        required=required, validate=validate.Length(max=300), metadata=_about(description, example), **kwargs
    )


def truth(description: str, *, required: bool = False, **kwargs: Any) -> fields.Boolean:
    """True or false, as such: "maybe" and 2 are neither."""
    return fields.Boolean(
        required=required, truthy={True, "true"}, falsy={False, "false"}, metadata=_about(description, True), **kwargs
    )


def rows(kind: type[Schema], description: str, *, required: bool = False, **kwargs: Any) -> fields.List[Any]:
    return fields.List(
        fields.Nested(kind),
        required=required,
        validate=validate.Length(max=MOST_ROWS),
        metadata={"description": description},
        **kwargs,
    )


def several(
    description: str, choices: Iterable[str] = (), *, required: bool = False, **kwargs: Any
) -> fields.List[Any]:
    """A list of codes, or of texts where no choices are told."""
    known = tuple(choices)
    inner = fields.String(validate=validate.OneOf(known) if known else validate.Length(max=300))
    return fields.List(
        inner,
        required=required,
        validate=validate.Length(max=MOST_ROWS),
        metadata={"description": description},
        **kwargs,
    )


def part(kind: type[Schema], description: str, *, required: bool = False, **kwargs: Any) -> fields.Nested:
    return fields.Nested(kind, required=required, metadata={"description": description}, **kwargs)
