"""Scanning for viruses: what a scan came to, and asking for another."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import Role
from shared.contracts.documents.core import ROOM, SCAN_STATES, Document, OneDocument
from shared.contracts.terms import Answer, Event, Fact, Nothing, Operation, command, query
from shared.fields import BusinessIdField, text


class DocumentScannedV1(Fact):
    """`state` clean, infected or failed. `finding` is the scanner's name for what it found, or why it gave up.

    An infected file is kept as evidence, and nobody can open it. `by_official`: not the company's file,
    and `withheld`: not shown to it yet.
    """

    document_id = text(60)
    subject = text(80)
    business_id = BusinessIdField(required=True)
    authority = text(40)
    sha256 = text(64)
    state = fields.String(required=True, validate=validate.OneOf(SCAN_STATES))
    finding = text(200, required=False, allow_none=True, load_default=None)
    by_official = fields.Boolean(load_default=False)
    withheld = fields.Boolean(load_default=False)


DOCUMENT_SCANNED = Event(room=ROOM, name="document_scanned", version=1, subject="document", schema=DocumentScannedV1)

EVENTS: tuple[Event, ...] = (DOCUMENT_SCANNED,)


class UnjudgedFiles(Answer):
    """How many files no scanner has judged: `unscanned` came while there was none, `failed` when it did not answer.

    `scanner`: whether there is one now.
    """

    unscanned = fields.Integer(required=True)
    failed = fields.Integer(required=True)
    scanner = fields.Boolean(required=True)


# Only for a file whose scan failed, or that came while there was no scanner: a verdict is not asked for twice.
SCAN_AGAIN = command(ROOM, "scan_again", OneDocument, Document, Role.HANDLER, Role.VERIFIER, Role.OPERATOR)

COUNT_UNJUDGED = query(ROOM, "count_unjudged", Nothing, UnjudgedFiles, Role.OPERATOR)
SCAN_UNJUDGED = command(ROOM, "scan_unjudged", Nothing, UnjudgedFiles, Role.OPERATOR)

OPERATIONS: tuple[Operation, ...] = (SCAN_AGAIN, COUNT_UNJUDGED, SCAN_UNJUDGED)
