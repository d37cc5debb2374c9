"""Letters of a case, and the same letter officially in the other language (kielilaki 423/2003 20 §)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from services.documents.domain.documents import seen_by
from services.documents.domain.errors import NotTranslated, TranslatedAlready
from services.documents.domain.letters import OF_THE_COMPANY, AskedTranslation, Letter, LetterState
from services.documents.letters.composing import check_code_of, compose, digest_of, owed, review_of
from services.documents.letters.translated import TRANSLATION, texts_in, with_texts
from services.documents.ports import Work
from services.documents.use_cases.letters import data_of
from shared.asker import Role
from shared.contracts.documents import TRANSLATION_ASKED
from shared.errors import Fault, InvalidFields, NotForYou, NotFound


def list_letters(work: Work, number: str) -> dict[str, Any]:
    """The letters of the case and its claims that the asker may see, in the order of their decisions."""
    letters = work.letters.of_case(number, seen_by(work.asker))
    rows = _rows(work, letters)
    return {"items": rows, "total": len(rows)}


def get_letter(work: Work, letter_id: str) -> dict[str, Any]:
    """One letter with the texts that people wrote in it. Raises NotFound and NotForYou."""
    letter = visible_letter(work, letter_id)
    [row] = _rows(work, [letter])
    return row | {"texts": texts_in(letter.data)}


def ask_letter_in(work: Work, letter_id: str, language: str) -> dict[str, Any]:
    """The party asks for the letter in another language; asked twice it is asked once.

    Raises NotFound, NotTranslated and TranslatedAlready.
    """
    letter = visible_letter(work, letter_id)
    _must_be_translatable(work, letter, language)
    asked = AskedTranslation(event_id=letter_id, language=language, asked_by=work.asker.person, asked_at=work.now)
    if work.letters.ask_translation(asked):
        work.announce(
            TRANSLATION_ASKED,
            letter_id,
            letter_id=letter_id,
            number=letter.number,
            subject=letter.subject,
            language=language,
            business_id=letter.business_id,
            authority=letter.authority,
        )
    [row] = _rows(work, [letter])
    return row


def translate_letter(work: Work, letter_id: str, language: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """Owe the letter in another language, with what people wrote in it translated by an official.

    It is a letter of its own, with its own check code, and says what it translates. Raises NotFound, NotForYou,
    NotTranslated, TranslatedAlready; InvalidFields with `text_missing` and `no_such_text`.
    """
    letter = visible_letter(work, letter_id)
    _must_be_translatable(work, letter, language)
    _must_be_whole(texts_in(letter.data), texts)
    told = {"of": letter.check_code, "language": letter.language, "by": work.asker.person, "at": work.now.isoformat()}
    wire = with_texts(letter.data, texts, language) | {TRANSLATION: told}
    digest = digest_of(wire)
    translation = replace(
        letter,
        event_id=f"{letter.event_id}:{language}",
        language=language,
        check_code=check_code_of(digest),
        digest=digest,
        data=wire,
        due_at=work.now,
        state=LetterState.TO_WRITE,
        attempts=0,
        fault=None,
        document_id=None,
        translation_of=letter.event_id,
        translated_by=work.asker.person,
    )
    data = data_of(translation)
    compose(translation.kind, data, wire, names={}, service_address="")
    translation = replace(translation, file_name=owed(translation.kind, data, wire).file_name)
    work.letters.add(translation)
    [row] = _rows(work, [translation])
    return row


def get_archived(work: Work, document_id: str) -> dict[str, Any]:
    """What the archive is told of a letter, and the seal over it and the file. Raises NotFound and NotForYou."""
    letter = work.letters.find_by_document(document_id)
    archived = work.letters.archived(document_id)
    if letter is None or archived is None:
        raise NotFound(what="letter")
    _must_see(work, letter)
    return asdict(archived)


def visible_letter(work: Work, letter_id: str) -> Letter:
    """Raises NotFound and NotForYou."""
    letter = work.letters.find(letter_id)
    if letter is None:
        raise NotFound(what="letter")
    _must_see(work, letter)
    return letter


def _must_see(work: Work, letter: Letter) -> None:
    if all(getattr(letter, name) == value for name, value in seen_by(work.asker).items()):
        return
    if work.asker.role is Role.COMPANY:
        raise NotFound(what="letter")
    raise NotForYou(authority=letter.authority)


def _must_be_translatable(work: Work, letter: Letter, language: str) -> None:
    """What the company itself sent is in its own words, and a translation is not translated on."""
    if letter.kind in OF_THE_COMPANY or letter.translation_of or letter.language == language or letter.lacks_facts:
        raise NotTranslated()
    if work.letters.find_translation(letter.event_id, language):
        raise TranslatedAlready()


def _must_be_whole(written: Mapping[str, str], texts: Mapping[str, str]) -> None:
    faults = [Fault(f"texts.{place}", "text_missing") for place in written if not texts.get(place, "").strip()]
    faults += [Fault(f"texts.{place}", "no_such_text") for place in texts if place not in written]
    if faults:
        raise InvalidFields(faults=faults)


def _rows(work: Work, letters: Sequence[Letter]) -> list[dict[str, Any]]:
    waiting: dict[str, list[str]] = defaultdict(list)
    for asked in work.letters.asked_translations([letter.event_id for letter in letters]):
        if work.letters.find_translation(asked.event_id, asked.language) is None:
            waiting[asked.event_id].append(asked.language)
    return [_row(work, letter, waiting[letter.event_id]) for letter in letters]


def _row(work: Work, letter: Letter, asked_in: list[str]) -> dict[str, Any]:
    document = work.documents.find(letter.document_id) if letter.document_id else None
    return {
        "letter_id": letter.event_id,
        "letter": letter.kind,
        "subject": letter.subject,
        "number": letter.number,
        "language": letter.language,
        "decided_at": letter.decided_at,
        "check_code": letter.check_code,
        "digest": letter.digest,
        "document_id": letter.document_id,
        "file_name": letter.file_name,
        "sha256": document.sha256 if document else None,
        "translation_of": letter.translation_of,
        "asked_in": asked_in,
        "review": [
            {
                "way": time.way,
                "sent_on": time.sent_on,
                "served_on": time.served_on,
                "last_day": time.last_day,
                "final_on": time.final_from,
            }
            for time in review_of(letter.kind, data_of(letter))
        ],
    }
