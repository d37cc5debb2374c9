"""Reading figures off invoices in the background, and telling what was read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from services.documents.domain.readings import COULD_NOT_READ, Reading
from services.documents.ports import OpenWork, Work
from services.documents.use_cases.storing import visible_document
from shared.contracts.documents import INVOICE_READ
from shared.errors import NotFound


class ReadFigure(Protocol):
    def to_wire(self) -> dict[str, Any]: ...


class InvoiceReading(Protocol):
    """What the reader of invoices gives back; `figures` holds None for what it did not find."""

    @property
    def readable(self) -> bool: ...

    @property
    def reason(self) -> str | None: ...

    @property
    def pages(self) -> int: ...

    @property
    def figures(self) -> dict[str, Any]: ...


ReadBlob = Callable[[str], InvoiceReading]


def get_reading(work: Work, document_id: str) -> dict[str, Any]:
    """State and figures of an invoice's reading. Raises NotFound also for what is no invoice."""
    document = visible_document(work, document_id)
    reading = work.readings.find(document.document_id)
    if reading is None:
        raise NotFound(what="reading")
    return {
        "document_id": reading.document_id,
        "state": reading.state,
        "reason": reading.reason,
        "pages": reading.pages,
        "figures": reading.figures,
    }


def read_waiting_invoices(open_work: OpenWork, read: ReadBlob, *, most: int) -> int:
    """Read up to `most` invoices, each kept as soon as it is read; how many were taken up.

    A process that dies in between leaves the rest leased; after the lease they are read again.
    """
    with open_work() as work:
        taken = work.readings.take_waiting(work.now, most)
    for reading, blob in taken:
        outcome = _outcome(reading, blob, read)
        with open_work() as work:
            _keep(work, outcome)
    return len(taken)


def _outcome(reading: Reading, blob: str, read: ReadBlob) -> Reading:
    if reading.worn_out:
        return reading.unreadable(COULD_NOT_READ)
    try:
        found = read(blob)
    except NotFound:
        return reading.unreadable("file_not_found")
    if not found.readable:
        return reading.unreadable(found.reason or COULD_NOT_READ, pages=found.pages)
    figures = {name: figure.to_wire() for name, figure in found.figures.items() if figure}
    return reading.read(pages=found.pages, figures=figures)


def _keep(work: Work, outcome: Reading) -> None:
    kept = work.readings.find_locked(outcome.document_id)
    if kept is None or not kept.waiting:
        return  # another process took it over after our lease and was quicker
    work.readings.put(outcome, work.now)
    work.announce(
        INVOICE_READ,
        outcome.document_id,
        document_id=outcome.document_id,
        state=outcome.state,
        reason=outcome.reason,
    )
