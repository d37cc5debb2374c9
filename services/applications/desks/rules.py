"""Rules asked alone."""

from __future__ import annotations

from services.applications.calculations import CALCULATIONS
from shared.calculations.desk import rules_desk


class RulesDesk(rules_desk("applications", CALCULATIONS)):
    """`list_rules` and `calculate` of this room."""
