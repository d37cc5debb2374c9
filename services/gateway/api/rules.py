"""Rules asked alone (de minimis room, interest, clocks, samples …): what they take, and what one says."""

from __future__ import annotations

import difflib
from typing import Any

from flask import request

from services.gateway import policy
from services.gateway.api.desk import Desk
from services.gateway.api.reading import json_object
from services.gateway.rooms import ask
from shared.calculations.asking import NoSuchRule
from shared.contracts import OPERATIONS, Operation
from shared.contracts.applications import SIMULATE
from shared.contracts.calculating import ROOM_OF, RULES, Calculated, RuleCard, RuleCards

desk = Desk("rules", "Rules asked alone, for officials and auditors: figures and verdicts with their steps", keys=False)

LISTS = tuple(OPERATIONS[f"{room}.list_rules"] for room in RULES)
CALCULATES = {room: OPERATIONS[f"{room}.calculate"] for room in RULES}
VERSION = {
    "in": "query",
    "name": "version",
    "schema": {"type": "string", "maxLength": 40},
    "description": "An earlier version of the rule, which old decisions stand on. Left out: the one in use.",
}
ANY_INPUTS = {"application/json": {"schema": {"type": "object", "additionalProperties": True}}}


@desk.route("/rules")
@desk.answering(LISTS[0], 200, RuleCards)
@policy.asks(*LISTS)
def list_rules() -> Any:
    """Every rule: its inputs as JSON Schema, version, source and dates"""
    cards = [card for operation in LISTS for card in ask(operation)["items"]]
    return {"items": sorted(cards, key=lambda card: str(card["rule"])), "total": len(cards)}


@desk.route("/rules/<rule>")
@desk.answering(LISTS[0], 200, RuleCard)
@policy.asks(*LISTS)
def get_rule(rule: str) -> Any:
    """One rule"""
    operation = OPERATIONS[f"{_room_of(rule)}.list_rules"]
    return next(card for card in ask(operation)["items"] if card["rule"] == rule)


@desk.route("/rules/<rule>", methods=["POST"])
@desk.doc(requestBody={"required": True, "content": ANY_INPUTS}, parameters=[VERSION])
@desk.answering(CALCULATES["applications"], 200, Calculated)
@policy.asks(*CALCULATES.values())
def calculate(rule: str) -> Any:
    """Ask a rule; the body is its inputs

    Amounts as "1234.50" or as people write them, days as 2026-11-25. Nothing is kept.
    """
    operation: Operation = CALCULATES[_room_of(rule)]
    return ask(operation, rule=rule, inputs=json_object(request), version=request.args.get("version"))


def _room_of(rule: str) -> str:
    if rule not in ROOM_OF:
        raise NoSuchRule(rule=rule, near=", ".join(difflib.get_close_matches(rule, ROOM_OF, n=3, cutoff=0.4)))
    return ROOM_OF[rule]


desk.does("POST", "/calls/<call_id>/simulation", SIMULATE, "What aid a project would get; nothing is kept")
