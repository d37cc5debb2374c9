"""How a sum came about, as rows that a person can read and a program can check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row of "why this sum?".

    `sign` is one of + − × = ≤; `what` is a stable code whose sentence the edge knows in each language;
    `facts` fill the sentence (texts; amounts as "1234.50"); `source` is the legal source or the decision.
    """

    sign: str
    what: str
    amount: Money | None = None
    source: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
