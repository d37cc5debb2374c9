"""Seeking review of an act: by the party here, or as an official registers what came another way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from services.applications.decided_screens import Screen, decided_screen
from services.applications.domain.acts import Act
from services.applications.domain.decided_cases import DecidedCase
from services.applications.domain.errors import AlreadyDealtWith
from services.applications.domain.reached import Reached
from services.applications.domain.reviews import Review, ReviewKind, ReviewState, is_in_time
from services.applications.ports import Work
from services.applications.use_cases.afterwards.reaching import to_change
from services.applications.use_cases.falling import let_act_fall
from shared.contracts import applications as contract
from shared.contracts.terms import Event
from shared.dates import HELSINKI, helsinki_day
from shared.errors import Fault, InvalidFields


def request_review(work: Work, number: str, version: int, act: int, demand: str, grounds: str = "") -> Screen:
    """The party's request for review (oikaisuvaatimus). One that comes late is registered too and left unexamined
    by a decision. Raises NotFound for an act that is not decided."""
    reached = to_change(work, number, version)
    return _registered(
        work,
        reached,
        _review(
            reached.decided,
            reached.decided.decided_act(act),
            kind=ReviewKind.REVIEW,
            by=reached.application.undertaking_name,
            arrived_at=work.now,
            recorded_by=work.asker.person,
            demand=demand,
            grounds=grounds,
        ),
        contract.REVIEW_REQUESTED,
    )


def record_review(
    work: Work,
    number: str,
    version: int,
    act: int,
    kind: str,
    by: str,
    arrived_on: date,
    demand: str,
    grounds: str = "",
) -> Screen:
    """Register a request that came on paper, or an appeal that a court told of, with the day it arrived.

    Raises NotFound, InvalidFields for a day that cannot be.
    """
    reached = to_change(work, number, version)
    decided = reached.decided.decided_act(act)
    must_be_between(decided, arrived_on, helsinki_day(work.now), "arrived_on")
    # A day without an hour: what came that day came before the day ended.
    arrived_at = datetime.combine(arrived_on, time(12), HELSINKI)
    review = _review(
        reached.decided,
        decided,
        kind=ReviewKind(kind),
        by=by,
        arrived_at=arrived_at,
        recorded_by=work.asker.person,
        demand=demand,
        grounds=grounds,
        by_party=by == reached.application.undertaking_name,
    )
    return _registered(work, reached, review, contract.REVIEW_RECORDED)


def record_ruling(
    work: Work, number: str, version: int, review: int, ruling: str, ruled_on: date, ruling_number: str
) -> Screen:
    """What the court ruled on an appeal. What follows from it (a new decision) is an act of its own.

    Raises NotFound, AlreadyDealtWith, InvalidFields.
    """
    reached = to_change(work, number, version)
    found = reached.decided.review(review)
    if found.kind is not ReviewKind.APPEAL:
        raise InvalidFields(faults=[Fault("review", "not_an_appeal")])
    if not found.is_pending:
        raise AlreadyDealtWith(what="review", number=review)
    must_be_between(reached.decided.act(found.act), ruled_on, helsinki_day(work.now), "ruled_on")
    ruled = replace(found, state=ReviewState.DECIDED, result=ruling, ruled_on=ruled_on, ruling_number=ruling_number)
    decided = reached.decided.done(work.asker.person, work.now, reviews=reached.decided.with_review(ruled))
    work.decided_cases.put(decided)
    work.announce(
        contract.COURT_RULED,
        number,
        number=number,
        business_id=decided.business_id,
        authority=decided.authority,
        review=review,
        act=found.act,
        ruling=ruling,
        ruled_on=ruled_on,
    )
    return decided_screen(work, replace(reached, decided=decided))


def must_be_between(act: Act, day: date, today: date, path: str) -> None:
    """A day from the decision to today. Raises InvalidFields."""
    decided_on = helsinki_day(act.decided_at) if act.decided_at else today
    if day > today:
        raise InvalidFields(faults=[Fault(path, "in_the_future")])
    if day < decided_on:
        raise InvalidFields(faults=[Fault(path, "before_the_decision", {"decided": decided_on.isoformat()})])


def _review(
    case: DecidedCase,
    act: Act,
    *,
    kind: ReviewKind,
    by: str,
    arrived_at: datetime,
    recorded_by: str,
    demand: str,
    grounds: str,
    by_party: bool = True,
) -> Review:
    last_day = _last_day(act, by_party=by_party)
    return Review(
        ordinal=len(case.reviews) + 1,
        act=act.ordinal,
        kind=kind,
        by=by,
        arrived_at=arrived_at,
        recorded_by=recorded_by,
        last_day=last_day,
        in_time=is_in_time(helsinki_day(arrived_at), last_day),
        demand=demand,
        grounds=grounds,
    )


def _last_day(act: Act, *, by_party: bool) -> date | None:
    """The party's own last day; for others, such as a municipality's member, the day before the act becomes final."""
    if act.service is None:
        return None
    return act.service.last_day if by_party else act.service.final_from - timedelta(days=1)


def _registered(work: Work, reached: Reached, review: Review, event: Event) -> Screen:
    before = let_act_fall(work, reached.decided, "review_sought")
    decided = before.done(work.asker.person, work.now, reviews=before.with_review(review))
    work.decided_cases.put(decided)
    work.announce(
        event,
        decided.number,
        number=decided.number,
        business_id=decided.business_id,
        authority=decided.authority,
        review=review.ordinal,
        act=review.act,
        kind=review.kind.value,
        in_time=review.in_time,
        last_day=review.last_day,
        arrived_at=review.arrived_at,
    )
    return decided_screen(work, replace(reached, decided=decided))
