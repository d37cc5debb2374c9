"""The officials' desk for a test: fake rooms with a case in each state, and pages taken apart."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from tests.support import fake_case as case
from tests.support.fake_rooms import FakeRooms
from tests.support.portal_pages import Taken

HANDLER, OTHER_HANDLER, DECIDER, VERIFIER, AUDITOR = "p-pekka", "p-heli", "p-leena", "p-outi", "p-sari"
SUBMITTED, OWN, PROPOSED, GRANTED = "A80655", "A80648", "A80641", "A80412"
CLAIM_PAID, CLAIM_NEW, CLAIM_VERIFIED, CLAIM_PROPOSED = "M80412-1", "M80412-2", "M80412-3", "M80412-4"


def staff_rooms() -> FakeRooms:
    """The canned rooms; the new claim's second line has a finding; the proposed payment's award is by others."""
    rooms = FakeRooms()
    award = rooms.applications[GRANTED]
    rooms.applications[GRANTED] = award | {
        "proposal": case.PROPOSAL | {"proposed_by": "p-juha"},
        "decision": case.DECISION | {"decided_by": "p-antti"},
    }
    rooms.claims |= {
        CLAIM_NEW: new_claim(),
        CLAIM_VERIFIED: claim(CLAIM_VERIFIED, "verified", decision=None, payable=None, payments=[]),
        CLAIM_PROPOSED: claim(CLAIM_PROPOSED, "proposed", decision=proposed_payment(), payments=[]),
    }
    return rooms


def claim(claim_id: str, state: str, **changes: Any) -> dict[str, Any]:
    return deepcopy(case.CLAIM) | {"claim_id": claim_id, "state": state} | changes


def new_claim() -> dict[str, Any]:
    not_yet = dict.fromkeys(("verified_by", "verified_at", "decision", "accepted", "payable"))
    found = claim(CLAIM_NEW, "submitted", payments=[], **not_yet)
    for line in found["lines"]:
        line.update(dict.fromkeys(("accepted", "cut", "cut_reason", "cut_note")))
    found["lines"][1]["finding"] = "vat_recoverable"
    return found


def proposed_payment() -> dict[str, Any]:
    return case.PAYMENT_DECISION | {"decided_by": None, "decided_at": None}


def assert_whole(html: str, language: str) -> Taken:
    """A page with its language, one heading, no id twice, nothing inline."""
    page = Taken(html)
    assert page.language == language
    assert page.h1 == 1
    assert len(page.ids) == len(set(page.ids))
    assert page.inline == []
    return page
