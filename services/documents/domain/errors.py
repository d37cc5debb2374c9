"""What this room says no with, beside `not_found` (what: document, blob, subject, reading, letter) and
`not_for_you` (authority)."""

from __future__ import annotations

from shared.errors import Conflict, Fault, Forbidden, Invalid, Missing


class FileRefused(Invalid):
    """A refusal that names the field `file`, so that the form can show it beside the file."""

    def __init__(self, **facts: object) -> None:
        told = {name: str(value) for name, value in facts.items()}
        super().__init__(faults=[Fault("file", self.code, told)], **facts)


class FileTypeNotAllowed(FileRefused):
    """The content is of no type we keep. Facts: `allowed`, "PDF, JPEG, PNG, DOCX, XLSX, TXT, CSV".

    "This file is not of a type we can accept. Send a PDF, JPEG, PNG, DOCX, XLSX, TXT or CSV file."
    """

    code = "file_type_not_allowed"


class FileHasMacros(FileRefused):
    """An office document that carries a program. No facts.

    "The file contains macros. Save it without macros or as a PDF and send it again."
    """

    code = "file_has_macros"


class NotAPdf(FileRefused):
    """An invoice that is no PDF. No facts. "An invoice must be a PDF file." """

    code = "not_a_pdf"


class FileEmpty(FileRefused):
    """Nothing in it. No facts. "The file is empty." """

    code = "file_empty"


class FileDiffers(FileRefused):
    """What lies in the blob store is not what the sender counted. Facts: `expected`, `found` (bytes or digests).

    "The file changed on the way. Send it again."
    """

    code = "file_differs"


class NoSuchPage(Missing):
    """Facts: `page`. "The document has no page {page}." """

    code = "no_such_page"


class PageNotDrawn(Invalid):
    """The page cannot be shown as a picture. Facts: `page`, `reason` (a code of the reading).

    "This page cannot be shown as a picture. Open the file itself."
    """

    code = "page_not_drawn"


class BeingScanned(Conflict):
    """The file waits for its scan. No facts. "The file is being checked for viruses. Try again in a moment." """

    code = "being_scanned"


class FileInfected(Forbidden):
    """A virus was found; the file is kept as evidence and given to nobody. Facts: `virus`."""

    code = "file_infected"


class FileNotScanned(Conflict):
    """The scan has failed for good, so nobody can say that the file is safe. Facts: `scan_reason`."""

    code = "file_not_scanned"


class NoScanner(Conflict):
    """This installation has no virus scanner now. No facts."""

    code = "no_scanner"


class NotScannedAgain(Conflict):
    """The verdict on the file is known or on its way. Facts: `scan`."""

    code = "not_scanned_again"


class TranslatedAlready(Conflict):
    """The letter is there, or on its way, in that language. No facts."""

    code = "translated_already"


class NotTranslated(Conflict):
    """It is in this language already, is a translation itself, is the company's own words, or not yet written."""

    code = "not_translated"
