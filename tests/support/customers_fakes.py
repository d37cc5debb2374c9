"""The registers of customers in memory; `tests/storage/customers` holds them to what PostgreSQL does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from services.customers.domain.api_keys import ApiKey
from services.customers.domain.company import Preferences
from services.customers.domain.contacts import Contact
from services.customers.domain.kept import KeptPost
from services.customers.domain.people import Mandate, Person, Post
from services.customers.domain.releases import Release
from services.customers.domain.sessions import Session
from services.customers.domain.undertakings import Undertaking
from shared.asker import Asker
from shared.contracts.terms import Event
from tests.support.customers_builders import NOW, OPERATOR


class FakeUndertakings:
    def __init__(self) -> None:
        self.rows: dict[str, Undertaking] = {}

    def get(self, business_id: str) -> Undertaking | None:
        return self.rows.get(business_id)

    def add(self, undertaking: Undertaking) -> bool:
        return self.rows.setdefault(undertaking.business_id, undertaking) is undertaking


class FakePeople:
    def __init__(self) -> None:
        self.rows: dict[str, Person] = {}

    def welcome(self, person: Person, at: datetime) -> str:
        identity = (person.issuer, person.subject)
        for known in self.rows.values():
            if (known.issuer, known.subject) == identity:
                self.rows[known.person_id] = replace(known, name=person.name, language=person.language)
                return known.person_id
        self.rows[person.person_id] = person
        return person.person_id

    def get(self, person_id: str) -> Person | None:
        return self.rows.get(person_id)

    def of_issuer(self, issuer: str) -> Sequence[Person]:
        return sorted((row for row in self.rows.values() if row.issuer == issuer), key=lambda row: row.subject)

    def give_mandate(self, person_id: str, mandate: Mandate, by: str, at: datetime) -> None:
        person = self.rows[person_id]
        key = (mandate.business_id, mandate.source)
        others = (held for held in person.mandates if (held.business_id, held.source) != key)
        self.rows[person_id] = replace(person, mandates=(*others, mandate))

    def give_post(self, person_id: str, post: Post, by: str, at: datetime) -> None:
        person = self.rows[person_id]
        others = (held for held in person.posts if (held.role, held.authority) != (post.role, post.authority))
        self.rows[person_id] = replace(person, posts=(*others, post))


class FakeSessions:
    def __init__(self, people: FakePeople) -> None:
        self.rows: dict[str, Session] = {}
        self.people = people

    def add(self, session: Session) -> None:
        self.rows[session.session_id] = session

    def get(self, session_id: str) -> Session | None:
        session = self.rows.get(session_id)
        if session is None:
            return None
        return replace(session, person=self.people.rows[session.person.person_id])

    def extend(self, session: Session) -> None:
        self.rows[session.session_id] = replace(self.rows[session.session_id], idle_until=session.idle_until)

    def end(self, session_id: str, at: datetime) -> None:
        if session := self.rows.get(session_id):
            self.rows[session_id] = replace(session, ended_at=session.ended_at or at)

    def end_of(self, person_id: str, capacity_id: str, at: datetime) -> None:
        for session in self.rows.values():
            if (session.person.person_id, session.capacity_id) == (person_id, capacity_id):
                self.end(session.session_id, at)

    def forget_before(self, moment: datetime) -> None:
        self.rows = {key: session for key, session in self.rows.items() if session.ends_at >= moment}


class FakePreferences:
    def __init__(self) -> None:
        self.rows: dict[str, Preferences] = {}

    def get(self, business_id: str) -> Preferences:
        return self.rows.get(business_id, Preferences(business_id=business_id))

    def save(self, preferences: Preferences) -> None:
        self.rows[preferences.business_id] = preferences


class FakeReleases:
    def __init__(self) -> None:
        self.rows: dict[str, Release] = {}

    def add(self, release: Release) -> None:
        self.rows[release.release_id] = release

    def get(self, release_id: str) -> Release | None:
        return self.rows.get(release_id)

    def unsettled_of(self, business_id: str) -> Release | None:
        mine = (one for one in self.rows.values() if one.business_id == business_id and one.outcome is None)
        return next(mine, None)

    def save(self, release: Release) -> None:
        self.rows[release.release_id] = release


class FakeApiKeys:
    def __init__(self) -> None:
        self.rows: dict[str, ApiKey] = {}

    def of(self, business_id: str) -> Sequence[ApiKey]:
        return [key for key in self.rows.values() if key.business_id == business_id]

    def save(self, key: ApiKey) -> None:
        self.rows[key.key_id] = key


class FakeKeptPosts:
    def __init__(self) -> None:
        self.rows: dict[str, KeptPost] = {}

    def add(self, kept: KeptPost) -> None:
        self.rows[kept.kept_id] = kept

    def get_locked(self, kept_id: str) -> KeptPost | None:
        return self.rows.get(kept_id)

    def taken(self, kept_id: str, at: datetime) -> None:
        self.rows[kept_id] = replace(self.rows[kept_id], taken_at=at, fields={})

    def forget_before(self, moment: datetime) -> None:
        self.rows = {key: kept for key, kept in self.rows.items() if kept.kept_at >= moment}


class FakeContacts:
    def __init__(self) -> None:
        self.rows: dict[str, Contact] = {}

    def add(self, contact: Contact) -> None:
        self.rows.setdefault(contact.event_id, contact)


class FakeActs:
    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}

    def add(self, **act: Any) -> None:
        self.rows.setdefault(act["act_id"], act)


@dataclass
class FakeWork:
    """Announcements are kept as (type, subject id, data), in order."""

    asker: Asker = OPERATOR
    now: datetime = NOW
    undertakings: FakeUndertakings = field(default_factory=FakeUndertakings)
    people: FakePeople = field(default_factory=FakePeople)
    sessions: FakeSessions = field(init=False)
    kept_posts: FakeKeptPosts = field(default_factory=FakeKeptPosts)
    contacts: FakeContacts = field(default_factory=FakeContacts)
    acts: FakeActs = field(default_factory=FakeActs)
    preferences: FakePreferences = field(default_factory=FakePreferences)
    releases: FakeReleases = field(default_factory=FakeReleases)
    api_keys: FakeApiKeys = field(default_factory=FakeApiKeys)
    announced: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sessions = FakeSessions(self.people)

    def announce(self, event: Event, subject_id: str, **data: Any) -> None:
        self.announced.append((event.type, subject_id, data))
