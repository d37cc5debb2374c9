"""What follows a decision: acts, review, amendments, sending, finality; what documents and payments tell of it."""

from __future__ import annotations

from typing import Any

from services.applications import queries
from services.applications.storage import ApplicationsWork
from services.applications.use_cases import afterwards
from shared.contracts import applications as contract
from shared.contracts import documents, payments
from shared.messaging.envelope import Envelope
from shared.messaging.service import answers, hears, regularly

FINALITY_SECONDS = 60.0
OF_APPLICATIONS = "application/"
# Letters of what an application was decided to be; a letter of a later act names its act.
LETTERS_OF_FIRST_ACTS = frozenset({"grant_awarded", "grant_refused", "left_unexamined", "lapsed"})


class AfterwardsDesk:
    """Mixed into the room's service: methods marked `@answers`, `@hears`, `@regularly`, and no rules."""

    @answers(contract.GET_ACTS)
    def get_acts(self, work: ApplicationsWork, **request: Any) -> Any:
        return afterwards.get_acts(work, **request)

    @answers(contract.GET_CLOCKS)
    def get_clocks(self, work: ApplicationsWork, **request: Any) -> Any:
        return afterwards.get_clocks(work, **request)

    @answers(contract.LIST_FOLLOW_UPS)
    def list_follow_ups(self, work: ApplicationsWork, **request: Any) -> Any:
        return queries.list_follow_ups(work.session, work.asker, **request)

    @answers(contract.CHOOSE_CHANNEL)
    def choose_channel(self, work: ApplicationsWork, **request: Any) -> Any:
        return afterwards.choose_channel(work, **request)

    @answers(contract.REQUEST_REVIEW)
    def request_review(self, work: ApplicationsWork, **request: Any) -> Any:
        return afterwards.request_review(work, **request)

    @answers(contract.REQUEST_AMENDMENT)
    def request_amendment(self, work: ApplicationsWork, **request: Any) -> Any:
        return afterwards.request_amendment(work, **request)

    @answers(contract.WITHDRAW_AMENDMENT)
    def withdraw_amendment(self, work: ApplicationsWork, **request: Any) -> Any:
        return afterwards.withdraw_amendment(work, **request)

    @answers(contract.RECORD_REVIEW)
    def record_review(self, work: ApplicationsWork, **request: Any) -> Any:
        return afterwards.record_review(work, **request)

    @answers(contract.RECORD_RULING)
    def record_ruling(self, work: ApplicationsWork, **request: Any) -> Any:
        return afterwards.record_ruling(work, **request)

    @answers(contract.RECORD_SENDING)
    def record_sending(self, work: ApplicationsWork, **request: Any) -> Any:
        return afterwards.record_sending(work, **request)

    @answers(contract.PROPOSE_ACT)
    def propose_act(self, work: ApplicationsWork, **request: Any) -> Any:
        return afterwards.propose_act(work, **request)

    @answers(contract.DECIDE_ACT)
    def decide_act(self, work: ApplicationsWork, **request: Any) -> Any:
        return afterwards.decide_act(work, **request)

    @hears(documents.LETTER_WRITTEN)
    def on_letter_written(self, work: ApplicationsWork, fact: Envelope, data: dict[str, Any]) -> None:
        ordinal = data["act"] or (1 if data["letter"] in LETTERS_OF_FIRST_ACTS else None)
        if ordinal and data["subject"].startswith(OF_APPLICATIONS) and not data["translation"]:
            afterwards.note_letter(work, data["subject"].removeprefix(OF_APPLICATIONS), ordinal, fact.time)

    @hears(payments.CLAIM_SUBMITTED)
    def on_claim_submitted(self, work: ApplicationsWork, fact: Envelope, data: dict[str, Any]) -> None:
        afterwards.note_filed_claim(work, data)

    @hears(payments.PAYMENT_DECIDED)
    def on_payment_decided(self, work: ApplicationsWork, fact: Envelope, data: dict[str, Any]) -> None:
        afterwards.note_decided_claim(work, data)

    @hears(payments.PAYMENT_SETTLED)
    def on_payment_settled(self, work: ApplicationsWork, fact: Envelope, data: dict[str, Any]) -> None:
        afterwards.note_settled_payment(work, data)

    @hears(payments.PAYMENT_FAILED)
    def on_payment_failed(self, work: ApplicationsWork, fact: Envelope, data: dict[str, Any]) -> None:
        afterwards.note_failed_payment(work, data)

    @regularly(seconds=FINALITY_SECONDS)
    def mark_final(self, work: ApplicationsWork) -> None:
        afterwards.mark_final(work)
