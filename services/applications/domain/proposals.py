"""What the handler proposes: which costs to accept and what aid follows from them by the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.applications.domain.aid import Aid
from services.applications.domain.calls import Call
from services.applications.domain.correspondence.hearings import ADVERSE, Hearing
from services.applications.domain.cost_models import sums_by_category
from services.applications.domain.plans import Cost, Plan
from services.applications.domain.reading import MOST_AMOUNT
from shared.dates import helsinki_day
from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import ZERO, Money, Rate, total

APPROVE = "approve"
IN_PART = "approve_in_part"
REJECT = "reject"
LEAVE_UNEXAMINED = "leave_unexamined"
LAPSE = "lapse"
WITHOUT_AID = frozenset({REJECT, LEAVE_UNEXAMINED, LAPSE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """`aid` on `accepted_costs` by `ruleset`; zero when none is to be granted.

    `reasons` and `conditions` are in the applicant's language. `hearing` tells how the applicant was heard, of a
    proposal that goes against it.
    """

    outcome: str
    accepted_costs: tuple[Cost, ...]
    eligible_costs: Money
    aid: Money
    aid_rate: Rate
    steps: tuple[Step, ...]
    ruleset: str
    reasons: str
    conditions: tuple[str, ...]
    proposed_by: str
    proposed_at: datetime
    hearing: Hearing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What the handler wrote and who and when: the part of a proposal that is not computed."""

    outcome: str
    reasons: str
    conditions: tuple[str, ...]
    proposed_by: str
    proposed_at: datetime
    hearing: Hearing | None


def goes_against(outcome: str, less: bool, conditions: Iterable[str], call: Call) -> bool:
    """Whether the applicant gets less than it applied for, or conditions that the call did not tell of.

    `less`: the rules give less aid than was applied for, even where every cost is accepted.
    """
    if outcome != APPROVE:
        return outcome in ADVERSE
    return less or any(not call.tells_of(text) for text in conditions)


def must_not_examine(outcome: str, call: Call) -> None:
    """What came after the call closed is left unexamined, or lapses when it is given up. Raises InvalidFields."""
    if outcome not in (LEAVE_UNEXAMINED, LAPSE):
        last = helsinki_day(call.closes_at - timedelta(microseconds=1)).isoformat()
        raise InvalidFields(faults=[Fault("outcome", "late_is_not_examined", {"last": last})])


def must_bind_nobody(outcome: str, conditions: Iterable[str]) -> None:
    """Conditions bind the one who gets aid (VAL 688/2001 11 §). Raises InvalidFields for any without aid."""
    if outcome in WITHOUT_AID and any(conditions):
        raise InvalidFields(faults=[Fault("conditions", "must_be_empty")])


def must_fit_the_plan(accepted: tuple[Cost, ...], plan: Plan, call: Call, outcome: str) -> None:
    """Raises InvalidFields when the costs don't fit the outcome, or exceed what was applied for in a category."""
    if faults := tuple(_objections(accepted, plan, call, outcome)):
        raise InvalidFields(faults=faults)


def propose(accepted: tuple[Cost, ...], call: Call, aid: Aid, ruleset_id: str, wording: Wording) -> Proposal:
    """The proposal with the aid that the rules gave on the accepted costs.

    Raises InvalidFields when the aid is below the least that the call grants.
    """
    without_aid = wording.outcome in WITHOUT_AID
    if not without_aid and aid.amount < max(call.aid_least, Money(1)):
        facts = {"aid": str(aid.amount), "least": str(call.aid_least)}
        raise InvalidFields(faults=[Fault("accepted_costs", "aid_below_least", facts)])
    return Proposal(
        outcome=wording.outcome,
        accepted_costs=accepted,
        eligible_costs=ZERO if without_aid else aid.costs.total,
        aid=ZERO if without_aid else aid.amount,
        aid_rate=call.aid_rate,
        steps=() if without_aid else aid.steps,
        ruleset=ruleset_id,
        reasons=wording.reasons,
        conditions=wording.conditions,
        proposed_by=wording.proposed_by,
        proposed_at=wording.proposed_at,
        hearing=wording.hearing,
    )


def _objections(accepted: tuple[Cost, ...], plan: Plan, call: Call, outcome: str) -> Iterator[Fault]:
    if outcome in WITHOUT_AID:
        if accepted:
            yield Fault("accepted_costs", "must_be_empty")
        return
    if not accepted:
        yield Fault("accepted_costs", "required")
        return
    rows = tuple(_wrong_rows(accepted, plan, call))
    yield from rows
    if not rows:
        yield from _wrong_sums(accepted, plan, outcome)


def _wrong_rows(accepted: tuple[Cost, ...], plan: Plan, call: Call) -> Iterator[Fault]:
    for at, row in enumerate(accepted):
        if row.amount < ZERO:
            yield Fault(f"accepted_costs.{at}.amount", "negative")
        if row.amount > MOST_AMOUNT:
            yield Fault(f"accepted_costs.{at}.amount", "too_large", {"most": str(MOST_AMOUNT)})
        if row.category not in call.categories:
            facts = {"categories": ", ".join(call.categories)}
            yield Fault(f"accepted_costs.{at}.category", "category_not_in_call", facts)
        if plan.starts_on and plan.ends_on and not plan.starts_on.year <= row.year <= plan.ends_on.year:
            facts = {"first": str(plan.starts_on.year), "last": str(plan.ends_on.year)}
            yield Fault(f"accepted_costs.{at}.year", "year_outside_project", facts)


def _wrong_sums(accepted: tuple[Cost, ...], plan: Plan, outcome: str) -> Iterator[Fault]:
    applied = sums_by_category(plan.costs)
    for category, amount in sums_by_category(accepted).items():
        most = applied.get(category, ZERO)
        if amount > most:
            facts = {"category": category, "accepted": str(amount), "applied": str(most)}
            yield Fault("accepted_costs", "above_applied", facts)
    cut = plan.direct_costs - total(row.amount for row in accepted)
    if outcome == APPROVE and cut > ZERO:
        yield Fault("outcome", "costs_were_cut", {"cut": str(cut)})
    if outcome == IN_PART and not cut:
        yield Fault("outcome", "nothing_was_cut")
