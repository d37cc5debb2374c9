"""A completion laid on the filed version: what was asked for is replaced, everything else stays as filed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from services.applications.domain.applications import Application
from services.applications.domain.attachments import Attachment
from services.applications.domain.correspondence.requests import Filed, PartyRequest
from shared.errors import Fault


def completed_file(application: Application, request: PartyRequest) -> Application:
    """The application as it would be with the answer; its version and state are untouched."""
    new = {attachment.document_id for attachment in request.attachments}
    kept = tuple(attachment for attachment in application.attachments if attachment.document_id not in new)
    return replace(
        application,
        answers={**application.answers, **request.answers},
        attachments=(*kept, *request.attachments),
    )


def faults_to_mend(faults: Iterable[Fault], request: PartyRequest) -> tuple[Fault, ...]:
    """The faults in what was asked for. The company can't mend the rest here, so the rest stops nothing."""
    return tuple(fault for fault in faults if _is_asked_for(fault, request))


def filed_version(application: Application) -> Filed:
    return Filed(answers=application.answers, attachments=application.attachments, digest=application.digest or "")


def started_from(application: Application, keys: Iterable[str]) -> dict[str, object]:
    """What the asked answers said when the request was made: the company edits them, not an empty page."""
    return {key: application.answers[key] for key in keys if key in application.answers}


def attachments_of_kinds(attachments: Iterable[Attachment], kinds: Iterable[str]) -> tuple[Attachment, ...]:
    wanted = frozenset(kinds)
    return tuple(attachment for attachment in attachments if attachment.kind in wanted)


def _is_asked_for(fault: Fault, request: PartyRequest) -> bool:
    first = fault.path.partition(".")[0]
    if first == "attachments":
        return fault.facts.get("kind", "") in request.attachment_kinds
    return first in request.keys
