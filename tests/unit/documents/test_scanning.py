from __future__ import annotations

from datetime import timedelta

import pytest

from services.documents.domain.errors import BeingScanned, FileInfected, FileNotScanned, NoScanner, NotScannedAgain
from services.documents.domain.scans import (
    LEASE,
    MOST_ATTEMPTS,
    MOVES,
    LargerThanScanner,
    Scan,
    ScannerAway,
    ScanState,
    Verdict,
)
from services.documents.use_cases.pictures import get_page_picture
from services.documents.use_cases.reading import get_reading, read_waiting_invoices
from services.documents.use_cases.scanning import count_unjudged, scan_again, scan_unjudged, scan_waiting
from services.documents.use_cases.storing import get_document, open_document, store_document
from shared.asker import Asker, Role
from shared.contracts.documents import DOCUMENT_SCANNED, INVOICE_READ
from shared.errors import NotForYou, NotFound
from tests.support.documents_builders import CASE, COMPANY, HANDLER, NOW, OURS
from tests.support.documents_fakes import FakeArchive, FakeRoom

AUDITOR = Asker(person="p-audit", role=Role.AUDITOR)
OPERATOR = Asker(person="p-op", role=Role.OPERATOR)
EVERYBODY = [COMPANY, HANDLER, AUDITOR, OPERATOR]


@pytest.fixture
def room() -> FakeRoom:
    return FakeRoom()


def stored(
    room: FakeRoom,
    *,
    kind: str = "attachment",
    scanner: bool = True,
    content: bytes = b"%PDF-1.7",
    asker: Asker = COMPANY,
    withheld: bool = False,
) -> str:
    archive = FakeArchive()
    blob = archive.holds(content)
    document = store_document(
        room.work(asker),
        archive,
        scanner=scanner,
        blob=blob.key,
        kind=kind,
        subject=CASE,
        business_id=OURS,
        authority="ITA",
        file_name="liite.pdf",
        size=blob.size,
        sha256=blob.sha256,
        withheld=withheld,
    )
    return str(document["document_id"])


def says(verdict):
    def scan(blob):
        if isinstance(verdict, Exception):
            raise verdict
        return Verdict(verdict)

    return scan


def scanned(room: FakeRoom, verdict) -> ScanState:
    scan_waiting(room.opened, says(verdict), most=10)
    [scan] = room.scans.kept.values()
    return scan.state


@pytest.mark.parametrize("asker", EVERYBODY, ids=lambda asker: asker.role)
def test_nobody_in_whatever_role_opens_a_file_before_its_scan_or_an_infected_one(room, asker):
    document = stored(room)
    with pytest.raises(BeingScanned):
        open_document(room.work(asker), document)
    with pytest.raises(BeingScanned):
        get_page_picture(lambda: room.opened(asker), FakeArchive(), None, document, 1)

    scanned(room, "Win.Test")

    with pytest.raises(FileInfected) as refusal:
        open_document(room.work(asker), document)
    assert refusal.value.facts == {"virus": "Win.Test"}
    with pytest.raises(FileInfected):
        get_page_picture(lambda: room.opened(asker), FakeArchive(), None, document, 1)
    known = get_document(room.work(asker), document)
    assert (known["scan"], known["finding"]) == ("infected", "Win.Test"), "that it is there, and why, is told"
    assert document in room.documents.kept, "it is kept as evidence"


def test_a_clean_file_is_opened_and_the_verdict_told(room):
    document = stored(room)

    assert scanned(room, None) is ScanState.CLEAN

    assert open_document(room.work(HANDLER), document)["scan"] == "clean"
    [told] = room.told(DOCUMENT_SCANNED)
    assert (told["document_id"], told["state"], told["finding"], told["subject"]) == (document, "clean", None, CASE)


def test_without_a_scanner_a_file_is_marked_unscanned_and_can_be_opened(room):
    document = stored(room, scanner=False)

    assert open_document(room.work(HANDLER), document)["scan"] == "unscanned"
    assert scan_waiting(room.opened, says("x"), most=10) == 0


def test_a_file_of_the_house_itself_is_never_scanned(room):
    document = stored(room)
    del room.scans.kept[document]

    assert open_document(room.work(COMPANY), document)["scan"] == "ours"


def test_an_invoice_is_read_only_after_its_scan(room):
    stored(room, kind="invoice")
    taken_before = read_waiting_invoices(room.opened, None, most=10)
    scanned(room, None)
    [(taken, _)] = room.readings.take_waiting(NOW, 10)

    assert taken_before == 0
    assert taken.waiting


def test_an_infected_invoice_is_never_read_and_whoever_waits_is_told(room):
    document = stored(room, kind="invoice")
    scanned(room, "Win.Test")

    assert read_waiting_invoices(room.opened, None, most=10) == 0
    reading = get_reading(room.work(COMPANY), document)
    assert (reading["state"], reading["reason"]) == ("unreadable", "infected")
    assert [told["reason"] for told in room.told(INVOICE_READ)] == ["infected"]


def test_a_scanner_that_is_away_is_asked_again_later_each_time_and_at_last_the_file_is_told_unscanned(room):
    document = stored(room)
    waits = []
    for _ in range(MOST_ATTEMPTS):
        state = scanned(room, ScannerAway("refused"))
        scan = room.scans.kept[document]
        waits.append(scan.due_at - room.now)
        room.now = max(scan.due_at, room.now)

    assert waits[:3] == [timedelta(seconds=10), timedelta(seconds=20), timedelta(seconds=40)]
    assert state is ScanState.FAILED
    with pytest.raises(FileNotScanned) as refusal:
        open_document(room.work(HANDLER), document)
    assert refusal.value.facts == {"scan_reason": "scanner_away"}
    assert [told["state"] for told in room.told(DOCUMENT_SCANNED)] == ["failed"]


@pytest.mark.parametrize(
    ("error", "why"), [(LargerThanScanner(), "too_large"), (NotFound(what="blob"), "file_not_found")]
)
def test_what_another_try_cannot_mend_fails_at_once(room, error, why):
    document = stored(room)

    assert scanned(room, error) is ScanState.FAILED
    assert room.scans.kept[document].finding == why


def test_an_official_has_a_file_scanned_again_that_no_scanner_has_judged(room):
    document = stored(room)
    scanned(room, LargerThanScanner())

    told = scan_again(room.work(HANDLER), document, scanner=True)

    assert told["scan"] == "waiting"
    assert scanned(room, None) is ScanState.CLEAN
    with pytest.raises(NotScannedAgain):
        scan_again(room.work(HANDLER), document, scanner=True)
    with pytest.raises(NotForYou):
        scan_again(room.work(Asker(person="p", role=Role.HANDLER, authority="POH")), document, scanner=True)


def test_a_scanner_set_up_later_may_judge_what_came_before_it(room):
    document = stored(room, scanner=False)

    with pytest.raises(NoScanner):
        scan_again(room.work(HANDLER), document, scanner=False)
    assert scan_again(room.work(HANDLER), document, scanner=True)["scan"] == "waiting"


def test_an_operator_has_everything_scanned_that_nobody_has_judged(room):
    came_before, unanswered = stored(room, content=b"%PDF-1.0", scanner=False), stored(room, content=b"%PDF-1.1")
    for _ in range(MOST_ATTEMPTS):
        scan_waiting(room.opened, says(ScannerAway("refused")), most=10)
        room.now = max(room.scans.kept[unanswered].due_at, room.now)
    judged, too_large = stored(room, content=b"%PDF-1.2"), stored(room, content=b"%PDF-1.3")
    room.scans.put(room.scans.kept[judged].clean())
    room.scans.put(room.scans.kept[too_large].failed("too_large"))
    assert count_unjudged(room.work(OPERATOR), scanner=False) == {"unscanned": 1, "failed": 1, "scanner": False}

    with pytest.raises(NoScanner):
        scan_unjudged(room.work(OPERATOR), scanner=False)
    for _ in range(2):
        assert scan_unjudged(room.work(OPERATOR), scanner=True)["unscanned"] == 0

    states = {name: room.scans.kept[name].state for name in (came_before, unanswered, judged, too_large)}
    assert states == {
        came_before: ScanState.WAITING,
        unanswered: ScanState.WAITING,
        judged: ScanState.CLEAN,
        too_large: ScanState.FAILED,
    }


def test_a_verdict_that_comes_after_another_process_has_judged_changes_nothing(room):
    stored(room)

    def slow(blob):
        room.now += LEASE + timedelta(seconds=1)
        scan_waiting(room.opened, says("Win.Test"), most=10)
        return Verdict(None)

    scan_waiting(room.opened, slow, most=10)

    [scan] = room.scans.kept.values()
    assert scan.state is ScanState.INFECTED
    assert len(room.told(DOCUMENT_SCANNED)) == 1


def test_no_verdict_is_ever_taken_back():
    for state in (ScanState.CLEAN, ScanState.INFECTED, ScanState.OURS):
        assert MOVES[state] == frozenset()
    clean = Scan(document_id="d", state=ScanState.CLEAN, due_at=NOW)
    with pytest.raises(ValueError, match="does not become"):
        clean.infected("x")


def test_what_a_scan_came_to_tells_whose_file_it_was(room):
    stored(room)
    scanned(room, "Win.Test")
    [told] = room.told(DOCUMENT_SCANNED)
    assert told["by_official"] is False

    theirs = FakeRoom()
    stored(theirs, asker=HANDLER)
    scanned(theirs, "Win.Test")
    [told] = theirs.told(DOCUMENT_SCANNED)
    assert told["by_official"] is True


def test_the_verdict_says_that_the_file_is_not_shown_to_the_company_yet(room):
    stored(room, asker=HANDLER, withheld=True)
    scanned(room, "Win.Test")

    [told] = room.told(DOCUMENT_SCANNED)
    assert told["withheld"] is True
