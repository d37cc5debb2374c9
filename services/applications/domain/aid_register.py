"""Aid that has been granted, by undertaking, and the de minimis room that a single undertaking has left.

The own register has the awards of this house from the moment each was signed; what others granted is told by the
applicant and the official ((EU) 2023/2831 art. 6(3), 7(4)). Who is one undertaking with whom follows the links
that the customer register has told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.applications.domain.assessed import DeclaredAid
from services.applications.domain.errors import DeMinimisOver
from services.applications.domain.findings import Finding, found
from shared.money import Money, Rate, total
from shared.rules import single_undertaking as law
from shared.rules.de_minimis import VERSIONS as DE_MINIMIS
from shared.rules.de_minimis import Room, ToldAid
from shared.rules.same_award import DECLARED, REGISTER
from shared.rules.versions import NEWEST, Book, Version

# The customer register's kinds of a link, as art. 2(2) names them. A share alone, or a partner's, ties nothing.
_TIES = {
    "majority": "majority_of_votes",
    "board": "right_to_appoint",
    "contract": "dominant_influence",
    "dominant": "control_by_agreement",
}
_ROLLING_SINCE = date(2024, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipLink:
    """`owner` has to do with `owned` by `kind`; `until` is the last day, None while it lasts."""

    link_id: str
    owner: str
    owned: str
    kind: str
    share: Rate | None
    since: date
    until: date | None
    source: str

    @property
    def by_law(self) -> law.Link:
        kind = _TIES.get(self.kind, self.kind)
        return law.Link(owner=self.owner, owned=self.owned, kind=kind, since=self.since, until=self.until)

    def to_json(self) -> dict[str, Any]:
        return {
            "link_id": self.link_id,
            "owner": self.owner,
            "owned": self.owned,
            "kind": self.kind,
            "share": str(self.share) if self.share else None,
            "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredAid:
    """One award in the register. `amount` is its gross grant equivalent as it stands today."""

    number: str
    business_id: str
    undertaking_name: str
    basis: str
    regulation: str
    granted_on: date
    amount: Money
    authority: str
    sector: str

    def to_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "business_id": self.business_id,
            "undertaking_name": self.undertaking_name,
            "basis": self.basis,
            "regulation": self.regulation,
            "granted_on": self.granted_on.isoformat(),
            "amount": str(self.amount),
            "authority": self.authority,
            "sector": self.sector,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One earlier award with whether it counts in the three years of the new one.

    `same_as` is the number of the registered award that a declared one is, so that it counts once; `may_be` of the
    one that it may be, which an official settles. Both "" where there is none.
    """

    business_id: str
    name: str
    granted_on: date
    amount: Money
    authority: str
    number: str
    regulation: str
    declared: bool
    counts: bool
    same_as: str = ""
    may_be: str = ""

    def to_json(self) -> dict[str, Any]:
        told = {"same_as": self.same_as, "may_be": self.may_be}
        return {
            "business_id": self.business_id,
            "name": self.name,
            "granted_on": self.granted_on.isoformat(),
            "amount": str(self.amount),
            "authority": self.authority,
            "number": self.number,
            "regulation": self.regulation,
            "declared": self.declared,
            "counts": self.counts,
            # Documents of before know neither; one that has nothing to tell of them stays as it was.
            **{name: number for name, number in told.items() if number},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Headroom:
    """De minimis on the day of an award: `free` is what is left before `new`; `fits` with it in every window."""

    on: date
    window_first: date
    ceiling: Money
    used: Money
    free: Money
    new: Money
    fits: bool
    members: tuple[str, ...]
    aids: tuple[Counted, ...]
    findings: tuple[Finding, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "on": self.on.isoformat(),
            "window_first": self.window_first.isoformat(),
            "ceiling": str(self.ceiling),
            "used": str(self.used),
            "free": str(self.free),
            "members": list(self.members),
            "aids": [aid.to_json() for aid in self.aids],
        }

    @property
    def unclear(self) -> tuple[Counted, ...]:
        """Declared awards that count and may be registered ones."""
        return tuple(aid for aid in self.aids if aid.may_be and aid.counts)

    @property
    def fits_when_settled(self) -> bool:
        """Whether `new` could fit once an official has said which of the unclear awards are registered ones."""
        return self.new <= self.free + total(aid.amount for aid in self.unclear)

    def must_fit(self) -> None:
        """Raises DeMinimisOver with what counts and what is left."""
        if not self.fits:
            counting = (
                f"{aid.number or aid.authority or aid.business_id}: {aid.amount}" for aid in self.aids if aid.counts
            )
            raise DeMinimisOver(
                ceiling=self.ceiling, used=self.used, free=self.free, needed=self.new, awards="; ".join(counting) or "-"
            )


def members_of(business_id: str, links: Iterable[OwnershipLink], on: date) -> tuple[str, ...]:
    """The single undertaking on the day, the company itself among its members."""
    return law.single_undertaking(business_id, (link.by_law for link in links), on).members


def headroom(
    business_id: str,
    on: date,
    new: Money,
    *,
    links: Iterable[OwnershipLink],
    registered: Iterable[RegisteredAid],
    declared: Iterable[DeclaredAid],
    book: Book = NEWEST,
) -> Headroom:
    """What is left, and whether `new` fits in any three years: those up to its own day, and those of later awards.

    A later award of the group can be in the register already, when two people sign around midnight; the three
    years back from it include this one too. `book` has the versions of the rules: the newest, or a decision's own.
    """
    bond = book.of(law.VERSIONS)
    group = bond.says(business_id, (link.by_law for link in links), on)
    told = (*_registered(registered), *_declared(declared, business_id))
    question = _Question(
        rule=book.of(DE_MINIMIS),
        earlier=tuple(one.aid for one in told),
        new=new,
        regulation="2023/2831" if on >= _ROLLING_SINCE else "1407/2013",
        members=group.members,
    )
    room = question.room_on(on)
    later = tuple(question.later_rooms(on))
    tightest = min((room, *later), key=lambda one: one.headroom)
    tied = found(bond.rule, ", ".join(group.members), group.steps, company=business_id, on=on.isoformat())
    return Headroom(
        on=on,
        window_first=room.window_first,
        ceiling=tightest.ceiling,
        used=tightest.counted,
        free=tightest.headroom,
        new=new,
        fits=new <= tightest.headroom,
        members=group.members,
        aids=_counted(told, room, group.members),
        findings=(tied, *question.findings(room, later)),
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """An award with what the register or the applicant tells of it beside what the rule asks."""

    aid: ToldAid
    name: str
    authority: str
    regulation: str
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """What the de minimis rule is asked of a group, whatever the day."""

    rule: Version[..., Room]
    earlier: tuple[ToldAid, ...]
    new: Money
    regulation: str
    members: tuple[str, ...]

    def room_on(self, day: date) -> Room:
        return self.rule.says(day, self.earlier, self.new, regulation=self.regulation, members=self.members)

    def later_rooms(self, on: date) -> Iterator[Room]:
        """The rooms of later awards whose three years reach back to the day of this one."""
        days = {aid.granted_on for aid in self.earlier if aid.granted_on > on and aid.undertaking in self.members}
        for room in map(self.room_on, sorted(days)):
            if room.window_first <= on:
                yield room

    def findings(self, room: Room, later: Iterable[Room]) -> Iterator[Finding]:
        asked = {"on": room.window_last.isoformat(), "regulation": self.regulation}
        yield found(
            self.rule.rule,
            room.headroom,
            room.steps,
            **asked,
            new=self.new or "",
            members=", ".join(self.members),
            earlier=len(self.earlier),
        )
        for one in later:
            asked = {"on": one.window_last.isoformat(), "regulation": self.regulation}
            yield found(self.rule.rule, one.headroom, one.steps, **asked)


def _counted(told: Sequence[_Told], room: Room, members: tuple[str, ...]) -> tuple[Counted, ...]:
    """Each award that was told of, in the order in which the rule was asked of them."""
    pairs = room.pairs
    return tuple(
        Counted(
            business_id=one.aid.undertaking,
            name=one.name,
            granted_on=one.aid.granted_on,
            amount=one.aid.amount,
            authority=one.authority,
            number=one.number,
            regulation=one.regulation,
            declared=one.aid.told_by == DECLARED,
            counts=at not in pairs.same
            and one.aid.undertaking in members
            and room.window_first <= one.aid.granted_on <= room.window_last,
            same_as=told[pairs.same[at]].number if at in pairs.same else "",
            may_be=told[pairs.unclear[at]].number if at in pairs.unclear else "",
        )
        for at, one in enumerate(told)
    )


def _registered(rows: Iterable[RegisteredAid]) -> Iterator[_Told]:
    for row in sorted(rows, key=lambda row: (row.granted_on, row.number)):
        aid = ToldAid(
            granted_on=row.granted_on,
            amount=row.amount,
            undertaking=row.business_id,
            reference=row.number,
            authority=row.authority,
            told_by=REGISTER,
        )
        yield _Told(aid, row.undertaking_name, row.authority, row.regulation, row.number)


def _declared(rows: Iterable[DeclaredAid], business_id: str) -> Iterator[_Told]:
    for row in rows:
        aid = ToldAid(
            granted_on=row.granted_on,
            amount=row.amount,
            undertaking=row.business_id or business_id,
            reference=row.authority,
            authority=row.authority,
            told_by=DECLARED,
            same_as=row.same_as,
        )
        yield _Told(aid, row.name, row.authority, row.regulation)
