"""The room's door on the bus: every operation of the contract, and no rules."""

from __future__ import annotations

from typing import Any

from services.applications import queries, use_cases
from services.applications.desks.afterwards import AfterwardsDesk
from services.applications.desks.casework import CaseworkDesk
from services.applications.desks.correspondence import CorrespondenceDesk
from services.applications.desks.deciding import DecidingDesk
from services.applications.desks.forms import FormsDesk
from services.applications.desks.rules import RulesDesk
from services.applications.desks.scans import ScansDesk
from services.applications.desks.transfers import TransfersDesk
from services.applications.storage import ApplicationsWork
from shared.contracts import applications as contract
from shared.messaging.service import Office, RoomService, answers


class ApplicationsService(
    FormsDesk,
    CaseworkDesk,
    CorrespondenceDesk,
    DecidingDesk,
    AfterwardsDesk,
    RulesDesk,
    ScansDesk,
    TransfersDesk,
    RoomService,
):
    name = "applications"
    office = Office(ApplicationsWork)

    @answers(contract.LIST_CALLS)
    def list_calls(self, work: ApplicationsWork, **request: Any) -> Any:
        return queries.list_calls(work.session, work.now, **request)

    @answers(contract.GET_CALL)
    def get_call(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.get_call(work, **request)

    @answers(contract.PUBLISH_CALL)
    def publish_call(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.publish_call(work, **request)

    @answers(contract.GRANT_AUTHORITY)
    def grant_authority(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.grant_authority(work, **request)

    @answers(contract.LIST_ENVELOPES)
    def list_envelopes(self, work: ApplicationsWork, **request: Any) -> Any:
        return queries.list_envelopes(work.session, work.asker, **request)

    @answers(contract.OPEN_APPLICATION)
    def open_application(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.open_application(work, **request)

    @answers(contract.SAVE_DRAFT)
    def save_draft(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.save_draft(work, **request)

    @answers(contract.ATTACH)
    def attach(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.attach(work, **request)

    @answers(contract.DETACH)
    def detach(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.detach(work, **request)

    @answers(contract.SUBMIT)
    def submit(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.submit(work, **request)

    @answers(contract.WITHDRAW)
    def withdraw(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.withdraw(work, **request)

    @answers(contract.GET_APPLICATION)
    def get_application(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.get_application(work, **request)

    @answers(contract.LIST_APPLICATIONS)
    def list_applications(self, work: ApplicationsWork, **request: Any) -> Any:
        return queries.list_applications(work.session, work.asker, **request)

    @answers(contract.TAKE_CASE)
    def take_case(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.take_case(work, **request)

    @answers(contract.PROPOSE)
    def propose(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.propose(work, **request)

    @answers(contract.DECIDE)
    def decide(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.decide(work, **request)
