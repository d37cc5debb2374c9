"""Customers: undertakings, people, what each may act as, sessions, and what happened with whom."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import EVERYONE, STAFF, Role
from shared.contracts.terms import Answer, Event, Fact, Nothing, Operation, PageRequest, Request, command, query
from shared.fields import LANGUAGES, BusinessIdField, text

ROOM = "customers"

MANDATE_RIGHTS = ("read", "prepare", "sign")
"""Who may prepare or sign reads too; "read" alone is for somebody who only follows."""


class Undertaking(Answer):
    business_id = BusinessIdField(required=True)
    name = text(200)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    municipality = text(60, least=0)
    registered_at = fields.AwareDateTime(required=True)


class Capacity(Answer):
    """Something a person may act as: a company's representative, or a post at an authority."""

    capacity_id = text(60)
    role = fields.String(required=True, validate=validate.OneOf([role.value for role in Role]))
    business_id = BusinessIdField(load_default=None, allow_none=True)
    undertaking_name = text(200, required=False, allow_none=True, load_default=None)
    rights = fields.List(fields.String(validate=validate.OneOf(MANDATE_RIGHTS)), load_default=list)
    authority = text(40, required=False, allow_none=True, load_default=None)


class Person(Answer):
    person_id = text(60)
    name = text(200)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    capacities = fields.List(fields.Nested(Capacity), required=True)


class PersonName(Answer):
    person_id = text(60)
    name = text(200)


class RegisterUndertaking(Request):
    business_id = BusinessIdField(required=True)
    name = text(200)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    municipality = text(60, required=False, least=0, load_default="")


class OneUndertaking(Request):
    business_id = BusinessIdField(required=True)


class ListUndertakings(PageRequest):
    search = text(100, required=False, least=0, load_default="")


class Undertakings(Answer):
    items = fields.List(fields.Nested(Undertaking), required=True)
    total = fields.Integer(required=True)


class Welcome(Request):
    """A person whom an identity provider has just identified: `issuer` + `subject` name them for ever."""

    issuer = text(300)
    subject = text(300)
    name = text(200)
    language = fields.String(load_default="fi", validate=validate.OneOf(LANGUAGES))


class GiveMandate(Request):
    """A person may act for a company; until registers are asked, an operator records it.

    These rights and no others from now on: an empty list ends the mandate.
    """

    person_id = text(60)
    business_id = BusinessIdField(required=True)
    rights = fields.List(fields.String(validate=validate.OneOf(MANDATE_RIGHTS)), required=True)


class GivePost(Request):
    """A post at an authority from `first` (today, when left out) to `last` (no end); again, it changes the days."""

    person_id = text(60)
    role = fields.String(required=True, validate=validate.OneOf(sorted(role.value for role in STAFF)))
    authority = text(40)
    first = fields.Date(load_default=None, allow_none=True)
    last = fields.Date(load_default=None, allow_none=True)


class PersonId(Request):
    person_id = text(60)


class BeginSession(Request):
    """`capacity_id` is one of the person's own. The session ends by itself after idle minutes."""

    person_id = text(60)
    capacity_id = text(60)


class SessionId(Request):
    session_id = text(100)


class Session(Answer):
    session_id = text(100)
    person_id = text(60)
    name = text(200)
    language = fields.String(required=True)
    capacity = fields.Nested(Capacity, required=True)
    capacities = fields.List(fields.Nested(Capacity), required=True)
    began_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)


class Ended(Answer):
    session_id = text(100)


class Names(Request):
    """Names of people for screens that show who did what; never for exports or logs."""

    person_ids = fields.List(text(60), required=True, validate=validate.Length(max=500))


class NamesAnswer(Answer):
    items = fields.List(fields.Nested(PersonName), required=True)


class DemoPeople(Answer):
    """Whom one may sign in as in demo mode; refused outside it."""

    items = fields.List(fields.Nested(Person), required=True)


class ListContacts(PageRequest):
    business_id = BusinessIdField(required=True)


class Contact(Answer):
    """One event between a company and an authority. `what` is a stable code, `subject` the case."""

    at = fields.AwareDateTime(required=True)
    what = text(60)
    subject = text(80)
    authority = text(40, allow_none=True)
    business_id = BusinessIdField(required=True)


class Contacts(Answer):
    items = fields.List(fields.Nested(Contact), required=True)
    total = fields.Integer(required=True)


class KeepPost(Request):
    """Form data whose sender's session had ended: kept a day for that person alone, taken back once."""

    path = text(300)
    fields_ = fields.Dict(required=True, data_key="fields", attribute="fields_")
    kept_for = text(60)


class Kept(Answer):
    kept_id = text(60)


class TakeKept(Request):
    kept_id = text(60)


class KeptPost(Answer):
    kept_id = text(60)
    path = text(300)
    fields_ = fields.Dict(required=True, data_key="fields", attribute="fields_")
    kept_at = fields.AwareDateTime(required=True)


class UndertakingRegisteredV1(Fact):
    business_id = BusinessIdField(required=True)
    name = text(200)
    language = text(2)


class MandateGivenV1(Fact):
    person_id = text(60)
    business_id = BusinessIdField(required=True)
    rights = fields.List(text(20), required=True)


class PostGivenV1(Fact):
    person_id = text(60)
    role = text(20)
    authority = text(40)


UNDERTAKING_REGISTERED = Event(
    room=ROOM, name="undertaking_registered", version=1, subject="undertaking", schema=UndertakingRegisteredV1
)
MANDATE_GIVEN = Event(room=ROOM, name="mandate_given", version=1, subject="undertaking", schema=MandateGivenV1)
POST_GIVEN = Event(room=ROOM, name="post_given", version=1, subject="person", schema=PostGivenV1)

EVENTS = (UNDERTAKING_REGISTERED, MANDATE_GIVEN, POST_GIVEN)

REGISTER_UNDERTAKING = command(
    ROOM, "register_undertaking", RegisterUndertaking, Undertaking, Role.OPERATOR, Role.HANDLER
)
GET_UNDERTAKING = query(ROOM, "get_undertaking", OneUndertaking, Undertaking, Role.COMPANY, *STAFF)
LIST_UNDERTAKINGS = query(ROOM, "list_undertakings", ListUndertakings, Undertakings, *STAFF)
WELCOME = command(ROOM, "welcome", Welcome, Person, Role.VISITOR)
GIVE_MANDATE = command(ROOM, "give_mandate", GiveMandate, Person, Role.OPERATOR)
GIVE_POST = command(ROOM, "give_post", GivePost, Person, Role.OPERATOR)
GET_PERSON = query(ROOM, "get_person", PersonId, Person, Role.VISITOR, Role.OPERATOR)
BEGIN_SESSION = command(ROOM, "begin_session", BeginSession, Session, Role.VISITOR)
GET_SESSION = query(ROOM, "get_session", SessionId, Session, Role.VISITOR)
END_SESSION = command(ROOM, "end_session", SessionId, Ended, Role.VISITOR)
NAME_PEOPLE = query(ROOM, "name_people", Names, NamesAnswer, *EVERYONE - {Role.VISITOR})
DEMO_PEOPLE = query(ROOM, "demo_people", Nothing, DemoPeople, Role.VISITOR)
LIST_CONTACTS = query(ROOM, "list_contacts", ListContacts, Contacts, Role.COMPANY, *STAFF)
KEEP_POST = command(ROOM, "keep_post", KeepPost, Kept, Role.VISITOR)
TAKE_KEPT = command(ROOM, "take_kept", TakeKept, KeptPost, *EVERYONE - {Role.VISITOR, Role.SYSTEM}, personal=True)

OPERATIONS: tuple[Operation, ...] = (
    REGISTER_UNDERTAKING,
    GET_UNDERTAKING,
    LIST_UNDERTAKINGS,
    WELCOME,
    GIVE_MANDATE,
    GIVE_POST,
    GET_PERSON,
    BEGIN_SESSION,
    GET_SESSION,
    END_SESSION,
    NAME_PEOPLE,
    DEMO_PEOPLE,
    LIST_CONTACTS,
    KEEP_POST,
    TAKE_KEPT,
)
