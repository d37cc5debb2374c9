"""Forms: sums while typing, versions of a draft, sign-off by another person, cloning, paper filing."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import STAFF, Role
from shared.contracts.applications.codes import CASE_NUMBER, ROOM, case_event
from shared.contracts.applications.core import ActOnApplication, Application, Arrival, OneApplication, Receipt, Totals
from shared.contracts.terms import Answer, Event, Fact, Nothing, Operation, Request, command, query
from shared.fields import LANGUAGES, BusinessIdField, text, three_languages

VERSION_DEEDS = ("draft", "copied", "filed", "completed")
CHANGES = ("changed", "row_added", "row_removed")
CHANNELS = ("paper", "email")


# ---- sums and conditions while typing ----


class CountDraft(Request):
    """The answers as typed so far, not saved. Nothing changes."""

    number = CASE_NUMBER
    answers = fields.Dict(required=True)


class Counted(Answer):
    """`hidden` are the questions not asked with these answers; `sums` of the columns that the form adds up,
    by "table.column", in euros or as plain numbers."""

    totals = fields.Nested(Totals, required=True)
    hidden = fields.List(text(20), required=True)
    required_kinds = fields.List(text(40), required=True)
    sums = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


# ---- versions ----


class DraftVersion(Answer):
    """One version of the answers: who saved from `since` to `at`, what deed made it, which keys changed.

    Saves of one person within some minutes are one version. `place` counts from 1.
    """

    place = fields.Integer(required=True)
    deed = fields.String(required=True, validate=validate.OneOf(VERSION_DEEDS))
    by = text(60)
    since = fields.AwareDateTime(required=True)
    at = fields.AwareDateTime(required=True)
    keys = fields.List(text(20), required=True)


class DraftVersions(Answer):
    """Newest first. Officials see what was filed and what came after it."""

    items = fields.List(fields.Nested(DraftVersion), required=True)
    total = fields.Integer(required=True)


class CompareVersions(Request):
    """Two places of `list_versions`; `first` 0 is the empty form."""

    number = CASE_NUMBER
    first = fields.Integer(required=True, validate=validate.Range(min=0, max=1_000_000))
    second = fields.Integer(required=True, validate=validate.Range(min=1, max=1_000_000))


class AnswerDifference(Answer):
    """One answer that differs. `row_was` and `row_is` are places of a repeated row, from 0; none: not in that version.

    Of an attachment the key is "attachments", the column its kind, the values file names.
    """

    key = text(20)
    column = text(40, required=False, least=0, load_default="")
    row_was = fields.Integer(required=True, allow_none=True)
    row_is = fields.Integer(required=True, allow_none=True)
    kind = fields.String(required=True, validate=validate.OneOf(CHANGES))
    old = text(20_000, least=0)
    new = text(20_000, least=0)


class VersionComparison(Answer):
    number = CASE_NUMBER
    first = fields.Nested(DraftVersion, required=True, allow_none=True)
    second = fields.Nested(DraftVersion, required=True)
    differences = fields.List(fields.Nested(AnswerDifference), required=True)


# ---- copying an earlier application ----


class CloneApplication(Request):
    """A new draft in an open call with what its form knows of an earlier application's answers.

    `undertaking_name` and `register` come from the customer register, by the gateway.
    """

    number = CASE_NUMBER
    call_id = text(40)
    undertaking_name = text(200)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    register = fields.Dict(keys=fields.String(), values=text(200, least=0), load_default=dict)


class LeftOut(Answer):
    """What was not copied: `why` is not_asked, not_an_option, not_in_call, attachment, from_register."""

    key = text(20)
    why = text(20)
    value = text(300, least=0)


class Cloned(Answer):
    number = CASE_NUMBER
    version = fields.Integer(required=True)
    copied_from = text(40)
    left_out = fields.List(fields.Nested(LeftOut), required=True)


# ---- sign-off ----


class AskForSignature(ActOnApplication):
    """Lock the draft and leave it for another person with the right to sign."""

    note = text(2000, required=False, least=0, load_default="")


class ReturnUnsigned(ActOnApplication):
    """The one asked to sign sends the draft back instead, with a note."""

    note = text(2000)


class DemandSecondSignature(ActOnApplication):
    """Whether two persons are needed to file this application. Who demanded it cannot alone take it away."""

    demanded = fields.Boolean(required=True)


class TakeOverDraft(Request):
    """Answer for a draft from now on, in the place of `before` (nobody, when that person has left)."""

    number = CASE_NUMBER
    before = text(60, allow_none=True)


class Drafting(Answer):
    """What goes with a draft: where it was copied from, whether two must sign, who waits for whose signature.

    `responsible` answers for it within the company; nobody when `left_by`, who did, acts for the company no more.

    `registered` are the questions that the customer register has answered. Two must sign when somebody has demanded
    it of this application, or the company of all (`company_demands`).
    """

    number = CASE_NUMBER
    version = fields.Integer(required=True)
    state = text(30)
    copied_from = text(40, required=False, allow_none=True, load_default=None)
    left_out = fields.List(fields.Nested(LeftOut), required=True)
    demanded_by = text(60, required=False, allow_none=True, load_default=None)
    demanded_at = fields.AwareDateTime(load_default=None, allow_none=True)
    asked_by = text(60, required=False, allow_none=True, load_default=None)
    asked_at = fields.AwareDateTime(load_default=None, allow_none=True)
    ask_note = text(2000, least=0, required=False, load_default="")
    returned_by = text(60, required=False, allow_none=True, load_default=None)
    returned_at = fields.AwareDateTime(load_default=None, allow_none=True)
    return_note = text(2000, least=0, required=False, load_default="")
    prepared_by = fields.List(text(60), required=True)
    registered = fields.List(text(20), required=True)
    company_demands = fields.Boolean(required=True)
    responsible = text(60, required=False, allow_none=True, load_default=None)
    responsible_since = fields.AwareDateTime(load_default=None, allow_none=True)
    left_by = text(60, required=False, allow_none=True, load_default=None)


class LeftDraft(Answer):
    """A draft whose responsible person, `left_by`, acts for the company no more."""

    number = CASE_NUMBER
    title = text(300, least=0)
    call_names = three_languages(required=True)
    closes_at = fields.AwareDateTime(required=True)
    left_by = text(60)


class LeftDrafts(Answer):
    """Of the asker's company, the one whose call closes first before the others; a hundred at most."""

    items = fields.List(fields.Nested(LeftDraft), required=True)


# ---- what came on paper or by e-mail ----


class EnterPaper(Request):
    """An official begins to type in an application that came on paper or by e-mail.

    `arrived_at` decides whether it was in time, not the moment of typing (HL 434/2003 18 and 20 §; IR 1011/2014
    art. 10(5)). `reason` says why it did not come through the service.
    """

    call_id = text(40)
    business_id = BusinessIdField(required=True)
    undertaking_name = text(200)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    channel = fields.String(required=True, validate=validate.OneOf(CHANNELS))
    arrived_at = fields.AwareDateTime(required=True)
    reason = text(2000)
    register = fields.Dict(keys=fields.String(), values=text(200, least=0), load_default=dict)


class FilePaper(ActOnApplication):
    """`with_gaps`: also when something is missing that the applicant can be asked for after the filing."""

    with_gaps = fields.Boolean(load_default=False)


class PaperRow(Answer):
    number = CASE_NUMBER
    call_names = three_languages(required=True)
    business_id = BusinessIdField(required=True)
    undertaking_name = text(200)
    title = text(300, least=0)
    arrival = fields.Nested(Arrival, required=True)


class Papers(Answer):
    """What the asker's authority has begun to type in and not filed yet, oldest arrival first."""

    items = fields.List(fields.Nested(PaperRow), required=True)
    total = fields.Integer(required=True)


# ---- what happens to a draft among the company's people ----


class DraftFact(Fact):
    """`application` is an unfiled one, which is nobody's case yet. `ends_at` is when its call closes."""

    application = text(40)
    business_id = BusinessIdField(required=True)
    authority = text(40)
    ends_at = fields.AwareDateTime(required=True)


class SignatureAskedV1(DraftFact):
    """Any other person who may sign for the company is asked."""

    asked_by = text(60)


class SignatureGivenV1(DraftFact):
    """The one who signed has filed the application in the same moment."""

    asked_by = text(60)
    given_by = text(60)


class SignatureDeclinedV1(DraftFact):
    """The draft was sent back unsigned; the note stays with the draft."""

    asked_by = text(60)
    declined_by = text(60)


class SignatureWithdrawnV1(DraftFact):
    """Nobody's signature is waited for any more: the request was taken back, or who had asked left the company."""

    asked_by = text(60)
    why = fields.String(required=True, validate=validate.OneOf(("taken_back", "asker_left")))


class DraftReassignedV1(DraftFact):
    """Who answers for the draft within the company: `now`, or nobody until somebody takes it; `before` no more."""

    before = text(60, allow_none=True)
    now = text(60, allow_none=True)
    why = fields.String(required=True, validate=validate.OneOf(("left", "taken_over")))


SIGNATURE_ASKED = case_event("signature_asked", SignatureAskedV1)
SIGNATURE_GIVEN = case_event("signature_given", SignatureGivenV1)
SIGNATURE_DECLINED = case_event("signature_declined", SignatureDeclinedV1)
SIGNATURE_WITHDRAWN = case_event("signature_withdrawn", SignatureWithdrawnV1)
DRAFT_REASSIGNED = case_event("draft_reassigned", DraftReassignedV1)

EVENTS: tuple[Event, ...] = (
    SIGNATURE_ASKED,
    SIGNATURE_GIVEN,
    SIGNATURE_DECLINED,
    SIGNATURE_WITHDRAWN,
    DRAFT_REASSIGNED,
)

COUNT_DRAFT = query(ROOM, "count_draft", CountDraft, Counted, Role.COMPANY, Role.HANDLER)
_READERS = STAFF - {Role.OPERATOR}  # an operator's work needs no case's content

LIST_VERSIONS = query(ROOM, "list_versions", OneApplication, DraftVersions, Role.COMPANY, *_READERS)
COMPARE_VERSIONS = query(ROOM, "compare_versions", CompareVersions, VersionComparison, Role.COMPANY, *_READERS)
CLONE_APPLICATION = command(ROOM, "clone_application", CloneApplication, Cloned, Role.COMPANY)
GET_DRAFTING = query(ROOM, "get_drafting", OneApplication, Drafting, Role.COMPANY, Role.HANDLER)
ASK_FOR_SIGNATURE = command(ROOM, "ask_for_signature", AskForSignature, Drafting, Role.COMPANY)
TAKE_BACK_REQUEST = command(ROOM, "take_back_request", ActOnApplication, Drafting, Role.COMPANY)
RETURN_UNSIGNED = command(ROOM, "return_unsigned", ReturnUnsigned, Drafting, Role.COMPANY, signed=True)
DEMAND_SECOND_SIGNATURE = command(
    ROOM, "demand_second_signature", DemandSecondSignature, Drafting, Role.COMPANY, signed=True
)
TAKE_OVER_DRAFT = command(ROOM, "take_over_draft", TakeOverDraft, Drafting, Role.COMPANY)
LIST_LEFT_DRAFTS = query(ROOM, "list_left_drafts", Nothing, LeftDrafts, Role.COMPANY)
ENTER_PAPER = command(ROOM, "enter_paper", EnterPaper, Application, Role.HANDLER)
FILE_PAPER = command(ROOM, "file_paper", FilePaper, Receipt, Role.HANDLER)
LIST_PAPERS = query(ROOM, "list_papers", Nothing, Papers, Role.HANDLER)

OPERATIONS: tuple[Operation, ...] = (
    COUNT_DRAFT,
    LIST_VERSIONS,
    COMPARE_VERSIONS,
    CLONE_APPLICATION,
    GET_DRAFTING,
    ASK_FOR_SIGNATURE,
    TAKE_BACK_REQUEST,
    RETURN_UNSIGNED,
    DEMAND_SECOND_SIGNATURE,
    TAKE_OVER_DRAFT,
    LIST_LEFT_DRAFTS,
    ENTER_PAPER,
    FILE_PAPER,
    LIST_PAPERS,
)
