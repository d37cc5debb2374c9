"""The same award told twice: the register has it, and the applicant declares it too, as they are asked to.

It is one award, and counts once, when undertaking, granter, day of the award, sum and kind are the same, or an
official has said so. What is only near it in day and sum may be the same, written down with a slip of the pen, or
may be another award: it counts until an official has said which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from shared.money import Money
from shared.reference.authorities import AUTHORITIES

REGISTER, DECLARED = "register", "declared"
TELLERS = (REGISTER, DECLARED)
# What an official answers of a declared award that is near a registered one and is not it.
ANOTHER = "another"
_Key = tuple[object, ...]
_NEAR_DAYS = 31
_NEAR_TENTH = 10
_CODES = {
    name.casefold(): authority.code
    for authority in AUTHORITIES
    for name in (authority.code, *authority.names.values(), *authority.short.values())
}


class ToldAward(Protocol):
    """What of an award tells it from another. `same_as` is an official's word on a declared one."""

    @property
    def granted_on(self) -> date: ...
    @property
    def amount(self) -> Money: ...
    @property
    def undertaking(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def member_state(self) -> str: ...
    @property
    def reference(self) -> str: ...
    @property
    def authority(self) -> str: ...
    @property
    def told_by(self) -> str: ...
    @property
    def same_as(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """By the place of a declared award, the place of the registered one that it is, or may be."""

    same: dict[int, int] = field(default_factory=dict)
    unclear: dict[int, int] = field(default_factory=dict)


def pairs_of(awards: Mapping[int, ToldAward]) -> Pairs:
    """By their facts each registered award is at most one declared one: of two declared alike, the other is unclear."""
    declared = [at for at, award in awards.items() if award.told_by == DECLARED]
    register = _Register(awards)
    same = dict(_settled(awards, declared, register))
    free = register.places - set(same.values())
    for at in declared:
        award = awards[at]
        if at in same or award.same_as or not award.authority.strip():
            continue
        for other in register.alike(award):
            if other in free:
                same[at] = other
                free.discard(other)
                break
    unclear: dict[int, int] = {}
    for at in declared:
        if at not in same and awards[at].same_as != ANOTHER and (near := register.near(awards[at])):
            unclear[at] = min(near, key=lambda other: (other not in free, _apart(awards[at], awards[other]), other))
    return Pairs(same=same, unclear=unclear)


def authority_named(told: str) -> str:
    """The code of an authority that is named in any of its ways; else the name itself, however it is written."""
    plain = " ".join(told.split()).casefold()
    return _CODES.get(plain, plain)


class _Register:
    """The registered awards by what they are looked up by, so that thousands of them are told from each other."""

    def __init__(self, awards: Mapping[int, ToldAward]) -> None:
        self.awards = {at: award for at, award in awards.items() if award.told_by == REGISTER}
        self.places = set(self.awards)
        self._by_key: dict[_Key, list[int]] = {}
        self._by_facts: dict[_Key, list[int]] = {}
        self._by_day: dict[tuple[str, str, int], list[int]] = {}
        self._by_reference: dict[str, list[int]] = {}
        for at, award in self.awards.items():
            self._by_key.setdefault(_key(award), []).append(at)
            self._by_facts.setdefault(_key(award)[1:], []).append(at)
            day = award.granted_on.toordinal()
            self._by_day.setdefault((award.undertaking, award.member_state, day), []).append(at)
            self._by_reference.setdefault(award.reference, []).append(at)

    def alike(self, declared: ToldAward) -> Sequence[int]:
        return self._by_key.get(_key(declared), ())

    def named(self, reference: str) -> Sequence[int]:
        return self._by_reference.get(reference, ()) if reference else ()

    def near(self, declared: ToldAward) -> list[int]:
        """Within a month, and the sums within a tenth of the larger; or the granter and the day alone.

        In the name of another company, as of one's own group, everything else has to agree.
        """
        day = declared.granted_on.toordinal()
        days = range(day - _NEAR_DAYS, day + _NEAR_DAYS + 1)
        own = (declared.undertaking, declared.member_state)
        found = [at for one in days for at in self._by_day.get((*own, one), ()) if _near(declared, self.awards[at])]
        others = self._by_facts.get(_key(declared)[1:], ())
        return found + [at for at in others if self.awards[at].undertaking != declared.undertaking]


def _settled(
    awards: Mapping[int, ToldAward], declared: Sequence[int], register: _Register
) -> Iterator[tuple[int, int]]:
    """An official's word stands whatever the figures, when it names a registered award."""
    for at in declared:
        if named := register.named(awards[at].same_as):
            yield at, min(named, key=lambda other: (_apart(awards[at], awards[other]), awards[other].granted_on))


def _key(award: ToldAward) -> _Key:
    named = authority_named(award.authority)
    return (award.undertaking, named, award.granted_on, award.amount, award.kind, award.member_state)


def _near(one: ToldAward, other: ToldAward) -> bool:
    """Of the same undertaking, and within a month of each other."""
    if one.granted_on == other.granted_on and authority_named(one.authority) == authority_named(other.authority):
        return True
    larger = max(one.amount.cents, other.amount.cents)
    return abs(one.amount.cents - other.amount.cents) * _NEAR_TENTH <= larger


def _apart(one: ToldAward, other: ToldAward) -> tuple[int, int]:
    return abs((one.granted_on - other.granted_on).days), abs(one.amount.cents - other.amount.cents)
