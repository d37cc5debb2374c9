"""Rules asked alone, and the simulator that a visitor may ask."""

from __future__ import annotations

from typing import Any

from services.applications.calculations import CALCULATIONS
from services.applications.storage import ApplicationsWork
from services.applications.use_cases.simulating import simulate_aid
from shared.calculations.desk import rules_desk
from shared.contracts import applications as contract
from shared.messaging.service import answers


class RulesDesk(rules_desk("applications", CALCULATIONS)):
    """`list_rules` and `calculate` of this room come with the base."""

    @answers(contract.SIMULATE)
    def simulate(self, work: ApplicationsWork, **request: Any) -> Any:
        return simulate_aid(work, **request)
