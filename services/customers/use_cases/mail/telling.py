"""On hearing a fact: whoever it concerns now is told, at once or in the letter of the day, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services.customers.domain.mail.choices import DAILY, NEVER, when_told
from services.customers.domain.mail.clocks import MOVES, moved, subject_in
from services.customers.domain.mail.news import KeptNews
from services.customers.domain.mail.outgoing import OutgoingMail, mail_id_for
from services.customers.domain.mail.tidings import Tiding, is_news, tidings_in
from services.customers.domain.mail.words import Line, written
from services.customers.domain.people import Person
from services.customers.ports import Work
from shared.asker import Role
from shared.messaging.envelope import Envelope

ROLES = {
    "company": Role.COMPANY,
    "signatories": Role.COMPANY,
    "preparers": Role.COMPANY,
    "one": Role.COMPANY,
    "handler": Role.HANDLER,
    "verifiers": Role.VERIFIER,
    "decision_makers": Role.DECISION_MAKER,
}
NEEDS = {"signatories": "sign", "preparers": "prepare"}


def hear(work: Work, fact: Envelope, data: Mapping[str, Any], address: str) -> None:
    """`address` is the service's front page, the only place a mail leads to."""
    _move_clock(work, fact.type, data)
    if not is_news(fact.time, work.now):
        return
    for tiding in tidings_in(fact.type, data):
        _tell_everybody(work, tiding, tiding.cause(fact.id, fact.time), fact.actor, address)


def tell(work: Work, tiding: Tiding, cause: str, address: str) -> None:
    """Of what the asker does in this room itself. `cause` is its own name: one person is told of it once."""
    _tell_everybody(work, tiding, cause, work.asker.person, address)


def holds(person: Person, role: str, business_id: str | None, authority: str | None, work: Work) -> bool:
    """Whether the person is told as this now: for a company that they act for, in a post that is held."""
    if role == Role.COMPANY.value:
        return bool(business_id and person.told_as(business_id, work.now))
    return any(own.role.value == role and own.authority == authority for own in person.capacities_at(work.now))


def _move_clock(work: Work, fact_type: str, data: Mapping[str, Any]) -> None:
    if fact_type not in MOVES:
        return
    subject = subject_in(data)
    before = work.mail.clock(subject)
    after = moved(before, fact_type, data)
    if after is None:
        work.mail.forget_clock(subject)
    elif after != before:
        work.mail.put_clock(after)


def _concerned(work: Work, tiding: Tiding) -> Iterator[Person]:
    role = ROLES[tiding.to].value
    for person_id in _candidates(work, tiding):
        person = work.people.get(person_id)
        if person is None or person_id == tiding.but or not _may(person, tiding, work):
            continue
        if holds(person, role, tiding.business_id, tiding.authority, work):
            yield person


def _may(person: Person, tiding: Tiding, work: Work) -> bool:
    """Where the company's people with a right are told: whether this one has it now."""
    right = NEEDS.get(tiding.to)
    return right is None or right in person.told_as(tiding.business_id or "", work.now)


def _candidates(work: Work, tiding: Tiding) -> Iterator[str]:
    if tiding.to == "one":
        yield from filter(None, [tiding.person])
    elif ROLES[tiding.to] is Role.COMPANY:
        yield from work.mail.who_may_act_for(tiding.business_id or "")
    elif tiding.to == "decision_makers":
        yield from work.mail.who_held(Role.DECISION_MAKER.value, tiding.authority)
    elif tiding.to == "verifiers":
        # A claim that is still the company's draft has no clock, and nobody reads it yet.
        if work.mail.clock(tiding.about):
            yield from work.mail.who_held(Role.VERIFIER.value, tiding.authority)
    elif handler := tiding.person or _handler_of(work, tiding.about):
        yield handler


def _handler_of(work: Work, about: str) -> str | None:
    clock = work.mail.clock(about)
    return clock.person if clock else None


def _tell_everybody(work: Work, tiding: Tiding, cause: str, actor: str, address: str) -> None:
    for person in _concerned(work, tiding):
        if person.person_id != actor:  # nobody needs to be told of their own deed
            _tell(work, person, tiding, cause, address)


def _tell(work: Work, person: Person, tiding: Tiding, cause: str, address: str) -> None:
    to = work.mail.address_of(person.person_id)
    told = when_told(tiding.kind, work.mail.wishes_of(person.person_id))
    if not to or told == NEVER:
        return
    line = Line(words=tiding.words, number=tiding.number, day=tiding.day, authority=tiding.authority)
    role = ROLES[tiding.to].value
    if told == DAILY:
        news = KeptNews(person_id=person.person_id, cause=cause, line=line, role=role, business_id=tiding.business_id)
        work.mail.keep_news(news, work.now)
        return
    letter = written(line, person.language, address)
    work.mail.add(
        OutgoingMail(
            mail_id=mail_id_for(person.person_id, cause),
            person_id=person.person_id,
            cause=cause,
            kind=tiding.kind,
            role=role,
            business_id=tiding.business_id,
            authority=tiding.authority or None,
            about=tiding.about or None,
            number=tiding.number,
            address=to,
            language=person.language,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            made_at=work.now,
            next_try_at=work.now,
        )
    )
