"""A room's counter for its rules: the same two requests everywhere (`shared.contracts.calculating`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shared.calculations.asking import Calculation, ask, calculation_named, card
from shared.contracts import calculating
from shared.messaging.service import answers


def rules_desk(room: str, calculations: Sequence[Calculation]) -> type:
    """To be mixed into the room's service."""
    list_rules, calculate = calculating.operations(room)

    class CalculatingDesk:
        @answers(list_rules)
        def list_rules(self, work: Any) -> Mapping[str, Any]:
            return {"items": [card(one) for one in sorted(calculations, key=lambda one: one.rule.name)]}

        @answers(calculate)
        def calculate(self, work: Any, rule: str, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
            """Raises NoSuchRule, InvalidFields."""
            return ask(calculation_named(rule, calculations), inputs).to_wire()

    return CalculatingDesk
