"""Documents on the bus: requests, decisions heard, and regular work."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

from nameko import config
from nameko.extensions import DependencyProvider

from services.documents import queries
from services.documents.desk import LettersDesk
from services.documents.domain.letters import Letter
from services.documents.domain.scans import UNJUDGED
from services.documents.settings import DocumentsSettings
from services.documents.storage import DocumentsWork
from services.documents.use_cases import (
    checking,
    gate,
    gathering,
    letters,
    pictures,
    reading,
    scanning,
    storing,
    sweeping,
)
from services.documents.workshop import Workshop
from shared.asker import Asker
from shared.contracts import customers
from shared.contracts import documents as contract
from shared.contracts.terms import Operation
from shared.messaging.handlers import answers, regularly
from shared.messaging.office import Office
from shared.messaging.room_service import RoomService

READING_SECONDS = 1.0
SCANNING_SECONDS = 1.0
AT_ONCE = 1  # taken up to be read or scanned: a house that closes leaves none behind that waits for its lease to end
PRINTING_SECONDS = 1.0
SWEEPING_SECONDS = 3600.0


class OpenWorkshop(DependencyProvider):  # type: ignore[misc]  # nameko ships no types
    """`workshop = OpenWorkshop()`: the room's tools, one set for a process."""

    def setup(self) -> None:
        self.workshop = Workshop.open(DocumentsSettings.from_config(config))

    def get_dependency(self, worker_ctx: Any) -> Workshop:
        return self.workshop


class DocumentsService(LettersDesk, RoomService):
    name = "documents"
    office = Office(DocumentsWork)
    workshop = OpenWorkshop()

    @answers(contract.STORE_DOCUMENT, opens=gate.case_stored_for)
    def store_document(self, work: DocumentsWork, **request: Any) -> Any:
        shop = self.workshop
        stored = storing.store_document(work, shop.archive, scanner=self._has_scanner(), **request)
        return self._scannable(stored)

    @answers(contract.GET_DOCUMENT, opens=gate.case_of_document)
    def get_document(self, work: DocumentsWork, document_id: str) -> Any:
        return self._scannable(storing.get_document(work, document_id))

    @answers(contract.OPEN_DOCUMENT, opens=gate.case_of_document)
    def open_document(self, work: DocumentsWork, document_id: str) -> Any:
        return self._scannable(storing.open_document(work, document_id))

    @answers(contract.SCAN_AGAIN, opens=gate.case_of_document)
    def scan_again(self, work: DocumentsWork, document_id: str) -> Any:
        return self._scannable(scanning.scan_again(work, document_id, scanner=self._has_scanner()))

    @answers(contract.COUNT_UNJUDGED)
    def count_unjudged(self, work: DocumentsWork) -> Any:
        return scanning.count_unjudged(work, scanner=self._has_scanner())

    @answers(contract.SCAN_UNJUDGED)
    def scan_unjudged(self, work: DocumentsWork) -> Any:
        return scanning.scan_unjudged(work, scanner=self._has_scanner())

    @answers(contract.LIST_DOCUMENTS, opens=gate.case_of_subject)
    def list_documents(self, work: DocumentsWork, **request: Any) -> Any:
        found = queries.documents_of(work.session, work.asker, **request)
        return found | {"items": [self._scannable(one) for one in found["items"]]}

    @answers(contract.GET_READING, opens=gate.case_of_document)
    def get_reading(self, work: DocumentsWork, document_id: str) -> Any:
        return reading.get_reading(work, document_id)

    @answers(contract.GET_PAGE_PICTURE, transaction=False, opens=gate.case_of_document)
    def get_page_picture(self, asker: Asker, document_id: str, page: int) -> Any:
        shop = self.workshop
        return pictures.get_page_picture(self._opened_by(asker), shop.archive, shop.draw, document_id, page)

    @answers(contract.CHECK_LETTER)
    def check_letter(self, work: DocumentsWork, check_code: str) -> Any:
        return checking.check_letter(work, check_code)

    @answers(contract.CHECK_FILE)
    def check_file(self, work: DocumentsWork, sha256: str) -> Any:
        return checking.check_file(work, sha256)

    @regularly(seconds=READING_SECONDS, transaction=False)
    def read_invoices(self, asker: Asker) -> None:
        shop, opened = self.workshop, self._opened_by(asker)
        while not self.office.closing and reading.read_waiting_invoices(opened, shop.read, most=AT_ONCE):
            continue

    @regularly(seconds=SCANNING_SECONDS, transaction=False)
    def scan_files(self, asker: Asker) -> None:
        shop, opened = self.workshop, self._opened_by(asker)
        if shop.settings.clamd is None:
            return
        while not self.office.closing and scanning.scan_waiting(opened, shop.scan, most=AT_ONCE):
            continue

    @regularly(seconds=PRINTING_SECONDS, transaction=False)
    def print_letters(self, asker: Asker) -> None:
        shop, opened = self.workshop, self._opened_by(asker)
        address, most = shop.settings.service_address, shop.settings.batch
        names_of, facts_of = partial(self._names_of, asker), partial(self._facts_of, asker)
        while not self._closing() and letters.print_owed_letters(
            opened, shop.archive, shop.press, names_of, facts_of, self._closing, service_address=address, most=most
        ):
            continue

    @regularly(seconds=SWEEPING_SECONDS, transaction=False)
    def sweep(self, asker: Asker) -> None:
        settings, opened = self.workshop.settings, self._opened_by(asker)
        with opened() as work:
            pictures.forget_old_pictures(work, settings.picture_age)
            self.workshop.archive.sweep_pieces(work.now)
        sweeping.sweep_orphans(opened, self.workshop.archive, settings.orphan_age, self._closing)

    def _names_of(self, asker: Asker, people: Collection[str]) -> dict[str, str]:
        told = self.office.ask(customers.NAME_PEOPLE, asker, person_ids=sorted(people))
        return {person["person_id"]: person["name"] for person in told["items"]}

    def _facts_of(self, asker: Asker, letter: Letter) -> dict[str, Any]:
        return gathering.facts_of(letter, partial(self._asked, asker), self._opened_by(asker))

    def _asked(self, asker: Asker, operation: Operation, **data: Any) -> dict[str, Any]:
        """The other room's answer as it goes on the wire."""
        answer: dict[str, Any] = operation.gives().dump(self.office.ask(operation, asker, **data))
        return answer

    def _has_scanner(self) -> bool:
        return self.workshop.settings.clamd is not None

    def _scannable(self, told: dict[str, Any]) -> dict[str, Any]:
        return told | {"may_be_scanned": self._has_scanner() and told["scan"] in UNJUDGED}

    def _closing(self) -> bool:
        return bool(self.office.closing)

    def _opened_by(self, asker: Asker) -> Any:
        return partial(self.office.work, asker)
