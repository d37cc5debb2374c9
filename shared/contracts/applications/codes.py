"""The room's name, and the codes that several of its subjects speak in."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts.terms import Event, Fact

ROOM = "applications"
FUNDS = ("ERDF", "ESF+", "JTF", "national")
COST_MODELS = ("actual", "flat_7", "flat_15_staff", "flat_40", "flat_1_5", "flat_24_staff", "flat_17_staff")
COST_CATEGORIES = ("staff", "services", "equipment", "materials", "travel", "other")
FINANCING_SOURCES = ("own", "private", "municipality", "other_public")
STATES = (
    "draft",
    "awaiting_signature",
    "submitted",
    "in_assessment",
    "in_completion",
    "on_opinion",
    "in_hearing",
    "proposed",
    "approved",
    "approved_in_part",
    "rejected",
    "not_examined",
    "lapsed",
    "withdrawn",
)
OUTCOMES = ("approve", "approve_in_part", "reject", "leave_unexamined", "lapse")
UNHEARD_GROUNDS = ("unfounded", "qualities", "purpose_at_risk", "unnecessary")

CASE_NUMBER = fields.String(required=True, validate=validate.Length(min=1, max=40))
CASE_VERSION = fields.Integer(required=True, validate=validate.Range(min=1))


def case_event(name: str, schema: type[Fact]) -> Event:
    """A fact of one case, in its first version."""
    return Event(room=ROOM, name=name, version=1, subject="application", schema=schema)
