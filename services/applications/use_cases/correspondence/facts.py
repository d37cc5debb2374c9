"""What the room tells the others of a case's correspondence: ids and days, never what was written."""

from __future__ import annotations

from typing import Any

from services.applications.domain.applications import Application, Case
from services.applications.domain.correspondence.messages import Message
from services.applications.domain.correspondence.requests import PartyRequest

Data = dict[str, Any]


def request_fact(case: Case, request: PartyRequest) -> Data:
    application = case.application
    return {
        "number": application.number,
        "business_id": application.business_id,
        "authority": application.authority,
        "handler": application.handler,
        "place": request.place,
    }


def completed_fact(request: PartyRequest, file: Application) -> Data:
    """The figures that others keep of the case are those of the filed version as it now stands."""
    return {
        "answered_at": request.answered_at,
        "took_effect": request.took_effect,
        "digest": file.digest,
        "title": file.title,
        "region": file.region,
        "costs": file.costs,
        "aid_sought": file.aid_sought,
        "attachments": request.attachments,
    }


def message_fact(application: Application, message: Message) -> Data:
    return {
        "number": application.number,
        "business_id": application.business_id,
        "authority": application.authority,
        "handler": application.handler,
        "message_no": message.message_no,
        "side": message.side,
        "document_ids": [attachment.document_id for attachment in message.attachments],
    }
