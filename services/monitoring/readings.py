"""What auditors, officials and companies read: a case's trail, a euro's way, figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.monitoring import queries
from services.monitoring.chain import checkpoints, trail_head
from services.monitoring.domain.checking import wrong_column
from services.monitoring.domain.fact_kinds import amount_of, basis_of, shown_to_company
from services.monitoring.domain.trail import GENESIS, Entry, link
from services.monitoring.storage import MonitoringWork
from shared.asker import Asker, Role
from shared.errors import NotForYou, NotFound
from shared.money import ZERO, Money

SEES_ALL = frozenset({Role.AUDITOR, Role.OPERATOR})

# The way back from the bank to the application: the order of the steps in a trace.
WAY_BACK = (
    "payments.payment_failed",
    "payments.payment_settled",
    "payments.payment_ordered",
    "payments.payment_decided",
    "payments.claim_verified",
    "payments.claim_submitted",
    "applications.grant_awarded",
    "applications.application_submitted",
)


def case_trail(work: MonitoringWork, *, number: str) -> dict[str, Any]:
    """Everything of a case, oldest first; a company sees of its own what it may. Raises NotFound or NotForYou."""
    _must_be_for(work, number)
    described = (_described(entry, work.asker) for entry in queries.entries_of_case(work.session, number))
    return {"number": number, "entries": [entry for entry in described if entry]}


def trace_payment(work: MonitoringWork, *, payment_id: str) -> dict[str, Any]:
    """From a paid euro back to the application. Raises NotFound or NotForYou."""
    payment = _payment(work, payment_id)
    steps = _steps_back(work, payment)
    return {
        **payment,
        "steps": [_described(entry, work.asker) for entry in steps],
        "lines": _lines(work, payment["claim_id"]),
        "proof": _proof(work, steps),
    }


def case_of_trail(work: MonitoringWork, number: str) -> Sequence[str]:
    """The case that a trail is of, for the gate before it. Raises NotFound or NotForYou."""
    _must_be_for(work, number)
    return (number,)


def case_of_payment(work: MonitoringWork, payment_id: str) -> Sequence[str]:
    """The case that a trace leads to, for the gate before it. Raises NotFound or NotForYou."""
    return (_payment(work, payment_id)["number"],)


def figures(work: MonitoringWork, *, authority: str) -> dict[str, Any]:
    """An official sees the own authority's, auditors and operators anyone's. Raises NotForYou."""
    return queries.figures(work.session, authority=_authority_to_read(work.asker, authority))


def payments(work: MonitoringWork, **asked: Any) -> dict[str, Any]:
    return queries.payments(work.session, authority=_authority_to_read(work.asker, ""), **asked)


def _authority_to_read(asker: Asker, wanted: str) -> str:
    if asker.role in SEES_ALL:
        return wanted
    if wanted and wanted != asker.authority:
        raise NotForYou(authority=wanted)
    return asker.authority or ""


def _payment(work: MonitoringWork, payment_id: str) -> dict[str, Any]:
    found = queries.payment(work.session, payment_id)
    if found is None:
        raise NotFound(what="payment")
    _must_be_own_authority(work.asker, found["authority"])
    return queries.with_owner_or_none(found)


def _must_be_for(work: MonitoringWork, number: str) -> None:
    """A company learns nothing of another's case, not even that there is one."""
    case = queries.case(work.session, number)
    if case is None:
        raise NotFound(what="case", number=number)
    owner = case if case["authority"] else queries.claim_owner(work.session, number) or case
    if work.asker.role is Role.COMPANY:
        if owner["business_id"] != work.asker.business_id:
            raise NotFound(what="case", number=number)
    else:
        _must_be_own_authority(work.asker, owner["authority"])


def _must_be_own_authority(asker: Asker, authority: str) -> None:
    if asker.role not in SEES_ALL and asker.authority != authority:
        raise NotForYou(authority=authority)


def _described(entry: Entry, asker: Asker) -> dict[str, Any] | None:
    """The entry as a reader sees it; None when a company may not see it."""
    fact = entry.fact
    data = shown_to_company(fact.type, fact.data) if asker.role is Role.COMPANY else fact.data
    if data is None:
        return None
    return {
        "position": entry.position,
        "event_id": fact.event_id,
        "at": fact.at,
        "type": fact.type,
        "subject": fact.subject,
        "actor": fact.actor,
        "role": fact.role,
        "authority": fact.authority,
        "via": fact.via,
        "basis": basis_of(fact.type, fact.data),
        "amount": amount_of(fact.type, fact.data),
        "data": data,
        "hash": entry.hash.hex(),
        "previous": entry.previous.hex(),
    }


def _steps_back(work: MonitoringWork, payment: Mapping[str, Any]) -> list[Entry]:
    subjects = (f"claim/{payment['claim_id']}", f"application/{payment['number']}")
    entries = queries.entries_of_subjects(work.session, subjects)
    of_payment = (entry for entry in entries if entry.type in WAY_BACK and _is_of(entry, payment["payment_id"]))
    return sorted(of_payment, key=lambda entry: (WAY_BACK.index(entry.type), -entry.position))


def _is_of(entry: Entry, payment_id: str) -> bool:
    """Whether the entry is of this payment, or of the claim or application that it was paid on."""
    return bool(entry.fact.data.get("payment_id", payment_id) == payment_id)


def _lines(work: MonitoringWork, claim_id: str) -> list[dict[str, Any]]:
    lines = queries.claim_lines(work.session, claim_id)
    if lines is None:
        return []
    verdicts = {verdict["line"]: verdict for verdict in lines["verdicts"]}
    documents = [line["document_id"] for line in lines["submitted"] if line["document_id"]]
    digests = queries.digests(work.session, documents)
    return [_line(line, verdicts.get(line["line"], {}), digests) for line in lines["submitted"]]


def _line(line: Mapping[str, Any], verdict: Mapping[str, Any], digests: Mapping[str, str]) -> dict[str, Any]:
    return {
        "line": line["line"],
        "category": line["category"],
        "claimed": Money.eur(line["claimed"]),
        "accepted": Money.eur(verdict["accepted"]) if verdict else ZERO,
        "cut_reason": verdict.get("cut_reason"),
        "invoice_number": line["invoice_number"],
        "document_id": line["document_id"],
        "sha256": digests.get(line["document_id"] or ""),
    }


def _proof(work: MonitoringWork, steps: list[Entry]) -> dict[str, Any]:
    """Whether the chain holds at these entries and to both sides of them, and the signed head that covers them."""
    positions = [entry.position for entry in steps]
    around = {near for position in positions for near in (position - 1, position, position + 1)}
    neighbours = queries.entries_at(work.session, sorted(around))
    head = trail_head(work.session)
    covering = [signed for signed in checkpoints(work.session) if signed.position >= max(positions, default=0)]
    return {
        "positions": positions,
        "hashes": [entry.hash.hex() for entry in steps],
        "holds": all(_holds(neighbours, position) for position in positions),
        "head_position": head.position,
        "head": head.hash.hex(),
        "signed_position": covering[0].position if covering else None,
        "signed_at": covering[0].at.isoformat() if covering else None,
    }


def _holds(entries: Mapping[int, Entry], position: int) -> bool:
    entry, before, after = entries[position], entries.get(position - 1), entries.get(position + 1)
    return (
        link(entry.previous, entry.canonical) == entry.hash
        and entry.previous == (before.hash if before else GENESIS)
        and (after is None or after.previous == entry.hash)
        and wrong_column(entry) is None
    )
