"""A search in its two tries: every word is a part of what is searched; or every word is almost one there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, text, true
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Session

from services.applications.domain.searching import LIKE_ENOUGH, Sought
from services.applications.records import ApplicationRecord

A = ApplicationRecord
Condition = ColumnElement[bool]

MOST_LOOKED_AT, MOST_ALIKE = 200, 100
TELLING = 4  # letters


def within(authority: str) -> Condition:
    """The authority once more, in the form that the search's index has it in: others' rows are never looked at."""
    return array([A.authority]).contains(array([literal(authority)]))


def exactly(sought: Sought) -> Condition:
    """Every word is a part of what is searched."""
    if not sought.words:
        return true()
    return and_(*(A.searched.like(f"%{_literal(word)}%") for word in sought.words))


def likest(narrowed: Sequence[Condition], sought: Sought) -> Select[Any]:
    """Numbers of the likest cases. The limit of likeness is the transaction's: see `set_limit`.

    The index finds those that have something like every word of some length; a short one is like too much for
    that, and is looked at row by row. When very many fit, the first of them will do: another word would tell more
    than looking at them all.
    """
    longest = max(sought.words, key=len)
    alike = [
        A.searched.op("%>")(word)
        if len(word) >= TELLING or word == longest
        else func.word_similarity(word, A.searched) >= LIKE_ENOUGH
        for word in sought.words
    ]
    found = select(A.number, likeness(sought).label("likeness")).where(*narrowed, *alike).limit(MOST_LOOKED_AT)
    candidates = found.subquery()
    return select(candidates.c.number).order_by(candidates.c.likeness.desc(), candidates.c.number).limit(MOST_ALIKE)


def set_limit(session: Session) -> None:
    limit = text("SELECT set_config('pg_trgm.word_similarity_threshold', :limit, true)")
    session.execute(limit, {"limit": str(LIKE_ENOUGH)})


def likeness(sought: Sought) -> ColumnElement[Any]:
    """The sum over the words, each from 0 to 1."""
    found: Any = literal(0)
    for word in sought.words:
        found = found + func.word_similarity(word, A.searched)
    return found  # type: ignore[no-any-return]  # a sum of columns


def itself_first(sought: Sought) -> list[ColumnElement[Any]]:
    """The number or business id itself, then a name that begins so, then the rest."""
    whole = or_(A.number == (sought.number or ""), A.business_id == (sought.business_id or ""))
    begins = A.searched.like(f"% {_literal(sought.whole)}%")
    return [whole.desc(), begins.desc()]


def _literal(word: str) -> str:
    """In LIKE, % and _ mean themselves."""
    return word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
