"""Files in pieces, for large ones over a line that breaks: tus 1.0 (https://tus.io/protocols/resumable-upload),
with creation, checksum, expiration and termination.

The upload begins with what it will be (`Upload-Metadata`: subject, kind, rule, filename), and the piece that makes
it whole makes it a document, exactly as a plain upload would: `Document-Id` names it. A sender that lost that
answer asks again with HEAD, or sends an empty piece at the end.
"""

from __future__ import annotations

import base64
import binascii
import os
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from flask import Response, current_app, request
from werkzeug.exceptions import ClientDisconnected

from services.gateway import policy, uploads
from services.gateway.api.desk import PREFIX, Desk
from services.gateway.attachment_rules import limits_for
from services.gateway.errors import NotThisType, OtherTusVersion, UploadIncomplete, UploadLengthMissing
from services.gateway.errors import UploadWordsUnclear as Unclear
from services.gateway.identity import current_asker, use_idempotency_key
from services.gateway.settings import Settings
from shared.blobs import TooLarge, megabytes
from shared.contracts.documents import GET_DOCUMENT, STORE_DOCUMENT
from shared.errors import Invalid
from shared.pieces import CHECKSUMS, Checksum, Piecemeal, Pieces, in_chunks

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
EXTENSIONS = "creation,checksum,expiration,termination"
METADATA_MOST = 4000  # characters
KINDS = ("attachment", "invoice")
DOCUMENT = "Document-Id"

desk = Desk("resumable", "Uploads in pieces (tus 1.0)", keys=False)  # a piece is named by its offset


def _header(name: str, description: str, *, required: bool = True) -> dict[str, Any]:
    return {
        "in": "header",
        "name": name,
        "required": required,
        "schema": {"type": "string"},
        "description": description,
    }


SPOKEN = _header("Tus-Resumable", "The version of the protocol: 1.0.0")
BEGINNING = [
    SPOKEN,
    _header("Upload-Length", "Bytes of the whole file"),
    _header("Upload-Metadata", "subject, kind, rule and filename, each with its value in base64, `,` between them"),
]
PIECES = [
    SPOKEN,
    _header("Upload-Offset", "Bytes that have come before this piece"),
    _header("Upload-Checksum", "`sha256` or `sha1` and the digest of this piece in base64", required=False),
]


@desk.route("/uploads", methods=["OPTIONS"])
@policy.open_to_all()
def what_uploads_can() -> Response:
    """What this end of the protocol can do"""
    settings: Settings = current_app.extensions["settings"]
    can = {"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": str(settings.upload_most)}
    return _answer(204, can | {"Tus-Checksum-Algorithm": ",".join(CHECKSUMS)})


@desk.route("/uploads", methods=["POST"])
@desk.doc(parameters=BEGINNING)
@desk.response(201)
@policy.asks(STORE_DOCUMENT, also=uploads.ASKED)
def begin_upload() -> Response:
    """Begin an upload for one's own application or claim

    `Upload-Length` in bytes and `Upload-Metadata` (subject, kind, rule, filename). Limits are those of the call for
    that kind of attachment, looked at before a byte is sent. `Location` is where the pieces go.
    """
    _must_speak_our_version()
    settings: Settings = current_app.extensions["settings"]
    length, told = _length(), _metadata()
    subject, kind = told.get("subject", ""), told.get("kind", "attachment")
    if kind not in KINDS or not told.get("filename"):
        raise Unclear
    case = uploads.case_of(subject)
    limits = limits_for(case, told.get("rule", ""), settings.upload_most)
    if length > limits.most:
        raise TooLarge(most=megabytes(limits.most))
    name = os.path.basename(told["filename"].replace("\\", "/"))[:255]
    facts = {"subject": subject, "kind": kind, "rule": told.get("rule", ""), "file_name": name or "tiedosto"}
    begun = _pieces().begin(_owner(), length, facts, _now())
    return _answer(201, _expiry(begun) | {"Location": f"{PREFIX}/uploads/{begun.upload_id}", "Upload-Offset": "0"})


@desk.route("/uploads/<upload_id>", methods=["HEAD"])
@policy.asks(STORE_DOCUMENT)
def how_far(upload_id: str) -> Response:
    """How much of the upload has come"""
    upload = _pieces().look(upload_id, _owner(), _now())
    return _answer(200, _standing(upload) | {"Upload-Length": str(upload.length)})


@desk.route("/uploads/<upload_id>", methods=["PATCH"])
@desk.doc(parameters=PIECES)
@desk.response(204)
@policy.asks(STORE_DOCUMENT, also=(*uploads.ASKED, GET_DOCUMENT))
def add_piece(upload_id: str) -> Response:
    """Send the next piece

    It begins where the last one ended (`Upload-Offset`, else 409). With `Upload-Checksum` a piece that differs is not
    kept (460). The piece that makes the upload whole makes it a document: `Document-Id`.
    """
    _must_speak_our_version()
    if request.mimetype != PIECE:
        raise NotThisType(media_type=request.mimetype or "none")
    settings: Settings = current_app.extensions["settings"]
    request.max_content_length = settings.upload_most
    pieces, offset, checksum = _pieces(), _offset(), _checksum()
    upload = pieces.look(upload_id, _owner(), _now())
    if not upload.result:
        try:
            upload = pieces.add(upload_id, _owner(), offset, in_chunks(request.stream), _now(), checksum)
        except (ClientDisconnected, OSError) as broken:  # the sender is gone; what came is kept, and asked for by HEAD
            raise UploadIncomplete from broken
        if upload.whole:
            upload = _document_of(pieces, upload)
    return _answer(204, _standing(upload))


@desk.route("/uploads/<upload_id>", methods=["DELETE"])
@desk.doc(parameters=[SPOKEN])
@desk.response(204)
@policy.asks(STORE_DOCUMENT)
def give_up_upload(upload_id: str) -> Response:
    """Forget an upload that will not be finished. A document that has become of it stays."""
    _must_speak_our_version()
    pieces = _pieces()
    upload = pieces.look(upload_id, _owner(), _now())
    pieces.drop(upload.upload_id)
    return _answer(204, {})


def _document_of(pieces: Pieces, upload: Piecemeal) -> Piecemeal:
    """The same key each time: a sender that lost the answer, or met a room that was away, gets one document.

    A file that the room refuses is forgotten at once, for it would be refused again. Any other refusal leaves the
    bytes to be swept: an answer may have been lost before, and they are a document's.
    """
    use_idempotency_key(f"upload-{upload.upload_id}")
    facts = upload.facts
    case = uploads.case_of(facts["subject"])
    settings: Settings = current_app.extensions["settings"]
    formats = limits_for(case, facts["rule"], settings.upload_most).formats
    blob = pieces.finish(upload)
    try:
        document = uploads.store(blob, facts["subject"], case, facts["kind"], facts["file_name"], formats)
    except Invalid as refusal:
        if refusal.faults:
            pieces.drop(upload.upload_id, with_blob=True)
        raise
    pieces.done(upload, {"document_id": document["document_id"]})
    return pieces.look(upload.upload_id, _owner(), _now())


def _standing(upload: Piecemeal) -> dict[str, str]:
    said = {"Upload-Offset": str(upload.offset)} | _expiry(upload)
    return said | ({DOCUMENT: upload.result["document_id"]} if upload.result else {})


def _expiry(upload: Piecemeal) -> dict[str, str]:
    return {"Upload-Expires": format_datetime(upload.expires_at.astimezone(UTC), usegmt=True)}


def _answer(status: int, headers: dict[str, str]) -> Response:
    return Response(status=status, headers={"Tus-Resumable": VERSION, "Cache-Control": "no-store", **headers})


def _pieces() -> Pieces:
    settings: Settings = current_app.extensions["settings"]
    return Pieces(settings.blob_dir)


def _owner() -> str:
    """The person, acting for this company: in another capacity it is somebody else's upload."""
    asker = current_asker()
    return f"{asker.person}/{asker.business_id}"


def _now() -> datetime:
    return datetime.now(UTC)


# ---- the words of the protocol ----


def _must_speak_our_version() -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise OtherTusVersion(supported=VERSION)


def _length() -> int:
    said = request.headers.get("Upload-Length", "")
    if not said:
        raise UploadLengthMissing
    return _whole_number(said, least=1)


def _offset() -> int:
    return _whole_number(request.headers.get("Upload-Offset", ""), least=0)


def _whole_number(said: str, *, least: int) -> int:
    if not (said.isascii() and said.isdigit() and len(said) <= 15) or int(said) < least:
        raise Unclear
    return int(said)


def _metadata() -> dict[str, str]:
    """`key base64,key base64`: texts in UTF-8 (tus 1.0, Upload-Metadata)."""
    said = request.headers.get("Upload-Metadata", "")
    if len(said) > METADATA_MOST:
        raise Unclear
    told = {}
    for pair in filter(None, (part.strip() for part in said.split(","))):
        key, _, value = pair.partition(" ")
        told[key] = _text(value)
    return told


def _text(value: str) -> str:
    try:
        text = base64.b64decode(value, validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise Unclear from error
    if any(ord(character) < 32 for character in text):
        raise Unclear
    return text


def _checksum() -> Checksum | None:
    """`sha256 base64` of this piece."""
    said = request.headers.get("Upload-Checksum")
    if said is None:
        return None
    algorithm, _, value = said.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise Unclear from error
    if algorithm not in CHECKSUMS or not digest:
        raise Unclear
    return Checksum(algorithm, digest)
