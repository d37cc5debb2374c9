"""What aid would a project get: the simulator that a visitor may ask, by the rules that decide."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import EVERYONE
from shared.contracts.applications.codes import COST_CATEGORIES, ROOM
from shared.contracts.terms import Answer, Event, Operation, Request, StepSchema, query
from shared.fields import MoneyField, RateField, text

SIZES = ("micro", "small", "medium", "large")
MOST_ROWS = 50


class PlannedSum(Request):
    """One cost category's sum for the whole project, in euros."""

    category = fields.String(required=True, validate=validate.OneOf(COST_CATEGORIES))
    amount = MoneyField(required=True)


class EarlierDeMinimis(Request):
    """De minimis aid that the company and those in its group have got: the day it was granted, and how much."""

    granted_on = fields.Date(required=True)
    amount = MoneyField(required=True)


class Simulate(Request):
    """All of it may be left out but the call: the answer says what is missing.

    `municipality` is Statistics Finland's three figures; `works_start_on` the day the project would be begun on.
    """

    call_id = text(40)
    costs = fields.List(fields.Nested(PlannedSum), load_default=list, validate=validate.Length(max=MOST_ROWS))
    public_financing = MoneyField(load_default=None, allow_none=True)
    size = fields.String(load_default="", validate=validate.OneOf(("", *SIZES)))
    municipality = text(3, required=False, least=0, load_default="")
    earlier_aid = fields.List(
        fields.Nested(EarlierDeMinimis), load_default=list, validate=validate.Length(max=MOST_ROWS)
    )
    works_start_on = fields.Date(load_default=None, allow_none=True)
    in_difficulty = fields.Boolean(load_default=None, allow_none=True)
    recovery_order = fields.Boolean(load_default=None, allow_none=True)
    tax_debt = fields.Boolean(load_default=None, allow_none=True)


class RuleUsed(Answer):
    rule = text(60)
    version = text(40)
    source = text(500)


class Obstacle(Answer):
    """What stops the aid as it was told; `code` has a sentence at the edge, filled by `facts`."""

    code = text(60)
    facts = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)


class Simulation(Answer):
    """`verdict`: likely, not_eligible, or incomplete. `obstacles` are codes with their facts, `missing` names the
    questions that were not answered. `basis` is the ground of the call's aid (de_minimis, regional_aid, …).

    `headroom` is the de minimis room before this aid, null where the call's aid is never de minimis.
    """

    call_id = text(40)
    verdict = fields.String(required=True)
    eligible_costs = MoneyField(required=True)
    aid = MoneyField(required=True)
    aid_rate = RateField(required=True)
    own_share = MoneyField(required=True)
    headroom = MoneyField(required=True, allow_none=True)
    window_first = fields.Date(required=True, allow_none=True)
    basis = text(40)
    aid_area = fields.String(required=True, allow_none=True)
    obstacles = fields.List(fields.Nested(Obstacle), required=True)
    missing = fields.List(fields.String(), required=True)
    steps = fields.List(fields.Nested(StepSchema), required=True)
    rules = fields.List(fields.Nested(RuleUsed), required=True)
    ruleset = text(60)


SIMULATE = query(ROOM, "simulate", Simulate, Simulation, *EVERYONE)

EVENTS: tuple[Event, ...] = ()

OPERATIONS: tuple[Operation, ...] = (SIMULATE,)
