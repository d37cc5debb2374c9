"""What the customer register can answer in an application's form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FACTS = ("name", "business_id", "municipality", "language")


def register_facts(company: Mapping[str, Any]) -> dict[str, str]:
    """The facts by name (`shared.contracts.applications.definitions.REGISTER_FACTS`); unknown ones are empty."""
    return {name: str(company.get(name) or "") for name in FACTS}
