"""Everything that a proposal or a decision is computed from, and everything that follows, by one pure function.

`reckon` looks at nothing but its inputs. They are stored whole with the decision, so that the same function gives
the same figures years later; the digest seals inputs and results together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from services.applications.domain import call_gates, gates
from services.applications.domain.aid import Aid, aid_for
from services.applications.domain.aid_register import Headroom, OwnershipLink, RegisteredAid, headroom
from services.applications.domain.assessed import Assessed, Year
from services.applications.domain.assessment_reading import read_assessment
from services.applications.domain.calls import Call
from services.applications.domain.ceilings import Ceilings, ceilings_of
from services.applications.domain.cost_models import EligibleCosts, eligible_costs
from services.applications.domain.evidence import with_evidence
from services.applications.domain.findings import Finding, Gate, Status, found, steps_to_json
from services.applications.domain.plans import Cost
from services.applications.domain.proposals import WITHOUT_AID
from services.applications.domain.register_facts import RegisterFacts
from services.applications.domain.rulesets import Ruleset, ruleset_on
from services.applications.domain.scoring import Points, points_of
from services.applications.domain.selection import DE_MINIMIS, REGIONAL_AID, Selection
from services.applications.domain.tranche_years import first_tranche
from shared.errors import InvalidFields
from shared.explained import Step
from shared.money import ZERO, Money, Rate
from shared.rules import regional_aid
from shared.rules.cost_models import VERSIONS as FLAT_RATE
from shared.rules.sme_size import VERSIONS as SME_SIZE
from shared.rules.sme_size import Classed, Figures, Related
from shared.rules.versions import Book

FORMAT = 2  # of the stored document; the first knew no evidence, and is read and computed as it was
WITHOUT_EVIDENCE = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What of the call the figures follow from."""

    call_id: str
    fund: str
    programme_period: str
    cost_model: str
    aid_rate: Rate
    aid_least: Money
    aid_most: Money
    selection: Selection

    def to_json(self) -> dict[str, Any]:
        return {
            "call_id": self.call_id,
            "fund": self.fund,
            "programme_period": self.programme_period,
            "cost_model": self.cost_model,
            "aid_rate": str(self.aid_rate),
            "aid_least": str(self.aid_least),
            "aid_most": str(self.aid_most),
            "selection": self.selection.to_json(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that goes in. `on` is the day whose rules apply, `filed_on` the Finnish day of filing.

    `assessment` is as the handler typed it; `overrides` are reasons by gate. `answer` is what the business register
    said last, None when nobody has asked it. `format` is the form of the document it is or was stored in.
    """

    number: str
    business_id: str
    on: date
    outcome: str
    terms: Terms
    accepted: tuple[Cost, ...]
    sought: Money
    public_financing: Money
    filed_on: date
    municipality: str
    assessment: Mapping[str, Any] = field(default_factory=dict)
    links: tuple[OwnershipLink, ...] = ()
    registered: tuple[RegisteredAid, ...] = ()
    overrides: Mapping[str, str] = field(default_factory=dict)
    answer: RegisterFacts | None = None
    format: int = FORMAT

    def to_json(self) -> dict[str, Any]:
        answer = {"answer": self.answer.to_json() if self.answer else None}
        return {
            "format": self.format,
            "number": self.number,
            "business_id": self.business_id,
            "on": self.on.isoformat(),
            "outcome": self.outcome,
            "terms": self.terms.to_json(),
            "accepted": [
                {"category": row.category, "description": row.description, "year": row.year, "amount": str(row.amount)}
                for row in self.accepted
            ],
            "sought": str(self.sought),
            "public_financing": str(self.public_financing),
            "filed_on": self.filed_on.isoformat(),
            "municipality": self.municipality,
            "assessment": dict(self.assessment),
            "links": [link.to_json() for link in self.links],
            "registered": [row.to_json() for row in self.registered],
            "overrides": dict(self.overrides),
            **({} if self.format == WITHOUT_EVIDENCE else answer),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """All that comes out. `aid` is zero for an outcome without aid; then the gates only tell how things stood."""

    eligible_costs: Money
    aid: Money
    steps: tuple[Step, ...]
    gates: tuple[Gate, ...]
    findings: tuple[Finding, ...]
    points: Points
    size_class: str | None
    area: str | None
    room: Headroom | None
    ruleset: Ruleset
    computed: Aid

    @property
    def ready(self) -> bool:
        return all(gate.holds for gate in self.gates)

    @property
    def rules(self) -> tuple[tuple[str, str], ...]:
        """Every rule that had a say, with its version, each once."""
        every = (*self.findings, *(one for gate in self.gates for one in gate.findings))
        return tuple(dict.fromkeys((one.rule, one.version) for one in every))

    def to_json(self) -> dict[str, Any]:
        return {
            "eligible_costs": str(self.eligible_costs),
            "aid": str(self.aid),
            "steps": steps_to_json(self.steps),
            "gates": [gate.to_json() for gate in self.gates],
            "findings": [finding.to_json() for finding in self.findings],
            "points": self.points.to_json(),
            "size_class": self.size_class,
            "area": self.area,
            "room": self.room.to_json() if self.room else None,
            "ruleset": self.ruleset.id,
        }


def terms_of(call: Call) -> Terms:
    return Terms(
        call_id=call.call_id,
        fund=call.fund,
        programme_period=call.programme_period,
        cost_model=call.cost_model,
        aid_rate=call.aid_rate,
        aid_least=call.aid_least,
        aid_most=call.aid_most,
        selection=call.selection,
    )


def reckon(inputs: Inputs, *, by: Ruleset | None = None, first_year_only: bool = True) -> Reckoned:
    """The figures and the gates by the rules of the day, or by a rule set that a decision was made by.

    A grant of 2014–2020 over several years is granted its first year only; `first_year_only` False gives the aid on
    all the accepted years, for the tranches that follow.

    Raises NoRulesetInForce when the programme period has no rules on the day, NoSuchVersion when the rule set names
    a version that a rule has never had.
    """
    ruleset = by or ruleset_on(inputs.on, inputs.terms.programme_period)
    facts = _facts(inputs, ruleset)
    aid = _aid(facts, first_year_only)
    without_aid = inputs.outcome in WITHOUT_AID
    room = _room(facts, ZERO if without_aid else aid.amount)
    every = _gates(facts, aid, room)
    if inputs.format != WITHOUT_EVIDENCE:
        every = tuple(with_evidence(every, facts.assessed, inputs.answer, inputs.links, inputs.on))
    return Reckoned(
        eligible_costs=ZERO if without_aid else aid.costs.total,
        aid=ZERO if without_aid else aid.amount,
        steps=() if without_aid else aid.steps,
        gates=tuple(_overridden(gate, inputs.overrides) for gate in every),
        findings=(_cost_finding(facts), *facts.ceilings.findings),
        points=facts.points,
        size_class=facts.classed.size.value if facts.classed else None,
        area=facts.place.area if facts.place else None,
        room=room,
        ruleset=ruleset,
        computed=aid,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What the rules say before any sum of aid: `whole` are the costs that it may be given on."""

    inputs: Inputs
    ruleset: Ruleset
    assessed: Assessed
    points: Points
    classed: Classed | None
    lawful: Gate
    place: regional_aid.RegionalAid | None
    whole: EligibleCosts
    ceilings: Ceilings

    @property
    def asks_state_aid(self) -> bool:
        """State aid on a ground that is in force: only then its own conditions are asked."""
        return self.lawful.holds and self.inputs.terms.selection.is_state_aid


def _facts(inputs: Inputs, ruleset: Ruleset) -> _Facts:
    terms, selection, book = inputs.terms, inputs.terms.selection, ruleset.book
    assessed = read_assessment(inputs.assessment, selection, inputs.on)
    classed = size_of(assessed, book)
    lawful = gates.basis(selection, inputs.on)
    place = _place(inputs, assessed, classed, book) if lawful.holds and selection.is_state_aid else None
    whole = eligible_costs(terms.cost_model, inputs.accepted, ruleset)
    return _Facts(
        inputs=inputs,
        ruleset=ruleset,
        assessed=assessed,
        points=points_of(selection, assessed.scores),
        classed=classed,
        lawful=lawful,
        place=place,
        whole=whole,
        ceilings=ceilings_of(
            inputs.on, selection, assessed, classed, place, whole.total, inputs.public_financing, lawful, book
        ),
    )


def _aid(facts: _Facts, first_year_only: bool) -> Aid:
    inputs, terms, ruleset = facts.inputs, facts.inputs.terms, facts.ruleset
    return aid_for(
        inputs.accepted,
        terms,
        ruleset,
        public_financing=inputs.public_financing,
        sought=inputs.sought,
        ceilings=(
            *facts.ceilings.steps,
            *(first_tranche(terms, inputs.accepted, ruleset) if first_year_only else ()),
        ),
    )


def _gates(facts: _Facts, aid: Aid, room: Headroom | None) -> tuple[Gate, ...]:
    """Every gate in its order, the call's own first."""
    inputs, terms, selection = facts.inputs, facts.inputs.terms, facts.inputs.terms.selection
    assessed, classed, book = facts.assessed, facts.classed, facts.ruleset.book
    project = gates.Project(
        period=terms.programme_period,
        cost_model=terms.cost_model,
        fund=terms.fund,
        costs=facts.whole.total,
        aid=aid.amount,
    )
    return (
        facts.lawful,
        call_gates.eligibility(selection, assessed),
        call_gates.criteria(selection, facts.points),
        call_gates.checklist(selection, assessed),
        call_gates.opinion(selection, assessed),
        gates.tax_debt(selection, assessed, book),
        gates.recovery_order(selection, assessed, book),
        gates.size(selection, assessed, classed, book),
        gates.in_difficulty(selection, assessed, classed, inputs.on, book, inputs.answer),
        gates.incentive_effect(selection, assessed, inputs.filed_on, book),
        gates.area(selection, facts.place, inputs.on, book),
        gates.cumulation(facts.ceilings.together, aid.amount, inputs.on, book),
        gates.de_minimis(room),
        gates.simplified_costs(selection, project, inputs.on, book),
    )


def size_of(assessed: Assessed, book: Book) -> Classed | None:
    """The size class; None while figures are missing of the enterprise or of one that belongs with it."""
    rows = assessed.enterprises
    if not assessed.latest.is_whole or not all(row.figures.is_whole for row in rows):
        return None
    return book.of(SME_SIZE).says(
        _figures(assessed.latest),
        [Related(name=row.name, share=row.share, figures=_figures(row.figures), controls=row.controls) for row in rows],
        public_share=assessed.public_share,
        public_exception=assessed.public_exception,
        earlier=[_figures(assessed.before)] if assessed.before.is_whole else [],
        owners_changed=assessed.owners_changed,
    )


def _figures(year: Year) -> Figures:
    return Figures(staff=year.staff or Decimal(0), turnover=year.turnover or ZERO, balance=year.balance or ZERO)


def _place(inputs: Inputs, assessed: Assessed, classed: Classed | None, book: Book) -> regional_aid.RegionalAid | None:
    """The area of the investment; None while the place or the size is unknown."""
    where = assessed.municipality or inputs.municipality
    if inputs.terms.selection.aid_basis != REGIONAL_AID or not where or classed is None:
        return None
    try:
        return book.of(regional_aid.VERSIONS).says(inputs.on, where, classed.size)
    except InvalidFields:
        return None


def _room(facts: _Facts, aid: Money) -> Headroom | None:
    """None where the aid does not count against the de minimis ceiling."""
    inputs = facts.inputs
    if not facts.asks_state_aid or inputs.terms.selection.aid_basis != DE_MINIMIS:
        return None
    return headroom(
        inputs.business_id,
        inputs.on,
        aid,
        links=inputs.links,
        registered=inputs.registered,
        declared=facts.assessed.earlier_aid,
        book=facts.ruleset.book,
    )


def _cost_finding(facts: _Facts) -> Finding:
    whole, inputs = facts.whole, facts.inputs
    rule = facts.ruleset.book.of(FLAT_RATE).rule
    return found(rule, whole.total, whole.steps, cost_model=inputs.terms.cost_model, on=inputs.on.isoformat())


def _overridden(gate: Gate, overrides: Mapping[str, str]) -> Gate:
    reason = overrides.get(gate.code, "").strip()
    if not reason or gate.status is not Status.FAILED or not gate.overridable:
        return gate
    return replace(gate, status=Status.OVERRIDDEN, override=reason)
