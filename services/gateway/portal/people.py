"""Names of the people who did something, for screens that show who."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import g

from services.gateway.identity import current_asker
from services.gateway.language import language_now
from services.gateway.rooms import ask_as
from services.gateway.texts import words
from shared.asker import Role
from shared.contracts.customers import NAME_PEOPLE
from shared.errors import DomainError
from shared.messaging.wire import ServiceAway

THE_HOUSE = "system"
WHO = frozenset({"by", "person", "handler", "taken_by", "proposed_by", "decided_by"})


def names(person_ids: Iterable[str | None]) -> dict[str, str]:
    """id → name, each asked at most once a page. A name that cannot be had is the id: the page still opens.

    Every signed-in role may ask for names, so pages do not declare it one by one.
    """
    known: dict[str, str] = g.setdefault("names", {THE_HOUSE: words("role", Role.SYSTEM, language_now())})
    wanted = sorted({person for person in person_ids if person and person not in known})
    if wanted and current_asker().role is not Role.VISITOR:
        known.update({person: person for person in wanted} | _asked(wanted))
    return known


def name_of(person_id: str | None) -> str:
    return names([person_id]).get(person_id, person_id) if person_id else ""


def with_names(facts: Mapping[str, str]) -> dict[str, str]:
    """The facts of a refusal with people's names in the place of their ids."""
    return {fact: name_of(value) if fact in WHO else value for fact, value in facts.items()}


def _asked(person_ids: list[str]) -> dict[str, str]:
    try:
        found = ask_as(current_asker(), NAME_PEOPLE, person_ids=person_ids[:500])["items"]
    except (DomainError, ServiceAway):
        return {}
    return {person["person_id"]: person["name"] for person in found}
