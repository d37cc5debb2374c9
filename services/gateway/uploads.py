"""Files in and out, a chunk at a time: a file never lies whole in memory, whatever its sender says of its size."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from flask import Flask, Request, Response, current_app, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder, NeedData

from services.gateway import security
from services.gateway.attachment_rules import limits_for
from services.gateway.errors import NotMultipart, NotSuchSubject, NotXmlText, UploadIncomplete
from services.gateway.identity import current_asker, idempotency_key, use_idempotency_key
from services.gateway.rooms import ask
from services.gateway.settings import MEGABYTE, Settings
from shared.blobs import CHUNK, Blob, Blobs, TooLarge
from shared.contracts.applications import GET_APPLICATION
from shared.contracts.documents import STORE_DOCUMENT
from shared.contracts.payments import GET_CLAIM

View = TypeVar("View", bound=Callable[..., Any])

FORM_MOST = 64 * 1024  # bytes: all the small fields and headers around the file
PARTS_MOST = 20
SHOWN_IN_BROWSER = frozenset({"application/pdf", "image/png", "image/jpeg"})
CASES = {"application": (GET_APPLICATION, "number"), "claim": (GET_CLAIM, "claim_id")}

ASKED = (STORE_DOCUMENT, GET_APPLICATION, GET_CLAIM)


def prepare(app: Flask, settings: Settings) -> None:
    app.extensions["blobs"] = Blobs(settings.blob_dir)


def reads_stream(view: View) -> View:
    """Mark a view that reads its multipart form itself, by `Upload`: its form token is looked at there."""
    setattr(view, "reads_stream", True)  # noqa: B010  a function has no such attribute for the type checker
    return view


class Upload:
    """One multipart form with small fields first and one file last.

    `fields` and `file_name` are there at once; the file's bytes come off the wire by `store`, once.
    Raises NotMultipart, UploadIncomplete, security.CsrfMissing, or 413 when more is announced than may come.
    """

    def __init__(self, request: Request, most: int) -> None:
        boundary = request.mimetype_params.get("boundary", "")
        if request.mimetype != "multipart/form-data" or not boundary:
            raise NotMultipart
        request.max_content_length = most + FORM_MOST
        self._most = most
        self._events = _events(request, boundary)
        self.fields: dict[str, str] = {}
        self.file_name = self._read_up_to_file()
        security.check_form_token(self.fields.get(security.CSRF_FIELD))

    def take_at_most(self, most: int) -> None:
        """A narrower limit than the house's own, once it is known which file this is."""
        self._most = min(self._most, most)

    def store(self, blobs: Blobs) -> Blob:
        """Put the file on disk as it comes. Raises shared.blobs.TooLarge when more comes than may."""
        blob = blobs.put(self.chunks(), most=self._most)
        if any(isinstance(event, File) for event in self._events):
            raise UploadIncomplete
        return blob

    def text(self) -> str:
        """The file as text, for files small enough to hold. Raises shared.blobs.TooLarge or NotXmlText."""
        content = bytearray()
        for chunk in self.chunks():
            content += chunk
            if len(content) > self._most:
                raise TooLarge(most=self._most // MEGABYTE)
        return as_text(content)

    def read(self) -> bytes:
        """The file's bytes, for what is looked at and not kept as a file. 413 when more comes than may."""
        return b"".join(self.chunks())

    def _read_up_to_file(self) -> str:
        name, size = "", 0
        for event in self._events:
            if isinstance(event, File):
                return os.path.basename(event.filename.replace("\\", "/")) or "tiedosto"
            if isinstance(event, Field):
                name = event.name
            elif isinstance(event, Data):
                size += len(event.data)
                if size > FORM_MOST:
                    raise RequestEntityTooLarge
                self.fields[name] = self.fields.get(name, "") + event.data.decode("utf-8", "replace")
        raise UploadIncomplete

    def chunks(self) -> Iterator[bytes]:
        """The file's bytes as they come off the wire, once. 413 when more comes than may."""
        for event in self._events:
            if not isinstance(event, Data):
                raise UploadIncomplete
            yield event.data
            if not event.more_data:
                return


def _events(request: Request, boundary: str) -> Iterator[Event]:
    decoder = MultipartDecoder(boundary.encode(), max_form_memory_size=4 * CHUNK, max_parts=PARTS_MOST)
    try:
        while not isinstance(event := decoder.next_event(), Epilogue):
            if isinstance(event, NeedData):
                decoder.receive_data(request.stream.read(CHUNK) or None)
            else:
                yield event
    except ValueError as error:  # werkzeug's word for a form that broke off or is none
        raise UploadIncomplete from error


def receive_bank_answer() -> str:
    """The XML file of a bank's answer, out of a page's form; the view is marked by `reads_stream`."""
    settings: Settings = current_app.extensions["settings"]
    upload = Upload(request, settings.bank_answer_most)
    if idempotency_key() is None:
        use_idempotency_key(upload.fields.get("idempotency_key"))
    return upload.text()


def as_text(content: bytes | bytearray) -> str:
    """Bytes as UTF-8 text without its mark. Raises NotXmlText."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotXmlText from error


def receive_document(
    *, subject: str | None = None, kind: str | None = None, rule: str | None = None, withheld: bool = False
) -> dict[str, Any]:
    """Take in one file for a case of the asker's own; the document (contracts.documents.Document).

    `subject` ("application/A80655", "claim/M80412-1"), `kind` and `rule` come from the page, or from the form.
    `rule` is the kind of attachment that the call has rules for. `withheld`: the company sees it once it is sent.
    The view declares `policy.asks(STORE_DOCUMENT, also=uploads.ASKED)` and is marked by `reads_stream`.
    """
    settings: Settings = current_app.extensions["settings"]
    upload = Upload(request, settings.upload_most)
    if idempotency_key() is None:
        use_idempotency_key(upload.fields.get("idempotency_key"))
    about = subject or upload.fields.get("subject", "")
    case = case_of(about)
    limits = limits_for(case, rule or upload.fields.get("rule", ""), settings.upload_most)
    upload.take_at_most(limits.most)
    blob = _named_for_deed(upload.store(current_app.extensions["blobs"]))
    wanted = kind or upload.fields.get("kind", "attachment")
    withheld = withheld or upload.fields.get("withheld") == "1"
    return store(blob, about, case, wanted, upload.file_name, limits.formats, withheld=withheld)


def store(
    blob: Blob,
    subject: str,
    case: Mapping[str, Any],
    kind: str,
    file_name: str,
    formats: Sequence[str],
    *,
    withheld: bool = False,
) -> dict[str, Any]:
    """Tell the room of the bytes that lie in the blob store now."""
    return ask(
        STORE_DOCUMENT,
        blob=blob.key,
        kind=kind,
        subject=subject,
        business_id=case["business_id"],
        authority=case["authority"],
        file_name=file_name,
        size=blob.size,
        sha256=blob.sha256,
        formats=list(formats),
        withheld=withheld,
    )


def case_of(subject: str) -> dict[str, Any]:
    """Before a byte is kept: the case is there, and is the asker's."""
    kind, _, number = subject.partition("/")
    if kind not in CASES:
        raise NotSuchSubject
    operation, name = CASES[kind]
    return ask(operation, **{name: number})


def _named_for_deed(blob: Blob) -> Blob:
    """The same deed with the same bytes gets the same key, so that sending again is the same request."""
    deed = idempotency_key()
    if deed is None:
        return blob
    blobs: Blobs = current_app.extensions["blobs"]
    key = hashlib.sha256("\0".join((current_asker().person, deed, blob.sha256)).encode()).hexdigest()[:32]
    path = blobs.path(key, must_exist=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    blobs.path(blob.key).replace(path)
    return Blob(key, blob.size, blob.sha256)


# ---- out ----


def send_blob(key: str, *, media_type: str, file_name: str, sha256: str | None = None) -> Response:
    """The bytes, whole or by Range. `?inline=1` shows what a browser can show safely; the rest is saved."""
    blobs: Blobs = current_app.extensions["blobs"]
    inline = request.args.get("inline") == "1" and media_type in SHOWN_IN_BROWSER
    response = send_file(
        blobs.path(key).absolute(),
        mimetype=media_type,
        as_attachment=not inline,
        download_name=file_name,
        conditional=True,
        etag=sha256 or key,
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = security.DOCUMENT_POLICY
    if sha256:
        response.headers["Repr-Digest"] = digest_header(sha256)
    return response


def digest_header(sha256: str) -> str:
    """RFC 9530: the receiver can check that the bytes are those that were filed."""
    return f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"
