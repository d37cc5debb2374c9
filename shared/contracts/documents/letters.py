"""Letters of a case: which there are, when they count as served, and the same letter in another language."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import EVERYONE, READS_CASES, Role
from shared.contracts.documents.core import ROOM, CheckedLetter
from shared.contracts.terms import Answer, Event, Fact, Operation, Request, command, query
from shared.fields import LANGUAGES, BusinessIdField, text

LETTER_KINDS = (
    "grant_awarded",
    "grant_refused",
    "left_unexamined",
    "lapsed",
    "payment_decided",
    "correction",
    "amendment",
    "tranche",
    "cancellation",
    "closure",
    "review_decision",
    "completion_request",
    "hearing",
    "filing",
    "completion_filed",
)

_language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))


class Service(Answer):
    """When a decision sent that day counts as served, by each way, and when the time for review has run out.

    `last_day` is the last day to seek review and `final_on` the day after, when the decision becomes final if
    nobody has sought it.
    """

    way = fields.String(required=True, validate=validate.OneOf(("electronic", "letter")))
    sent_on = fields.Date(required=True)
    served_on = fields.Date(required=True)
    last_day = fields.Date(required=True)
    final_on = fields.Date(required=True)


class LetterRow(Answer):
    """`document_id` and `sha256` are null until it is printed. `translation_of` is the letter it translates.

    `asked_in` are languages in which the party has asked for it and no official has written it yet. `review` is
    null for what no review can be sought against.
    """

    letter_id = text(80)
    letter = fields.String(required=True, validate=validate.OneOf(LETTER_KINDS))
    subject = text(80)
    number = text(40)
    language = text(2)
    decided_at = fields.AwareDateTime(required=True)
    check_code = text(40)
    digest = text(64)
    document_id = text(60, allow_none=True)
    file_name = text(255)
    sha256 = text(64, allow_none=True)
    translation_of = text(80, allow_none=True)
    asked_in = fields.List(text(2), required=True)
    review = fields.List(fields.Nested(Service), required=True)


class LettersOfCase(Request):
    """`number` of the application: its own letters and those of its claims."""

    number = text(40)


class Letters(Answer):
    items = fields.List(fields.Nested(LetterRow), required=True)
    total = fields.Integer(required=True)


class OneLetter(Request):
    letter_id = text(80)


class LetterToTranslate(LetterRow):
    """`texts` are what people wrote in it, by name: an official writes each of them in the other language."""

    texts = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


class TranslateLetter(Request):
    """`texts` has a translation for every text of the letter (`LetterToTranslate.texts`), under the same names."""

    letter_id = text(80)
    language = _language
    texts = fields.Dict(keys=text(80), values=text(10_000), required=True)


class AskLetterIn(Request):
    """The party wants the letter officially in the other language (kielilaki 423/2003 20 §)."""

    letter_id = text(80)
    language = _language


class ArchivedLetter(Answer):
    """The letter's metadata for the archive, as they are set into the file too. `seal` is SHA-256 over both."""

    document_id = text(60)
    metadata = fields.Dict(required=True)
    sha256 = text(64)
    seal = text(64)


class ArchivedDocument(Request):
    document_id = text(60)


class CheckFile(Request):
    """SHA-256 of a file in hex, as the one who holds the file has computed it."""

    sha256 = fields.String(required=True, validate=validate.Regexp(r"\A[0-9a-fA-F]{64}\Z", error="not_a_digest"))


class TranslationAskedV1(Fact):
    letter_id = text(80)
    number = text(40)
    subject = text(80)
    language = text(2)
    business_id = BusinessIdField(required=True)
    authority = text(40)


TRANSLATION_ASKED = Event(room=ROOM, name="translation_asked", version=1, subject="letter", schema=TranslationAskedV1)

EVENTS: tuple[Event, ...] = (TRANSLATION_ASKED,)

LIST_LETTERS = query(ROOM, "list_letters", LettersOfCase, Letters, Role.COMPANY, *READS_CASES)
GET_LETTER = query(ROOM, "get_letter", OneLetter, LetterToTranslate, Role.COMPANY, *READS_CASES)
ASK_LETTER_IN = command(ROOM, "ask_letter_in", AskLetterIn, LetterRow, Role.COMPANY)
TRANSLATE_LETTER = command(ROOM, "translate_letter", TranslateLetter, LetterRow, Role.HANDLER, Role.DECISION_MAKER)
GET_ARCHIVED = query(ROOM, "get_archived", ArchivedDocument, ArchivedLetter, *READS_CASES)
CHECK_FILE = query(ROOM, "check_file", CheckFile, CheckedLetter, *EVERYONE)

OPERATIONS: tuple[Operation, ...] = (
    LIST_LETTERS,
    GET_LETTER,
    ASK_LETTER_IN,
    TRANSLATE_LETTER,
    GET_ARCHIVED,
    CHECK_FILE,
)
