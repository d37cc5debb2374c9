"""Assessments, reckonings, undertakings, registered aid and movements in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from services.applications.domain.aid_register import OwnershipLink, RegisteredAid
from services.applications.domain.filed_reckonings import DECISION, FiledReckoning, SavedAssessment
from services.applications.domain.movements import Movement
from services.applications.domain.register_facts import RegisterFacts
from shared.money import Money


@dataclass
class DecidingKept:
    assessments: dict[str, SavedAssessment] = field(default_factory=dict)
    reckonings: list[FiledReckoning] = field(default_factory=list)
    links: dict[str, OwnershipLink] = field(default_factory=dict)
    aid: dict[str, RegisteredAid] = field(default_factory=dict)
    ended: dict[str, date] = field(default_factory=dict)
    movements: list[tuple[str, Movement]] = field(default_factory=list)
    register: dict[str, RegisterFacts] = field(default_factory=dict)

    def copy(self) -> DecidingKept:
        return DecidingKept(
            dict(self.assessments),
            list(self.reckonings),
            dict(self.links),
            dict(self.aid),
            dict(self.ended),
            list(self.movements),
            dict(self.register),
        )


class FakeAssessments:
    def __init__(self, kept: DecidingKept) -> None:
        self.kept = kept

    def get(self, number: str) -> SavedAssessment | None:
        return self.kept.assessments.get(number)

    def put(self, assessment: SavedAssessment) -> None:
        self.kept.assessments[assessment.number] = assessment


class FakeReckonings:
    def __init__(self, kept: DecidingKept) -> None:
        self.kept = kept

    def add(self, reckoning: FiledReckoning) -> None:
        self.kept.reckonings.append(reckoning)

    def of_case(self, number: str) -> Sequence[FiledReckoning]:
        return [one for one in reversed(self.kept.reckonings) if one.number == number]

    def decision(self, number: str) -> FiledReckoning | None:
        return next((one for one in self.of_case(number) if one.kind == DECISION), None)


class FakeUndertakings:
    def __init__(self, kept: DecidingKept) -> None:
        self.kept = kept

    def links_around(self, business_id: str) -> tuple[OwnershipLink, ...]:
        known = {business_id}
        while True:
            links = [link for link in self.kept.links.values() if {link.owner, link.owned} & known]
            wider = known | {end for link in links for end in (link.owner, link.owned)}
            if wider == known:
                return tuple(sorted(links, key=lambda link: link.link_id))
            known = wider

    def lock(self, members: Iterable[str]) -> None:
        """One at a time here anyway."""

    def register_facts(self, business_id: str) -> RegisterFacts | None:
        return self.kept.register.get(business_id)

    def told_by_register(self, business_id: str) -> RegisterFacts | None:
        return self.kept.register.get(business_id)

    def note_register(self, facts: RegisterFacts) -> None:
        self.kept.register[facts.business_id] = facts

    def record(self, link: OwnershipLink) -> None:
        self.kept.links[link.link_id] = link


class FakeAidRegister:
    def __init__(self, kept: DecidingKept) -> None:
        self.kept = kept

    def of(self, members: Iterable[str], basis: str) -> tuple[RegisteredAid, ...]:
        who = frozenset(members)
        rows = [
            aid
            for key, aid in self.kept.aid.items()
            if key not in self.kept.ended and aid.business_id in who and aid.basis == basis
        ]
        return tuple(sorted(rows, key=lambda aid: (aid.granted_on, aid.number)))

    def add(self, aid: RegisteredAid, at: datetime, act: int = 1) -> None:
        key = aid.number if act == 1 else f"{aid.number}/{act}"
        assert key not in self.kept.aid
        self.kept.aid[key] = aid

    def take_back(self, number: str, amount: Money, on: date) -> None:
        for key in self._parts(number):
            part = self.kept.aid[key].amount
            if part <= amount:
                self.kept.ended[key] = on
            else:
                self.kept.aid[key] = replace(self.kept.aid[key], amount=part - amount)
            amount -= min(part, amount)

    def end(self, number: str, on: date) -> None:
        self.kept.ended |= dict.fromkeys(self._parts(number), on)

    def _parts(self, number: str) -> list[str]:
        """In force, what was added last before the rest."""
        return [key for key, aid in self.kept.aid.items() if aid.number == number and key not in self.kept.ended][::-1]


class FakeMovements:
    def __init__(self, kept: DecidingKept) -> None:
        self.kept = kept

    def add(self, number: str, movement: Movement) -> None:
        self.kept.movements.append((number, movement))

    def of(self, number: str) -> tuple[Movement, ...]:
        return tuple(movement for whose, movement in self.kept.movements if whose == number)
