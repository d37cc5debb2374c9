"""Companies: the roles of their people, what each company has chosen, ownership between undertakings."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import STAFF, Role
from shared.contracts.customers.core import MANDATE_RIGHTS, ROOM, Person
from shared.contracts.terms import Answer, Event, Fact, Nothing, Operation, PageRequest, Request, command, query
from shared.fields import BusinessIdField, RateField, text

COMPANY_ROLES = ("signatory", "editor", "reader")
"""A signatory prepares and signs and looks after the people; an editor prepares; a reader reads."""

RELEASE_OUTCOMES = ("confirmed", "declined", "withdrawn", "lapsed")

MANDATE_SOURCES = ("register", "company", "operator")

OWNERSHIP_KINDS = ("votes", "majority", "board", "contract", "dominant", "partner")
"""How one undertaking has to do with another (2003/361/EC annex art. 3; Regulation (EU) 2023/2831 art. 2(2)).

`majority` of votes, `board` (names most of the board), `contract` (dominant by contract or articles), `dominant`
(alone by agreement with others): linked. `partner`: 25 per cent or more. `votes`: a share of votes below majority.
"""

OWNERSHIP_SOURCES = ("declaration", "register", "official")


class CompanyPerson(Answer):
    """`sources` say who lets the person act; a register's word lapses at `until`. `acted_at` is when they last did."""

    person_id = text(60)
    name = text(200)
    role = fields.String(required=True, validate=validate.OneOf(COMPANY_ROLES))
    rights = fields.List(fields.String(validate=validate.OneOf(MANDATE_RIGHTS)), required=True)
    sources = fields.List(fields.String(validate=validate.OneOf(MANDATE_SOURCES)), required=True)
    given_by = text(60)
    given_at = fields.AwareDateTime(required=True)
    until = fields.AwareDateTime(allow_none=True)
    acted_at = fields.AwareDateTime(allow_none=True)
    responsible = fields.Boolean(required=True)


class Invitation(Answer):
    invitation_id = text(60)
    name = text(200)
    role = fields.String(required=True, validate=validate.OneOf(COMPANY_ROLES))
    invited_by = text(60)
    invited_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)


class InvitationMade(Invitation):
    """`code` is told this once; whoever holds it and identifies themselves strongly may accept."""

    code = text(60, least=0)


class InvitationSeen(Answer):
    business_id = BusinessIdField(required=True)
    undertaking_name = text(200)
    name = text(200)
    role = fields.String(required=True, validate=validate.OneOf(COMPANY_ROLES))
    expires_at = fields.AwareDateTime(required=True)


class CompanyPreferences(Answer):
    """`second_signature`: two signatories send. `responsible` is the company's contact for its open drafts."""

    business_id = BusinessIdField(required=True)
    second_signature = fields.Boolean(required=True)
    responsible = text(60, allow_none=True)
    version = fields.Integer(required=True)


class CompanyOf(Request):
    business_id = BusinessIdField(required=True)


class Release(Answer):
    """A signatory's request that one signature be enough again, and what another said to it."""

    release_id = text(60)
    business_id = BusinessIdField(required=True)
    asked_by = text(60)
    asked_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    outcome = fields.String(required=True, allow_none=True, validate=validate.OneOf(RELEASE_OUTCOMES))
    settled_by = text(60, allow_none=True)
    settled_at = fields.AwareDateTime(required=True, allow_none=True)


class SettleRelease(Request):
    """Another signatory says yes or no. Who asked can only take it back (`confirmed` false)."""

    release_id = text(60)
    confirmed = fields.Boolean(required=True)


class CompanyPeople(Answer):
    """`release` waits for another signatory's yes or no."""

    items = fields.List(fields.Nested(CompanyPerson), required=True)
    invitations = fields.List(fields.Nested(Invitation), required=True)
    preferences = fields.Nested(CompanyPreferences, required=True)
    release = fields.Nested(Release, allow_none=True, load_default=None)


class InvitePerson(Request):
    """`name` is for the company's own list; who accepts is known by strong identification."""

    name = text(200)
    role = fields.String(required=True, validate=validate.OneOf(COMPANY_ROLES))


class InvitationCode(Request):
    code = text(60)


class AcceptInvitation(Request):
    code = text(60)
    person_id = text(60)


class OneInvitation(Request):
    invitation_id = text(60)


class ChangePersonsRole(Request):
    person_id = text(60)
    role = fields.String(required=True, validate=validate.OneOf(COMPANY_ROLES))


class EndPerson(Request):
    """From now on the person does not act for the company; `successor` takes over what they were responsible for."""

    person_id = text(60)
    successor = text(60, required=False, allow_none=True, load_default=None)


class SetCompanyPreferences(Request):
    """`second_signature` is asked by one signatory's word; it is given up by two (`ask_release`, `settle_release`)."""

    second_signature = fields.Boolean(required=True)
    responsible = text(60, required=False, allow_none=True, load_default=None)
    version = fields.Integer(required=True)


class ListCompanyActs(PageRequest):
    business_id = BusinessIdField(required=True)


class CompanyAct(Answer):
    """Who did what for the company. `subject` is the case or nothing; `via` the API key that was used."""

    at = fields.AwareDateTime(required=True)
    person_id = text(60)
    what = text(60)
    subject = text(80, least=0)
    via = text(60, least=0)


class CompanyActs(Answer):
    items = fields.List(fields.Nested(CompanyAct), required=True)
    total = fields.Integer(required=True)


class RecordOwnership(Request):
    """`owner` has to do with `owned` by `kind` from `since`; `until` is the last day, and ends an earlier record."""

    owner = BusinessIdField(required=True)
    owned = BusinessIdField(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(OWNERSHIP_KINDS))
    share = RateField(load_default=None, allow_none=True)
    since = fields.Date(required=True)
    until = fields.Date(load_default=None, allow_none=True)
    source = fields.String(load_default="declaration", validate=validate.OneOf(OWNERSHIP_SOURCES))


class OwnershipLink(Answer):
    link_id = text(60)
    owner = BusinessIdField(required=True)
    owned = BusinessIdField(required=True)
    owner_name = text(200, allow_none=True)
    owned_name = text(200, allow_none=True)
    kind = fields.String(required=True, validate=validate.OneOf(OWNERSHIP_KINDS))
    share = RateField(allow_none=True)
    since = fields.Date(required=True)
    until = fields.Date(allow_none=True)
    source = fields.String(required=True, validate=validate.OneOf(OWNERSHIP_SOURCES))
    recorded_by = text(60)
    recorded_at = fields.AwareDateTime(required=True)


class OwnershipOf(Request):
    business_id = BusinessIdField(required=True)


class OwnershipLinks(Answer):
    """Every link in which the undertaking is owner or owned, ended ones too."""

    items = fields.List(fields.Nested(OwnershipLink), required=True)


class OwnershipRecordedV1(Fact):
    """The link as it stands from now on, whole: a later record of the same `link_id` takes its place."""

    link_id = text(60)
    owner = BusinessIdField(required=True)
    owned = BusinessIdField(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(OWNERSHIP_KINDS))
    share = RateField(allow_none=True, load_default=None)
    since = fields.Date(required=True)
    until = fields.Date(allow_none=True, load_default=None)
    source = fields.String(required=True, validate=validate.OneOf(OWNERSHIP_SOURCES))


class RepresentativeEndedV1(Fact):
    """Whoever keeps a responsible person hears it: `successor` takes the place of `person_id`, or nobody does."""

    business_id = BusinessIdField(required=True)
    person_id = text(60)
    successor = text(60, required=False, allow_none=True, load_default=None)


class CompanyPreferencesSetV1(Fact):
    business_id = BusinessIdField(required=True)
    second_signature = fields.Boolean(required=True)
    responsible = text(60, required=False, allow_none=True, load_default=None)


class ReleaseAskedV1(Fact):
    """A signatory asks that one signature be enough again."""

    release_id = text(60)
    business_id = BusinessIdField(required=True)
    asked_by = text(60)
    expires_at = fields.AwareDateTime(required=True)


class ReleaseSettledV1(Fact):
    """`settled_by` None when nobody had answered in time (lapsed)."""

    release_id = text(60)
    business_id = BusinessIdField(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(RELEASE_OUTCOMES))
    settled_by = text(60, allow_none=True)


REPRESENTATIVE_ENDED = Event(
    room=ROOM, name="representative_ended", version=1, subject="undertaking", schema=RepresentativeEndedV1
)
COMPANY_PREFERENCES_SET = Event(
    room=ROOM, name="company_preferences_set", version=1, subject="undertaking", schema=CompanyPreferencesSetV1
)
OWNERSHIP_RECORDED = Event(
    room=ROOM, name="ownership_recorded", version=1, subject="undertaking", schema=OwnershipRecordedV1
)

RELEASE_ASKED = Event(
    room=ROOM, name="second_signature_release_asked", version=1, subject="undertaking", schema=ReleaseAskedV1
)
RELEASE_SETTLED = Event(
    room=ROOM, name="second_signature_release_settled", version=1, subject="undertaking", schema=ReleaseSettledV1
)

EVENTS: tuple[Event, ...] = (
    OWNERSHIP_RECORDED,
    REPRESENTATIVE_ENDED,
    COMPANY_PREFERENCES_SET,
    RELEASE_ASKED,
    RELEASE_SETTLED,
)

RECORD_OWNERSHIP = command(
    ROOM, "record_ownership", RecordOwnership, OwnershipLink, Role.COMPANY, Role.HANDLER, Role.OPERATOR
)
LIST_OWNERSHIP = query(ROOM, "list_ownership", OwnershipOf, OwnershipLinks, Role.COMPANY, *STAFF)

LIST_COMPANY_PEOPLE = query(ROOM, "list_company_people", CompanyOf, CompanyPeople, Role.COMPANY, *STAFF)
LIST_COMPANY_ACTS = query(ROOM, "list_company_acts", ListCompanyActs, CompanyActs, Role.COMPANY, *STAFF)
INVITE_PERSON = command(ROOM, "invite_person", InvitePerson, InvitationMade, Role.COMPANY, signed=True)
WITHDRAW_INVITATION = command(ROOM, "withdraw_invitation", OneInvitation, Invitation, Role.COMPANY, signed=True)
SEE_INVITATION = query(ROOM, "see_invitation", InvitationCode, InvitationSeen, Role.VISITOR)
ACCEPT_INVITATION = command(ROOM, "accept_invitation", AcceptInvitation, Person, Role.VISITOR)
CHANGE_PERSONS_ROLE = command(ROOM, "change_persons_role", ChangePersonsRole, CompanyPeople, Role.COMPANY, signed=True)
END_PERSON = command(ROOM, "end_person", EndPerson, CompanyPeople, Role.COMPANY, signed=True)
SET_COMPANY_PREFERENCES = command(
    ROOM, "set_company_preferences", SetCompanyPreferences, CompanyPreferences, Role.COMPANY, signed=True
)
ASK_RELEASE = command(ROOM, "ask_release", Nothing, Release, Role.COMPANY, signed=True)
SETTLE_RELEASE = command(ROOM, "settle_release", SettleRelease, Release, Role.COMPANY, signed=True)
GET_COMPANY_PREFERENCES = query(ROOM, "get_company_preferences", CompanyOf, CompanyPreferences, Role.COMPANY, *STAFF)

OPERATIONS: tuple[Operation, ...] = (
    RECORD_OWNERSHIP,
    LIST_OWNERSHIP,
    LIST_COMPANY_PEOPLE,
    LIST_COMPANY_ACTS,
    INVITE_PERSON,
    WITHDRAW_INVITATION,
    SEE_INVITATION,
    ACCEPT_INVITATION,
    CHANGE_PERSONS_ROLE,
    END_PERSON,
    SET_COMPANY_PREFERENCES,
    GET_COMPANY_PREFERENCES,
    ASK_RELEASE,
    SETTLE_RELEASE,
)
