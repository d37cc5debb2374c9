"""What the aid may be at most beside the call's own rate: by the kind of project, the map, the article, other aid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.applications.domain.assessed import Assessed
from services.applications.domain.findings import Finding, Gate, found
from services.applications.domain.gates import article_of
from services.applications.domain.selection import INVESTMENT, UNSAID, Selection
from shared.explained import Step
from shared.money import Money, Rate
from shared.rules import aid_ceiling, gber, regional_aid
from shared.rules.cumulation import STATE_AID, OtherAid, Together
from shared.rules.cumulation import VERSIONS as CUMULATION
from shared.rules.sme_size import Classed
from shared.rules.versions import Book


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceilings:
    """`steps` bound the aid; `together` tells what other public money leaves, None where nobody asks."""

    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]
    together: Together | None


@dataclass(frozen=True, slots=True)
class _Ceiling:
    rate: Rate
    step: Step
    finding: Finding | None = None  # None where a gate tells the rule's whole answer already


def ceilings_of(
    on: date,
    selection: Selection,
    assessed: Assessed,
    classed: Classed | None,
    place: regional_aid.RegionalAid | None,
    costs: Money,
    public_financing: Money,
    lawful: Gate,
    book: Book,
) -> Ceilings:
    """Every ceiling that can be told on the day; what is still unknown holds the gates open instead."""
    if selection.aid_basis == UNSAID or not lawful.holds:
        return Ceilings(steps=(), findings=(), together=None)
    found_so_far = (
        *_by_kind(on, selection, costs, book),
        *_by_map(place, costs),
        *_by_article(on, selection, assessed, classed, costs, book),
    )
    together: Together | None = None
    beside: tuple[Step, ...] = ()
    if selection.is_state_aid and (public_financing or assessed.other_aid) and found_so_far:
        rate = min(one.rate for one in found_so_far)
        together = book.of(CUMULATION).says(costs, rate, _others(assessed, public_financing))
        beside = (Step(sign="≤", what="room_beside_other_aid", amount=together.room, source="(EU) 651/2014 art. 8"),)
    return Ceilings(
        steps=(*(one.step for one in found_so_far), *beside),
        findings=tuple(one.finding for one in found_so_far if one.finding),
        together=together,
    )


def _by_kind(on: date, selection: Selection, costs: Money, book: Book) -> Iterator[_Ceiling]:
    """An investment that is State aid is bounded by its map or article alone (laki 758/2021, VNa 895/2021 8 §)."""
    if selection.is_state_aid and selection.purpose == INVESTMENT:
        return
    if selection.is_state_aid:
        project = aid_ceiling.BUSINESS
    else:
        project = aid_ceiling.INVESTMENT if selection.purpose == INVESTMENT else aid_ceiling.DEVELOPMENT
    rule = book.of(aid_ceiling.VERSIONS)
    allowed = rule.says(on, project, costs=costs)
    yield _Ceiling(
        allowed.rate,
        _step("ceiling_by_kind", allowed.most, aid_ceiling.ceiling_on(project, on).source, allowed.rate),
        found(rule.rule, allowed.rate, allowed.steps, on=on.isoformat(), project=project, costs=costs),
    )


def _by_map(place: regional_aid.RegionalAid | None, costs: Money) -> Iterator[_Ceiling]:
    if place and place.rate:
        source, rate = regional_aid.RULE.source, place.rate
        yield _Ceiling(rate, _step("ceiling_by_map", costs.at(rate), source, rate))


def _by_article(
    on: date, selection: Selection, assessed: Assessed, classed: Classed | None, costs: Money, book: Book
) -> Iterator[_Ceiling]:
    article = article_of(selection, assessed)
    if article is None or classed is None:
        return
    rule = book.of(gber.INTENSITY_VERSIONS)
    allowed = rule.says(on, article, classed.size, costs=costs)
    if allowed.rate is None or allowed.most is None:
        return
    yield _Ceiling(
        allowed.rate,
        _step("ceiling_by_article", allowed.most, gber.BY_KEY[article].source, allowed.rate),
        found(
            rule.rule,
            allowed.rate,
            allowed.steps,
            on=on.isoformat(),
            article=article,
            size=classed.size.value,
            costs=costs,
        ),
    )


def _others(assessed: Assessed, public_financing: Money) -> Iterator[OtherAid]:
    """Municipal and other public money in the plan, and other aid that the handler has found."""
    if public_financing:
        yield OtherAid(amount=public_financing, kind=STATE_AID, giver="financing_plan")
    if assessed.other_aid:
        rate = Rate(assessed.other_aid_rate) if assessed.other_aid_rate is not None else None
        yield OtherAid(amount=assessed.other_aid, kind=STATE_AID, rate=rate, giver="other_aid")


def _step(what: str, amount: Money | None, source: str, rate: Rate) -> Step:
    return Step(sign="≤", what=what, amount=amount, source=source, facts={"rate": str(rate)})
