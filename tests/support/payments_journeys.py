"""A claim brought to the point where a test begins, through the same use cases that people go through."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from services.payments import use_cases
from services.payments.domain.grants import Grant
from services.payments.settings import read_settings
from shared.asker import Asker
from shared.money import Money, total
from tests.support import payments_builders as a
from tukivayla import demo_bank

Open = Callable[..., AbstractContextManager[Any]]
DEBTORS = read_settings({}).debtors


class Journey:
    """`open_work(asker, now)` opens a transaction, in memory or in PostgreSQL."""

    def __init__(self, open_work: Open, now: datetime = a.NOON) -> None:
        self.open_work = open_work
        self.now = now

    def do(
        self, asker: Asker, use_case: Callable[..., Any], *args: Any, now: datetime | None = None, **facts: Any
    ) -> Any:
        with self.open_work(asker, now or self.now) as work:
            return use_case(work, *args, **facts)

    def award(self, grant: Grant | None = None, **facts: Any) -> str:
        award = a.an_award(grant, **facts)
        self.do(a.HOUSE, use_cases.open_grant_account, award)
        return str(award["number"])

    def opened(self, number: str = a.NUMBER, kind: str = "interim") -> str:
        return str(self.do(a.COMPANY, use_cases.open_claim, number, kind)["claim_id"])

    def drafted(self, *lines: dict[str, Any], number: str = a.NUMBER, kind: str = "interim", **typed: Any) -> str:
        """A saved draft at version 2."""
        claim_id = self.opened(number, kind)
        self.do(a.COMPANY, use_cases.save_claim, claim_id, 1, a.a_draft(*lines, **typed))
        return claim_id

    def submitted(self, *lines: dict[str, Any], **facts: Any) -> str:
        """Version 3."""
        claim_id = self.drafted(*lines, **facts)
        self.do(a.COMPANY, use_cases.submit_claim, claim_id, 2)
        return claim_id

    def verify(self, claim_id: str, version: int = 3, asker: Asker = a.VERIFIER, **cuts: str) -> Any:
        """Accept everything as claimed; `line_2="100.00"` accepts only so much of line 2."""
        lines = self.claim(claim_id, asker)["lines"]
        verdicts = [_verdict(line, cuts.get(f"line_{line['line']}")) for line in lines]
        return self.do(asker, use_cases.verify_claim, claim_id, version, verdicts)

    def verified(self, *lines: dict[str, Any], cuts: dict[str, str] | None = None, **facts: Any) -> str:
        """Version 4."""
        claim_id = self.submitted(*lines, **facts)
        self.verify(claim_id, **(cuts or {}))
        return claim_id

    def proposed(self, *lines: dict[str, Any], **facts: Any) -> str:
        """Version 5."""
        claim_id = self.verified(*lines, **facts)
        self.do(a.HANDLER, use_cases.propose_payment, claim_id, 4, "Esitän maksettavaksi.")
        return claim_id

    def decide(self, claim_id: str, version: int = 5, asker: Asker = a.DECIDER, verdict: str = "sign") -> Any:
        return self.do(asker, use_cases.decide_payment, claim_id, version, verdict, "")

    def approved(self, *lines: dict[str, Any], **facts: Any) -> str:
        """Version 6."""
        claim_id = self.proposed(*lines, **facts)
        self.decide(claim_id)
        return claim_id

    def batch(self, *claim_ids: str, asker: Asker = a.PAYER, total_typed: Money | None = None) -> Any:
        sums = [self.claim(claim_id, a.AUDITOR)["payable"] for claim_id in claim_ids]
        typed = total(sums) if total_typed is None else total_typed
        return self.do(asker, use_cases.make_batch, list(claim_ids), typed, DEBTORS)

    def answer(self, xml: str, asker: Asker = a.PAYER) -> Any:
        return self.do(asker, use_cases.import_bank_answer, xml)

    def bank_says(self, batch_id: str, **how: Any) -> Any:
        return self.answer(demo_bank.answer(self.file(batch_id), **how))

    def file(self, batch_id: str) -> str:
        with self.open_work(a.AUDITOR, self.now) as work:
            return work.batches.xml(batch_id).decode("utf-8")

    def claim(self, claim_id: str, asker: Asker = a.COMPANY, now: datetime | None = None) -> Any:
        return self.do(asker, use_cases.get_claim, claim_id, now=now)

    def grant(self, number: str = a.NUMBER, asker: Asker = a.COMPANY) -> Any:
        return self.do(asker, use_cases.get_grant, number)


def _verdict(line: dict[str, Any], cut_to: str | None) -> dict[str, Any]:
    if cut_to is None:
        note = "Tarkastettu alkuperäisestä." if line["finding"] else ""
        return {"line": line["line"], "accepted": line["claimed"], "cut_reason": None, "cut_note": note}
    return {
        "line": line["line"],
        "accepted": a.eur(cut_to),
        "cut_reason": "not_reasonable",
        "cut_note": "Ylittää kohtuullisen hinnan.",
    }


def many(journey: Journey, claimed: Sequence[str]) -> list[str]:
    """Approved claims of one grant, each of one line with an invoice of its own."""
    return [
        journey.approved(a.typed_line(amount, invoice_number=f"2027-{index}")) for index, amount in enumerate(claimed)
    ]
