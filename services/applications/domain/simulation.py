"""What aid would a project get: told before anybody signs in, by the rules that decide.

Nothing is kept. What the visitor leaves out is named as missing and never guessed; what a decision would stop at
is an obstacle.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.applications.domain import gates as assessment_gates
from services.applications.domain.aid import Aid, aid_for
from services.applications.domain.assessed import Assessed
from services.applications.domain.calls import Call, Stage
from services.applications.domain.ceilings import ceilings_of
from services.applications.domain.cost_models import eligible_costs
from services.applications.domain.findings import Gate, Status
from services.applications.domain.plans import Cost
from services.applications.domain.rulesets import Ruleset, ruleset_on
from services.applications.domain.selection import DE_MINIMIS, NOT_STATE_AID, REGIONAL_AID, UNSAID
from shared.dates import helsinki_day
from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import ZERO, Money, total
from shared.reference.municipalities import municipality
from shared.rules import aid_ceiling, de_minimis, gates, gber, regional_aid
from shared.rules.de_minimis import EarlierAid
from shared.rules.rule import Rule
from shared.rules.sme_size import Classed, Size
from shared.rules.versions import Book

LIKELY, NOT_ELIGIBLE, INCOMPLETE = "likely", "not_eligible", "incomplete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the visitor told; None and empty where nothing was."""

    costs: tuple[Cost, ...] = ()
    public_financing: Money = ZERO
    size: Size | None = None
    municipality: str = ""
    earlier_aid: tuple[EarlierAid, ...] = ()
    works_start_on: date | None = None
    in_difficulty: bool | None = None
    recovery_order: bool | None = None
    tax_debt: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    code: str
    facts: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """`aid` is none when it would not fit in the de minimis room: then no part of it does."""

    verdict: str
    aid: Money
    eligible_costs: Money
    own_share: Money
    basis: str
    aid_area: str | None
    headroom: Money | None
    window_first: date | None
    obstacles: tuple[Obstacle, ...]
    missing: tuple[str, ...]
    steps: tuple[Step, ...]
    rules: tuple[Rule, ...]
    ruleset: str


def simulate(call: Call, told: Told, now: datetime) -> Simulation:
    """As if it were applied for and decided now. Raises InvalidFields for costs or a place that cannot be.

    Raises NoRulesetInForce when the call's programme period has no rules today.
    """
    if faults := tuple(_faults(call, told)):
        raise InvalidFields(faults=faults)
    on = helsinki_day(now)
    looked = _look(call, told, on, ruleset_on(on, call.programme_period))
    obstacles, missing = tuple(_obstacles(call, told, looked, now)), tuple(_missing(call, told))
    granted = ZERO if looked.is_over else looked.aid.amount
    place, room = looked.place, looked.room
    return Simulation(
        verdict=NOT_ELIGIBLE if obstacles else INCOMPLETE if missing else LIKELY,
        aid=granted,
        eligible_costs=looked.costs,
        own_share=max(looked.costs - granted - told.public_financing, ZERO),
        basis=call.selection.aid_basis,
        aid_area=place.area if place else None,
        headroom=room.headroom if room else None,
        window_first=room.window_first if room else None,
        obstacles=obstacles,
        missing=missing,
        steps=(*looked.aid.steps, *(place.steps if place else ()), *(room.steps if room else ())),
        rules=tuple(_rules(call, looked)),
        ruleset=looked.ruleset.id,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """What the rules say of what was told. `room` None where the aid is surely no de minimis aid."""

    ruleset: Ruleset
    classed: Classed | None
    place: regional_aid.RegionalAid | None
    costs: Money
    lawful: Gate
    aid: Aid
    room: de_minimis.Room | None
    counts: bool

    @property
    def is_over(self) -> bool:
        return self.counts and self.room is not None and not self.room.fits


def _look(call: Call, told: Told, on: date, ruleset: Ruleset) -> _Looked:
    selection, book = call.selection, ruleset.book
    classed = _classed(told.size)
    place = _place(call, told, on, book)
    costs = eligible_costs(call.cost_model, told.costs, ruleset).total
    lawful = assessment_gates.basis(selection, on)
    ceilings = ceilings_of(on, selection, Assessed(), classed, place, costs, told.public_financing, lawful, book)
    aid = aid_for(told.costs, call, ruleset, public_financing=told.public_financing, ceilings=ceilings.steps)
    room = None
    if selection.aid_basis in (DE_MINIMIS, UNSAID):
        room = book.of(de_minimis.VERSIONS).says(on, told.earlier_aid, aid.amount, regulation="2023/2831")
    return _Looked(
        ruleset=ruleset,
        classed=classed,
        place=place,
        costs=costs,
        lawful=lawful,
        aid=aid,
        room=room,
        counts=selection.aid_basis == DE_MINIMIS,
    )


def _obstacles(call: Call, told: Told, looked: _Looked, now: datetime) -> Iterator[Obstacle]:
    """What a decision would stop at, from the call to the room that is left."""
    yield from _of_call(call, looked.aid, now)
    yield from _of_project(call, told, helsinki_day(now), looked.ruleset.book)
    company = looked.ruleset.book.of(gates.VERSIONS).says(
        recovery_order=told.recovery_order,
        in_difficulty=told.in_difficulty,
        tax_debt=told.tax_debt,
        recovery_unpaid=told.recovery_order,
        lasting_profitability=True,
        has_business_id=True,
    )
    for name in company.obstacles:
        if name != "recovery_unpaid":
            yield Obstacle(code=f"gate_{name}", facts={})
    if looked.lawful.status is Status.FAILED:
        yield Obstacle(code="basis_not_in_force", facts={})
    yield from _of_size(call, looked.classed, looked.place)
    if looked.is_over and looked.room:
        yield _over(looked.room)


def _faults(call: Call, told: Told) -> Iterator[Fault]:
    for at, row in enumerate(told.costs):
        if row.category not in call.categories:
            facts = {"categories": ", ".join(call.categories)}
            yield Fault(f"costs.{at}.category", "category_not_in_call", facts)
        if row.amount < ZERO:
            yield Fault(f"costs.{at}.amount", "negative")
    for at, one in enumerate(told.earlier_aid):
        if one.amount < ZERO:
            yield Fault(f"earlier_aid.{at}.amount", "negative")
    if told.public_financing < ZERO:
        yield Fault("public_financing", "negative")
    if told.municipality and municipality(told.municipality) is None:
        yield Fault("municipality", "unknown_municipality")


def _classed(size: Size | None) -> Classed | None:
    """The size as the visitor told it; the figures behind it are asked in the application."""
    if size is None:
        return None
    return Classed(
        size=size,
        is_sme=size.is_sme,
        by_latest_year=size,
        staff=Decimal(0),
        turnover=ZERO,
        balance=ZERO,
        steps=(),
    )


def _place(call: Call, told: Told, on: date, book: Book) -> regional_aid.RegionalAid | None:
    if call.selection.aid_basis != REGIONAL_AID or not told.municipality or told.size is None:
        return None
    return book.of(regional_aid.VERSIONS).says(on, told.municipality, told.size)


def _of_call(call: Call, aid: Aid, now: datetime) -> Iterator[Obstacle]:
    stage = call.stage_at(now)
    if stage is Stage.UPCOMING:
        yield Obstacle(code="call_not_open", facts={"opens_at": call.opens_at.isoformat()})
    if stage is Stage.CLOSED:
        yield Obstacle(code="call_closed", facts={"closed_at": call.closes_at.isoformat()})
    if ZERO < aid.amount < call.aid_least:
        yield Obstacle(code="aid_below_least", facts={"aid": str(aid.amount), "least": str(call.aid_least)})


def _of_project(call: Call, told: Told, on: date, book: Book) -> Iterator[Obstacle]:
    where = municipality(told.municipality) if told.municipality else None
    if where and where.region not in call.regions:
        yield Obstacle(code="region_not_in_call", facts={"regions": ", ".join(call.regions)})
    if told.works_start_on and not book.of(gber.INCENTIVE_VERSIONS).says(on, told.works_start_on).in_time:
        facts = {"works": told.works_start_on.isoformat(), "applied": on.isoformat()}
        yield Obstacle(code="works_before_application", facts=facts)


def _of_size(call: Call, classed: Classed | None, place: regional_aid.RegionalAid | None) -> Iterator[Obstacle]:
    if place and not place.may_be_granted:
        yield Obstacle(code=place.reason, facts={"municipality": place.municipality, "size": place.size.value})
    article = assessment_gates.article_of(call.selection, Assessed())
    if article and classed and classed.size not in gber.BY_KEY[article].rates:
        yield Obstacle(code="article_not_for_size", facts={"size": classed.size.value})


def _over(room: de_minimis.Room) -> Obstacle:
    return Obstacle(code="de_minimis_room_short", facts={"aid": str(room.new), "headroom": str(room.headroom)})


def _missing(call: Call, told: Told) -> Iterator[str]:
    if not total(row.amount for row in told.costs):
        yield "costs"
    if call.selection.aid_basis == NOT_STATE_AID:
        return
    if told.size is None and call.selection.is_state_aid:
        yield "size"
    if call.selection.aid_basis == REGIONAL_AID and not told.municipality:
        yield "municipality"
    for name in ("in_difficulty", "recovery_order", "tax_debt"):
        if getattr(told, name) is None:
            yield name


def _rules(call: Call, looked: _Looked) -> Iterator[Rule]:
    book = looked.ruleset.book
    yield book.of(gates.VERSIONS).rule
    yield book.of(gber.INCENTIVE_VERSIONS).rule
    if call.selection.aid_basis != UNSAID:
        yield book.of(aid_ceiling.VERSIONS).rule
    if assessment_gates.article_of(call.selection, Assessed()):
        yield book.of(gber.INTENSITY_VERSIONS).rule
    if looked.place is not None:
        yield book.of(regional_aid.VERSIONS).rule
    if looked.room is not None:
        yield book.of(de_minimis.VERSIONS).rule
