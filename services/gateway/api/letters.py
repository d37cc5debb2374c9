"""Letters of the cases: which there are, the same in another language, what the archive is told; scanning again."""

from __future__ import annotations

from services.gateway.api.desk import Desk
from shared.contracts.documents import (
    ASK_LETTER_IN,
    CHECK_FILE,
    COUNT_UNJUDGED,
    GET_ARCHIVED,
    GET_LETTER,
    LIST_LETTERS,
    SCAN_AGAIN,
    SCAN_UNJUDGED,
    TRANSLATE_LETTER,
)

desk = Desk("letters", "Letters: of a case, in other languages, for the archive")

desk.lists("/applications/<number>/letters", LIST_LETTERS, "The letters of a case and when each becomes final")
desk.shows("/written-letters/<letter_id>", GET_LETTER, "One letter with the texts that people wrote in it")
desk.does("POST", "/written-letters/<letter_id>/askings", ASK_LETTER_IN, "Ask for the letter in another language")
desk.does("POST", "/written-letters/<letter_id>/translations", TRANSLATE_LETTER, "Write the letter in another language")
desk.shows("/documents/<document_id>/archive", GET_ARCHIVED, "What the archive is told of a letter, sealed with it")
desk.shows("/unjudged-files", COUNT_UNJUDGED, "How many files no virus scanner has judged")
desk.does("POST", "/unjudged-files/scans", SCAN_UNJUDGED, "Have all of them checked for viruses")
desk.does("POST", "/documents/<document_id>/scans", SCAN_AGAIN, "Have a file checked for viruses again")
desk.shows("/files/<sha256>", CHECK_FILE, "Whether a file is a letter of the house, by its digest")
