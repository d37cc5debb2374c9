"""Files: attachments, invoices and what was read off them, pages as pictures, letters checked by their code."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import EVERYONE, READS_CASES, Role
from shared.contracts.terms import Answer, Event, Fact, Operation, PageRequest, Request, command, query
from shared.fields import BusinessIdField, text

ROOM = "documents"

DOCUMENT_KINDS = ("attachment", "invoice", "letter", "filing", "payment_file", "bank_answer")
# "ours": written by the house itself, never scanned. "unscanned": there was no scanner when it came.
SCAN_STATES = ("ours", "unscanned", "waiting", "clean", "infected", "failed")
FIGURES = (
    "invoice_number",
    "invoice_date",
    "seller_name",
    "seller_vat_id",
    "net",
    "vat",
    "gross",
    "currency",
)
READING_STATES = ("waiting", "read", "unreadable")


class SameFile(Answer):
    """Another document with the same bytes, in this case or another one that the asker may see."""

    document_id = text(60)
    subject = text(80)
    business_id = BusinessIdField(required=True)
    file_name = text(255)
    stored_at = fields.AwareDateTime(required=True)


class Document(Answer):
    """`subject` is the case it belongs to ("application/A80655"). `sha256` in hex, `size` in bytes.

    `kind` filing is what the company sent, as the house wrote it down on paper. `scan` says whether the bytes may
    be opened: not while waiting, nor when infected (`finding` names what was found) or failed. `same_as` are the
    ids of `same_files`: a company is told of its own cases, an official of all cases of the authority.
    `may_be_scanned`: nobody has judged the file, and there is a scanner now (`scan_again`). `withheld`: an official's
    file whose message has not been sent; officials alone are told of it.
    """

    document_id = text(60)
    kind = fields.String(required=True, validate=validate.OneOf(DOCUMENT_KINDS))
    subject = text(80)
    business_id = BusinessIdField(required=True)
    authority = text(40)
    file_name = text(255)
    media_type = text(100)
    size = fields.Integer(required=True)
    sha256 = text(64)
    language = text(2, required=False, allow_none=True, load_default=None)
    stored_at = fields.AwareDateTime(required=True)
    stored_by = text(60)
    same_as = fields.List(text(60), required=True)
    same_files = fields.List(fields.Nested(SameFile), load_default=list)
    scan = fields.String(load_default="unscanned", validate=validate.OneOf(SCAN_STATES))
    finding = text(200, required=False, allow_none=True, load_default=None)
    may_be_scanned = fields.Boolean(load_default=False)
    withheld = fields.Boolean(load_default=False)


class OpenedDocument(Document):
    """`blob` is the key in the blob store; only the gateway sees it, to stream the bytes."""

    blob = text(200)


class Documents(Answer):
    items = fields.List(fields.Nested(Document), required=True)
    total = fields.Integer(required=True)


class StoreDocument(Request):
    """The gateway has put the bytes in the blob store under `blob`, counting and hashing them on the way.

    `subject`, `business_id` and `authority` come from the case the gateway has just read for the asker, and so
    does `formats`, names of file types that the call takes for such an attachment ("PDF"); empty takes all we keep.
    `withheld`: an official's file, shown to the company when the message that it goes with has been sent.
    """

    blob = text(200)
    kind = fields.String(required=True, validate=validate.OneOf(("attachment", "invoice")))
    subject = text(80)
    business_id = BusinessIdField(required=True)
    authority = text(40)
    file_name = text(255)
    size = fields.Integer(required=True, validate=validate.Range(min=0))
    sha256 = text(64)
    formats = fields.List(text(20), load_default=list)
    withheld = fields.Boolean(load_default=False)


class OneDocument(Request):
    document_id = text(60)


class ListDocuments(PageRequest):
    subject = text(80)


class FigureRead(Answer):
    """One figure off the page: `confidence` in whole percent; `box` x0, top, x1, bottom in PDF points."""

    value = text(300)
    confidence = fields.Integer(required=True, validate=validate.Range(min=0, max=100))
    page = fields.Integer(required=True)
    box = fields.List(fields.Float(), required=True)
    why = text(60, least=0)


class Reading(Answer):
    """`state` waiting, read or unreadable (then `reason`, a stable code). Money figures as "1234.50"."""

    document_id = text(60)
    state = fields.String(required=True, validate=validate.OneOf(READING_STATES))
    reason = text(60, required=False, allow_none=True, load_default=None)
    pages = fields.Integer(load_default=0)
    figures = fields.Dict(
        keys=fields.String(validate=validate.OneOf(FIGURES)), values=fields.Nested(FigureRead), required=True
    )


class PagePicture(Request):
    document_id = text(60)
    page = fields.Integer(required=True, validate=validate.Range(min=1, max=500))


class Picture(Answer):
    """A page as PNG in the blob store; width and height in PDF points for placing marks."""

    blob = text(200)
    width = fields.Float(required=True)
    height = fields.Float(required=True)


class CheckLetter(Request):
    """The check code printed on every page of a letter; small letters and missing dashes do."""

    check_code = text(40)


class CheckedLetter(Answer):
    """What anybody holding a letter may compare it with. `letter` is a kind of letter (`letters.LETTER_KINDS`);
    `digest` of the decision's data, `sha256` of the file (null until it is printed), in hex. `translation` says
    that it is an official translation of a letter in another language.
    """

    check_code = text(40)
    letter = text(40)
    number = text(40)
    subject = text(80)
    authority = text(40)
    language = text(2)
    decided_at = fields.AwareDateTime(required=True)
    digest = text(64)
    sha256 = text(64, allow_none=True)
    translation = fields.Boolean(load_default=False)


class DocumentStoredV1(Fact):
    """`withheld`: an official's file whose message has not been sent; its company is not shown the fact either."""

    document_id = text(60)
    kind = text(20)
    subject = text(80)
    business_id = BusinessIdField(required=True)
    authority = text(40)
    sha256 = text(64)
    size = fields.Integer(required=True)
    scan = text(20, required=False, load_default="unscanned")
    withheld = fields.Boolean(load_default=False)


class InvoiceReadV1(Fact):
    """That a document was read, not what was read: figures stay in the room until a person confirms them."""

    document_id = text(60)
    state = text(20)
    reason = text(60, allow_none=True)


class LetterWrittenV1(Fact):
    """`act`: which of the case's acts the letter tells of, where it is a later one than the decision itself.

    A `translation` is of a letter written before: it is not the decision's service, and starts no time anew.
    """

    document_id = text(60)
    subject = text(80)
    letter = text(40)
    act = fields.Integer(required=False, allow_none=True, load_default=None)
    language = text(2)
    business_id = BusinessIdField(required=True)
    authority = text(40)
    sha256 = text(64)
    translation = fields.Boolean(load_default=False)


def _event(name: str, schema: type[Fact]) -> Event:
    return Event(room=ROOM, name=name, version=1, subject="document", schema=schema)


DOCUMENT_STORED = _event("document_stored", DocumentStoredV1)
INVOICE_READ = _event("invoice_read", InvoiceReadV1)
LETTER_WRITTEN = _event("letter_written", LetterWrittenV1)

EVENTS: tuple[Event, ...] = (DOCUMENT_STORED, INVOICE_READ, LETTER_WRITTEN)

# An official stores what came on paper, or what another authority sent.
STORE_DOCUMENT = command(ROOM, "store_document", StoreDocument, Document, Role.COMPANY, Role.HANDLER)
GET_DOCUMENT = query(ROOM, "get_document", OneDocument, Document, Role.COMPANY, *READS_CASES)
# To know of a file and to open it are two things: this one is refused until the file has been scanned.
OPEN_DOCUMENT = query(ROOM, "open_document", OneDocument, OpenedDocument, Role.COMPANY, *READS_CASES)
LIST_DOCUMENTS = query(ROOM, "list_documents", ListDocuments, Documents, Role.COMPANY, *READS_CASES)
GET_READING = query(ROOM, "get_reading", OneDocument, Reading, Role.COMPANY, *READS_CASES)
CHECK_LETTER = query(ROOM, "check_letter", CheckLetter, CheckedLetter, *EVERYONE)
GET_PAGE_PICTURE = query(ROOM, "get_page_picture", PagePicture, Picture, Role.COMPANY, *READS_CASES)

OPERATIONS: tuple[Operation, ...] = (
    STORE_DOCUMENT,
    GET_DOCUMENT,
    OPEN_DOCUMENT,
    LIST_DOCUMENTS,
    GET_READING,
    GET_PAGE_PICTURE,
    CHECK_LETTER,
)
