"""People: welcomed at the door, given mandates and posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from services.customers.demo import DEMO_ISSUER, place_in_line
from services.customers.domain.errors import DemoIsOff
from services.customers.domain.people import Mandate, Person, Post
from services.customers.ports import Work
from services.customers.use_cases.company_choices import withdraw_release_of
from services.customers.use_cases.leaving import leave
from services.customers.use_cases.undertakings import undertaking
from shared.asker import Role
from shared.contracts import customers as contract
from shared.dates import helsinki_day
from shared.errors import Fault, InvalidFields, NotFound
from shared.reference import authorities


def welcome(work: Work, *, demo: bool, issuer: str, subject: str, name: str, language: str = "fi") -> dict[str, Any]:
    """The person behind an identity. Raises DemoIsOff for an invented one where people are real."""
    if issuer == DEMO_ISSUER and not demo:
        raise DemoIsOff()
    newcomer = Person(person_id=str(uuid4()), issuer=issuer, subject=subject, name=name, language=language)
    return get_person(work, person_id=work.people.welcome(newcomer, work.now))


def get_person(work: Work, *, person_id: str) -> dict[str, Any]:
    return described(person(work, person_id), work.now)


def give_mandate(work: Work, *, person_id: str, business_id: str, rights: Sequence[str]) -> dict[str, Any]:
    """These rights and no others for that company from now on, whoever had given them; none at all ends the mandate.

    Open sessions follow: each reading of a session looks at what the person may act as now.
    """
    holder = person(work, person_id)
    company = undertaking(work, business_id)
    mandate = Mandate(business_id=business_id, undertaking_name=company.name, rights=tuple(sorted(set(rights))))
    others = [one for one in holder.mandates_of(business_id) if one.source != mandate.source]
    superseded = [one for one in others if one.holds_at(work.now)]
    if mandate not in holder.mandates or superseded:
        for one in (mandate, *(replace(one, rights=()) for one in superseded)):
            work.people.give_mandate(person_id, one, by=work.asker.person, at=work.now)
        work.announce(
            contract.MANDATE_GIVEN, business_id, person_id=person_id, business_id=business_id, rights=mandate.rights
        )
        if not mandate.rights and any(one.holds_at(work.now) for one in holder.mandates_of(business_id)):
            leave(work, business_id, person_id)
        elif "sign" not in mandate.rights:
            withdraw_release_of(work, business_id, person_id)
    return get_person(work, person_id=person_id)


def give_post(
    work: Work, *, person_id: str, role: str, authority: str, first: date | None = None, last: date | None = None
) -> dict[str, Any]:
    """A post from `first` (today) to `last` (no end). The same post again changes its days."""
    holder = person(work, person_id)
    post = Post(role=Role(role), authority=authority, first=first or helsinki_day(work.now), last=last)
    _must_be_possible(post)
    if not _held_already(holder, post, days_given=bool(first or last)):
        work.people.give_post(person_id, post, by=work.asker.person, at=work.now)
        work.announce(contract.POST_GIVEN, person_id, person_id=person_id, role=role, authority=authority)
    return get_person(work, person_id=person_id)


def _held_already(holder: Person, post: Post, *, days_given: bool) -> bool:
    if days_given:
        return post in holder.posts
    today = post.first
    return any(
        held.is_held_on(today) and held.last is None and (held.role, held.authority) == (post.role, post.authority)
        for held in holder.posts
    )


def _must_be_possible(post: Post) -> None:
    known = authorities.BY_CODE.get(post.authority)
    faults = []
    if known is None:
        faults.append(Fault("authority", "unknown_authority", {"authority": post.authority}))
    elif known.until and known.until < post.first:
        faults.append(Fault("authority", "authority_has_ended", {"on": known.until.isoformat()}))
    if post.last and post.last < post.first:
        faults.append(Fault("last", "ends_before_it_starts", {"first": post.first.isoformat()}))
    if faults:
        raise InvalidFields(faults=faults)


def demo_people(work: Work, *, demo: bool) -> dict[str, Any]:
    """Whom one may sign in as, the chief ones first. Raises DemoIsOff."""
    if not demo:
        raise DemoIsOff()
    people = sorted(work.people.of_issuer(DEMO_ISSUER), key=lambda person: place_in_line(person.subject))
    return {"items": [described(person, work.now) for person in people]}


def person(work: Work, person_id: str) -> Person:
    known = work.people.get(person_id)
    if known is None:
        raise NotFound(what="person")
    return known


def described(person: Person, now: datetime) -> dict[str, Any]:
    return {
        "person_id": person.person_id,
        "name": person.name,
        "language": person.language,
        "capacities": person.capacities_at(now),
    }
