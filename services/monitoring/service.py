"""Monitoring at the bus: what it hears, answers and does regularly."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from services.monitoring import queries, readings, use_cases
from services.monitoring.calculations import CALCULATIONS
from services.monitoring.checkpointing import sign_head
from services.monitoring.settings import MonitoringSettings
from services.monitoring.signing import HeadsKept, Signer
from services.monitoring.storage import MonitoringWork
from services.monitoring.verification import verify
from shared.asker import Asker
from shared.calculations.desk import rules_desk
from shared.contracts import monitoring as contract
from shared.messaging.envelope import Envelope
from shared.messaging.service import Office, RoomService, answers, hears_all, regularly

A_MINUTE = 60.0


class MonitoringService(rules_desk("monitoring", CALCULATIONS), RoomService):
    name = "monitoring"
    office = Office(MonitoringWork)
    settings = MonitoringSettings.read(os.environ)

    @hears_all("customers", "documents", "applications", "payments")
    def on_facts(self, work: MonitoringWork, facts: Sequence[Envelope]) -> None:
        use_cases.record_facts(work, facts)

    @answers(contract.CASE_TRAIL, opens=readings.case_of_trail)
    def case_trail(self, work: MonitoringWork, number: str) -> Any:
        return readings.case_trail(work, number=number)

    @answers(contract.TRACE_PAYMENT, opens=readings.case_of_payment)
    def trace_payment(self, work: MonitoringWork, payment_id: str) -> Any:
        return readings.trace_payment(work, payment_id=payment_id)

    # The whole trail takes seconds: chunk by chunk, in no transaction of the request's.
    @answers(contract.VERIFY_TRAIL, transaction=False)
    def verify_trail(self, asker: Asker, upto: int) -> Any:
        database = self.office.database
        heads = HeadsKept(self.settings.trail_dir)
        return verify(database.engine, heads=heads, upto=upto, now=database.moment(asker))

    @answers(contract.LIST_CASES)
    def list_cases(self, work: MonitoringWork, **asked: Any) -> Any:
        return queries.cases(work.session, **asked)

    @answers(contract.LIST_PAYMENTS)
    def list_payments(self, work: MonitoringWork, **asked: Any) -> Any:
        return readings.payments(work, **asked)

    @answers(contract.FIGURES)
    def figures(self, work: MonitoringWork, authority: str) -> Any:
        return readings.figures(work, authority=authority)

    @regularly(seconds=A_MINUTE, transaction=False)
    def sign_head(self, asker: Asker) -> None:
        database = self.office.database
        sign_head(database.engine, Signer(self.settings.trail_dir), database.moment(asker), self.settings.rhythm)
