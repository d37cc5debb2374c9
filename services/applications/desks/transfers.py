"""Transfers of cases between authorities."""

from __future__ import annotations

from typing import Any

from services.applications import queries, use_cases
from services.applications.storage import ApplicationsWork
from shared.contracts import applications as contract
from shared.messaging.service import answers


class TransfersDesk:
    """Mixed into the room's service: methods marked `@answers`, and no rules."""

    @answers(contract.TRANSFER_CASE)
    def transfer_case(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.transfer_case(work, **request)

    @answers(contract.LIST_TRANSFERS)
    def list_transfers(self, work: ApplicationsWork, **request: Any) -> Any:
        return queries.list_transfers(work.session, work.asker, **request)
