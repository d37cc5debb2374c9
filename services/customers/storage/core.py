"""The registers of customers in PostgreSQL.

A person is read in one statement with every mandate and post, and so is a session with its person:
who may act as what is always what it is now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session as Transaction

from services.customers.domain.company import Member
from services.customers.domain.contacts import Contact
from services.customers.domain.kept import KeptPost
from services.customers.domain.people import Mandate, Person, Post
from services.customers.domain.sessions import Session
from services.customers.domain.undertakings import Undertaking
from services.customers.records import (
    ContactRecord,
    KeptPostRecord,
    MandateRecord,
    PersonRecord,
    PostRecord,
    SessionRecord,
    UndertakingRecord,
)
from services.customers.storage.companies import (
    StoredActs,
    StoredApiKeys,
    StoredInvitations,
    StoredOwnership,
    StoredPreferences,
    StoredReleases,
)
from services.customers.storage.mail import StoredMail
from services.customers.storage.registers import (
    StoredDisagreements,
    StoredMandateChecks,
    StoredRegisterAnswers,
)
from shared.asker import Asker, Role
from shared.sorting import sort_key
from shared.storage.work import Work


class StoredUndertakings:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, business_id: str) -> Undertaking | None:
        record = self._transaction.get(UndertakingRecord, business_id)
        return _undertaking(record) if record else None

    def add(self, undertaking: Undertaking) -> bool:
        row = {
            "business_id": undertaking.business_id,
            "name": undertaking.name,
            "sort_name": sort_key(undertaking.name),
            "language": undertaking.language,
            "municipality": undertaking.municipality,
            "registered_at": undertaking.registered_at,
            "registered_by": undertaking.registered_by,
        }
        added = insert(UndertakingRecord).values(row).on_conflict_do_nothing().returning(UndertakingRecord.business_id)
        return self._transaction.execute(added).first() is not None

    def lock(self, business_id: str) -> None:
        own = select(UndertakingRecord.business_id).where(UndertakingRecord.business_id == business_id)
        self._transaction.execute(own.with_for_update())

    def rename(self, business_id: str, name: str) -> None:
        own = update(UndertakingRecord).where(UndertakingRecord.business_id == business_id)
        self._transaction.execute(own.values(name=name, sort_name=sort_key(name)))


class StoredPeople:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def welcome(self, person: Person, at: datetime) -> str:
        newcomer = insert(PersonRecord).values(
            person_id=person.person_id,
            issuer=person.issuer,
            subject=person.subject,
            name=person.name,
            language=person.language,
            welcomed_at=at,
        )
        known = newcomer.on_conflict_do_update(
            index_elements=[PersonRecord.issuer, PersonRecord.subject],
            set_={"name": newcomer.excluded.name, "language": newcomer.excluded.language},
        )
        return self._transaction.execute(known.returning(PersonRecord.person_id)).scalar_one()

    def get(self, person_id: str) -> Person | None:
        row = self._transaction.execute(_people().where(PersonRecord.person_id == person_id)).first()
        return _person(row) if row else None

    def of_issuer(self, issuer: str) -> Sequence[Person]:
        rows = self._transaction.execute(_people().where(PersonRecord.issuer == issuer).order_by(PersonRecord.subject))
        return [_person(row) for row in rows]

    def give_mandate(self, person_id: str, mandate: Mandate, by: str, at: datetime) -> None:
        given = insert(MandateRecord).values(
            person_id=person_id,
            business_id=mandate.business_id,
            source=mandate.source,
            rights=list(mandate.rights),
            until=mandate.until,
            given_by=by,
            given_at=at,
        )
        changed = ["rights", "until", "given_by", "given_at"]
        self._transaction.execute(_instead(given, ["person_id", "business_id", "source"], changed))

    def members(self, business_id: str, now: datetime, *, told: bool = False) -> Sequence[Member]:
        found = (
            select(PersonRecord.person_id, PersonRecord.name, MandateRecord, UndertakingRecord.name)
            .join(MandateRecord, MandateRecord.person_id == PersonRecord.person_id)
            .join(UndertakingRecord, UndertakingRecord.business_id == MandateRecord.business_id)
            .where(MandateRecord.business_id == business_id)
            .order_by(MandateRecord.given_at, MandateRecord.source)
        )
        held: dict[tuple[str, str], list[Mandate]] = {}
        for person_id, name, record, undertaking_name in self._transaction.execute(found):
            mandate = _mandate_in(record, undertaking_name)
            if mandate.holds_at(now) or (told and mandate.is_told_at(now)):
                held.setdefault((person_id, name), []).append(mandate)
        members = [
            Member(person_id=person_id, name=name, mandates=tuple(mandates))
            for (person_id, name), mandates in held.items()
        ]
        return sorted(members, key=lambda member: (sort_key(member.name), member.person_id))

    def give_post(self, person_id: str, post: Post, by: str, at: datetime) -> None:
        given = insert(PostRecord).values(
            person_id=person_id,
            role=post.role.value,
            authority=post.authority,
            first=post.first,
            last=post.last,
            given_by=by,
            given_at=at,
        )
        changed = ["first", "last", "given_by", "given_at"]
        self._transaction.execute(_instead(given, ["person_id", "role", "authority"], changed))


class StoredSessions:
    """Sessions by the digest of their id: a copy of the table opens no session."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, session: Session) -> None:
        self._transaction.execute(
            insert(SessionRecord).values(
                digest=_digest(session.session_id),
                person_id=session.person.person_id,
                capacity_id=session.capacity_id,
                began_at=session.began_at,
                ends_at=session.ends_at,
                idle_until=session.idle_until,
            )
        )

    def get(self, session_id: str) -> Session | None:
        found = _people(SessionRecord).join(SessionRecord, SessionRecord.person_id == PersonRecord.person_id)
        row = self._transaction.execute(found.where(SessionRecord.digest == _digest(session_id))).first()
        return _session(session_id, row) if row else None

    def extend(self, session: Session) -> None:
        self._change(session.session_id, idle_until=session.idle_until)

    def end(self, session_id: str, at: datetime) -> None:
        self._change(session_id, ended_at=func.coalesce(SessionRecord.ended_at, at))

    def end_of(self, person_id: str, capacity_id: str, at: datetime) -> None:
        own = update(SessionRecord).where(
            SessionRecord.person_id == person_id,
            SessionRecord.capacity_id == capacity_id,
            SessionRecord.ended_at.is_(None),
        )
        self._transaction.execute(own.values(ended_at=at))

    def forget_before(self, moment: datetime) -> None:
        self._transaction.execute(delete(SessionRecord).where(SessionRecord.ends_at < moment))

    def _change(self, session_id: str, **values: Any) -> None:
        self._transaction.execute(
            update(SessionRecord).where(SessionRecord.digest == _digest(session_id)).values(**values)
        )


class StoredKeptPosts:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, kept: KeptPost) -> None:
        self._transaction.execute(
            insert(KeptPostRecord).values(
                kept_id=kept.kept_id,
                kept_for=kept.kept_for,
                path=kept.path,
                fields=dict(kept.fields),
                kept_at=kept.kept_at,
            )
        )

    def get_locked(self, kept_id: str) -> KeptPost | None:
        record = self._transaction.get(KeptPostRecord, kept_id, with_for_update=True)
        return _kept_post(record) if record else None

    def taken(self, kept_id: str, at: datetime) -> None:
        taken = update(KeptPostRecord).where(KeptPostRecord.kept_id == kept_id).values(taken_at=at, fields={})
        self._transaction.execute(taken)

    def forget_before(self, moment: datetime) -> None:
        self._transaction.execute(delete(KeptPostRecord).where(KeptPostRecord.kept_at < moment))


class StoredContacts:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, contact: Contact) -> None:
        row = {
            "event_id": contact.event_id,
            "at": contact.at,
            "what": contact.what,
            "subject": contact.subject,
            "authority": contact.authority,
            "business_id": contact.business_id,
        }
        self._transaction.execute(insert(ContactRecord).values(row).on_conflict_do_nothing())


class CustomersWork(Work):
    """One transaction over the registers of customers."""

    room = "customers"

    def __init__(self, session: Transaction, asker: Asker, now: datetime) -> None:
        super().__init__(session, asker, now)
        self.undertakings = StoredUndertakings(session)
        self.people = StoredPeople(session)
        self.sessions = StoredSessions(session)
        self.kept_posts = StoredKeptPosts(session)
        self.contacts = StoredContacts(session)
        self.register_answers = StoredRegisterAnswers(session)
        self.mandate_checks = StoredMandateChecks(session)
        self.disagreements = StoredDisagreements(session)
        self.invitations = StoredInvitations(session)
        self.preferences = StoredPreferences(session)
        self.releases = StoredReleases(session)
        self.api_keys = StoredApiKeys(session)
        self.ownership = StoredOwnership(session)
        self.acts = StoredActs(session)
        self.mail = StoredMail(session)


def _instead(given: Any, key: list[str], changed: list[str]) -> Any:
    return given.on_conflict_do_update(index_elements=key, set_={name: given.excluded[name] for name in changed})


def _digest(session_id: str) -> bytes:
    return hashlib.sha256(session_id.encode()).digest()


def _people(*also: Any) -> Select[Any]:
    """Each person with all mandates and posts, in one row."""
    return select(PersonRecord, _mandates().label("mandates"), _posts().label("posts"), *also)


def _mandates() -> ColumnElement[Any]:
    each = func.jsonb_build_array(
        MandateRecord.business_id,
        UndertakingRecord.name,
        MandateRecord.rights,
        MandateRecord.source,
        MandateRecord.until,
    )
    return (
        select(func.jsonb_agg(each))
        .where(MandateRecord.person_id == PersonRecord.person_id)
        .where(MandateRecord.business_id == UndertakingRecord.business_id)
        .correlate(PersonRecord)
        .scalar_subquery()
    )


def _posts() -> ColumnElement[Any]:
    each = func.jsonb_build_array(PostRecord.role, PostRecord.authority, PostRecord.first, PostRecord.last)
    posts = select(func.jsonb_agg(each)).where(PostRecord.person_id == PersonRecord.person_id)
    return posts.correlate(PersonRecord).scalar_subquery()


def _person(row: Row[Any]) -> Person:
    record = row.PersonRecord
    return Person(
        person_id=record.person_id,
        issuer=record.issuer,
        subject=record.subject,
        name=record.name,
        language=record.language,
        mandates=tuple(_mandate(each) for each in row.mandates or ()),
        posts=tuple(_post(each) for each in row.posts or ()),
    )


def _mandate(each: list[Any]) -> Mandate:
    business_id, name, rights, source, until = each
    return Mandate(
        business_id=business_id,
        undertaking_name=name,
        rights=tuple(rights),
        source=source,
        until=datetime.fromisoformat(until) if until else None,
    )


def _mandate_in(record: MandateRecord, undertaking_name: str) -> Mandate:
    return Mandate(
        business_id=record.business_id,
        undertaking_name=undertaking_name,
        rights=tuple(record.rights),
        source=record.source,
        until=record.until,
        given_by=record.given_by,
        given_at=record.given_at,
    )


def _post(each: list[Any]) -> Post:
    role, authority, first, last = each
    last_day = date.fromisoformat(last) if last else None
    return Post(role=Role(role), authority=authority, first=date.fromisoformat(first), last=last_day)


def _session(session_id: str, row: Row[Any]) -> Session:
    record = row.SessionRecord
    return Session(
        session_id=session_id,
        person=_person(row),
        capacity_id=record.capacity_id,
        began_at=record.began_at,
        ends_at=record.ends_at,
        idle_until=record.idle_until,
        ended_at=record.ended_at,
    )


def _undertaking(record: UndertakingRecord) -> Undertaking:
    return Undertaking(
        business_id=record.business_id,
        name=record.name,
        language=record.language,
        municipality=record.municipality,
        registered_at=record.registered_at,
        registered_by=record.registered_by,
    )


def _kept_post(record: KeptPostRecord) -> KeptPost:
    return KeptPost(
        kept_id=record.kept_id,
        kept_for=record.kept_for,
        path=record.path,
        fields=record.fields,
        kept_at=record.kept_at,
        taken_at=record.taken_at,
    )
