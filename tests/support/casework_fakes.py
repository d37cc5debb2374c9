"""Declarations, substitutes, officials and views in memory, kept in the fake desk's own rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from services.applications.domain.interests import Declaration, Standing, Substitution
from services.applications.domain.views import SavedView
from shared.errors import NotFound


@dataclass
class CaseworkKept:
    """What outlives a transaction. Answers are kept in the order given: the last one of a person counts."""

    answers: list[Declaration] = field(default_factory=list)
    substitutions: dict[str, Substitution] = field(default_factory=dict)
    officials: set[tuple[str, str, str]] = field(default_factory=set)
    views: dict[str, SavedView] = field(default_factory=dict)

    def copy(self) -> CaseworkKept:
        return CaseworkKept(list(self.answers), dict(self.substitutions), set(self.officials), dict(self.views))


class FakeInterests:
    def __init__(self, kept: CaseworkKept) -> None:
        self.kept = kept

    def of(self, number: str, person: str) -> Declaration | None:
        theirs = [one for one in self.kept.answers if (one.number, one.person) == (number, person)]
        return theirs[-1] if theirs else None

    def on(self, number: str) -> Sequence[Declaration]:
        newest = {one.person: one for one in self.kept.answers if one.number == number}
        return sorted(newest.values(), key=lambda one: one.declared_at)

    def answer(self, declaration: Declaration) -> None:
        self.kept.answers.append(declaration)

    def resolve(self, declaration: Declaration) -> None:
        answered = self.of(declaration.number, declaration.person)
        assert answered
        self.kept.answers[self.kept.answers.index(answered)] = declaration

    def start_anew(self, number: str, at: datetime) -> None:
        theirs = [one for one in self.kept.answers if one.number == number]
        newest = {one.person: one for one in theirs}
        shut_out = {one.person for one in newest.values() if one.standing is Standing.DISQUALIFIED}
        self.kept.answers = [one for one in self.kept.answers if one.number != number or one.person in shut_out]


class FakeSubstitutions:
    def __init__(self, kept: CaseworkKept) -> None:
        self.kept = kept

    def get(self, substitution_id: str) -> Substitution:
        if substitution_id not in self.kept.substitutions:
            raise NotFound(what="substitution")
        return self.kept.substitutions[substitution_id]

    def of(self, authority: str, person: str, day: date) -> Substitution | None:
        fitting = [
            one
            for one in self.kept.substitutions.values()
            if (one.authority, one.person) == (authority, person) and one.is_on(day)
        ]
        return fitting[-1] if fitting else None

    def add(self, substitution: Substitution, at: datetime) -> None:
        self.kept.substitutions[substitution.substitution_id] = substitution

    def remove(self, substitution_id: str) -> None:
        del self.kept.substitutions[substitution_id]


class FakeOfficials:
    def __init__(self, kept: CaseworkKept) -> None:
        self.kept = kept

    def has(self, authority: str, role: str, person: str) -> bool:
        return (authority, role, person) in self.kept.officials

    def add(self, authority: str, role: str, person: str) -> None:
        self.kept.officials.add((authority, role, person))


class FakeViews:
    def __init__(self, kept: CaseworkKept) -> None:
        self.kept = kept

    def get(self, view_id: str) -> SavedView:
        if view_id not in self.kept.views:
            raise NotFound(what="view")
        return self.kept.views[view_id]

    def count_of(self, owner: str, authority: str) -> int:
        return sum((one.owner, one.authority) == (owner, authority) for one in self.kept.views.values())

    def put(self, view: SavedView) -> None:
        self.kept.views[view.view_id] = replace(view)

    def remove(self, view_id: str) -> None:
        del self.kept.views[view_id]
