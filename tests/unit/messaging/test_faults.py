"""A field's fault has a dotted path and a code that every language has a sentence for."""

from __future__ import annotations

import pytest
from marshmallow import RAISE, Schema, ValidationError, fields, validate

from shared.errors import Fault
from shared.fields import BusinessIdField, MoneyField, text
from shared.messaging.faults import invalid_fields


class Line(Schema):
    class Meta:
        unknown = RAISE

    amount = MoneyField(required=True)
    day = fields.Date()
    share = fields.Integer(validate=validate.Range(min=1, max=100))
    kind = fields.String(validate=validate.OneOf(["a", "b"]))


class Claim(Schema):
    class Meta:
        unknown = RAISE

    business_id = BusinessIdField(required=True)
    subject = text(10)
    lines = fields.List(fields.Nested(Line), validate=validate.Length(min=1))


GOOD = {"business_id": "0100130-4", "subject": "x"}


@pytest.mark.parametrize(
    ("data", "path", "rule"),
    [
        ({"subject": "x"}, "business_id", "required"),
        ({**GOOD, "business_id": None}, "business_id", "required"),
        ({**GOOD, "business_id": "0100130-5"}, "business_id", "business_id"),
        ({**GOOD, "subject": "far too long"}, "subject", "length"),
        ({**GOOD, "subject": "a\0b"}, "subject", "control_characters"),
        ({**GOOD, "subject": 7}, "subject", "type"),
        ({**GOOD, "color": "red"}, "color", "unknown"),
        ({**GOOD, "lines": []}, "lines", "length"),
        ({**GOOD, "lines": [{"amount": "1.00"}, {"amount": 2}]}, "lines.1.amount", "money"),
        ({**GOOD, "lines": [{"amount": "1.00", "day": "31.12."}]}, "lines.0.day", "not_a_date"),
        ({**GOOD, "lines": [{"amount": "1.00", "share": "many"}]}, "lines.0.share", "not_a_number"),
        ({**GOOD, "lines": [{"amount": "1.00", "share": 101}]}, "lines.0.share", "range"),
        ({**GOOD, "lines": [{"amount": "1.00", "kind": "c"}]}, "lines.0.kind", "not_a_choice"),
    ],
)
def test_each_mistake_has_its_path_and_code(data: dict[str, object], path: str, rule: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Claim().load(data)
    assert [(fault.path, fault.rule) for fault in invalid_fields(raised.value).faults] == [(path, rule)]


def test_a_limit_travels_with_the_fault() -> None:
    with pytest.raises(ValidationError) as raised:
        Line().load({"amount": "1.00", "share": 101})
    assert invalid_fields(raised.value).faults == (Fault("share", "range", {"min": "1", "max": "100"}),)


def test_a_fault_of_the_whole_has_the_path_of_the_whole() -> None:
    error = ValidationError({"_schema": ["ends_before_it_begins"], "lines": {0: {"_schema": ["Something new."]}}})
    assert invalid_fields(error).faults == (Fault("", "ends_before_it_begins"), Fault("lines.0", "invalid"))
