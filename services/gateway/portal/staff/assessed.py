"""The assessment of a case as other pages show it: its gates in words, its points, its de minimis room."""

from __future__ import annotations

from typing import Any

from services.gateway.portal.staff.gates import shown_gates
from services.gateway.rooms import ask
from shared.contracts.applications import GET_ASSESSMENT


def assessment_of(number: str) -> dict[str, Any]:
    """What `staff/case_assessment.html` needs."""
    found = ask(GET_ASSESSMENT, number=number)
    return {"assessment": found, "gates": shown_gates(found["gates"], found["selection"])}
