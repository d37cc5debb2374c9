"""What a room that began to listen late has to know of the cases that were on their way already."""

from __future__ import annotations

from services.applications.domain.states import DECIDED, UNFILED, State
from services.applications.ports import Work
from shared.contracts import applications as contract

OVER = DECIDED | UNFILED | {State.WITHDRAWN}


def tell_one_standing(work: Work) -> bool:
    """Tell where the next case of the list stands, in its place among the case's facts. False when the list is empty.

    A case that was decided or withdrawn meanwhile has been told of by that.
    """
    number = work.standings.take()
    if number is None:
        return False
    application = work.cases.locked(number).application
    if application.state not in OVER:
        work.announce(
            contract.STANDING_TOLD,
            number,
            number=number,
            business_id=application.business_id,
            authority=application.authority,
            state=application.state.value,
            handler=application.handler,
            due_on=application.due_on,
        )
    return True
