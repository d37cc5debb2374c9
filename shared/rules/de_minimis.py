"""De minimis aid: how much room an undertaking has left on a day, and whether a new award fits in it.

All members of the single undertaking count together, in one member state, by the day the legal right to the
aid arose, in gross grant equivalent. If the new aid does not fit, none of it may be de minimis.

Windows. Regulation (EU) 2023/2831 counts any three years back from the award. Whether the award's own date
three years earlier still counts is not said; Regulation 1182/71 art. 3 points to the closed window, which is
also the cautious one: aid granted on the same calendar day three years ago COUNTS. Regulation 1407/2013 counts
the undertaking's fiscal year of the award and the two before it.

In the first half of 2024 both were in force: the scheme's legal basis decides, and has to be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import ZERO, Money, total
from shared.rules.calendar import years_before
from shared.rules.dated import holding
from shared.rules.rule import TOLD_IN_STEPS, Rule, titled, yes
from shared.rules.same_award import Pairs, pairs_of
from shared.rules.versions import Version, Versions

RULE = Rule(
    name="de_minimis",
    version="2",
    since=date(2014, 1, 1),
    until=date(2030, 12, 31),
    source="(EU) 2023/2831 art. 3; (EU) 1407/2013 art. 3; (EU) 2023/2832 art. 3; (EU) 360/2012 art. 2",
    titles=titled("De minimis -tuen liikkumavara", "Utrymme för de minimis-stöd", "De minimis head-room"),
)
# Decisions up to 25 November 2026 stand on it: an award that register and applicant both told counted twice.
RULE_1 = replace(RULE, version="1")

GENERAL, AGRICULTURE, FISHERIES, SGEI = "general", "agriculture", "fisheries", "sgei"
KINDS = (GENERAL, AGRICULTURE, FISHERIES, SGEI)
OTHER, ROAD_FREIGHT = "other", "road_freight"
ACTIVITIES = (OTHER, ROAD_FREIGHT)
ROLLING, FISCAL = "rolling_three_years", "three_fiscal_years"
TOLD_TWICE = "told_twice"
HOME = "FI"
# Aid of the special regulations counts up to the general ceiling, and general aid up to the ceiling of services
# of general economic interest: (EU) 2023/2831 art. 5(1)-(2), (EU) 1407/2013 art. 5(1)-(2).
_UNDER_GENERAL = frozenset({GENERAL, AGRICULTURE, FISHERIES})
_UNDER_SGEI = frozenset(KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """`ceiling` in `window`; `beside` is the next one that holds with it: of general and SGEI aid together, or of
    a sector's aid and general aid.

    `since` and `until`: the first and the last day on which aid may be granted by it.
    """

    name: str
    kind: str
    ceiling: Money
    window: str
    since: date
    until: date
    source: str
    beside: Money | None = None
    road_freight: Money | None = None


REGULATIONS: tuple[Regulation, ...] = (
    Regulation(
        name="1407/2013",
        kind=GENERAL,
        ceiling=Money.eur("200000.00"),
        road_freight=Money.eur("100000.00"),
        beside=Money.eur("500000.00"),
        window=FISCAL,
        since=date(2014, 1, 1),
        until=date(2024, 6, 30),  # to the end of 2023 ((EU) 2020/972) and six months more (art. 7(4))
        source="(EU) 1407/2013 art. 3(2)",
    ),
    Regulation(
        name="2023/2831",
        kind=GENERAL,
        ceiling=Money.eur("300000.00"),
        beside=Money.eur("750000.00"),
        window=ROLLING,
        since=date(2024, 1, 1),
        until=date(2030, 12, 31),
        source="(EU) 2023/2831 art. 3(2)",
    ),
    Regulation(
        name="360/2012",
        kind=SGEI,
        ceiling=Money.eur("500000.00"),
        window=FISCAL,
        since=date(2012, 4, 29),
        until=date(2024, 6, 30),
        source="(EU) 360/2012 art. 2(2)",
    ),
    Regulation(
        name="2023/2832",
        kind=SGEI,
        ceiling=Money.eur("750000.00"),
        window=ROLLING,
        since=date(2024, 1, 1),
        until=date(2030, 12, 31),
        source="(EU) 2023/2832 art. 3(2)",
    ),
    # Agriculture: 50 000 in any three years from 16.12.2024 to 2032 ((EU) 2024/3118, recital 1). Fisheries: 40 000 to
    # 2029 where a central register is used, as in Finland from 2026, else 30 000 ((EU) 2023/2391, recital 8); whether
    # its three years are fiscal ones is to be checked, and three years to the day are the cautious reading.
    Regulation(
        name="1408/2013",
        kind=AGRICULTURE,
        ceiling=Money.eur("50000.00"),
        beside=Money.eur("300000.00"),
        window=ROLLING,
        since=date(2024, 12, 16),
        until=date(2032, 12, 31),
        source="(EU) 1408/2013 art. 3(2), (EU) 2024/3118",
    ),
    Regulation(
        name="717/2014",
        kind=FISHERIES,
        ceiling=Money.eur("40000.00"),
        beside=Money.eur("300000.00"),
        window=ROLLING,
        since=date(2024, 1, 1),
        until=date(2029, 12, 31),
        source="(EU) 717/2014 art. 3(2), (EU) 2023/2391",
    ),
)
BY_NAME = {regulation.name: regulation for regulation in REGULATIONS}


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAid:
    """De minimis aid granted before: gross grant equivalent, on the day the right to it arose, not of payment."""

    granted_on: date
    amount: Money
    undertaking: str = ""
    kind: str = GENERAL
    activity: str = OTHER
    member_state: str = HOME
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAid(EarlierAid):
    """Aid of which it is known who granted it and who tells of it: the register or the applicant.

    `same_as` is an official's word on a declared award: the reference of the registered one that it is, or that it
    is another (`shared.rules.same_award`).
    """

    authority: str = ""
    told_by: str = ""
    same_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """`headroom` is what was left before the new aid; `fits` says whether the new aid is within it.

    `may_be_granted` is the new aid or nothing: a part of an award that does not fit is not de minimis either.
    `pairs`, by the places of the earlier awards: which of them are the same, or may be. The steps tell them.
    """

    regulation: str
    ceiling: Money
    window: str
    window_first: date
    window_last: date
    counted: Money
    headroom: Money
    new: Money
    fits: bool
    may_be_granted: Money
    excess: Money
    steps: tuple[Step, ...]
    pairs: Pairs = field(default_factory=Pairs, metadata=TOLD_IN_STEPS)


@dataclass(frozen=True, slots=True)
class _Pot:
    what: str
    ceiling: Money
    counted: Money
    source: str

    @property
    def left(self) -> Money:
        return max(self.ceiling - self.counted, ZERO)


def de_minimis(
    on: date,
    earlier: Iterable[EarlierAid],
    new: Money = ZERO,
    *,
    regulation: str | None = None,
    members: Iterable[str] | None = None,
    activity: str = OTHER,
    separate_accounts: bool = False,
    fiscal_year_ends: tuple[int, int] = (12, 31),
) -> Room:
    """Whether `new` aid may be granted on the day. An award that register and applicant both tell counts once.

    `members`: whose earlier aid counts (`shared.rules.single_undertaking`); None when all of `earlier` is theirs.
    `activity` road_freight matters by 1407/2013 only: 100 000 euros for all of an undertaking's aid, or with
    `separate_accounts` for its freight part alone. `fiscal_year_ends` (month, day) of the undertaking.
    Raises InvalidFields when the regulation is not known or not in force that day, or has to be told.
    """
    by = regulation_on(on, regulation)
    first = window_first(on, by.window, fiscal_year_ends)
    rows = tuple(earlier)
    pairs = pairs_of({at: row for at, row in enumerate(rows) if isinstance(row, ToldAid)})
    group = None if members is None else frozenset(members)
    reasons = tuple(TOLD_TWICE if at in pairs.same else _why_not(row, group, first, on) for at, row in enumerate(rows))
    counting = tuple(row for row, reason in zip(rows, reasons, strict=True) if not reason)
    pots = tuple(_pots(by, counting, activity, separate_accounts))
    tightest = min(pots, key=lambda pot: pot.left)
    fits = new <= tightest.left
    window = Step(
        sign="",
        what=f"window_{by.window}",
        source=by.source,
        facts={"first": first.isoformat(), "last": on.isoformat()},
    )
    return Room(
        regulation=by.name,
        ceiling=tightest.ceiling,
        window=by.window,
        window_first=first,
        window_last=on,
        counted=tightest.counted,
        headroom=tightest.left,
        new=new,
        fits=fits,
        may_be_granted=new if fits else ZERO,
        excess=ZERO if fits else new - tightest.left,
        pairs=pairs,
        steps=(window, *_row_steps(rows, reasons, pairs), *_pot_steps(pots), *_verdict(tightest, new, fits, by)),
    )


def de_minimis_1(
    on: date,
    earlier: Iterable[EarlierAid],
    new: Money = ZERO,
    *,
    regulation: str | None = None,
    members: Iterable[str] | None = None,
    activity: str = OTHER,
    separate_accounts: bool = False,
    fiscal_year_ends: tuple[int, int] = (12, 31),
) -> Room:
    """Version 1: every award counts as often as it was told. Raises as `de_minimis`."""
    return de_minimis(
        on,
        (replace(row, told_by="") if isinstance(row, ToldAid) else row for row in earlier),
        new,
        regulation=regulation,
        members=members,
        activity=activity,
        separate_accounts=separate_accounts,
        fiscal_year_ends=fiscal_year_ends,
    )


VERSIONS = Versions(Version(rule=RULE_1, says=de_minimis_1), Version(rule=RULE, says=de_minimis))


def regulation_on(on: date, name: str | None = None, kind: str = GENERAL) -> Regulation:
    """The regulation by its number, or the only one of its kind that is in force. Raises InvalidFields."""
    if name:
        if name not in BY_NAME:
            raise InvalidFields(faults=[Fault("regulation", "unknown_regulation", {"known": ", ".join(BY_NAME)})])
        chosen = BY_NAME[name]
        if not holding([chosen], on):
            facts = {"regulation": name, "first": chosen.since.isoformat(), "last": chosen.until.isoformat()}
            raise InvalidFields(faults=[Fault("on", "regulation_not_in_force", facts)])
        return chosen
    in_force = holding((one for one in REGULATIONS if one.kind == kind), on)
    if len(in_force) > 1:
        known = {"regulations": ", ".join(one.name for one in in_force)}
        raise InvalidFields(faults=[Fault("regulation", "scheme_decides", known)])
    if not in_force:
        raise InvalidFields(faults=[Fault("on", "no_rule_on_the_day")])
    return in_force[0]


def window_first(on: date, window: str, fiscal_year_ends: tuple[int, int] = (12, 31)) -> date:
    """The first day that counts: the same day three years ago, or the first day of the fiscal year before last."""
    if window == ROLLING:
        return years_before(on, 3)
    month, day = fiscal_year_ends
    year = on.year if (on.month, on.day) <= (month, day) else on.year + 1
    return _last_day(year - 3, month, day) + timedelta(days=1)


def _last_day(year: int, month: int, day: int) -> date:
    """The end of a fiscal year: one that ends on 29 February ends on the 28th in most years."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)


def _why_not(row: EarlierAid, members: frozenset[str] | None, first: date, on: date) -> str:
    if members is not None and row.undertaking not in members:
        return "other_undertaking"
    if row.member_state != HOME:
        return "other_member_state"
    if row.granted_on < first:
        return "before_window"
    return "after_the_day" if row.granted_on > on else ""


def _pots(by: Regulation, counting: tuple[EarlierAid, ...], activity: str, separate: bool) -> Iterator[_Pot]:
    if by.kind == SGEI:
        yield _Pot("ceiling_with_services", by.ceiling, _sum(counting, _UNDER_SGEI), by.source)
        return
    if by.kind in (AGRICULTURE, FISHERIES):
        yield _Pot("ceiling_of_sector", by.ceiling, _sum(counting, frozenset({by.kind})), by.source)
        if by.beside:
            yield _Pot("ceiling_general", by.beside, _sum(counting, _UNDER_GENERAL), BY_NAME["2023/2831"].source)
        return
    if by.road_freight and activity == ROAD_FREIGHT:
        freight = tuple(row for row in counting if not separate or row.activity == ROAD_FREIGHT)
        yield _Pot("ceiling_road_freight", by.road_freight, _sum(freight, _UNDER_GENERAL), by.source)
    yield _Pot("ceiling_general", by.ceiling, _sum(counting, _UNDER_GENERAL), by.source)
    if by.beside and any(row.kind == SGEI for row in counting):
        yield _Pot("ceiling_with_services", by.beside, _sum(counting, _UNDER_SGEI), by.source)


def _sum(rows: Iterable[EarlierAid], kinds: frozenset[str]) -> Money:
    return total(row.amount for row in rows if row.kind in kinds)


def _row_steps(rows: tuple[EarlierAid, ...], reasons: tuple[str, ...], pairs: Pairs) -> Iterator[Step]:
    for at, (row, reason) in enumerate(zip(rows, reasons, strict=True)):
        facts = {"day": row.granted_on.isoformat(), "whose": row.undertaking or row.reference, "kind": row.kind}
        if at in pairs.same:
            twin = _registered(rows[pairs.same[at]])
            by_official = isinstance(row, ToldAid) and bool(row.same_as)
            facts |= twin | {"declared": row.reference, "by_official": yes(by_official)}
            yield Step(sign="", what="aid_told_twice", amount=row.amount, source=twin["registered"], facts=facts)
        elif reason:
            yield Step(sign="", what="aid_not_counted", amount=row.amount, facts=facts | {"why": reason})
        else:
            yield Step(sign="+", what="aid_counted", amount=row.amount, source=row.reference, facts=facts)
        if at in pairs.unclear:
            near = _registered(rows[pairs.unclear[at]])
            yield Step(sign="", what="aid_may_be_same", source=near["registered"], facts=facts | near)


def _registered(row: EarlierAid) -> dict[str, str]:
    """What the register says of an award, beside what was declared."""
    return {
        "registered": row.reference,
        "registered_by": row.authority if isinstance(row, ToldAid) else "",
        "registered_on": row.granted_on.isoformat(),
        "registered_amount": str(row.amount),
    }


def _pot_steps(pots: tuple[_Pot, ...]) -> Iterator[Step]:
    for pot in pots:
        facts = {"counted": str(pot.counted), "ceiling": str(pot.ceiling)}
        yield Step(sign="≤", what=pot.what, amount=pot.left, source=pot.source, facts=facts)


def _verdict(pot: _Pot, new: Money, fits: bool, by: Regulation) -> Iterator[Step]:
    yield Step(sign="=", what="de_minimis_headroom", amount=pot.left, source=by.source)
    if new:
        what = "de_minimis_fits" if fits else "de_minimis_none"
        yield Step(sign="=", what=what, amount=new if fits else ZERO, source=by.source, facts={"new": str(new)})
