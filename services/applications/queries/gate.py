"""The gate as the other rooms ask about it: many cases at once, and of each no more than whose it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.applications.domain.access import CaseHead, must_be_for
from services.applications.domain.interests import must_pass, must_stand
from services.applications.domain.states import UNFILED, State
from services.applications.records import ApplicationRecord
from services.applications.storage.casework import StoredInterests
from shared.asker import Asker
from shared.errors import NotFound

A = ApplicationRecord


def pass_gate(
    session: Session, asker: Asker, *, numbers: Collection[str], unanswered: bool, others: Collection[str]
) -> dict[str, Any]:
    """How many cases there are, when every one is open to the asker (HL 434/2003 27–30 §).

    Raises NotFound and NotForYou, and of a filed case DeclareFirst, InterestWaits or Disqualified; PartDisqualified
    when one of the `others`, whose part the asker builds upon, is disqualified from one of them.
    """
    wanted = sorted(set(numbers))
    heads = {head.number: head for head in _heads(session, wanted)}
    interests = StoredInterests(session)
    theirs = interests.of_person(asker.person, wanted)
    for number in wanted:
        if number not in heads:
            raise NotFound(what="application")
        must_be_for(asker, heads[number])
        if heads[number].state not in UNFILED:
            must_pass(theirs.get(number), number, unanswered=unanswered)
    for other in sorted(set(others)):
        must_stand(interests.of_person(other, wanted).values())
    return {"cases": len(wanted)}


def _heads(session: Session, numbers: Collection[str]) -> Iterable[CaseHead]:
    found = select(A.number, A.business_id, A.authority, A.state, A.arrival.is_not(None).label("on_paper"))
    for row in session.execute(found.where(A.number.in_(numbers))):
        state = State(row.state)
        yield CaseHead(
            number=row.number,
            business_id=row.business_id,
            authority=row.authority,
            state=state,
            is_being_entered=row.on_paper and state in UNFILED,
        )
