"""Which case a request opens, for the gate before it (`shared.messaging.gate`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.documents.domain.documents import case_of, must_store_for
from services.documents.ports import Work
from services.documents.use_cases.storing import visible_document
from services.documents.use_cases.translating import visible_letter
from shared.errors import NotFound


def case_of_document(work: Work, document_id: str, **_: Any) -> Sequence[str]:
    """Raises NotFound and NotForYou."""
    return (case_of(visible_document(work, document_id).subject),)


def case_of_letter(work: Work, letter_id: str, **_: Any) -> Sequence[str]:
    """Raises NotFound and NotForYou."""
    return (visible_letter(work, letter_id).number,)


def case_of_archived(work: Work, document_id: str, **_: Any) -> Sequence[str]:
    """Raises NotFound and NotForYou."""
    letter = work.letters.find_by_document(document_id)
    if letter is None:
        raise NotFound(what="letter")
    return case_of_letter(work, letter.event_id)


def case_of_subject(work: Work, subject: str, **_: Any) -> Sequence[str]:
    return (case_of(subject),)


def case_stored_for(work: Work, subject: str, business_id: str, authority: str, **_: Any) -> Sequence[str]:
    """Raises NotForYou for another authority's case."""
    must_store_for(work.asker, business_id, authority)
    return (case_of(subject),)


def case_numbered(work: Work, number: str) -> Sequence[str]:
    return (number,)
