"""What the use cases need of the outside: one transaction and its registers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from services.customers.domain.api_keys import ApiKey
from services.customers.domain.company import Invitation, Member, Preferences
from services.customers.domain.contacts import Contact
from services.customers.domain.disagreements import Disagreement
from services.customers.domain.kept import KeptPost
from services.customers.domain.mail.addresses import AddressChange
from services.customers.domain.mail.clocks import Clock
from services.customers.domain.mail.news import KeptNews
from services.customers.domain.mail.outgoing import OutgoingMail
from services.customers.domain.mandate_checks import MandateCheck
from services.customers.domain.mandate_rules import MandateRules, Organisation
from services.customers.domain.ownership import OwnershipLink
from services.customers.domain.people import Mandate, Person, Post
from services.customers.domain.register_data import KeptAnswer, RegisterData
from services.customers.domain.releases import Release
from services.customers.domain.sessions import Session
from services.customers.domain.undertakings import Undertaking
from shared.asker import Asker
from shared.contracts.terms import Event


class Undertakings(Protocol):
    def get(self, business_id: str) -> Undertaking | None: ...

    def add(self, undertaking: Undertaking) -> bool:
        """False when the business id was there already."""

    def lock(self, business_id: str) -> None:
        """Until the end of the transaction nobody else changes who acts for the company."""

    def rename(self, business_id: str, name: str) -> None: ...


class People(Protocol):
    def welcome(self, person: Person, at: datetime) -> str:
        """The person's id: of the one known by issuer and subject (name and language brought up to date), or new."""

    def get(self, person_id: str) -> Person | None: ...

    def of_issuer(self, issuer: str) -> Sequence[Person]: ...

    def give_mandate(self, person_id: str, mandate: Mandate, by: str, at: datetime) -> None: ...

    def members(self, business_id: str, now: datetime, *, told: bool = False) -> Sequence[Member]:
        """Whoever acts for the company now, by name; with `told` also those who are only told what concerns it."""

    def give_post(self, person_id: str, post: Post, by: str, at: datetime) -> None: ...


class Sessions(Protocol):
    def add(self, session: Session) -> None: ...

    def get(self, session_id: str) -> Session | None: ...

    def extend(self, session: Session) -> None: ...

    def end(self, session_id: str, at: datetime) -> None: ...

    def end_of(self, person_id: str, capacity_id: str, at: datetime) -> None:
        """Every session the person has in that capacity."""

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


class RegisterAnswers(Protocol):
    def latest(self, business_id: str) -> RegisterData | None: ...

    def add(self, data: RegisterData, raw: str) -> None: ...

    def with_digest(self, business_id: str, digest: str) -> KeptAnswer | None:
        """The answer as it came; the first of several with the same words."""


class MandateChecks(Protocol):
    def begin(self, check: MandateCheck) -> None:
        """An earlier one of the same person that is still open is over: one flow at a time."""

    def get_locked(self, check_id: str) -> MandateCheck | None: ...

    def save(self, check: MandateCheck) -> None: ...


class Disagreements(Protocol):
    def add(self, disagreement: Disagreement) -> None: ...

    def get_locked(self, disagreement_id: str) -> Disagreement | None: ...

    def save(self, disagreement: Disagreement) -> None: ...


class Invitations(Protocol):
    def add(self, invitation: Invitation, made_with: str) -> Invitation | None:
        """None when it is new, else the one that the same request had made."""

    def get_locked(self, invitation_id: str) -> Invitation | None: ...

    def by_digest_locked(self, digest: str) -> Invitation | None: ...

    def open_of(self, business_id: str, now: datetime) -> Sequence[Invitation]: ...

    def save(self, invitation: Invitation) -> None: ...


class CompanyPreferences(Protocol):
    def get(self, business_id: str) -> Preferences:
        """What the company chose, or what holds until it does."""

    def save(self, preferences: Preferences) -> None: ...


class Releases(Protocol):
    """Requests that one signature be enough again. Whoever writes has locked the undertaking."""

    def add(self, release: Release) -> None: ...

    def get(self, release_id: str) -> Release | None: ...

    def unsettled_of(self, business_id: str) -> Release | None:
        """The one that nobody has settled, be its time over or not; a company has one at most."""

    def left_unsettled(self, asked_before: datetime) -> Sequence[str]:
        """The companies with one that was asked so long ago or earlier, in order."""

    def save(self, release: Release) -> None: ...


class ApiKeys(Protocol):
    def add(self, key: ApiKey) -> ApiKey | None:
        """None when it is new, else the one that the same request had made."""

    def get(self, key_id: str) -> ApiKey | None: ...

    def of(self, business_id: str) -> Sequence[ApiKey]:
        """Newest first."""

    def save(self, key: ApiKey) -> None: ...


class OwnershipLinks(Protocol):
    def save(self, link: OwnershipLink) -> OwnershipLink:
        """The link as kept: an earlier record of the same owner, owned, kind and beginning keeps its id."""

    def same(self, link: OwnershipLink) -> OwnershipLink | None: ...

    def of(self, business_id: str) -> Sequence[OwnershipLink]: ...


class CompanyActs(Protocol):
    def add(
        self, *, act_id: str, business_id: str, at: datetime, person_id: str, what: str, subject: str, via: str
    ) -> None:
        """The same act twice is one act."""


class RegisterSilent(Exception):
    """A register outside does not answer now: `register` is business or mandates."""

    def __init__(self, register: str) -> None:
        super().__init__(register)
        self.register = register


class RegisterRefused(Exception):
    """A register outside says no, or something that cannot be read; `why` is its status or "unreadable"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A company as the business register told it: `raw` letter by letter, `digest` its SHA-256."""

    raw: str
    digest: str
    company: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """The mandate register's own names of one person's visit."""

    session: str
    user: str
    request_id: str


class BusinessRegister(Protocol):
    """Raises RegisterSilent."""

    def company(self, business_id: str) -> Told | None: ...

    def named(self, name: str) -> tuple[list[Mapping[str, Any]], int]:
        """Companies with that name, and how many there are in all."""


class MandateRegister(Protocol):
    """Raises RegisterSilent or RegisterRefused."""

    @property
    def rules(self) -> MandateRules: ...

    def visit(self, identity_code: str) -> Visit: ...

    def choosing_address(self, visit: Visit, returning: str, language: str) -> str: ...

    def organisations(self, session: str, code: str, returning: str) -> tuple[str, tuple[Organisation, ...]]: ...


class Mail(Protocol):
    """Addresses, wishes, outgoing mail, news for one letter a day, clocks of open cases."""

    def address_of(self, person_id: str) -> str:
        """Empty when the person has given none."""

    def set_address(self, person_id: str, address: str, at: datetime) -> None: ...

    def change_of(self, person_id: str, *, locked: bool = False) -> AddressChange | None:
        """The person's new address that has not been confirmed, be its time over or not; locked to be settled."""

    def keep_change(self, change: AddressChange) -> None:
        """In the place of an earlier one."""

    def forget_change(self, person_id: str) -> None: ...

    def sent_since(self, person_id: str, kind: str, moment: datetime) -> int:
        """How many mails of the kind have been made for the person."""

    def wishes_of(self, person_id: str) -> Mapping[str, str]: ...

    def wish(self, person_id: str, kind: str, told: str) -> None: ...

    def who_may_act_for(self, business_id: str) -> Sequence[str]:
        """Everybody who ever had a mandate for it; who has one now, the person's own record says."""

    def who_held(self, role: str, authority: str) -> Sequence[str]:
        """Everybody who ever held such a post there."""

    def officials(self) -> Sequence[str]: ...

    def add(self, mail: OutgoingMail) -> bool:
        """False when the person has been told of this cause already."""

    def next_due(self, now: datetime) -> OutgoingMail | None:
        """The mail that has waited longest, locked; one that somebody else has in hand is passed over."""

    def locked(self, mail_id: str) -> OutgoingMail | None: ...

    def put(self, mail: OutgoingMail) -> None: ...

    def keep_news(self, news: KeptNews, at: datetime) -> None: ...

    def untold_news(self) -> Sequence[KeptNews]:
        """By person, oldest first."""

    def told(self, person_id: str, causes: Sequence[str], at: datetime) -> None: ...

    def clock(self, subject: str) -> Clock | None: ...

    def put_clock(self, clock: Clock) -> None: ...

    def forget_clock(self, subject: str) -> None: ...

    def clocks(self) -> Sequence[Clock]: ...

    def begin_morning(self, day: date, at: datetime) -> bool:
        """False when this morning's letters have been made."""


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
    @property
    def register_answers(self) -> RegisterAnswers: ...
    @property
    def mandate_checks(self) -> MandateChecks: ...
    @property
    def disagreements(self) -> Disagreements: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def preferences(self) -> CompanyPreferences: ...
    @property
    def releases(self) -> Releases: ...
    @property
    def api_keys(self) -> ApiKeys: ...
    @property
    def ownership(self) -> OwnershipLinks: ...
    @property
    def acts(self) -> CompanyActs: ...
    @property
    def mail(self) -> Mail: ...
    def announce(self, event: Event, subject_id: str, **data: Any) -> object: ...


Opened = Callable[[], AbstractContextManager[Work]]
"""Opens a transaction. Whoever asks a register outside opens one before and one after, never one meanwhile."""
