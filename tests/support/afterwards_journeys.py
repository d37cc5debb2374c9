"""A granted case, and what people do with it afterwards, through the same use cases as in the house."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from services.applications.domain.decided_cases import DecidedCase
from services.applications.domain.envelopes import Envelope
from services.applications.use_cases import afterwards
from shared.asker import Asker, Role
from shared.money import Money
from tests.support import applications_builders as an
from tests.support.applications_journeys import Journey

AWARDED_ON = date(2026, 9, 15)  # a Tuesday; applications_builders.NOON
HOUSE = Asker(person="system", role=Role.SYSTEM)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)


class Afterwards:
    """`granted()` gives 10 000 euros of aid on 20 000 of equipment, from 1.1.2027 to 31.12.2027."""

    def __init__(self, journey: Journey) -> None:
        self.journey = journey

    def granted(self, **answers: Any) -> str:
        number = self.journey.proposed(**answers)
        self.journey.decide(number)
        return number

    def refused(self) -> str:
        number = self.journey.proposed("reject", [])
        self.journey.decide(number)
        return number

    def do(self, asker: Asker, use_case: Any, *args: Any, on: date | None = None, **facts: Any) -> Any:
        return self.journey.do(asker, use_case, *args, now=noon(on) if on else None, **facts)

    def acts(self, number: str, asker: Asker = an.HANDLER, on: date | None = None) -> Any:
        return self.do(asker, afterwards.get_acts, number, on=on)

    def kept(self, number: str) -> DecidedCase:
        with self.journey.open_work(HOUSE, self.journey.now) as work:
            found = work.decided_cases.find(number)
            assert found
            return found

    def version(self, number: str) -> int:
        return int(self.acts(number)["version"])

    def letter(self, number: str, act: int = 1, on: date = AWARDED_ON) -> None:
        self.do(HOUSE, afterwards.note_letter, number, act, noon(on), on=on)

    def propose(
        self, number: str, kind: str, *, on: date | None = None, asker: Asker | None = None, **wanted: Any
    ) -> Any:
        """By the handler; on a review by another, who had no part in the award. Of what goes against the party it
        need obviously not be heard; `unheard=None` where that is the question."""
        wanted = {"reasons": "Perustelu.", "unheard": an.UNNECESSARY, **wanted}
        asker = asker or (an.OTHER_HANDLER if kind == "review_decision" else an.HANDLER)
        return self.do(asker, afterwards.propose_act, number, self.version(number), kind, on=on, **wanted)

    def decide(
        self,
        number: str,
        act: int,
        *,
        on: date | None = None,
        asker: Asker = an.DECIDER,
        verdict: str = "sign",
        note: str = "",
    ) -> Any:
        return self.do(asker, afterwards.decide_act, number, self.version(number), act, verdict, note, on=on)

    def done(self, number: str, kind: str, *, on: date | None = None, **wanted: Any) -> Any:
        """Proposed and signed."""
        proposed = self.propose(number, kind, on=on, **wanted)
        decider = an.OTHER_DECIDER if kind == "review_decision" else an.DECIDER
        return self.decide(number, proposed["acts"][-1]["act"], on=on, asker=decider)

    def ask_review(self, number: str, act: int = 1, *, on: date, asker: Asker = an.COMPANY) -> Any:
        return self.do(
            asker, afterwards.request_review, number, self.version(number), act, "Tuki on myönnettävä.", "Syy.", on=on
        )

    def ask_amendment(self, number: str, *, on: date, change_on: date, asker: Asker = an.COMPANY, **wished: Any) -> Any:
        return self.do(
            asker, afterwards.request_amendment, number, self.version(number), wished, change_on, "Syy.", on=on
        )

    def claim(self, number: str, claim_id: str, amount: str, *, kind: str = "interim", paid_on: date | None) -> None:
        """A claim filed and decided; settled on the day, or left with the bank."""
        heard = {"number": number, "claim_id": claim_id}
        self.do(HOUSE, afterwards.note_filed_claim, heard | {"kind": kind})
        decided = {"payable": Money.eur(amount), "decided_at": noon(paid_on or AWARDED_ON)}
        self.do(HOUSE, afterwards.note_decided_claim, heard | decided)
        if paid_on:
            settled = {"payment_id": f"P-{claim_id}", "amount": Money.eur(amount), "settled_on": paid_on}
            self.do(HOUSE, afterwards.note_settled_payment, heard | settled)

    def mark_final(self, on: date) -> int:
        return int(self.do(HOUSE, afterwards.mark_final, on=on))

    def envelope(self, envelope_id: str = "ITA/ERDF/1/2026") -> Any:
        """(amount, reserved) as they stand."""
        authority, fund, priority, year = envelope_id.split("/")
        key = Envelope(authority=authority, fund=fund, priority=priority, budget_year=int(year))
        with self.journey.open_work(HOUSE, self.journey.now) as work:
            kept = work.envelopes.locked(key)
            return str(kept.amount), str(kept.reserved)


def costs(amount: str, category: str = "equipment", year: int = 2027) -> list[dict[str, Any]]:
    return [{"category": category, "description": "", "year": year, "amount": Money.eur(amount)}]
