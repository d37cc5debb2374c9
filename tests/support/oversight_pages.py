"""The portal for payers, auditors and operators: claims that wait, files that agree with themselves, a whole trace."""

from __future__ import annotations

import hashlib
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any

from shared.contracts import OPERATIONS, ROOMS
from shared.contracts import monitoring as m
from shared.contracts import payments as p
from shared.money import Money
from tests.support import fake_case as case
from tests.support.fake_rooms import FakeRooms

PAYER, AUDITOR, OPERATOR = "p-juha", "p-sari", "p-timo"
COMPANY, HANDLER = "p-aino", "p-pekka"
READY, LATE, FAILED = "M80412-2", "M80412-3", "M80412-4"
FILE, PAYMENT, CASE = "E-2026-0031", "T80412-1", "A80412"
LONG_AGO = date(2020, 1, 31)
PARKED = "/yllapito/pysaytetyt/payments/0f9f1c1e-9d0b-4d3e-9a53-1f4a4d2f0099"

PAIN_001 = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn><PmtInf><CdtTrfTxInf>'
    f"<PmtId><EndToEndId>{PAYMENT}</EndToEndId></PmtId>"
    '<Amt><InstdAmt Ccy="EUR">17400.00</InstdAmt></Amt><Cdtr><Nm>Saimaan Verstas Oy</Nm></Cdtr>'
    "</CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>\n"
)


def oversight_rooms() -> FakeRooms:
    rooms = FakeRooms()
    rooms.claims |= {
        READY: _claim(READY, "approved", "1000.10", date(2027, 1, 31)),
        LATE: _claim(LATE, "approved_in_part", "2000.25", LONG_AGO),
        FAILED: _claim(FAILED, "payment_failed", "0.40", date(2026, 12, 1)),
    }
    rooms.claims[FAILED]["last_payment"] = case.PAYMENT | {"state": "rejected", "reason": "AC04"}
    digest = hashlib.sha256(PAIN_001.encode()).hexdigest()
    rooms.answers(p.GET_BATCH, case.BATCH | {"sha256": digest})
    rooms.answers(p.GET_BATCH_FILE, case.BATCH_FILE | {"sha256": digest, "xml": PAIN_001})
    rooms.answers(m.TRACE_PAYMENT, trace())
    for room in ROOMS:
        parked = {"room": room, "parked_at": datetime.now(UTC) - timedelta(hours=5)}
        rooms.answers(OPERATIONS[f"{room}.list_parked"], {"items": [case.PARKED | parked], "total": 1})
    return rooms


def trace(**changes: Any) -> dict[str, Any]:
    """A payment's way back; three acts by three people."""
    decided = {"proposed_by": "p-pekka", "decided_by": "p-leena", "steps": [STEP]}
    steps = [
        entry(5, "payments.payment_ordered", "p-juha", "payer"),
        entry(4, "payments.payment_decided", "p-leena", "decision_maker", decided),
        entry(2, "payments.claim_submitted", "p-aino", "company"),
    ]
    proof = {"holds": True, "positions": [5, 4, 2], "head_position": 112, "head": case.DIGEST}
    signed = {"signed_position": 100, "signed_at": "2026-11-22T04:00:00+00:00"}
    return case.TRACE | {"steps": steps, "proof": proof | signed} | changes


STEP = {"sign": "=", "what": "payable", "amount": "17400.00", "source": "", "facts": {}}


def entry(position: int, kind: str, actor: str, role: str, data: dict[str, Any] | None = None) -> dict[str, Any]:
    act = {"position": position, "event_id": f"e-{position}", "type": kind, "actor": actor, "role": role}
    return case.TRAIL_ENTRY | act | {"data": data or {}}


def _claim(claim_id: str, state: str, payable: str, due_on: date) -> dict[str, Any]:
    own = {"claim_id": claim_id, "state": state, "payable": Money.eur(payable), "due_on": due_on, "payments": []}
    return deepcopy(case.CLAIM) | own
