"""Forms, versions, sign-off, cloning, the simulator, paper filing."""

from __future__ import annotations

from typing import Any

from services.applications import queries, use_cases
from services.applications.storage import ApplicationsWork
from shared.contracts import applications as contract
from shared.contracts.customers import COMPANY_PREFERENCES_SET, REPRESENTATIVE_ENDED
from shared.messaging.envelope import Envelope
from shared.messaging.service import answers, hears


class FormsDesk:
    """Mixed into the room's service: methods marked `@answers` and `@hears`, and no rules."""

    @hears(COMPANY_PREFERENCES_SET)
    def on_company_preferences_set(self, work: ApplicationsWork, fact: Envelope, data: dict[str, Any]) -> None:
        use_cases.know_company(work, data["business_id"], data["second_signature"])

    @hears(REPRESENTATIVE_ENDED)
    def on_representative_ended(self, work: ApplicationsWork, fact: Envelope, data: dict[str, Any]) -> None:
        use_cases.hand_over_drafts(work, data["business_id"], data["person_id"], data["successor"], fact.actor)

    @answers(contract.COUNT_DRAFT)
    def count_draft(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.count_draft(work, **request)

    @answers(contract.LIST_VERSIONS)
    def list_versions(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.list_versions(work, **request)

    @answers(contract.COMPARE_VERSIONS)
    def compare_versions(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.compare_versions(work, **request)

    @answers(contract.CLONE_APPLICATION)
    def clone_application(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.clone_application(work, **request)

    @answers(contract.GET_DRAFTING)
    def get_drafting(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.get_drafting(work, **request)

    @answers(contract.ASK_FOR_SIGNATURE)
    def ask_for_signature(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.ask_for_signature(work, **request)

    @answers(contract.TAKE_BACK_REQUEST)
    def take_back_request(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.take_back_request(work, **request)

    @answers(contract.RETURN_UNSIGNED)
    def return_unsigned(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.return_unsigned(work, **request)

    @answers(contract.DEMAND_SECOND_SIGNATURE)
    def demand_second_signature(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.demand_second_signature(work, **request)

    @answers(contract.TAKE_OVER_DRAFT)
    def take_over_draft(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.take_over_draft(work, **request)

    @answers(contract.LIST_LEFT_DRAFTS)
    def list_left_drafts(self, work: ApplicationsWork) -> Any:
        return queries.left_drafts(work.session, work.asker)

    @answers(contract.ENTER_PAPER)
    def enter_paper(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.enter_paper(work, **request)

    @answers(contract.FILE_PAPER)
    def file_paper(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.file_paper(work, **request)

    @answers(contract.LIST_PAPERS)
    def list_papers(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.list_papers(work, **request)
