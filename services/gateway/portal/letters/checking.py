"""Whether a letter that somebody holds is ours: by its check code, by the digest of its file, or by the file itself."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import current_app, render_template, request

from services.gateway import policy, uploads
from services.gateway.portal.pages import portal
from services.gateway.rooms import ask
from services.gateway.settings import Settings
from shared.contracts.documents import CHECK_FILE, CHECK_LETTER
from shared.errors import DomainError


@portal.get("/todenna")
@policy.asks(CHECK_LETTER, CHECK_FILE)
def check_letter() -> tuple[str, int]:
    """By the check code on each page (`?tunnus=`, as in the QR code), or by SHA-256 of the file (`?tiiviste=`)."""
    code = request.args.get("tunnus", "").strip()[:40]
    digest = "".join(request.args.get("tiiviste", "").split())[:80].lower()
    if digest:
        return _page(_found_by(digest), sought=True, digest=digest)
    return _page(_told(CHECK_LETTER, check_code=code) if code else None, sought=bool(code), code=code)


@portal.post("/todenna")
@uploads.reads_stream
@policy.asks(CHECK_FILE)
def check_letter_file() -> tuple[str, int]:
    """The file itself: it is only counted as it comes, and nothing of it is kept."""
    settings: Settings = current_app.extensions["settings"]
    upload = uploads.Upload(request, settings.upload_most)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return _page(_found_by(digest.hexdigest()), sought=True, digest=digest.hexdigest())


def _found_by(digest: str) -> dict[str, Any] | None:
    return _told(CHECK_FILE, sha256=digest)


def _told(operation: Any, **asked: str) -> dict[str, Any] | None:
    """No such letter, or no such code at all: to whoever asks it is the same."""
    try:
        return ask(operation, **asked)
    except DomainError:
        return None


def _page(letter: dict[str, Any] | None, *, sought: bool, code: str = "", digest: str = "") -> tuple[str, int]:
    unknown = sought and letter is None
    page = render_template("public/check_letter.html", code=code, digest=digest, letter=letter, unknown=unknown)
    return page, 404 if unknown else 200
