"""Registers outside: what the business register says of a company, and whom the mandate register lets act."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import STAFF, Role
from shared.contracts.customers.core import MANDATE_RIGHTS, ROOM
from shared.contracts.terms import Answer, Event, Fact, Operation, PageRequest, Request, command, query
from shared.fields import LANGUAGES, BusinessIdField, text, three_languages

REGISTER_FIELDS = ("name", "form", "business_line", "address", "vat", "situation", "ended", "website")
"""What a company may say is wrong in its register data. It never overtypes it: the register mends itself."""

SITUATIONS = ("restructuring", "liquidation", "bankruptcy")
ADDRESS_KINDS = ("visiting", "postal")
DISAGREEMENT_STATES = ("open", "settled")
DISAGREEMENT_OUTCOMES = ("register_corrected", "register_is_right", "noted")
CHECK_STATES = ("begun", "granted", "not_proved", "failed")


class RegisterAddress(Answer):
    """`line` is the street or box as one would write it; `city` in the reader's first language that is known."""

    kind = fields.String(required=True, validate=validate.OneOf(ADDRESS_KINDS))
    line = text(300, least=0)
    post_code = text(20, least=0)
    city = text(100, least=0)
    municipality_code = text(10, allow_none=True, required=False, load_default=None)
    country = text(60, least=0)


class RegisterSituation(Answer):
    """An insolvency proceeding that is open: a sign that the undertaking may be in difficulty."""

    kind = fields.String(required=True, validate=validate.OneOf(SITUATIONS))
    since = fields.Date(allow_none=True)


class BusinessLine(Answer):
    """A code means nothing without its set: TOIMI3 is TOL 2008, TOIMI4 is TOL 2025."""

    code = text(10)
    code_set = text(20)
    names = three_languages()


class RegisterData(Answer):
    """What the business register (PRH/YTJ open data) said at `fetched_at`; `digest` is of its answer as it came.

    `stale` tells that the register did not answer now and this is what it said last.
    """

    business_id = BusinessIdField(required=True)
    name = text(200)
    form = three_languages()
    form_code = text(10, least=0)
    business_line = fields.Nested(BusinessLine, allow_none=True)
    addresses = fields.List(fields.Nested(RegisterAddress), required=True)
    municipality_code = text(10, allow_none=True)
    vat_liable = fields.Boolean(required=True)
    vat_id = text(20, allow_none=True)
    situations = fields.List(fields.Nested(RegisterSituation), required=True)
    registered_on = fields.Date(allow_none=True)
    ended_on = fields.Date(allow_none=True)
    website = text(300, least=0)
    source = text(40)
    digest = text(64)
    fetched_at = fields.AwareDateTime(required=True)
    stale = fields.Boolean(required=True)


class RegisterDataOf(Request):
    business_id = BusinessIdField(required=True)


class RegisterAnswerOf(Request):
    """`digest` as evidence names it: SHA-256 of the register's own words, in hex."""

    business_id = BusinessIdField(required=True)
    digest = text(64)


class RegisterAnswer(Answer):
    """One answer of the business register, letter by letter, and whether its digest still fits (`unchanged`)."""

    business_id = BusinessIdField(required=True)
    source = text(40)
    fetched_at = fields.AwareDateTime(required=True)
    digest = text(64)
    raw = fields.String(required=True)
    unchanged = fields.Boolean(required=True)


class Disagreement(Answer):
    """`registered` is what the register said when the company disagreed, `should_be` what the company says."""

    disagreement_id = text(60)
    business_id = BusinessIdField(required=True)
    about = fields.String(required=True, validate=validate.OneOf(REGISTER_FIELDS))
    registered = text(1000, least=0)
    should_be = text(1000)
    note = text(2000, least=0)
    state = fields.String(required=True, validate=validate.OneOf(DISAGREEMENT_STATES))
    reported_by = text(60)
    reported_at = fields.AwareDateTime(required=True)
    outcome = fields.String(allow_none=True, validate=validate.OneOf(DISAGREEMENT_OUTCOMES))
    reason = text(2000, allow_none=True)
    settled_by = text(60, allow_none=True)
    settled_at = fields.AwareDateTime(allow_none=True)
    version = fields.Integer(required=True)


class ReportDisagreement(Request):
    business_id = BusinessIdField(required=True)
    about = fields.String(required=True, validate=validate.OneOf(REGISTER_FIELDS))
    should_be = text(1000)
    note = text(2000, required=False, least=0, load_default="")


class SettleDisagreement(Request):
    disagreement_id = text(60)
    outcome = fields.String(required=True, validate=validate.OneOf(DISAGREEMENT_OUTCOMES))
    reason = text(2000)
    version = fields.Integer(required=True)


class ListDisagreements(PageRequest):
    """Open ones first, oldest first."""

    business_id = text(9, required=False, least=0, load_default="")
    state = fields.List(fields.String(validate=validate.OneOf(DISAGREEMENT_STATES)), load_default=list)


class Disagreements(Answer):
    items = fields.List(fields.Nested(Disagreement), required=True)
    total = fields.Integer(required=True)


class SearchBusinessRegister(Request):
    """By any part of a current or earlier name."""

    name = text(200, least=3)


class FoundCompany(Answer):
    business_id = BusinessIdField(required=True)
    name = text(200)
    form = three_languages()
    city = text(100, least=0)
    ended_on = fields.Date(allow_none=True)


class FoundCompanies(Answer):
    """`total` as the register counts; no more than a few pages are read."""

    items = fields.List(fields.Nested(FoundCompany), required=True)
    total = fields.Integer(required=True)


class BeginMandateCheck(Request):
    """`identity_code` goes to the mandate register and nowhere else: it is neither kept nor logged.

    `returning` is the gateway's own address to which the register sends the person back.
    """

    person_id = text(60)
    identity_code = text(11, required=False, least=0, load_default="")
    returning = text(300)
    language = fields.String(load_default="fi", validate=validate.OneOf(LANGUAGES))


class MandateCheckBegun(Answer):
    """The person chooses the company at `address`, a page of the mandate register."""

    check_id = text(60)
    address = text(2000)


class FinishMandateCheck(Request):
    """The person is back with a `code`, or with the register's `error`."""

    check_id = text(60)
    person_id = text(60)
    code = text(2000, required=False, least=0, load_default="")
    error = text(200, required=False, least=0, load_default="")


class CheckedOrganisation(Answer):
    """`complete` false: some register did not answer, so nothing is proved. `rights` is what we conclude."""

    business_id = BusinessIdField(required=True)
    name = text(200)
    complete = fields.Boolean(required=True)
    roles = fields.List(text(200), required=True)
    rights = fields.List(fields.String(validate=validate.OneOf(MANDATE_RIGHTS)), required=True)


class MandateCheck(Answer):
    """`why` is a stable code when nothing was granted; `valid_until` when the mandates lapse."""

    check_id = text(60)
    person_id = text(60)
    state = fields.String(required=True, validate=validate.OneOf(CHECK_STATES))
    why = text(40, least=0)
    request_id = text(60, least=0)
    begun_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(allow_none=True)
    valid_until = fields.AwareDateTime(allow_none=True)
    organisations = fields.List(fields.Nested(CheckedOrganisation), required=True)


class ListMandateChecks(PageRequest):
    business_id = BusinessIdField(required=True)


class MandateChecks(Answer):
    items = fields.List(fields.Nested(MandateCheck), required=True)
    total = fields.Integer(required=True)


class RegisterDataFetchedV1(Fact):
    """Only what other rooms decide by: open insolvency proceedings, VAT, whether the company has ended."""

    business_id = BusinessIdField(required=True)
    name = text(200)
    form_code = text(10, least=0)
    business_line = text(10, required=False, allow_none=True, load_default=None)
    business_line_set = text(20, required=False, allow_none=True, load_default=None)
    vat_liable = fields.Boolean(required=True)
    situations = fields.List(fields.String(validate=validate.OneOf(SITUATIONS)), required=True)
    ended_on = fields.Date(allow_none=True, load_default=None)
    digest = text(64)
    fetched_at = fields.AwareDateTime(required=True)


class DisagreementReportedV1(Fact):
    disagreement_id = text(60)
    business_id = BusinessIdField(required=True)
    about = text(40)


class DisagreementSettledV1(Fact):
    disagreement_id = text(60)
    business_id = BusinessIdField(required=True)
    about = text(40)
    outcome = text(40)


class CheckedRolesV1(Fact):
    business_id = BusinessIdField(required=True)
    complete = fields.Boolean(required=True)
    roles = fields.List(text(200), required=True)
    rights = fields.List(text(20), required=True)


class MandateCheckedV1(Fact):
    """Success and failure alike; never the identity code."""

    check_id = text(60)
    person_id = text(60)
    request_id = text(60, least=0)
    state = text(20)
    why = text(40, least=0)
    organisations = fields.List(fields.Nested(CheckedRolesV1), required=True)


REGISTER_DATA_FETCHED = Event(
    room=ROOM, name="register_data_fetched", version=1, subject="undertaking", schema=RegisterDataFetchedV1
)
DISAGREEMENT_REPORTED = Event(
    room=ROOM, name="disagreement_reported", version=1, subject="undertaking", schema=DisagreementReportedV1
)
DISAGREEMENT_SETTLED = Event(
    room=ROOM, name="disagreement_settled", version=1, subject="undertaking", schema=DisagreementSettledV1
)
MANDATE_CHECKED = Event(room=ROOM, name="mandate_checked", version=1, subject="person", schema=MandateCheckedV1)

EVENTS: tuple[Event, ...] = (REGISTER_DATA_FETCHED, DISAGREEMENT_REPORTED, DISAGREEMENT_SETTLED, MANDATE_CHECKED)

GET_REGISTER_DATA = query(ROOM, "get_register_data", RegisterDataOf, RegisterData, Role.COMPANY, *STAFF)
GET_REGISTER_ANSWER = query(ROOM, "get_register_answer", RegisterAnswerOf, RegisterAnswer, *STAFF)
FETCH_REGISTER_DATA = command(
    ROOM,
    "fetch_register_data",
    RegisterDataOf,
    RegisterData,
    Role.COMPANY,
    Role.HANDLER,
    Role.DECISION_MAKER,
    Role.VERIFIER,
    Role.OPERATOR,
)
SEARCH_BUSINESS_REGISTER = query(
    ROOM, "search_business_register", SearchBusinessRegister, FoundCompanies, Role.HANDLER, Role.OPERATOR
)
REPORT_DISAGREEMENT = command(ROOM, "report_disagreement", ReportDisagreement, Disagreement, Role.COMPANY)
SETTLE_DISAGREEMENT = command(
    ROOM, "settle_disagreement", SettleDisagreement, Disagreement, Role.HANDLER, Role.OPERATOR
)
LIST_DISAGREEMENTS = query(ROOM, "list_disagreements", ListDisagreements, Disagreements, Role.COMPANY, *STAFF)
BEGIN_MANDATE_CHECK = command(ROOM, "begin_mandate_check", BeginMandateCheck, MandateCheckBegun, Role.VISITOR)
FINISH_MANDATE_CHECK = command(ROOM, "finish_mandate_check", FinishMandateCheck, MandateCheck, Role.VISITOR)
LIST_MANDATE_CHECKS = query(ROOM, "list_mandate_checks", ListMandateChecks, MandateChecks, Role.COMPANY, *STAFF)

OPERATIONS: tuple[Operation, ...] = (
    GET_REGISTER_DATA,
    GET_REGISTER_ANSWER,
    FETCH_REGISTER_DATA,
    SEARCH_BUSINESS_REGISTER,
    REPORT_DISAGREEMENT,
    SETTLE_DISAGREEMENT,
    LIST_DISAGREEMENTS,
    BEGIN_MANDATE_CHECK,
    FINISH_MANDATE_CHECK,
    LIST_MANDATE_CHECKS,
)
