"""A case brought to the point where a test begins, through the same use cases that people go through."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from typing import Any

from services.applications import use_cases
from services.applications.domain.calls import Call
from services.applications.domain.proposals import WITHOUT_AID
from shared.asker import DECLARES, Asker
from shared.errors import DomainError
from shared.money import Money
from tests.support import applications_builders as an

Open = Callable[..., AbstractContextManager[Any]]


class Journey:
    """`open_work(asker, now)` opens a transaction, in memory or in PostgreSQL.

    Officials have declared, before whatever they do with a case, that nothing disqualifies them; with
    `declares=False` they have to do it themselves.
    """

    def __init__(self, open_work: Open, now: datetime = an.NOON, *, declares: bool = True) -> None:
        self.open_work = open_work
        self.now = now
        self.declares = declares

    def do(
        self, asker: Asker, use_case: Callable[..., Any], *args: Any, now: datetime | None = None, **facts: Any
    ) -> Any:
        if self.declares and asker.role in DECLARES:
            self._declare(asker, str(args[0] if args else facts.get("number", "")), now or self.now)
        with self.open_work(asker, now or self.now) as work:
            return use_case(work, *args, **facts)

    def _declare(self, asker: Asker, number: str, now: datetime) -> None:
        """As the first thing a person does; whom the case is not for at all is told so by what they came to do."""
        if not number:
            return
        with suppress(DomainError), self.open_work(asker, now) as work:
            if use_cases.get_gate(work, number)["standing"] == "undeclared":
                use_cases.declare_interest(work, number, "none")

    def publish(self, call: Call | None = None) -> str:
        call = call or an.a_call()
        self.do(an.OPERATOR, use_cases.publish_call, **an.terms_of(call))
        return call.call_id

    def fund(self, amount: str, call: Call | None = None) -> None:
        call = call or an.a_call()
        self.do(
            an.OPERATOR,
            use_cases.grant_authority,
            authority=call.authority,
            fund=call.fund,
            priority=call.priority,
            budget_year=call.budget_year,
            amount=Money.eur(amount),
        )

    def draft(self, asker: Asker = an.COMPANY, call_id: str = "IS-2026-14", **answers: Any) -> str:
        """A draft at version 3 that lacks nothing; `answers` change what is typed."""
        opened = self.do(asker, use_cases.open_application, call_id, "Saimaan Levypaja Oy", "fi")
        number: str = opened["number"]
        self.do(asker, use_cases.attach, number, 1, an.OFFER)
        self.do(asker, use_cases.save_draft, number, 2, an.complete_answers(**answers))
        return number

    def submitted(self, asker: Asker = an.COMPANY, **answers: Any) -> str:
        number = self.draft(asker, **answers)
        self.do(asker, use_cases.submit, number, 3)
        return number

    def taken(self, **answers: Any) -> str:
        number = self.submitted(**answers)
        self.do(an.HANDLER, use_cases.take_case, number, 4)
        return number

    def proposed(self, outcome: str = "approve", costs: list[dict[str, Any]] | None = None, **answers: Any) -> str:
        number = self.taken(**answers)
        self.propose(number, 5, outcome, costs)
        return number

    def propose(self, number: str, version: int, outcome: str = "approve", costs: Any = None, **facts: Any) -> Any:
        return self.propose_as(an.HANDLER, number, version, outcome, costs, **facts)

    def propose_as(
        self, asker: Asker, number: str, version: int, outcome: str = "approve", costs: Any = None, **facts: Any
    ) -> Any:
        """Conditions are the call's own; of what goes against the company it need obviously not be heard."""
        rows = [an.accepted("20000.00")] if costs is None else costs
        unheard = facts.pop("unheard", an.UNNECESSARY)
        conditions = facts.pop("conditions", [] if outcome in WITHOUT_AID else ["Raportoi."])
        proposed = (number, version, outcome, rows, "Hanke täyttää ehdot.", conditions)
        return self.do(asker, use_cases.propose, *proposed, unheard=unheard, **facts)

    def decide(
        self, number: str, version: int = 6, asker: Asker = an.DECIDER, verdict: str = "sign", note: str = ""
    ) -> Any:
        return self.do(asker, use_cases.decide, number, version, verdict, note)

    def look(self, number: str, asker: Asker = an.COMPANY) -> Any:
        return self.do(asker, use_cases.get_application, number)
