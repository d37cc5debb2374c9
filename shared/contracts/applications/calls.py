"""Calls for applications, and the authority to grant that they draw on."""

from __future__ import annotations

from marshmallow import RAISE, fields, validate

from shared.asker import EVERYONE, STAFF, Role
from shared.contracts.applications.codes import COST_CATEGORIES, COST_MODELS, FUNDS, ROOM
from shared.contracts.applications.definitions import FILE_FORMATS, FormDefinition, ShownSection
from shared.contracts.applications.selection import SelectionTerms
from shared.contracts.terms import Answer, Event, Operation, PageRequest, Request, command, query
from shared.fields import MoneyField, RateField, text, three_languages


class Indicator(Answer):
    code = text(20)
    names = three_languages(required=True)
    unit = text(40)


class AttachmentRule(Answer):
    """`required_when` is a condition of the form's language; it makes a file needed that `required` does not.

    `formats` empty allows all that are taken at all; `most_bytes` narrows what is taken at all.
    """

    kind = text(40)
    names = three_languages(required=True)
    required = fields.Boolean(required=True)
    required_when = fields.Dict(load_default=None, allow_none=True)
    formats = fields.List(
        fields.String(validate=validate.OneOf(FILE_FORMATS)), load_default=list, validate=validate.Length(max=7)
    )
    most_bytes = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1))
    help = three_languages(600, load_default=dict)


class Call(Answer):
    """A call for applications. Amounts in euros as text; `opens_at` ≤ now < `closes_at` means open.

    `conditions` are those of every grant of the call; another one is to the applicant's harm (HL 434/2003 34 §).
    """

    call_id = text(40)
    names = three_languages(required=True)
    summary = three_languages(2000, required=True)
    fund = fields.String(required=True, validate=validate.OneOf(FUNDS))
    programme = text(40)
    priority = text(20)
    specific_objective = text(20)
    authority = text(40)
    regions = fields.List(text(10), required=True, validate=validate.Length(min=1))
    opens_at = fields.AwareDateTime(required=True)
    closes_at = fields.AwareDateTime(required=True)
    period_first = fields.Date(required=True)
    period_last = fields.Date(required=True)
    cost_model = fields.String(required=True, validate=validate.OneOf(COST_MODELS))
    categories = fields.List(
        fields.String(validate=validate.OneOf(COST_CATEGORIES)),
        required=True,
        validate=validate.Length(min=1),
    )
    aid_rate = RateField(required=True)
    aid_least = MoneyField(required=True)
    aid_most = MoneyField(required=True)
    eu_share = RateField(required=True)
    budget_year = fields.Integer(required=True)
    legal_basis = fields.List(text(200), required=True)
    indicators = fields.List(fields.Nested(Indicator), required=True)
    attachments = fields.List(fields.Nested(AttachmentRule), required=True)
    form = fields.Nested(FormDefinition, load_default=None, allow_none=True)
    selection = fields.Nested(SelectionTerms, load_default=None, allow_none=True)
    conditions = fields.List(three_languages(1000), load_default=list, validate=validate.Length(max=30))


class CallAnswer(Call):
    """`stage` is upcoming, open or closed at the moment of asking.

    `form` is as it was published (none: the standard form), `sections` the form that people fill in.
    """

    stage = fields.String(required=True)
    sections = fields.List(fields.Nested(ShownSection), load_default=list)


class ListCalls(PageRequest):
    stage = fields.String(load_default="", validate=validate.OneOf(("", "upcoming", "open", "closed")))
    search = text(100, required=False, least=0, load_default="")


class CallsAnswer(Answer):
    items = fields.List(fields.Nested(CallAnswer), required=True)
    total = fields.Integer(required=True)


class OneCall(Request):
    call_id = text(40)


class PublishCall(Call, Request):
    """Everything of a call; the same call_id again with other content is refused once applications exist."""

    class Meta:
        unknown = RAISE


class GrantAuthority(Request):
    """Authority to grant (myöntövaltuus) for one fund, priority, authority and budget year, in euros."""

    authority = text(40)
    fund = fields.String(required=True, validate=validate.OneOf(FUNDS))
    priority = text(20)
    budget_year = fields.Integer(required=True)
    amount = MoneyField(required=True)


class Envelope(Answer):
    """`reserved` is bound by decisions; `free` = `amount` − `reserved`, never below zero."""

    envelope_id = text(60)
    authority = text(40)
    fund = text(20)
    priority = text(20)
    budget_year = fields.Integer(required=True)
    amount = MoneyField(required=True)
    reserved = MoneyField(required=True)
    free = MoneyField(required=True)


class Envelopes(Answer):
    items = fields.List(fields.Nested(Envelope), required=True)
    total = fields.Integer(required=True)


EVENTS: tuple[Event, ...] = ()

LIST_CALLS = query(ROOM, "list_calls", ListCalls, CallsAnswer, *EVERYONE)
GET_CALL = query(ROOM, "get_call", OneCall, CallAnswer, *EVERYONE)
PUBLISH_CALL = command(ROOM, "publish_call", PublishCall, CallAnswer, Role.OPERATOR)
GRANT_AUTHORITY = command(ROOM, "grant_authority", GrantAuthority, Envelope, Role.OPERATOR)
LIST_ENVELOPES = query(ROOM, "list_envelopes", PageRequest, Envelopes, *STAFF)

OPERATIONS: tuple[Operation, ...] = (
    LIST_CALLS,
    GET_CALL,
    PUBLISH_CALL,
    GRANT_AUTHORITY,
    LIST_ENVELOPES,
)
