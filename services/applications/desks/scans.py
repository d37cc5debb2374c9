"""What the documents room tells of the files in the cases."""

from __future__ import annotations

from typing import Any

from services.applications import use_cases
from services.applications.storage import ApplicationsWork
from shared.contracts import documents
from shared.messaging.envelope import Envelope
from shared.messaging.service import hears

INFECTED = "infected"


class ScansDesk:
    """Mixed into the room's service: methods marked `@hears`, and no rules."""

    @hears(documents.DOCUMENT_SCANNED)
    def on_document_scanned(self, work: ApplicationsWork, fact: Envelope, data: dict[str, Any]) -> None:
        if data["state"] == INFECTED:
            use_cases.know_infected(work, data["document_id"])
