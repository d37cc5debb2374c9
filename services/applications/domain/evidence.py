"""What the gates rest on: a register's own answer, which an auditor opens, or what an official typed, which is said.

The customer register asks the business register and keeps its answers letter by letter. Here only what decides is
known of them, with the digest by which the answer itself is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.applications.domain.aid_register import OwnershipLink
from services.applications.domain.assessed import Assessed, Checked
from services.applications.domain.findings import Evidence, Gate, Status

BUSINESS_REGISTER = "ytj"
REGISTER, TYPED, OWNERSHIP = "register", "typed", "ownership"
# Collective insolvency ((EU) 651/2014 art. 2(18)(c)); a liquidation of one's own will is none.
INSOLVENCY = frozenset({"restructuring", "bankruptcy"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAnswer:
    """What the business register said of an undertaking at `fetched_at`; `digest` is SHA-256 of its own words."""

    business_id: str
    fetched_at: datetime
    digest: str
    situations: tuple[str, ...] = ()
    ended_on: date | None = None

    @property
    def insolvency(self) -> tuple[str, ...]:
        return tuple(one for one in self.situations if one in INSOLVENCY)

    def to_json(self) -> dict[str, Any]:
        return {
            "business_id": self.business_id,
            "fetched_at": self.fetched_at.isoformat(),
            "digest": self.digest,
            "situations": list(self.situations),
            "ended_on": self.ended_on.isoformat() if self.ended_on else None,
        }


def answer_from(document: Mapping[str, Any]) -> RegisterAnswer:
    return RegisterAnswer(
        business_id=document["business_id"],
        fetched_at=datetime.fromisoformat(document["fetched_at"]),
        digest=document["digest"],
        situations=tuple(document["situations"]),
        ended_on=date.fromisoformat(document["ended_on"]) if document["ended_on"] else None,
    )


def with_evidence(
    gates: Iterable[Gate],
    assessed: Assessed,
    answer: RegisterAnswer | None,
    links: Iterable[OwnershipLink],
    on: date,
) -> Iterator[Gate]:
    """The same gates, each with what it rests on. A gate that is not asked, or not yet looked at, rests on nothing."""
    holding = tuple(link for link in links if link.by_law.holds_on(on))
    for gate in gates:
        evidence = () if gate.status is Status.NOT_APPLIED else tuple(_of(gate.code, assessed, answer, holding))
        yield replace(gate, evidence=evidence) if evidence else gate


def _of(
    code: str, assessed: Assessed, answer: RegisterAnswer | None, links: tuple[OwnershipLink, ...]
) -> Iterator[Evidence]:
    typed: Mapping[str, Checked | None] = {
        "tax_debt": assessed.tax,
        "recovery_order": assessed.recovery,
        "opinion": assessed.opinion,
    }
    if checked := typed.get(code):
        yield Evidence(kind=TYPED, source=checked.source, told_at=checked.on.isoformat())
    if code == "difficulty" and answer:
        yield Evidence(
            kind=REGISTER,
            source=BUSINESS_REGISTER,
            told_at=answer.fetched_at.isoformat(),
            business_id=answer.business_id,
            digest=answer.digest,
        )
    if code == "de_minimis":
        for link in links:
            reference = f"{link.owner} → {link.owned}"
            told = link.since.isoformat()
            yield Evidence(kind=OWNERSHIP, source=link.source, told_at=told, reference=reference)
