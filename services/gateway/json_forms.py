"""How the house's own values look in JSON Schema: for the OpenAPI and the AsyncAPI document alike."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from shared.fields import MoneyField, RateField


def tell_forms(converter: Any) -> None:
    """Money and rates are texts of one form; a program should know before it is refused."""
    converter.map_to_openapi_type(MoneyField, "string", None)
    converter.map_to_openapi_type(RateField, "string", None)
    converter.add_attribute_function(_forms)


def _forms(self: Any, field: fields.Field[Any], **_: Any) -> dict[str, Any]:
    if isinstance(field, MoneyField):
        return {"pattern": r"^-?(0|[1-9][0-9]*)\.[0-9]{2}$", "examples": ["1234.50"]}
    if isinstance(field, RateField):
        return {"pattern": r"^[0-9]{1,3}(\.[0-9]{1,4})?$", "examples": ["26.44"]}
    return {}
