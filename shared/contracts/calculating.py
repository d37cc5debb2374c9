"""Rules asked alone, the same two requests to every room that has some: which there are, and what one says.

The JSON API and the rooms' desks are made from `RULES`; a test compares it with what the rooms really offer.
"""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import STAFF
from shared.contracts.terms import Answer, Nothing, Operation, Request, StepSchema, query
from shared.fields import text

RULES: dict[str, tuple[str, ...]] = {
    "applications": (
        "aid_ceiling",
        "aid_history",
        "appeal_deadline",
        "award",
        "cofinancing_ceiling",
        "company_gates",
        "competent_authority",
        "cumulation",
        "de_minimis",
        "decision_due",
        "eligible_time",
        "flat_rate",
        "gber_incentive_effect",
        "gber_intensity",
        "gber_publication",
        "hourly_cost",
        "in_kind",
        "land_purchase",
        "lump_sum",
        "net_revenue",
        "procurement_threshold",
        "register_entry",
        "regional_aid",
        "simplified_costs_compulsory",
        "single_undertaking",
        "sme_size",
        "split_by_source",
        "undertaking_in_difficulty",
        "vat_eligibility",
    ),
    "payments": (
        "advance",
        "durability",
        "financial_correction",
        "payable",
        "payment_clock",
        "procurement_correction",
        "recovery_deadline",
        "recovery_interest",
        "retention",
    ),
    "monitoring": (
        "accounting_year",
        "audit_sample",
        "decommitment",
        "indicator",
        "irregularity_report",
        "monetary_unit_sampling",
        "residual_error",
        "separation_of_duties",
    ),
}
ROOM_OF = {rule: room for room, rules in RULES.items() for rule in rules}


class RuleCard(Answer):
    """A rule as it is listed: `inputs` is its JSON Schema; `valid_until` null while it is in force.

    `versions` are those that can be asked, oldest first; `version` is the one that is told of here.
    """

    rule = text(60)
    version = text(40)
    versions = fields.List(text(40), load_default=list)
    titles = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    source = text(500)
    valid_from = fields.Date(required=True)
    valid_until = fields.Date(required=True, allow_none=True)
    inputs = fields.Dict(required=True)


class RuleCards(Answer):
    items = fields.List(fields.Nested(RuleCard), required=True)
    total = fields.Integer(required=True)


class Calculate(Request):
    """`inputs` by the rule's own schema: amounts as "1234.50" (or as people write them), days as 2026-11-25.

    `version`: an earlier version of the rule, which old decisions stand on; left out, the one in use today.
    """

    rule = fields.String(required=True, validate=validate.Length(min=1, max=60))
    version = text(40, required=False, load_default=None, allow_none=True)
    inputs = fields.Dict(keys=fields.String(), required=True)


class Calculated(Answer):
    """`result` holds the figures and verdicts by name; `steps` tell row by row how they came about."""

    rule = text(60)
    version = text(40)
    source = text(500)
    result = fields.Dict(required=True)
    steps = fields.List(fields.Nested(StepSchema), required=True)


def operations(room: str) -> tuple[Operation, ...]:
    return (
        query(room, "list_rules", Nothing, RuleCards, *STAFF),
        query(room, "calculate", Calculate, Calculated, *STAFF),
    )
