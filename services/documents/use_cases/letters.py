"""Letters: owed in the transaction that hears what they tell of, written afterwards, sealed for the archive."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import structlog

from services.documents.domain.documents import Document, DocumentKind
from services.documents.domain.file_types import PDF
from services.documents.domain.letters import GATHERED, OF_THE_COMPANY, ArchivedLetter, Letter, LetterKind
from services.documents.letters.archive import seal_of
from services.documents.letters.composing import (
    check_code_of,
    compose,
    digest_of,
    metadata_of,
    owed,
    people_in,
)
from services.documents.ports import Archive, OpenWork, Press, Work
from shared.blobs import Blob
from shared.contracts import applications, payments
from shared.contracts.documents import DOCUMENT_STORED, LETTER_WRITTEN
from shared.contracts.terms import Event
from shared.messaging.envelope import Envelope
from shared.messaging.wire import ServiceAway

log = structlog.get_logger(__name__)

FACTS: Mapping[LetterKind, Event] = {
    LetterKind.GRANT_AWARDED: applications.GRANT_AWARDED,
    LetterKind.GRANT_REFUSED: applications.GRANT_REFUSED,
    LetterKind.LEFT_UNEXAMINED: applications.GRANT_REFUSED,
    LetterKind.LAPSED: applications.GRANT_REFUSED,
    LetterKind.PAYMENT_DECIDED: payments.PAYMENT_DECIDED,
    LetterKind.CORRECTION: applications.DECISION_CORRECTED,
    LetterKind.AMENDMENT: applications.GRANT_AMENDED,
    LetterKind.TRANCHE: applications.TRANCHE_GRANTED,
    LetterKind.CANCELLATION: applications.GRANT_CANCELLED,
    LetterKind.CLOSURE: applications.PROJECT_CLOSED,
    LetterKind.REVIEW_DECISION: applications.REVIEW_DECIDED,
    LetterKind.COMPLETION_REQUEST: applications.COMPLETION_REQUESTED,
    LetterKind.HEARING: applications.HEARING_REQUESTED,
    LetterKind.FILING: applications.APPLICATION_SUBMITTED,
    LetterKind.COMPLETION_FILED: applications.COMPLETION_ANSWERED,
}
REFUSALS: Mapping[str, LetterKind] = {
    "leave_unexamined": LetterKind.LEFT_UNEXAMINED,
    "lapse": LetterKind.LAPSED,
}

NAMES_AWAY = "the names of the people who decided were not to be had"
FACTS_AWAY = "what the letter tells was not to be had"
NamesOf = Callable[[Collection[str]], Mapping[str, str]]  # people's names by their ids, those that are known
FactsOf = Callable[[Letter], Mapping[str, Any]]  # what `letters.gathered.picked` gives, asked of the case's room


def owe_letter(work: Work, kind: LetterKind, fact: Envelope, data: Mapping[str, Any]) -> None:
    """Note that a fact calls for a letter. A fact heard twice owes one letter.

    A decision's letter is composed once here and thrown away: a fact that holds something no text is written for
    raises LookupError, and is parked in front of a person instead of failing in the background.
    """
    if work.letters.exists(fact.id):
        return
    wire = _announced(kind, fact)
    if kind not in GATHERED:
        compose(kind, data, wire, names={}, service_address="")
    told = {"language": work.asker.language, **data}
    known = owed(kind, told, wire)
    work.letters.add(
        Letter(
            event_id=fact.id,
            kind=kind,
            subject=fact.subject,
            number=data["number"],
            language=told["language"],
            business_id=data["business_id"],
            authority=data["authority"],
            file_name=known.file_name,
            check_code=known.check_code,
            digest=known.digest,
            decided_at=datetime.fromisoformat(wire["decided_at"]),
            data=wire,
            due_at=work.now,
        )
    )


def refusal_kind(data: Mapping[str, Any]) -> LetterKind:
    """Refused, left unexamined and lapsed are told by one fact and three letters."""
    return REFUSALS.get(data["outcome"], LetterKind.GRANT_REFUSED)


def print_owed_letters(
    open_work: OpenWork,
    archive: Archive,
    press: Press,
    names_of: NamesOf,
    facts_of: FactsOf,
    closing: Callable[[], bool],
    *,
    service_address: str,
    most: int,
) -> int:
    """Print up to `most` letters; how many were taken up. Each is kept with its announcement in one transaction.

    A house that closes while facts are asked for begins no printing: the letters are put back, due at once.
    Raises ServiceAway when another room did not answer, after printing what could be: the round is over then, and
    a house that is closing does not wait for each letter in turn.
    """
    with open_work() as work:
        taken = work.letters.take_due(work.now, most)
    if not taken:
        return 0
    ready, away = _all_with_facts(taken, facts_of, open_work, closing)
    if closing():
        _put_back(ready, open_work)
    elif ready:
        _print(ready, open_work, archive, press, names_of, service_address)
    if away:
        raise away
    return len(taken)


def _print(
    ready: Sequence[Letter], open_work: OpenWork, archive: Archive, press: Press, names_of: NamesOf, address: str
) -> None:
    try:
        names = names_of(people_named_in(ready))
    except Exception:  # whatever kept the names away: no letter without its signers, and none lost for it
        with open_work() as work:
            for letter in ready:
                work.letters.put(letter.failed(NAMES_AWAY, work.now))
        raise
    sheets = [_sheet(letter, names, address) for letter in ready]
    for letter, printed in zip(ready, press.print(sheets), strict=True):
        if isinstance(printed, str):
            log.error("letter_not_printed", event_id=letter.event_id, subject=letter.subject, fault=printed)
            with open_work() as work:
                work.letters.put(letter.failed(printed, work.now))
        else:
            blob = archive.put(printed)
            with open_work() as work:
                _keep(work, letter, blob, names)


def _put_back(taken: Sequence[Letter], open_work: OpenWork) -> None:
    with open_work() as work:
        for letter in taken:
            work.letters.put(letter.put_back(work.now))


def people_named_in(letters: Iterable[Letter]) -> frozenset[str]:
    return frozenset[str]().union(*(people_in(letter.data) for letter in letters))


def data_of(letter: Letter) -> dict[str, Any]:
    """The letter's data as its fact's schema reads them, and what was gathered for it as it came."""
    data: dict[str, Any] = FACTS[letter.kind].schema().load(letter.data)
    extra = {name: letter.data[name] for name in ("gathered", "actor", "role", "via") if name in letter.data}
    return {**data, **extra, "language": letter.language, "decided_at": letter.decided_at}


def _announced(kind: LetterKind, fact: Envelope) -> dict[str, Any]:
    """The fact's data as announced; a fact that names neither its moment nor who did it gets them from its wrapping."""
    if kind not in GATHERED:
        return fact.data
    who = {"actor": fact.actor, "role": fact.role, "via": fact.via}
    return {**fact.data, **who, "decided_at": fact.time.isoformat()}


def _all_with_facts(
    taken: Sequence[Letter], facts_of: FactsOf, open_work: OpenWork, closing: Callable[[], bool]
) -> tuple[list[Letter], ServiceAway | None]:
    """The letters with all they tell; those whose facts were not to be had are tried again later.

    A room that once did not answer in its time is asked for no other letter of these, and none in a house that closes.
    """
    ready: list[Letter] = []
    away: ServiceAway | None = None
    for letter in taken:
        if closing():
            ready.append(letter)
            continue
        whole = (away or _with_facts(letter, facts_of, open_work)) if letter.lacks_facts else letter
        if isinstance(whole, Letter):
            ready.append(whole)
            continue
        if isinstance(whole, ServiceAway):
            away = whole
        log.warning("letter_lacks_facts", event_id=letter.event_id, subject=letter.subject, why=repr(whole))
        with open_work() as work:
            work.letters.put(letter.failed(FACTS_AWAY, work.now))
    return ready, away


def _with_facts(letter: Letter, facts_of: FactsOf, open_work: OpenWork) -> Letter | Exception:
    """The letter with what was gathered for it, kept so; or what kept the facts away."""
    try:
        gathered = facts_of(letter)
    except Exception as error:  # noqa: BLE001  whatever it was: this letter waits, the others are printed
        return error
    wire = {**letter.data, "gathered": gathered}
    digest = digest_of(wire)
    language = gathered["application"]["language"]
    named = owed(letter.kind, {**letter.data, "language": language}, wire).file_name
    whole = replace(letter.with_facts(wire, language, check_code_of(digest), digest), file_name=named)
    with open_work() as work:
        work.letters.put(whole)
    return whole


def _sheet(letter: Letter, names: Mapping[str, str], service_address: str) -> dict[str, Any]:
    return compose(letter.kind, data_of(letter), letter.data, names=names, service_address=service_address)


def _keep(work: Work, taken: Letter, blob: Blob, names: Mapping[str, str]) -> None:
    letter = work.letters.find_locked(taken.event_id)
    if letter is None or not letter.to_write:
        return  # printed by another process after our lease; our copy's blob is swept away
    document = _document(letter, blob, work)
    work.documents.add(document)
    work.letters.put(letter.written(document.document_id))
    metadata = metadata_of(letter.kind, data_of(letter), letter.data, names)
    seal = seal_of(metadata, document.sha256)
    work.letters.archive(
        ArchivedLetter(document_id=document.document_id, metadata=metadata, sha256=document.sha256, seal=seal)
    )
    told = ("document_id", "subject", "business_id", "authority", "sha256")
    known = {name: getattr(document, name) for name in told}
    if letter.kind in OF_THE_COMPANY:
        own = {"kind": document.kind, "size": document.size, "scan": "ours"}
        work.announce(DOCUMENT_STORED, document.document_id, **known, **own)
        return
    work.announce(
        LETTER_WRITTEN,
        document.document_id,
        **known,
        letter=letter.kind,
        act=letter.data.get("act"),
        language=letter.language,
        translation=letter.translation_of is not None,
    )


def _document(letter: Letter, blob: Blob, work: Work) -> Document:
    return Document(
        document_id=uuid4().hex,
        kind=DocumentKind.FILING if letter.kind in OF_THE_COMPANY else DocumentKind.LETTER,
        subject=letter.subject,
        business_id=letter.business_id,
        authority=letter.authority,
        file_name=letter.file_name,
        media_type=PDF.media_type,
        size=blob.size,
        sha256=blob.sha256,
        blob=blob.key,
        stored_at=work.now,
        stored_by=work.asker.person,
        language=letter.language,
    )
