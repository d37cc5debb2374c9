"""Disqualification (esteellisyys / jäv): who may open a case, told per person and case before it is opened.

Hallintolaki 434/2003 27–30 §; CPR 2021/1060 Annex XI (key requirement on conflicts of interest).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from services.applications.domain.errors import (
    DeclareFirst,
    Disqualified,
    InterestWaits,
    NothingToResolve,
    OwnInterest,
    PartDisqualified,
)


class Answer(StrEnum):
    NONE = "none"
    CONFLICT = "conflict"
    UNSURE = "unsure"


class Verdict(StrEnum):
    LIFTED = "lifted"
    CONFIRMED = "confirmed"


class Standing(StrEnum):
    """What a person's answer lets them do with the case."""

    UNDECLARED = "undeclared"
    CLEAR = "clear"
    WAITS = "waits"  # in doubt: the superior resolves it, until then the case stays shut
    DISQUALIFIED = "disqualified"


SHUT = frozenset({Standing.WAITS, Standing.DISQUALIFIED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A person's newest answer on a case. `ground` is a clause of HL 28 §; verdict and reason are the superior's."""

    number: str
    person: str
    role: str
    answer: Answer
    ground: str = ""
    note: str = ""
    declared_at: datetime
    verdict: Verdict | None = None
    resolved_by: str | None = None
    resolved_at: datetime | None = None
    reason: str | None = None

    @property
    def standing(self) -> Standing:
        if self.answer is Answer.NONE or self.verdict is Verdict.LIFTED:
            return Standing.CLEAR
        undecided = self.answer is Answer.UNSURE and self.verdict is None
        return Standing.WAITS if undecided else Standing.DISQUALIFIED

    @property
    def is_resolvable(self) -> bool:
        """A doubt that waits, or a conflict that nobody has confirmed or lifted yet."""
        return self.answer is not Answer.NONE and self.verdict is None

    def resolved(self, verdict: str, by: str, reason: str, at: datetime) -> Declaration:
        """The superior's word (HL 29 §: the authority resolves; never the person whose own interest it is).

        Raises OwnInterest, NothingToResolve.
        """
        if by == self.person:
            raise OwnInterest
        if not self.is_resolvable:
            raise NothingToResolve(person=self.person)
        return replace(self, verdict=Verdict(verdict), resolved_by=by, resolved_at=at, reason=reason)


def standing_of(declaration: Declaration | None) -> Standing:
    return declaration.standing if declaration else Standing.UNDECLARED


def must_be_clear(declaration: Declaration | None, number: str) -> None:
    """Raises DeclareFirst, InterestWaits or Disqualified."""
    standing = standing_of(declaration)
    if standing is Standing.UNDECLARED:
        raise DeclareFirst(number=number)
    if standing is Standing.WAITS:
        raise InterestWaits(number=number)
    if standing is Standing.DISQUALIFIED:
        raise Disqualified(number=number)


def must_pass(declaration: Declaration | None, number: str, *, unanswered: bool) -> None:
    """As `must_be_clear`; an `unanswered` person passes, who carries out what others have signed and opens nothing."""
    if declaration is not None or not unanswered:
        must_be_clear(declaration, number)


def must_stand(declarations: Iterable[Declaration]) -> None:
    """What these people did may be built upon. Raises PartDisqualified; a doubt that waits undoes nothing yet."""
    for one in declarations:
        if one.standing is Standing.DISQUALIFIED:
            raise PartDisqualified(person=one.person, number=one.number)


def may_answer_anew(before: Declaration | None, answer: Answer) -> bool:
    """Whether the answer changes anything. A conflict holds for good, and a doubt gives way only to a conflict.

    Raises Disqualified, InterestWaits.
    """
    if before is None:
        return True
    if before.standing is Standing.DISQUALIFIED:
        if answer is Answer.CONFLICT:
            return False
        raise Disqualified(number=before.number)
    if before.standing is Standing.WAITS:
        if answer is Answer.NONE:
            raise InterestWaits(number=before.number)
        return answer is Answer.CONFLICT
    return answer is not Answer.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitution:
    """`person` is away from `first` to `last`, both included; `substitute` sees their cases meanwhile."""

    substitution_id: str
    authority: str
    person: str
    substitute: str
    first: date
    last: date
    named_by: str

    def is_on(self, day: date) -> bool:
        return self.first <= day <= self.last
