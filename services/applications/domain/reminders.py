"""Which request a party is reminded of by its handler, and when nobody is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from services.applications.domain.applications import Application
from services.applications.domain.correspondence.requests import STATE_WHILE_OPEN, Kind, PartyRequest
from shared.errors import Conflict, Forbidden


class NobodyWaitedFor(Conflict):
    """Nothing has been asked of the party of case {number} that it has not answered."""

    code = "nobody_waited_for"


class AnswerMoreTimeFirst(Conflict):
    """The party of case {number} has asked for more time: it is answered before anybody is reminded."""

    code = "answer_more_time_first"


class RemindedToday(Conflict):
    """The party of case {number} has been reminded today already."""

    code = "reminded_today"


class HandlerReminds(Forbidden):
    """The handler of case {number}, {handler}, reminds its party."""

    code = "handler_reminds"


def must_be_in_hand(application: Application, person: str, stands_in_for: Collection[str]) -> None:
    """Raises HandlerReminds: a party hears from one person about its case."""
    if application.handler != person and application.handler not in stands_in_for:
        raise HandlerReminds(number=application.number, handler=application.handler or "")


def awaited(application: Application, requests: Sequence[PartyRequest], today: date) -> PartyRequest:
    """The open request that the case waits for the party with. Raises NobodyWaitedFor, AnswerMoreTimeFirst."""
    number = application.number
    fitting = [one for one in requests if one.is_open and one.kind is not Kind.OPINION]
    for request in fitting:
        if application.state is not STATE_WHILE_OPEN[request.kind]:
            continue
        if request.waits_for_more_time:
            raise AnswerMoreTimeFirst(number=number)
        if request.due_on >= today:
            return request
    raise NobodyWaitedFor(number=number)
