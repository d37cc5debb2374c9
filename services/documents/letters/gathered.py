"""What was asked of the room that keeps the case, for letters whose facts say little: picked out, and read again.

It is kept with the letter as it came (JSON), so that the same letter can be written again at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from services.documents.domain.letters import OF_THE_COMPANY, LetterKind

OF_APPLICATION = ("undertaking_name", "title", "language", "hidden", "arrival")
OF_CALL = ("names", "attachments", "sections")
OF_REQUEST = ("asked", "asked_by", "due_on", "facts", "attachment_kinds", "reply")
OF_FILING = ("answers", "attachments", "digest")


def picked(
    application: Mapping[str, Any], request: Mapping[str, Any] | None, filed: Mapping[str, Any] | None
) -> dict[str, Any]:
    """What the letter needs of the rooms' answers, as on the wire. `filed` are the answers as they were sent."""
    picked_case = {name: application[name] for name in OF_APPLICATION}
    picked_case["call"] = {name: application["call"][name] for name in OF_CALL}
    told: dict[str, Any] = {"application": picked_case}
    if request is not None:
        told["request"] = {name: request[name] for name in OF_REQUEST}
    if filed is not None:
        told["filed"] = {name: filed[name] for name in OF_FILING}
    return told


def gathered_data(kind: LetterKind, data: Mapping[str, Any]) -> dict[str, Any]:
    """The letter's data with what was gathered, in the form the papers use."""
    told = data["gathered"]
    application, request, filed = told["application"], told.get("request"), told.get("filed")
    whole = {
        **data,
        "undertaking_name": application["undertaking_name"],
        "title": application["title"],
    }
    if kind in OF_THE_COMPANY:
        return whole | {
            "call": application["call"],
            "sections": application["call"]["sections"],
            "hidden": application["hidden"],
            "arrival": _arrival(application["arrival"]) if kind is LetterKind.FILING else None,
            "answers": filed["answers"],
            "attachments": filed["attachments"],
            "filing_digest": filed["digest"],
            "filed_at": data["decided_at"],
            "reply": request["reply"] if request else "",
        }
    return whole | {
        "asked_by": request["asked_by"],
        "attachment_rules": application["call"]["attachments"],
        "request": {**request, "due_on": date.fromisoformat(request["due_on"])},
    }


def _arrival(arrival: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return {**arrival, "arrived_at": datetime.fromisoformat(arrival["arrived_at"])} if arrival else None
