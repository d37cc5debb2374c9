"""The registers in memory and in PostgreSQL behave alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from services.customers.domain.contacts import Contact
from services.customers.domain.kept import KeptPost
from services.customers.domain.sessions import SessionLimits, begun
from services.customers.records import ContactRecord
from services.customers.storage import CustomersWork
from shared.asker import Role
from shared.storage.database import Database
from tests.support.customers_builders import (
    COMPANY,
    NOW,
    OPERATOR,
    TODAY,
    a_mandate,
    a_person,
    a_post,
    an_undertaking,
)
from tests.support.customers_fakes import FakeWork

LATER = NOW + timedelta(minutes=10)


@pytest.fixture(params=["memory", pytest.param("postgres", marks=pytest.mark.postgres)])
def work(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "memory":
        yield FakeWork()
        return
    database: Database = request.getfixturevalue("room_database")
    with database.work(CustomersWork, OPERATOR) as opened:
        yield opened


def test_an_undertaking_comes_back_as_it_was_registered(work: Any) -> None:
    assert work.undertakings.add(an_undertaking())
    assert work.undertakings.get(COMPANY) == an_undertaking()


def test_registering_a_business_id_twice_keeps_the_first(work: Any) -> None:
    work.undertakings.add(an_undertaking())
    assert not work.undertakings.add(an_undertaking(name="Toinen nimi Oy"))
    assert work.undertakings.get(COMPANY) == an_undertaking()


def test_an_unknown_business_id_is_nobody(work: Any) -> None:
    assert work.undertakings.get(COMPANY) is None


def test_a_person_is_known_by_identity_and_gets_the_latest_name(work: Any) -> None:
    work.people.welcome(a_person(), NOW)
    renamed = replace(a_person(person_id="person-new"), subject=a_person().subject, name="Satu Uusi", language="sv")
    assert work.people.welcome(renamed, LATER) == "person-1"
    assert work.people.get("person-1") == replace(a_person(), name="Satu Uusi", language="sv")


def test_a_person_comes_with_every_mandate_and_post(work: Any) -> None:
    work.undertakings.add(an_undertaking())
    work.people.welcome(a_person(), NOW)
    work.people.give_mandate("person-1", a_mandate(), by="operator-1", at=NOW)
    work.people.give_post("person-1", a_post(last=TODAY), by="operator-1", at=NOW)
    assert work.people.get("person-1") == a_person(a_mandate(), a_post(last=TODAY))


def test_a_mandate_given_anew_replaces_the_rights(work: Any) -> None:
    work.undertakings.add(an_undertaking())
    work.people.welcome(a_person(), NOW)
    work.people.give_mandate("person-1", a_mandate(), by="operator-1", at=NOW)
    work.people.give_mandate("person-1", a_mandate(COMPANY, "prepare"), by="operator-1", at=LATER)
    assert work.people.get("person-1").mandates == (a_mandate(COMPANY, "prepare"),)


def test_posts_of_two_roles_at_one_authority_are_two_posts(work: Any) -> None:
    work.people.welcome(a_person(), NOW)
    for role in (Role.HANDLER, Role.PAYER):
        work.people.give_post("person-1", a_post(role), by="operator-1", at=NOW)
    assert {post.role for post in work.people.get("person-1").posts} == {Role.HANDLER, Role.PAYER}


def test_people_of_one_identity_provider_are_listed_alone(work: Any) -> None:
    work.people.welcome(a_person(), NOW)
    work.people.welcome(a_person(person_id="person-2", issuer="demo"), NOW)
    assert [person.person_id for person in work.people.of_issuer("demo")] == ["person-2"]


def a_session(work: Any) -> Any:
    work.undertakings.add(an_undertaking())
    work.people.welcome(a_person(), NOW)
    work.people.give_mandate("person-1", a_mandate(), by="operator-1", at=NOW)
    session = begun("key", work.people.get("person-1"), f"c:{COMPANY}", NOW, SessionLimits())
    work.sessions.add(session)
    return session


def test_a_session_comes_back_with_its_person_as_the_person_is_now(work: Any) -> None:
    session = a_session(work)
    assert work.sessions.get("key") == session
    work.people.give_mandate("person-1", a_mandate(COMPANY, "prepare"), by="operator-1", at=LATER)
    assert work.sessions.get("key").person.mandates == (a_mandate(COMPANY, "prepare"),)


def test_an_extended_session_is_kept_extended(work: Any) -> None:
    extended = a_session(work).extended(LATER, SessionLimits())
    work.sessions.extend(extended)
    assert work.sessions.get("key").idle_until == LATER + timedelta(hours=1)


def test_a_session_ends_when_it_was_first_ended(work: Any) -> None:
    a_session(work)
    work.sessions.end("key", NOW)
    work.sessions.end("key", LATER)
    assert work.sessions.get("key").ended_at == NOW


def test_old_sessions_are_forgotten_and_others_not(work: Any) -> None:
    a_session(work)
    work.sessions.forget_before(NOW)
    assert work.sessions.get("key") is not None
    work.sessions.forget_before(NOW + timedelta(days=1))
    assert work.sessions.get("key") is None


def test_a_kept_post_comes_back_until_taken(work: Any) -> None:
    kept = KeptPost(kept_id="k", kept_for="person-1", path="/oma", fields={"title": "Ä\n"}, kept_at=NOW)
    work.kept_posts.add(kept)
    assert work.kept_posts.get_locked("k") == kept
    work.kept_posts.taken("k", LATER)
    if isinstance(work, CustomersWork):
        work.session.expire_all()
    assert work.kept_posts.get_locked("k") == replace(kept, taken_at=LATER, fields={})


def test_a_contact_is_kept_once_per_fact(work: Any) -> None:
    contact = Contact(
        event_id="e", at=NOW, what="grant_awarded", subject="application/A1", authority=None, business_id=COMPANY
    )
    work.contacts.add(contact)
    work.contacts.add(replace(contact, what="grant_refused"))
    assert kept_contacts(work) == [contact]


def kept_contacts(work: Any) -> list[Contact]:
    if isinstance(work, FakeWork):
        return list(work.contacts.rows.values())
    names = [field.name for field in fields(Contact)]
    records = work.session.scalars(select(ContactRecord))
    return [Contact(**{name: getattr(record, name) for name in names}) for record in records]
