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
    same = dict(_settled(awards, declared))
    free = {at for at, award in awards.items() if award.told_by == REGISTER} - set(same.values())
    for at, other in _alike(awards, declared):
        if at not in same and other in free:
            same[at] = other
            free.discard(other)
    unclear: dict[int, int] = {}
    for at in declared:
        if at in same or awards[at].same_as == ANOTHER:
            continue
        near = [other for other, award in awards.items() if award.told_by == REGISTER and _near(awards[at], award)]
        if near:
            unclear[at] = min(near, key=lambda other: (other not in free, _apart(awards[at], awards[other]), other))
    return Pairs(same=same, unclear=unclear)


def authority_named(told: str) -> str:
    """The code of an authority that is named in any of its ways; else the name itself, however it is written."""
    plain = " ".join(told.split()).casefold()
    return _CODES.get(plain, plain)


def _settled(awards: Mapping[int, ToldAward], declared: Sequence[int]) -> Iterator[tuple[int, int]]:
    """An official's word stands whatever the figures, when it names a registered award."""
    for at in declared:
        named = [
            other
            for other, award in awards.items()
            if award.told_by == REGISTER and award.reference and award.reference == awards[at].same_as
        ]
        if named:
            yield at, min(named, key=lambda other: (_apart(awards[at], awards[other]), awards[other].granted_on))


def _alike(awards: Mapping[int, ToldAward], declared: Sequence[int]) -> Iterator[tuple[int, int]]:
    for at in declared:
        if awards[at].same_as or not awards[at].authority.strip():
            continue
        for other, award in awards.items():
            if award.told_by == REGISTER and _key(award) == _key(awards[at]):
                yield at, other


def _key(award: ToldAward) -> tuple[object, ...]:
    named = authority_named(award.authority)
    return (award.undertaking, named, award.granted_on, award.amount, award.kind, award.member_state)


def _near(one: ToldAward, other: ToldAward) -> bool:
    """Within a month of each other, and their sums within a tenth of the larger; or the granter and the day alone.

    In the name of another company, as of one's own group, everything else has to agree.
    """
    if one.member_state != other.member_state:
        return False
    if one.undertaking != other.undertaking:
        return _key(one)[1:] == _key(other)[1:]
    if one.granted_on == other.granted_on and authority_named(one.authority) == authority_named(other.authority):
        return True
    days, cents = _apart(one, other)
    return days <= _NEAR_DAYS and cents * _NEAR_TENTH <= max(one.amount.cents, other.amount.cents)


def _apart(one: ToldAward, other: ToldAward) -> tuple[int, int]:
    return abs((one.granted_on - other.granted_on).days), abs(one.amount.cents - other.amount.cents)
