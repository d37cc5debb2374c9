"""The queue, saved views, who handles a case, disqualification."""

from __future__ import annotations

from typing import Any

from services.applications import queries, use_cases
from services.applications.storage import ApplicationsWork
from shared.contracts import applications as contract
from shared.contracts.customers import POST_GIVEN
from shared.messaging.envelope import Envelope
from shared.messaging.service import answers, hears


class CaseworkDesk:
    """Mixed into the room's service: methods marked `@answers`, `@hears`, `@regularly`, and no rules."""

    @hears(POST_GIVEN)
    def on_post_given(self, work: ApplicationsWork, fact: Envelope, data: dict[str, Any]) -> None:
        use_cases.know_official(work, data["person_id"], data["role"], data["authority"])

    @answers(contract.GET_GATE)
    def get_gate(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.get_gate(work, **request)

    @answers(contract.PASS_GATE)
    def pass_gate(self, work: ApplicationsWork, **request: Any) -> Any:
        return queries.pass_gate(work.session, work.asker, **request)

    @answers(contract.DECLARE_INTEREST)
    def declare_interest(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.declare_interest(work, **request)

    @answers(contract.RESOLVE_INTEREST)
    def resolve_interest(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.resolve_interest(work, **request)

    @answers(contract.ASSIGN_CASE)
    def assign_case(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.assign_case(work, **request)

    @answers(contract.REMIND_PARTIES)
    def remind_parties(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.remind_parties(work, **request)

    @answers(contract.ASSIGN_CASES)
    def assign_cases(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.assign_cases(work, **request)

    @answers(contract.NOTE_EXPORT)
    def note_export(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.note_export(work, **request)

    @answers(contract.RELEASE_CASE)
    def release_case(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.release_case(work, **request)

    @answers(contract.SET_SUBSTITUTE)
    def set_substitute(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.set_substitute(work, **request)

    @answers(contract.END_SUBSTITUTE)
    def end_substitute(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.end_substitute(work, **request)

    @answers(contract.LIST_SUBSTITUTES)
    def list_substitutes(self, work: ApplicationsWork, **request: Any) -> Any:
        return queries.list_substitutes(work.session, work.asker, work.now, **request)

    @answers(contract.LIST_OFFICIALS)
    def list_officials(self, work: ApplicationsWork, **request: Any) -> Any:
        return queries.list_officials(work.session, work.asker, work.now, **request)

    @answers(contract.WORK_QUEUE)
    def work_queue(self, work: ApplicationsWork, **request: Any) -> Any:
        return queries.work_queue(work.session, work.asker, work.now, **request)

    @answers(contract.LIST_VIEWS)
    def list_views(self, work: ApplicationsWork) -> Any:
        return queries.list_views(work)

    @answers(contract.SAVE_VIEW)
    def save_view(self, work: ApplicationsWork, **request: Any) -> Any:
        return queries.counted_view(work, use_cases.save_view(work, **request))

    @answers(contract.DELETE_VIEW)
    def delete_view(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.delete_view(work, **request)
