"""New terms of a grant out of the old: the aid computed anew by the rules from the costs that are accepted now.

What was frozen at the award stays frozen: the cost model, its flat rates and the aid rate (CPR 2021/1060 art. 53–56).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from services.applications.domain.acts import Terms
from services.applications.domain.amendments import objections_to_terms
from services.applications.domain.calls import Call
from services.applications.domain.plans import Cost
from services.applications.domain.proposals import WITHOUT_AID
from services.applications.domain.tranche_years import up_to
from services.applications.domain.wanted import TermsWish
from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import ZERO, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AidOnCosts:
    """What the rules of the award give on accepted costs, with each step."""

    amount: Money
    eligible: Money
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the rules need beside the case: its call, the rule set of the award, today.

    `aid_on` gives the aid on costs by the rules of the day of the award, with the size, the area and the other public
    money as they were then; the second argument caps it when the grant begins only now: what was applied for.
    """

    call: Call
    ruleset_id: str
    today: date
    aid_on: Callable[[tuple[Cost, ...], bool], AidOnCosts]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsAndSteps:
    """`against`: the party loses by it or does not get what it asked, so it is heard first (HL 434/2003 34 §)."""

    terms: Terms
    steps: tuple[Step, ...] = ()
    against: bool = False


def with_changes(
    terms: Terms, changes: TermsWish, setting: Setting, *, least: Money, path: str = "changes"
) -> TermsAndSteps:
    """The terms with the changes in them. `least`: what is paid or decided to be paid, below which no aid may go.

    Raises InvalidFields with everything that is wrong with the changes.
    """
    if faults := tuple(_objections(terms, changes, setting, path)):
        raise InvalidFields(faults=faults)
    changed = replace(terms, **{name: getattr(changes, name) for name in changes.named()})
    if changed.outcome in WITHOUT_AID:
        new = TermsAndSteps(terms=_without_aid(changed))
    elif changes.costs is not None:
        new = reckoned(changed, setting, begins=terms.outcome in WITHOUT_AID)
    else:
        new = TermsAndSteps(terms=changed)
    must_cover(new.terms, least, path)
    if new.terms == terms:
        raise InvalidFields(faults=[Fault(path, "nothing_changes")])
    return new


def reckoned(terms: Terms, setting: Setting, *, begins: bool = False) -> TermsAndSteps:
    """The terms with eligible costs and aid as the rules give them on the accepted costs.

    Of a grant that is granted year by year the aid is that of the years granted so far. Raises InvalidFields when
    no aid would be left.
    """
    whole = setting.aid_on(terms.costs, begins)
    granted = whole
    if terms.granted_to is not None:
        part = setting.aid_on(up_to(terms.costs, terms.granted_to), begins)
        granted = part if part.amount <= whole.amount else whole
    if granted.amount <= ZERO:
        facts = {"aid": str(granted.amount), "least": str(Money(1))}
        raise InvalidFields(faults=[Fault("changes.costs", "aid_below_least", facts)])
    return TermsAndSteps(terms=replace(terms, eligible_costs=whole.eligible, aid=granted.amount), steps=granted.steps)


def must_cover(terms: Terms, least: Money, path: str = "changes") -> None:
    """Raises InvalidFields when the aid would be below what has been paid or decided to be paid of it."""
    if terms.aid < least:
        facts = {"aid": str(terms.aid), "paid": str(least)}
        raise InvalidFields(faults=[Fault(f"{path}.costs", "aid_below_paid", facts)])


def harms(before: Terms, after: Terms, *, wording: bool = False) -> bool:
    """Whether the party is worse off: less aid, a shorter time, a condition it did not have.

    `wording`: only words are set right, so a condition said otherwise is the same condition; one more is not.
    """
    shorter = bool(before.period_last and after.period_last and after.period_last < before.period_last)
    later = bool(before.period_first and after.period_first and after.period_first > before.period_first)
    more_conditions = (
        len(after.conditions) > len(before.conditions)
        if wording
        else bool(set(after.conditions) - set(before.conditions))
    )
    return after.aid < before.aid or shorter or later or more_conditions


def _without_aid(terms: Terms) -> Terms:
    return replace(terms, aid=ZERO, eligible_costs=ZERO, costs=())


def _objections(terms: Terms, changes: TermsWish, setting: Setting, path: str) -> Iterator[Fault]:
    if not changes.named():
        yield Fault(path, "nothing_changes")
    outcome = changes.outcome or terms.outcome
    granting = outcome not in WITHOUT_AID
    if granting and terms.outcome in WITHOUT_AID and not changes.costs:
        yield Fault(f"{path}.costs", "required")
    if not granting and changes.costs:
        yield Fault(f"{path}.costs", "must_be_empty")
    if changes.period_first is not None and not changes.period_first >= setting.call.period_first:
        facts = {"first": setting.call.period_first.isoformat(), "last": setting.call.period_last.isoformat()}
        yield Fault(f"{path}.period_first", "outside_call_period", facts)
    first = changes.period_first or terms.period_first
    last = changes.period_last or terms.period_last
    if first and last and last < first:
        yield Fault(f"{path}.period_last", "end_before_start", {"starts_on": first.isoformat()})
    if granting:
        yield from objections_to_terms(changes, replace(terms, period_first=first), setting.call, path)
