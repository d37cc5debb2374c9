"""About two hundred invented cases, made by asking the rooms what people would ask them.

Nothing is written behind the rooms' backs: every case went through the real rules, and the trail proves it.
Each step carries a key of its own, so a builder that was killed goes on where it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import structlog

from shared.asker import Role
from shared.blobs import Blobs
from shared.contracts import applications, payments
from shared.errors import NotFound
from shared.money import Money, total
from tukivayla.demo import claims
from tukivayla.demo.application import ApplicationStory
from tukivayla.demo.calls import PlannedCall, planned_calls
from tukivayla.demo.cast import Cast, Rooms
from tukivayla.demo.fates import Fate, PlannedCase, planned_cases
from tukivayla.demo_bank import answer

log = structlog.get_logger(__name__)
T = TypeVar("T")

ENVELOPE = Money.eur("12000000.00")
IN_A_BATCH = 3


@dataclass
class Builder:
    """`pause` seconds between steps leave the machine to whoever is looking at the portal."""

    rooms: Rooms
    blobs: Blobs
    anchor: date
    pause: float = 0.0
    on_progress: Callable[[int, int], None] = lambda done, whole: None
    to_order: dict[str, list[claims.Ordered]] = field(default_factory=dict)

    def build(self, most: int | None = None) -> None:
        self.assemble()
        self.calls = list(planned_calls())
        self._open_the_calls()
        cases = list(planned_cases())[:most]
        for done, case in enumerate(cases, 1):
            self._tell(case)
            self.on_progress(done, len(cases))
        for authority in list(self.to_order):
            self._order(authority)
        log.info("demo_built", cases=len(cases))

    def assemble(self) -> None:
        self.cast = Cast(self.rooms, self.moment(-640))
        self.cast.assemble()

    def moment(self, days: float, hour: int = 9) -> datetime:
        """So many days from the day of the first start, in office hours (UTC)."""
        return datetime(self.anchor.year, self.anchor.month, self.anchor.day, hour, tzinfo=UTC) + timedelta(days=days)

    def breathe(self) -> None:
        time.sleep(self.pause)

    def _open_the_calls(self) -> None:
        envelopes = {(call.authority, call.kind.fund, call.kind.priority, self._year(call)) for call in self.calls}
        for authority, fund, priority, year in sorted(envelopes):
            self.rooms.ask(
                applications.GRANT_AUTHORITY,
                self.cast.operator(f"demo-envelope-{authority}-{fund}-{priority}-{year}"),
                authority=authority,
                fund=fund,
                priority=priority,
                budget_year=year,
                amount=ENVELOPE,
            )
        for call in self.calls:
            operator = self.cast.operator(f"demo-call-{call.call_id(self.anchor)}")
            self.rooms.ask(applications.PUBLISH_CALL, operator, **call.to_publish(self.anchor))

    def _year(self, call: PlannedCall) -> int:
        return (self.anchor + timedelta(days=call.opens)).year

    def _tell(self, case: PlannedCase) -> None:
        application = ApplicationStory(self, case)
        application.tell()
        if not case.fate.reaches(Fate.CLAIM_DRAFT):
            return
        ordered = claims.ClaimStory(self, application).tell()
        if ordered:
            authority = application.company.authority
            self.to_order.setdefault(authority, []).append(ordered)
            if len(self.to_order[authority]) == IN_A_BATCH:
                self._order(authority)

    def _order(self, authority: str) -> None:
        """Put the waiting payments into one file, and let the bank answer for those that have come so far."""
        waiting = self.to_order.pop(authority)
        when = max(one.when for one in waiting)
        key = "demo-batch-" + waiting[0].claim_id
        payer = self.cast.official(authority, "payer", Role.PAYER, when + timedelta(days=1), key)
        batch = self.rooms.ask(
            payments.MAKE_BATCH,
            payer,
            claim_ids=[one.claim_id for one in waiting],
            total=total(one.payable for one in waiting),
        )
        self._let_the_bank_answer(authority, batch, waiting, when)

    def _let_the_bank_answer(
        self, authority: str, batch: dict[str, Any], waiting: list[claims.Ordered], when: datetime
    ) -> None:
        fates = {one.claim_id: one.fate for one in waiting}
        if all(fate is Fate.ORDERED for fate in fates.values()):
            return
        payer = self.cast.official(
            authority, "payer", Role.PAYER, when + timedelta(days=3), f"demo-answer-{batch['batch_id']}"
        )
        file = self.rooms.ask(payments.GET_BATCH_FILE, payer, batch_id=batch["batch_id"])
        rejected = {
            payment["payment_id"]: "AC04"
            for payment in batch["items"]
            if fates[payment["claim_id"]] is Fate.PAYMENT_FAILED
        }
        self.rooms.ask(payments.IMPORT_BANK_ANSWER, payer, xml=answer(file["xml"], rejected=rejected))


def until_known(ask: Callable[[], T], *, seconds: float = 60.0) -> T:
    """Ask again while the room has not yet heard of it: facts travel."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except NotFound:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
