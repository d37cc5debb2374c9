"""What the gates rest on: a register's own answer, which an auditor opens, or what an official typed, which is said.

The customer register asks the business register and keeps its answers letter by letter. Here only what decides is
known of them, with the digest by which the answer itself is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from services.applications.domain.aid_register import OwnershipLink
from services.applications.domain.assessed import Assessed, Checked
from services.applications.domain.findings import Evidence, Gate, Status
from services.applications.domain.register_facts import RegisterFacts

BUSINESS_REGISTER = "ytj"
REGISTER, TYPED, OWNERSHIP = "register", "typed", "ownership"
_SOURCE_MOST = 300  # more than names a place is in the assessment, which is stored whole


def with_evidence(
    gates: Iterable[Gate],
    assessed: Assessed,
    answer: RegisterFacts | None,
    links: Iterable[OwnershipLink],
    on: date,
) -> Iterator[Gate]:
    """The same gates, each with what it rests on. A gate that is not asked, or not yet looked at, rests on nothing."""
    holding = tuple(link for link in links if link.by_law.holds_on(on))
    for gate in gates:
        evidence = () if gate.status is Status.NOT_APPLIED else tuple(_of(gate.code, assessed, answer, holding))
        yield replace(gate, evidence=evidence) if evidence else gate


def _of(
    code: str, assessed: Assessed, answer: RegisterFacts | None, links: tuple[OwnershipLink, ...]
) -> Iterator[Evidence]:
    typed: Mapping[str, Checked | None] = {"tax_debt": assessed.tax, "recovery_order": assessed.recovery}
    if checked := typed.get(code):
        yield Evidence(kind=TYPED, source=checked.source[:_SOURCE_MOST], told_at=checked.on.isoformat())
    if code == "difficulty" and answer:
        yield Evidence(
            kind=REGISTER,
            source=BUSINESS_REGISTER,
            told_at=answer.fetched_at.isoformat(),
            business_id=answer.business_id,
            digest=answer.digest,
        )
    if code in ("size", "de_minimis"):
        for link in links:
            reference = f"{link.owner} → {link.owned}"
            told = link.since.isoformat()
            yield Evidence(kind=OWNERSHIP, source=link.source, told_at=told, reference=reference)
