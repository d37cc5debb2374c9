"""Completion, hearing, opinions, messages, status in plain words; and the clock that lets a case go on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog

from services.applications import queries
from services.applications.storage import ApplicationsWork
from services.applications.use_cases import correspondence
from services.applications.use_cases.standings import tell_one_standing
from shared.asker import Asker
from shared.contracts import applications as contract
from shared.contracts.terms import Operation
from shared.dates import helsinki_day
from shared.messaging.service import Office, answers, regularly

log = structlog.get_logger(__name__)

EVERY_MINUTE = 60.0
EVERY_TEN_MINUTES = 600.0


def _answering(operation: Operation, use_case: Callable[..., Any]) -> Callable[..., Any]:
    """The operation answered by its use case, and nothing between them."""

    def method(self: Any, work: ApplicationsWork, **request: Any) -> Any:
        return use_case(work, **request)

    method.__name__, method.__doc__ = operation.name, use_case.__doc__
    return answers(operation)(method)


class CorrespondenceDesk:
    """Mixed into the room's service: methods marked `@answers`, `@hears`, `@regularly`, and no rules."""

    office: Office

    ask_completion = _answering(contract.ASK_COMPLETION, correspondence.ask_completion)
    ask_hearing = _answering(contract.ASK_HEARING, correspondence.ask_hearing)
    ask_opinion = _answering(contract.ASK_OPINION, correspondence.ask_opinion)
    record_opinion = _answering(contract.RECORD_OPINION, correspondence.record_opinion)
    get_request = _answering(contract.GET_REQUEST, correspondence.get_request)
    save_reply = _answering(contract.SAVE_REPLY, correspondence.save_reply)
    attach_to_reply = _answering(contract.ATTACH_TO_REPLY, correspondence.attach_to_reply)
    detach_from_reply = _answering(contract.DETACH_FROM_REPLY, correspondence.detach_from_reply)
    answer_completion = _answering(contract.ANSWER_COMPLETION, correspondence.answer_completion)
    answer_hearing = _answering(contract.ANSWER_HEARING, correspondence.answer_hearing)
    ask_more_time = _answering(contract.ASK_MORE_TIME, correspondence.ask_more_time)
    move_due_day = _answering(contract.MOVE_DUE_DAY, correspondence.move_due_day)
    refuse_more_time = _answering(contract.REFUSE_MORE_TIME, correspondence.refuse_more_time)
    send_message = _answering(contract.SEND_MESSAGE, correspondence.send_message)
    save_message_draft = _answering(contract.SAVE_MESSAGE_DRAFT, correspondence.save_message_draft)
    mark_read = _answering(contract.MARK_READ, correspondence.mark_read)
    get_correspondence = _answering(contract.GET_CORRESPONDENCE, correspondence.get_correspondence)
    get_status = _answering(contract.GET_STATUS, correspondence.get_status)

    @answers(contract.LIST_OPEN_REQUESTS)
    def list_open_requests(self, work: ApplicationsWork, **request: Any) -> Any:
        return queries.list_open_requests(work.session, work.asker, **request)

    @answers(contract.LIST_THREADS)
    def list_threads(self, work: ApplicationsWork, **request: Any) -> Any:
        return queries.list_threads(work.session, work.asker, **request)

    @regularly(seconds=EVERY_MINUTE, transaction=False)
    def let_time_run_out(self, asker: Asker) -> None:
        """Each case in a transaction of its own: one that can't go on holds nobody else up."""
        with self.office.work(asker) as work:
            waiting = work.requests.run_out(helsinki_day(work.now) - timedelta(days=1))
        for number, place in waiting:
            if self.office.closing:
                return
            try:
                with self.office.work(asker) as work:
                    correspondence.run_out_one(work, number, place)
            except Exception:  # whatever it is, the other cases go on; this one is tried again in a minute
                log.exception("time_did_not_run_out", number=number, place=place)

    @regularly(seconds=EVERY_MINUTE, transaction=False)
    def tell_standings(self, asker: Asker) -> None:
        """Each case in a transaction of its own, so that nobody waits for a list of them."""
        while not self.office.closing:
            with self.office.work(asker) as work:
                if not tell_one_standing(work):
                    return

    @regularly(seconds=EVERY_TEN_MINUTES)
    def tell_of_deadlines(self, work: ApplicationsWork) -> None:
        correspondence.tell_of_deadlines(work)
