"""A room's counter for its rules: the same two requests everywhere (`shared.contracts.calculating`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shared.calculations.asking import Calculation, ask, calculation_named, card, newest
from shared.contracts import calculating
from shared.messaging.service import answers


def rules_desk(room: str, calculations: Sequence[Calculation]) -> type:
    """To be mixed into the room's service."""
    listing, calculating_one = calculating.operations(room)

    class CalculatingDesk:
        @answers(listing)
        def list_rules(self, work: Any) -> Mapping[str, Any]:
            rules = newest(calculations)
            return {"items": [card(one, calculations) for one in rules], "total": len(rules)}

        @answers(calculating_one)
        def calculate(
            self, work: Any, rule: str, inputs: Mapping[str, Any], version: str | None = None
        ) -> Mapping[str, Any]:
            """Raises NoSuchRule, NoSuchVersion, InvalidFields."""
            return ask(calculation_named(rule, calculations, version), inputs).to_wire()

    return CalculatingDesk
