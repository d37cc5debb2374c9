"""What was filed, as one digest that anyone can compute again from the application."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785

from services.applications.domain.applications import Application


def digest_of(application: Application) -> str:
    """SHA-256 in hex of the canonical JSON (RFC 8785) of the answers as typed and the attachments' digests.

    What is filed are the answers to the questions that are asked: `application` has no others by then.
    """
    filed: dict[str, Any] = {
        "number": application.number,
        "call_id": application.call_id,
        "business_id": application.business_id,
        "undertaking_name": application.undertaking_name,
        "language": application.language,
        "answers": application.answers,
        "attachments": [
            {
                "document_id": attachment.document_id,
                "kind": attachment.kind,
                "file_name": attachment.file_name,
                "sha256": attachment.sha256,
            }
            for attachment in sorted(application.attachments, key=lambda attachment: attachment.document_id)
        ],
    }
    return hashlib.sha256(rfc8785.dumps(filed)).hexdigest()
