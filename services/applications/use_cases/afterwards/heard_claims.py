"""What payments tells of a case's claims: from it follow the paid sum, the day of the last payment, the closure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.applications.domain.decided_cases import HeardClaim
from services.applications.domain.grounds import ENDING
from services.applications.ports import Work
from services.applications.use_cases.afterwards.reaching import for_the_house
from services.applications.use_cases.falling import let_act_fall
from shared.dates import helsinki_day
from shared.money import ZERO

FINAL = "final"


def note_filed_claim(work: Work, data: Mapping[str, Any]) -> None:
    _note(work, data, is_final=data["kind"] == FINAL)


def note_decided_claim(work: Work, data: Mapping[str, Any]) -> None:
    _note(work, data, payable=data["payable"], decided_on=helsinki_day(data["decided_at"]))


def note_settled_payment(work: Work, data: Mapping[str, Any]) -> None:
    _note(work, data, payment_id=data["payment_id"], paid=data["amount"], settled_on=data["settled_on"])


def note_failed_payment(work: Work, data: Mapping[str, Any]) -> None:
    """The bank rejected or returned it: what had been counted as paid is not."""
    _note(work, data, payment_id=data["payment_id"], paid=ZERO, settled_on=None)


def _note(work: Work, data: Mapping[str, Any], **told: Any) -> None:
    """An act that would end the grant at what is paid falls when that changes."""
    case = for_the_house(work, data["number"]).decided
    claim: HeardClaim = replace(case.claim(data["claim_id"]), **told)
    if claim in case.claims:
        return
    if (waiting := case.proposal) and waiting.kind in ENDING:
        case = let_act_fall(work, case, "payments_changed")
    work.decided_cases.put(case.noted(claims=case.with_claim(claim)))
