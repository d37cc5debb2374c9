"""Aid that has been granted, by undertaking, and the de minimis room that a single undertaking has left.

The own register has the awards of this house from the moment each was signed; what others granted is told by the
applicant and the official ((EU) 2023/2831 art. 6(3), 7(4)). Who is one undertaking with whom follows the links
that the customer register has told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.applications.domain.assessed import DeclaredAid
from services.applications.domain.errors import DeMinimisOver
from services.applications.domain.findings import Finding, found
from shared.money import Money, Rate
from shared.rules import single_undertaking as law
from shared.rules.de_minimis import RULE as DE_MINIMIS
from shared.rules.de_minimis import EarlierAid, Room, de_minimis

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
    """One earlier award with whether it counts in the three years of the new one."""

    business_id: str
    name: str
    granted_on: date
    amount: Money
    authority: str
    number: str
    regulation: str
    declared: bool
    counts: bool


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
            "aids": [
                {
                    "business_id": aid.business_id,
                    "name": aid.name,
                    "granted_on": aid.granted_on.isoformat(),
                    "amount": str(aid.amount),
                    "authority": aid.authority,
                    "number": aid.number,
                    "regulation": aid.regulation,
                    "declared": aid.declared,
                    "counts": aid.counts,
                }
                for aid in self.aids
            ],
        }

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
) -> Headroom:
    """What is left, and whether `new` fits in any three years: those up to its own day, and those of later awards.

    A later award of the group can be in the register already, when two people sign around midnight; the three
    years back from it include this one too.
    """
    group = law.single_undertaking(business_id, (link.by_law for link in links), on)
    rows = (*_registered(registered), *_declared(declared, business_id))
    earlier = tuple(aid for aid, _ in rows)
    regulation = "2023/2831" if on >= _ROLLING_SINCE else "1407/2013"
    room = de_minimis(on, earlier, new, regulation=regulation, members=group.members)
    later = tuple(_later_rooms(on, earlier, new, regulation, group.members, business_id))
    tightest = min((room, *later), key=lambda one: one.headroom)
    return Headroom(
        on=on,
        window_first=room.window_first,
        ceiling=tightest.ceiling,
        used=tightest.counted,
        free=tightest.headroom,
        new=new,
        fits=new <= tightest.headroom,
        members=group.members,
        aids=tuple(
            Counted(
                business_id=aid.undertaking,
                name=told.get("name", ""),
                granted_on=aid.granted_on,
                amount=aid.amount,
                authority=told.get("authority", ""),
                number=told.get("number", ""),
                regulation=told.get("regulation", ""),
                declared="number" not in told,
                counts=aid.undertaking in group.members and room.window_first <= aid.granted_on <= on,
            )
            for aid, told in rows
        ),
        findings=(
            found(law.RULE, ", ".join(group.members), group.steps, company=business_id, on=on.isoformat()),
            found(
                DE_MINIMIS,
                room.headroom,
                room.steps,
                on=on.isoformat(),
                regulation=regulation,
                new=new or "",
                members=", ".join(group.members),
                earlier=len(earlier),
            ),
            *(
                found(DE_MINIMIS, one.headroom, one.steps, on=one.window_last.isoformat(), regulation=regulation)
                for one in later
            ),
        ),
    )


def _later_rooms(
    on: date, earlier: tuple[EarlierAid, ...], new: Money, regulation: str, members: tuple[str, ...], business_id: str
) -> Iterator[Room]:
    """The rooms of later awards whose three years reach back to the day of this one."""
    days = sorted({aid.granted_on for aid in earlier if aid.granted_on > on and aid.undertaking in members})
    for day in days:
        room = de_minimis(day, earlier, new, regulation=regulation, members=members)
        if room.window_first <= on:
            yield room


def _registered(rows: Iterable[RegisteredAid]) -> Iterator[tuple[EarlierAid, dict[str, str]]]:
    for row in sorted(rows, key=lambda row: (row.granted_on, row.number)):
        aid = EarlierAid(
            granted_on=row.granted_on, amount=row.amount, undertaking=row.business_id, reference=row.number
        )
        yield (
            aid,
            {
                "name": row.undertaking_name,
                "authority": row.authority,
                "number": row.number,
                "regulation": row.regulation,
            },
        )


def _declared(rows: Iterable[DeclaredAid], business_id: str) -> Iterator[tuple[EarlierAid, dict[str, str]]]:
    for row in rows:
        whose = row.business_id or business_id
        aid = EarlierAid(granted_on=row.granted_on, amount=row.amount, undertaking=whose, reference=row.authority)
        yield aid, {"name": row.name, "authority": row.authority, "regulation": row.regulation}
