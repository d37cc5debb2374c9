"""Sentences of documents: scanning, uploads in pieces, letters and their translations."""

from services.gateway.sentences.marks import marked

REFUSALS: dict[str, str] = {
    "being_scanned": marked("The file is being checked for viruses. Try again in a moment."),
    "file_infected": marked("A virus was found in the file (%(virus)s). Nobody can open it; it is kept as evidence."),
    "file_not_scanned": marked("The file could not be checked for viruses, so it cannot be opened. %(scan_reason)s"),
    "no_scanner": marked(
        "There is no virus scanner in this service now. The operator has to set one up (CLAMD_ADDRESS)."
    ),
    "not_scanned_again": marked("The file is not checked again: %(scan)s."),
    "wrong_offset": marked("The upload goes on from byte %(offset)s."),
    "upload_busy": marked("Another piece of the same file is coming in right now."),
    "upload_expired": marked("Too long has passed since the last piece of the file. Begin again."),
    "piece_too_long": marked("More came than the %(length)s bytes that the file was said to have."),
    "checksum_differs": marked("The piece changed on the way. Send it again."),
    "upload_length_missing": marked("Say the length of the file (Upload-Length)."),
    "upload_words_unclear": marked("A header of the upload cannot be read."),
    "tus_version": marked("Uploads in pieces are spoken here in the version %(supported)s (Tus-Resumable)."),
    "status_412": marked("A condition of the request does not hold."),
    "status_460": marked("What was sent changed on the way."),
    "translated_already": marked("The letter has been translated already."),
    "not_translated": marked("The letter is in this language already, or is itself a translation."),
}

RULES: dict[str, str] = {
    "attachment_infected": marked("A virus was found in the file %(file_name)s. Remove it and send a clean one."),
    "text_missing": marked("Translate every text."),
    "no_such_text": marked("The letter has no such text."),
    "not_a_digest": marked("A digest has 64 digits from 0 to 9 and letters from a to f."),
}

EVENTS: dict[str, str] = {
    "documents.document_scanned": marked("File checked for viruses"),
    "documents.translation_asked": marked("Letter asked for in another language"),
}

WORDS: dict[str, dict[str, str]] = {
    "letter_language": {
        "fi": marked("in Finnish"),
        "sv": marked("in Swedish"),
        "en": marked("in English"),
    },
    "review_way": {
        "electronic": marked("Sent electronically"),
        "letter": marked("Sent by letter"),
    },
    "scan": {
        "ours": marked("written by the service"),
        "unscanned": marked("not checked for viruses"),
        "waiting": marked("being checked for viruses"),
        "clean": marked("checked for viruses"),
        "infected": marked("a virus was found"),
        "failed": marked("could not be checked for viruses"),
    },
    "scan_reason": {
        "too_large": marked("It is larger than the scanner takes."),
        "file_not_found": marked("The file could not be found."),
        "scanner_away": marked("The scanner did not answer."),
    },
    "letter": {
        "grant_awarded": marked("Award decision"),
        "grant_refused": marked("Decision to refuse aid"),
        "left_unexamined": marked("Decision to leave unexamined"),
        "lapsed": marked("Decision that the case has lapsed"),
        "payment_decided": marked("Payment decision"),
        "correction": marked("Corrected decision"),
        "amendment": marked("Decision on an amendment"),
        "tranche": marked("Decision on a yearly tranche"),
        "cancellation": marked("Decision to cancel the grant"),
        "closure": marked("Decision to close the project"),
        "review_decision": marked("Decision on a request for review"),
        "completion_request": marked("Request for completion"),
        "hearing": marked("Letter of hearing"),
        "filing": marked("Application as it was sent"),
        "completion_filed": marked("Completion as it was sent"),
    },
    "letter_text": {
        "reasons": marked("Reasons"),
        "conditions": marked("Condition"),
        "grounds": marked("Grounds of the points"),
        "note": marked("Note of the decision"),
        "cut_note": marked("Reason of a cut"),
        "asked": marked("What is asked"),
        "facts": marked("Fact to comment on"),
    },
}
