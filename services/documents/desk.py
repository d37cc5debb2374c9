"""Letters on the bus: what is heard that calls for one, what is asked about them."""

from __future__ import annotations

from typing import Any

from services.documents.domain.letters import LetterKind
from services.documents.storage import DocumentsWork
from services.documents.use_cases import gate, letters, storing, translating
from shared.contracts import applications, payments
from shared.contracts import documents as contract
from shared.messaging.envelope import Envelope
from shared.messaging.handlers import answers, hears


class LettersDesk:
    """Mixed into the room's service: methods marked `@answers` and `@hears`, and no rules."""

    @answers(contract.LIST_LETTERS, opens=gate.case_numbered)
    def list_letters(self, work: DocumentsWork, **request: Any) -> Any:
        return translating.list_letters(work, **request)

    @answers(contract.GET_LETTER, opens=gate.case_of_letter)
    def get_letter(self, work: DocumentsWork, **request: Any) -> Any:
        return translating.get_letter(work, **request)

    @answers(contract.ASK_LETTER_IN)
    def ask_letter_in(self, work: DocumentsWork, **request: Any) -> Any:
        return translating.ask_letter_in(work, **request)

    @answers(contract.TRANSLATE_LETTER, opens=gate.case_of_letter)
    def translate_letter(self, work: DocumentsWork, **request: Any) -> Any:
        return translating.translate_letter(work, **request)

    @answers(contract.GET_ARCHIVED, opens=gate.case_of_archived)
    def get_archived(self, work: DocumentsWork, **request: Any) -> Any:
        return translating.get_archived(work, **request)

    @hears(applications.GRANT_AWARDED)
    def on_grant_awarded(self, work: DocumentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        letters.owe_letter(work, LetterKind.GRANT_AWARDED, fact, data)

    @hears(applications.GRANT_REFUSED)
    def on_grant_refused(self, work: DocumentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        letters.owe_letter(work, letters.refusal_kind(data), fact, data)

    @hears(payments.PAYMENT_DECIDED)
    def on_payment_decided(self, work: DocumentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        letters.owe_letter(work, LetterKind.PAYMENT_DECIDED, fact, data)

    @hears(applications.DECISION_CORRECTED)
    def on_decision_corrected(self, work: DocumentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        letters.owe_letter(work, LetterKind.CORRECTION, fact, data)

    @hears(applications.GRANT_AMENDED)
    def on_grant_amended(self, work: DocumentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        letters.owe_letter(work, LetterKind.AMENDMENT, fact, data)

    @hears(applications.TRANCHE_GRANTED)
    def on_tranche_granted(self, work: DocumentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        letters.owe_letter(work, LetterKind.TRANCHE, fact, data)

    @hears(applications.GRANT_CANCELLED)
    def on_grant_cancelled(self, work: DocumentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        letters.owe_letter(work, LetterKind.CANCELLATION, fact, data)

    @hears(applications.PROJECT_CLOSED)
    def on_project_closed(self, work: DocumentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        letters.owe_letter(work, LetterKind.CLOSURE, fact, data)

    @hears(applications.REVIEW_DECIDED)
    def on_review_decided(self, work: DocumentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        letters.owe_letter(work, LetterKind.REVIEW_DECISION, fact, data)

    @hears(applications.MESSAGE_WRITTEN)
    def on_message_written(self, work: DocumentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        if data["side"] == "authority":  # a company opens nothing to itself by naming it
            storing.release_files(work, f"application/{data['number']}", data["document_ids"])

    @hears(applications.CASE_TRANSFERRED)
    def on_case_transferred(self, work: DocumentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        storing.hand_over(work, data["number"], data["authority"])

    @hears(applications.COMPLETION_REQUESTED)
    def on_completion_requested(self, work: DocumentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        letters.owe_letter(work, LetterKind.COMPLETION_REQUEST, fact, data)

    @hears(applications.HEARING_REQUESTED)
    def on_hearing_requested(self, work: DocumentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        letters.owe_letter(work, LetterKind.HEARING, fact, data)

    @hears(applications.APPLICATION_SUBMITTED)
    def on_application_submitted(self, work: DocumentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        letters.owe_letter(work, LetterKind.FILING, fact, data)

    @hears(applications.COMPLETION_ANSWERED)
    def on_completion_answered(self, work: DocumentsWork, fact: Envelope, data: dict[str, Any]) -> None:
        letters.owe_letter(work, LetterKind.COMPLETION_FILED, fact, data)
