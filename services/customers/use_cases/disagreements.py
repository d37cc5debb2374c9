"""A company says that its register data is wrong; an official settles it with a reason."""

from __future__ import annotations

from uuid import uuid4

from services.customers.domain.disagreements import Disagreement
from services.customers.ports import Work
from services.customers.use_cases.acts import must_be_own, note_act
from shared.contracts import customers as contract
from shared.errors import NotFound


def report_disagreement(work: Work, *, business_id: str, about: str, should_be: str, note: str = "") -> Disagreement:
    """Nothing in the data changes by it. Raises NotFound when no register data has been fetched yet."""
    must_be_own(work.asker, business_id)
    data = work.register_answers.latest(business_id)
    if data is None:
        raise NotFound(what="register_data")
    reported = Disagreement(
        disagreement_id=str(uuid4()),
        business_id=business_id,
        about=about,
        registered=data.said_of(about),
        should_be=should_be,
        note=note,
        reported_by=work.asker.person,
        reported_at=work.now,
    )
    work.disagreements.add(reported)
    note_act(work, business_id, "disagreement_reported", subject=about)
    work.announce(
        contract.DISAGREEMENT_REPORTED,
        business_id,
        disagreement_id=reported.disagreement_id,
        business_id=business_id,
        about=about,
    )
    return reported


def settle_disagreement(work: Work, *, disagreement_id: str, outcome: str, reason: str, version: int) -> Disagreement:
    """Raises NotFound, AlreadySettled or ChangedMeanwhile."""
    known = work.disagreements.get_locked(disagreement_id)
    if known is None:
        raise NotFound(what="disagreement")
    settled = known.settled(outcome, reason, work.asker.person, work.now, version)
    work.disagreements.save(settled)
    work.announce(
        contract.DISAGREEMENT_SETTLED,
        settled.business_id,
        disagreement_id=disagreement_id,
        business_id=settled.business_id,
        about=settled.about,
        outcome=outcome,
    )
    return settled
