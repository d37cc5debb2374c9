"""A rule's inputs as JSON Schema (2020-12), with units and examples, for people and programs to read."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, missing, validate

from shared.calculations.inputs import Amount, Day, Number, Percent

_FORMS: tuple[tuple[type[fields.Field[Any]], dict[str, Any]], ...] = (
    (Amount, {"type": ["string", "number"]}),
    (Percent, {"type": ["string", "number"]}),
    (Number, {"type": ["string", "number"]}),
    (Day, {"type": "string", "format": "date"}),
    (fields.Integer, {"type": "integer"}),
    (fields.Boolean, {"type": "boolean"}),
    (fields.String, {"type": "string"}),
)


def json_schema(kind: type[Schema]) -> dict[str, Any]:
    """The schema of the inputs; nothing beyond the named properties is taken."""
    known = kind().fields
    return {
        "type": "object",
        "properties": {name: _property(field) for name, field in known.items()},
        "required": [name for name, field in known.items() if field.required],
        "additionalProperties": False,
    }


def _property(field: fields.Field[Any]) -> dict[str, Any]:
    told: dict[str, Any] = _form(field)
    if "description" in field.metadata:
        told["description"] = field.metadata["description"]
    if "unit" in field.metadata:
        told["unit"] = field.metadata["unit"]
    if field.metadata.get("example") not in (None, ""):
        told["examples"] = [field.metadata["example"]]
    default = field.load_default
    if default is not missing and not callable(default):
        told["default"] = field._serialize(default, None, None) if default is not None else None
    return told


def _form(field: fields.Field[Any]) -> dict[str, Any]:
    if isinstance(field, fields.List):
        return {"type": "array", "items": _property(field.inner)}
    if isinstance(field, fields.Nested):
        return json_schema(type(field.schema))
    form = next((dict(form) for kind, form in _FORMS if isinstance(field, kind)), {})
    for check in field.validators:
        if isinstance(check, validate.OneOf):
            form["enum"] = list(check.choices)
        if isinstance(check, validate.Range):
            form |= {"minimum": check.min, "maximum": check.max}
    return form
