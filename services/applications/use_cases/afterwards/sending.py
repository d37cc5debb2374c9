"""How an act reaches its party, when it counts as served, and when it becomes final."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from services.applications.decided_screens import Screen, decided_screen
from services.applications.domain.acts import Act, Service
from services.applications.domain.appeals import MUNICIPAL_ROUTES
from services.applications.domain.decided_cases import DecidedCase
from services.applications.ports import Work
from services.applications.use_cases.afterwards.reaching import for_the_house, to_change
from services.applications.use_cases.afterwards.reviews import must_be_between
from shared.contracts import applications as contract
from shared.dates import helsinki_day
from shared.errors import Fault, InvalidFields
from shared.rules.review_times import review_time
from shared.rules.service_of_decision import Way

FINAL_AT_ONCE = 200  # cases a round marks in one transaction


def note_letter(work: Work, number: str, ordinal: int, sent_at: datetime) -> None:
    """A decision's letter has been written and is before the party: the day of sending by the party's own channel.

    A second letter of the same act (in the other language) changes nothing: the time runs from the first.
    """
    reached = for_the_house(work, number)
    act = reached.decided.decided_act(ordinal)
    if act.service is None:
        sent = _sent(reached.decided, act, reached.decided.channel, helsinki_day(sent_at), "", work.asker.person)
        _keep(work, sent, sent.act(ordinal))


def record_sending(
    work: Work, number: str, version: int, act: int, sent_on: date, channel: str, why: str = ""
) -> Screen:
    """The day an act was sent another way; or a new instruction in place of a wrong or missing one, from which the
    time starts anew (HL 434/2003 49 §). Raises NotFound, InvalidFields."""
    reached = to_change(work, number, version)
    found = reached.decided.decided_act(act)
    must_be_between(found, sent_on, helsinki_day(work.now), "sent_on")
    if found.service is not None and not why.strip():
        raise InvalidFields(faults=[Fault("why", "say_why_anew")])
    sent = _sent(reached.decided, found, Way(channel), sent_on, why, work.asker.person)
    after = reached.decided.done(work.asker.person, work.now, acts=sent.acts)
    _keep(work, after, after.act(act))
    return decided_screen(work, replace(reached, decided=after))


def choose_channel(work: Work, number: str, version: int, channel: str) -> Screen:
    """How the party wants its decisions from now on: here, or by letter."""
    reached = to_change(work, number, version)
    chosen = reached.decided.done(work.asker.person, work.now, channel=Way(channel))
    work.decided_cases.put(chosen)
    work.announce(contract.CHANNEL_CHOSEN, number, **_of(chosen), channel=channel)
    return decided_screen(work, replace(reached, decided=chosen))


def mark_final(work: Work) -> int:
    """Mark and announce what has become final by today; how many acts did."""
    today = helsinki_day(work.now)
    marked = 0
    for number in work.decided_cases.may_be_final(today, FINAL_AT_ONCE):
        case = for_the_house(work, number).decided
        final = case.become_final(today)
        if not final:
            continue
        acts = {act.ordinal: replace(act, became_final_on=_final_on(case, act, today)) for act in final}
        work.decided_cases.put(case.noted(acts=tuple(acts.get(act.ordinal, act) for act in case.acts)))
        for act in acts.values():
            work.announce(
                contract.DECISION_BECAME_FINAL,
                number,
                **_of(case),
                act=act.ordinal,
                kind=act.kind.value,
                final_on=act.became_final_on,
            )
        marked += len(final)
    return marked


def _final_on(case: DecidedCase, act: Act, today: date) -> date:
    """The first day without review left; when a review was sought in time, or the act corrected, the day that what
    came of it was final, which is today."""
    waited = act.corrected_by or any(review.act == act.ordinal and review.in_time for review in case.reviews)
    return act.service.final_from if act.service and not waited else today


def _sent(case: DecidedCase, act: Act, way: Way, sent_on: date, why: str, by: str) -> DecidedCase:
    appeal = act.appeal
    assert appeal  # noqa: S101  a decided act has an instruction; the database says so too
    displayed_on = sent_on if appeal.route in MUNICIPAL_ROUTES else None
    times = review_time(way, sent_on, appeal.days, displayed_on)
    service = Service(
        sent_on=sent_on,
        channel=way.value,
        served_on=times.served_on,
        last_day=times.last_day,
        final_from=times.final_from,
        why=why,
        recorded_by=by,
    )
    return case.noted(acts=case.with_act(act.sent(service)))


def _keep(work: Work, case: DecidedCase, act: Act) -> None:
    service = act.service
    assert service  # noqa: S101  it has just been sent
    work.decided_cases.put(case)
    work.announce(
        contract.DECISION_SENT,
        case.number,
        **_of(case),
        act=act.ordinal,
        sent_on=service.sent_on,
        channel=service.channel,
        served_on=service.served_on,
        last_day=service.last_day,
        anew=len(act.services) > 1,
    )


def _of(case: DecidedCase) -> dict[str, object]:
    return {"number": case.number, "business_id": case.business_id, "authority": case.authority}
