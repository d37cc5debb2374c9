"""Payments at the bus: what it answers and hears. No rules here."""

from __future__ import annotations

from typing import Any

from services.payments import queries, use_cases
from services.payments.calculations import CALCULATIONS
from services.payments.settings import read_settings
from services.payments.storage import PaymentsWork
from services.payments.use_cases.standings import tell_one_standing
from shared.asker import Asker
from shared.calculations.desk import rules_desk
from shared.contracts import applications
from shared.contracts import payments as contract
from shared.messaging.envelope import Envelope
from shared.messaging.service import Office, RoomService, answers, hears, regularly

EVERY_MINUTE = 60.0


class PaymentsService(rules_desk("payments", CALCULATIONS), RoomService):
    name = "payments"
    office = Office(PaymentsWork)
    settings = read_settings()

    @hears(applications.GRANT_AWARDED)
    def on_grant_awarded(self, work: PaymentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        use_cases.open_grant_account(work, data)

    @hears(
        applications.DECISION_CORRECTED,
        applications.GRANT_AMENDED,
        applications.TRANCHE_GRANTED,
        applications.GRANT_SUSPENDED,
        applications.GRANT_RESUMED,
        applications.GRANT_CANCELLED,
        applications.PROJECT_CLOSED,
        applications.REVIEW_DECIDED,
    )
    def on_later_act(self, work: PaymentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        use_cases.follow_act(work, data)

    @hears(applications.INTEREST_DECLARED)
    def on_interest_declared(self, work: PaymentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        if data["answer"] == "conflict":
            use_cases.undo_part(work, data["number"], data["person"])

    @hears(applications.INTEREST_RESOLVED)
    def on_interest_resolved(self, work: PaymentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        if data["verdict"] == "confirmed":
            use_cases.undo_part(work, data["number"], data["person"])

    @answers(contract.GET_GRANT, opens=use_cases.case_of_grant)
    def get_grant(self, work: PaymentsWork, **asked: Any) -> Any:
        return use_cases.get_grant(work, **asked)

    @answers(contract.LIST_GRANTS)
    def list_grants(self, work: PaymentsWork, **asked: Any) -> Any:
        return queries.list_grants(work.session, work.asker, **asked)

    @answers(contract.OPEN_CLAIM)
    def open_claim(self, work: PaymentsWork, **asked: Any) -> Any:
        return use_cases.open_claim(work, **asked)

    @answers(contract.SAVE_CLAIM)
    def save_claim(self, work: PaymentsWork, **asked: Any) -> Any:
        return use_cases.save_claim(work, **asked)

    @answers(contract.SUBMIT_CLAIM)
    def submit_claim(self, work: PaymentsWork, **asked: Any) -> Any:
        return use_cases.submit_claim(work, **asked)

    @answers(contract.GET_CLAIM, opens=use_cases.case_of_claim)
    def get_claim(self, work: PaymentsWork, **asked: Any) -> Any:
        return use_cases.get_claim(work, **asked)

    @answers(contract.LIST_CLAIMS)
    def list_claims(self, work: PaymentsWork, **asked: Any) -> Any:
        return queries.list_claims(work, work.session, **asked)

    @answers(contract.COUNT_CLAIMS)
    def count_claims(self, work: PaymentsWork, **asked: Any) -> Any:
        return queries.count_claims(work.session, work.asker, **asked)

    @answers(contract.VERIFY_CLAIM, opens=use_cases.case_of_claim)
    def verify_claim(self, work: PaymentsWork, **asked: Any) -> Any:
        return use_cases.verify_claim(work, **asked)

    @answers(contract.PROPOSE_PAYMENT, opens=use_cases.case_of_claim, stands_on=use_cases.people_before)
    def propose_payment(self, work: PaymentsWork, **asked: Any) -> Any:
        return use_cases.propose_payment(work, **asked)

    @answers(contract.DECIDE_PAYMENT, opens=use_cases.case_of_claim, stands_on=use_cases.people_before)
    def decide_payment(self, work: PaymentsWork, **asked: Any) -> Any:
        return use_cases.decide_payment(work, **asked)

    # A file carries out what others have signed: a conflict or doubt told stops it, and no answer is asked for.
    @answers(contract.MAKE_BATCH, opens=use_cases.cases_of_claims, unanswered=True)
    def make_batch(self, work: PaymentsWork, **asked: Any) -> Any:
        return use_cases.make_batch(work, **asked, debtors=self.settings.debtors)

    @answers(contract.LIST_BATCHES)
    def list_batches(self, work: PaymentsWork, **asked: Any) -> Any:
        return queries.list_batches(work.session, work.asker, **asked)

    @answers(contract.GET_BATCH)
    def get_batch(self, work: PaymentsWork, **asked: Any) -> Any:
        return queries.get_batch(work.session, work.asker, **asked)

    @answers(contract.GET_BATCH_FILE)
    def get_batch_file(self, work: PaymentsWork, **asked: Any) -> Any:
        return queries.get_batch_file(work.session, work.asker, **asked)

    @answers(contract.IMPORT_BANK_ANSWER)
    def import_bank_answer(self, work: PaymentsWork, **asked: Any) -> Any:
        return use_cases.import_bank_answer(work, **asked)

    @regularly(seconds=EVERY_MINUTE, transaction=False)
    def tell_standings(self, asker: Asker) -> None:
        """Each claim in a transaction of its own, so that nobody waits for a list of them."""
        while not self.office.closing:
            with self.office.work(asker) as work:
                if not tell_one_standing(work):
                    return
