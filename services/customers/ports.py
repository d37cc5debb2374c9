"""What the use cases need of the outside: one transaction and its registers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from services.customers.domain.contacts import Contact
from services.customers.domain.kept import KeptPost
from services.customers.domain.people import Mandate, Person, Post
from services.customers.domain.sessions import Session
from services.customers.domain.undertakings import Undertaking
from shared.asker import Asker
from shared.contracts.terms import Event


class Undertakings(Protocol):
    def get(self, business_id: str) -> Undertaking | None: ...

    def add(self, undertaking: Undertaking) -> bool:
        """False when the business id was there already."""


class People(Protocol):
    def welcome(self, person: Person, at: datetime) -> str:
        """The person's id: of the one known by issuer and subject (name and language brought up to date), or new."""

    def get(self, person_id: str) -> Person | None: ...

    def of_issuer(self, issuer: str) -> Sequence[Person]: ...

    def give_mandate(self, person_id: str, mandate: Mandate, by: str, at: datetime) -> None: ...

    def give_post(self, person_id: str, post: Post, by: str, at: datetime) -> None: ...


class Sessions(Protocol):
    def add(self, session: Session) -> None: ...

    def get(self, session_id: str) -> Session | None: ...

    def extend(self, session: Session) -> None: ...

    def end(self, session_id: str, at: datetime) -> None: ...

    def forget_before(self, moment: datetime) -> None: ...


class KeptPosts(Protocol):
    def add(self, kept: KeptPost) -> None: ...

    def get_locked(self, kept_id: str) -> KeptPost | None: ...

    def taken(self, kept_id: str, at: datetime) -> None:
        """Notes that it was taken, and forgets what was in it."""

    def forget_before(self, moment: datetime) -> None: ...


class Contacts(Protocol):
    def add(self, contact: Contact) -> None:
        """The same event twice is one contact."""


class Work(Protocol):
    """One transaction: what is read, changed and announced in it stands or falls together."""

    asker: Asker
    now: datetime

    @property
    def undertakings(self) -> Undertakings: ...
    @property
    def people(self) -> People: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def kept_posts(self) -> KeptPosts: ...
    @property
    def contacts(self) -> Contacts: ...
    def announce(self, event: Event, subject_id: str, **data: Any) -> object: ...
