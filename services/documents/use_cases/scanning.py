"""Scanning what came in, in the background, and telling what the scan came to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog

from services.documents.domain import scans
from services.documents.domain.documents import Document
from services.documents.domain.errors import NoScanner, NotScannedAgain
from services.documents.domain.scans import LargerThanScanner, Scan, ScannerAway, ScanState, Verdict
from services.documents.ports import OpenWork, Work
from services.documents.use_cases.storing import told_document, visible_document
from shared.contracts.documents import DOCUMENT_SCANNED, INVOICE_READ
from shared.errors import NotFound

log = structlog.get_logger(__name__)

ScanBlob = Callable[[str], Verdict]  # raises NotFound, ScannerAway, LargerThanScanner


def scan_waiting(open_work: OpenWork, scan: ScanBlob, *, most: int) -> int:
    """Scan up to `most` files, each kept as soon as its verdict is there; how many were taken up."""
    with open_work() as work:
        taken = work.scans.take_due(work.now, most)
    for waiting, blob in taken:
        outcome = _outcome(waiting, blob, scan, open_work)
        with open_work() as work:
            _keep(work, outcome)
    return len(taken)


def scan_again(work: Work, document_id: str, *, scanner: bool) -> dict[str, Any]:
    """Have a file scanned whose scan failed, or that came while there was no scanner.

    Raises NotFound, NotForYou, NoScanner, and NotScannedAgain when its verdict is known or on its way.
    """
    document = visible_document(work, document_id)
    scan = work.scans.find_locked(document_id)
    if scan is None or scan.state not in scans.UNJUDGED:
        raise NotScannedAgain(scan=scan.state if scan else ScanState.OURS)
    if not scanner:
        raise NoScanner
    work.scans.put(scan.again(work.now))
    return told_document(work, document)


def count_unjudged(work: Work, *, scanner: bool) -> dict[str, Any]:
    """How many files nobody has judged, and whether there is a scanner now that could."""
    unscanned, failed = work.scans.count_unjudged()
    return {"unscanned": unscanned, "failed": failed, "scanner": scanner}


def scan_unjudged(work: Work, *, scanner: bool) -> dict[str, Any]:
    """Have all of them scanned: none is opened before its verdict. Raises NoScanner; twice is once."""
    if not scanner:
        raise NoScanner
    work.scans.all_again(work.now)
    return count_unjudged(work, scanner=scanner)


def _outcome(waiting: Scan, blob: str, scan: ScanBlob, open_work: OpenWork) -> Scan:
    try:
        verdict = scan(blob)
    except NotFound:
        return waiting.failed(scans.NOT_FOUND)
    except LargerThanScanner:
        return waiting.failed(scans.TOO_LARGE)
    except ScannerAway as away:
        log.warning("file_not_scanned", document_id=waiting.document_id, attempts=waiting.attempts, why=str(away))
        with open_work() as work:
            return waiting.put_off(scans.SCANNER_AWAY, work.now)
    return waiting.infected(verdict.finding) if verdict.finding else waiting.clean()


def _keep(work: Work, outcome: Scan) -> None:
    kept = work.scans.find_locked(outcome.document_id)
    document = work.documents.find(outcome.document_id)
    if kept is None or document is None or not kept.waiting:
        return  # another process took it over after our lease and was quicker
    work.scans.put(outcome)
    if outcome.waiting:
        return
    _announce(work, outcome, document)
    if outcome.state is ScanState.INFECTED:
        _leave_unread(work, document)


def _announce(work: Work, outcome: Scan, document: Document) -> None:
    work.announce(
        DOCUMENT_SCANNED,
        document.document_id,
        document_id=document.document_id,
        subject=document.subject,
        business_id=document.business_id,
        authority=document.authority,
        sha256=document.sha256,
        state=outcome.state,
        finding=outcome.finding,
        by_official=document.by_official,
        withheld=document.withheld,
    )


def _leave_unread(work: Work, document: Document) -> None:
    """An infected invoice is never read: whoever waits for its figures is told why there are none."""
    reading = work.readings.find_locked(document.document_id)
    if reading is None or not reading.waiting:
        return
    work.readings.put(reading.unreadable(ScanState.INFECTED), work.now)
    work.announce(
        INVOICE_READ,
        document.document_id,
        document_id=document.document_id,
        state="unreadable",
        reason=ScanState.INFECTED,
    )
