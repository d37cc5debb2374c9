"""Marshmallow fields for the house's own values, so that each has one form on every wire."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from marshmallow import ValidationError, fields, validate
from stdnum.exceptions import ValidationError as NotAnIdentifier
from stdnum.fi import ytunnus

from shared.money import Money, NotARate, NotMoney, Rate

LANGUAGES = ("fi", "sv", "en")
TEXT_MOST = 20_000

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class MoneyField(fields.Field[Money]):
    """Wire form: text with two decimals, "1234.50". JSON numbers are refused: they have no exact cents."""

    default_error_messages = {"money": "money"}

    def _serialize(self, value: Money | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Money:
        if not isinstance(value, str):
            raise self.make_error("money")
        try:
            return Money.eur(value)
        except NotMoney as error:
            raise self.make_error("money") from error


class RateField(fields.Field[Rate]):
    """Wire form: text, a percentage from 0 to 100, "26.44"."""

    default_error_messages = {"rate": "rate"}

    def _serialize(self, value: Rate | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Rate:
        if not isinstance(value, str):
            raise self.make_error("rate")
        try:
            return Rate.of(value)
        except NotARate as error:
            raise self.make_error("rate") from error


class BusinessIdField(fields.String):
    """Y-tunnus, "1234567-1": its check digit is computed, its form made canonical."""

    default_error_messages = {"business_id": "business_id"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            compact: str = ytunnus.validate(text)
        except NotAnIdentifier as error:
            raise self.make_error("business_id") from error
        return f"{compact[:7]}-{compact[7:]}"


def text(most: int = 300, *, required: bool = True, least: int = 1, **kwargs: Any) -> fields.String:
    """A text of `least` to `most` characters without control characters (PostgreSQL cannot keep NUL)."""
    rules: list[Callable[[Any], Any]] = [validate.Length(min=least, max=most), no_control_characters]
    return fields.String(required=required, validate=rules, **kwargs)


def no_control_characters(value: str) -> None:
    if _CONTROL.search(value):
        raise ValidationError("control_characters")


def three_languages(most: int = 300, **kwargs: Any) -> fields.Dict:
    """A text in Finnish, Swedish and English: {"fi": …, "sv": …, "en": …}."""
    return fields.Dict(keys=fields.String(validate=validate.OneOf(LANGUAGES)), values=text(most), **kwargs)
