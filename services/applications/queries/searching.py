"""A search in its two tries: every word is a part of what is searched; or every word is almost one there.

For the second try the words of what has been filed are kept apart (`searched_words`, by triggers): of a hundred
thousand cases there are some thousands, so what a mistyped word is like is found at once, and the cases by the words
that were meant.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, text, true
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Session

from services.applications.domain.searching import LIKE_ENOUGH, Sought
from services.applications.records import ApplicationRecord, SearchedWordRecord

A, W = ApplicationRecord, SearchedWordRecord
Condition = ColumnElement[bool]

TELLING = 3  # letters: as many as the index looks by in the middle of a word
MOST_ALIKE, NEAR = 3, 0.15  # words that one mistyped word may have meant, and how much less like than the likest


@dataclass(frozen=True, slots=True)
class Words:
    """For each word of a search, what it may be, with the likeness of each; the likest first."""

    choices: Sequence[Sequence[tuple[str, float]]]

    @property
    def by_index(self) -> Condition:
        return self._each(_has)

    @property
    def row_by_row(self) -> Condition:
        """The same, in a form that no index knows: for what is so common that it is met soon in any order."""
        return self._each(_contains)

    @property
    def likeness(self) -> ColumnElement[Any]:
        """The sum over the words, each from 0 to 1."""
        found: Any = literal(0.0)
        for choices in self.choices:
            found = found + case(*((_has(word), alike) for word, alike in choices), else_=0.0)
        return found  # type: ignore[no-any-return]  # a sum of columns

    def _each(self, told: Callable[[str], Condition]) -> Condition:
        return and_(*(or_(*(told(word) for word, _ in choices)) for choices in self.choices))


def within(authority: str) -> Condition:
    """The authority once more, in the form that the search's index has it in: others' rows are never looked at."""
    return array([A.authority]).contains(array([literal(authority)]))


def exactly(sought: Sought) -> Condition:
    """Every word is a part of what is searched; one of a letter or two begins a word there."""
    return typed(sought).by_index if sought.words else true()


def typed(sought: Sought) -> Words:
    return Words([[(word, 1.0)] for word in sought.words])


def known(authority: str, sought: Sought) -> list[Condition]:
    """Each word is a part of one that some case has: asked once, before a case is looked at for a mistyped word."""
    kept = array([W.authority]).contains(array([literal(authority)]))
    return [exists().where(kept, W.word.like(_part(word))) for word in sought.words if not _has_digit(word)]


def meant(session: Session, authority: str, sought: Sought) -> Words | None:
    """What the words may have meant, of words that the authority's cases have; None when one is like nothing there."""
    session.execute(_SET_LIMIT, {"limit": str(LIKE_ENOUGH)})
    asked = {"words": list(sought.words), "parts": [_part(word) for word in sought.words]}
    choices: list[list[tuple[str, float]]] = [[] for _ in sought.words]
    for place, known, word, alike in session.execute(_ALIKE, asked | {"authority": authority, "most": MOST_ALIKE}):
        its, as_typed = choices[place - 1], sought.words[place - 1]
        if not its and (known or _has_digit(as_typed)):
            its.append((as_typed, 1.0))
        if word and as_typed not in word and (not its or alike >= its[0][1] - NEAR):
            its.append((word, alike))
    return Words(choices) if all(choices) else None


def itself_first(sought: Sought) -> list[ColumnElement[Any]]:
    """The number or business id itself, then a name that begins so, then the rest."""
    whole = or_(A.number == (sought.number or ""), A.business_id == (sought.business_id or ""))
    begins = A.searched.like(f"% {_literal(sought.whole)}%")
    return [whole.desc(), begins.desc()]


# The operator's limit is the transaction's own.
_SET_LIMIT = text("SELECT set_config('pg_trgm.word_similarity_threshold', :limit, true)")
_ALIKE = text("""
    SELECT typed.place, known.it, alike.word, alike.likeness
    FROM unnest(CAST(:words AS text[]), CAST(:parts AS text[])) WITH ORDINALITY AS typed (word, part, place)
    CROSS JOIN LATERAL (
        SELECT EXISTS (
            SELECT FROM applications.searched_words AS kept
            WHERE ARRAY[kept.authority] @> ARRAY[:authority] AND kept.word LIKE typed.part
        ) AS it
    ) AS known
    LEFT JOIN LATERAL (
        SELECT kept.word, word_similarity(typed.word, kept.word) AS likeness
        FROM applications.searched_words AS kept
        WHERE ARRAY[kept.authority] @> ARRAY[:authority] AND kept.word %> typed.word
        ORDER BY likeness DESC, kept.word
        LIMIT :most
    ) AS alike ON true
    ORDER BY typed.place, alike.likeness DESC, alike.word
""")


def _has(word: str) -> Condition:
    if _is_short(word):
        return A.searched.like(f"% {_literal(word)}%")
    return A.searched.like(_part(word))


def _contains(word: str) -> Condition:
    if _is_short(word):
        return func.strpos(A.searched, f" {word}") > 0
    return func.strpos(A.searched, word) > 0


def _has_digit(word: str) -> bool:
    """A number or an id is of no word that is kept."""
    return any(letter.isdigit() for letter in word)


def _is_short(word: str) -> bool:
    return sum(letter.isalnum() for letter in word) < TELLING


def _part(word: str) -> str:
    return f"%{_literal(word)}%"


def _literal(word: str) -> str:
    """In LIKE, % and _ mean themselves."""
    return word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
