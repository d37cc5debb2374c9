"""The account of one grant: what was awarded, what of it is accepted, approved and paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from services.payments.domain.errors import FinalClaimMade, GrantEnded, GrantSuspended
from shared.dates import Period
from shared.money import ZERO, Money, Rate, total
from shared.rules.cost_models import FlatRate, flat_rate


class Standing(StrEnum):
    """What later decisions have made of the grant."""

    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    CANCELLED = "cancelled"


ENDED = frozenset({Standing.CLOSED, Standing.CANCELLED})


class MoreThanTheGrant(ValueError):
    """An account was about to hold more approved than awarded, or more paid than approved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCost:
    """One row of the accepted cost plan: euros in a category and calendar year."""

    category: str
    year: int
    amount: Money
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """`accepted` is direct costs by category on decided claims, `accepted_costs` the same with flat-rate costs.

    Never: paid > approved, approved > aid. `claims` counts the claim numbers given; `final_claim` is the
    submitted final claim, after which there are no more. `act` is the last decision of the case that the account has
    followed; `later_people` proposed or decided acts after the award, and have no part in its payments.
    """

    number: str
    business_id: str
    undertaking_name: str
    title: str
    authority: str
    fund: str
    programme: str
    priority: str
    specific_objective: str
    region: str
    language: str
    cost_model: str
    plan: tuple[PlannedCost, ...]
    aid: Money
    aid_rate: Rate
    eu_share: Rate
    period: Period
    awarded_on: date
    award_proposed_by: str
    award_decided_by: str
    opened_at: datetime
    accepted: Mapping[str, Money] = field(default_factory=dict)
    accepted_costs: Money = ZERO
    approved: Money = ZERO
    paid: Money = ZERO
    claims: int = 0
    final_claim: str | None = None
    act: int = 1
    standing: Standing = Standing.OPEN
    later_people: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not ZERO <= self.paid <= self.approved <= self.aid:
            raise MoreThanTheGrant(f"{self.number}: paid {self.paid}, approved {self.approved}, aid {self.aid}")

    @property
    def left(self) -> Money:
        """What may still be approved."""
        return self.aid - self.approved

    @property
    def flat_rate(self) -> FlatRate | None:
        """Frozen at the award: the rate in force on the day of the decision."""
        return flat_rate(self.cost_model, self.awarded_on)

    @property
    def claimable(self) -> frozenset[str]:
        """The categories whose costs may be claimed line by line: the plan's, less what the flat rate covers."""
        planned = frozenset(cost.category for cost in self.plan)
        flat = self.flat_rate
        return planned & flat.base if flat and flat.covers_the_rest else planned

    def planned(self, category: str) -> Money:
        return total(cost.amount for cost in self.plan if cost.category == category)

    def accepted_with(self, direct: Mapping[str, Money]) -> dict[str, Money]:
        """Accepted direct costs by category once these are added."""
        categories = self.accepted.keys() | direct.keys()
        return {name: self.accepted.get(name, ZERO) + direct.get(name, ZERO) for name in sorted(categories)}

    def takes_claims(self) -> None:
        """Raises FinalClaimMade once the final claim is submitted, GrantEnded when nothing is paid of it any more."""
        self.must_not_have_ended()
        if self.final_claim:
            raise FinalClaimMade(claim_id=self.final_claim)

    def must_not_have_ended(self) -> None:
        """Raises GrantEnded."""
        if self.standing in ENDED:
            raise GrantEnded(standing=self.standing.value)

    def must_pay(self) -> None:
        """Raises GrantEnded or GrantSuspended: no payment is decided or ordered then."""
        self.must_not_have_ended()
        if self.standing is Standing.SUSPENDED:
            raise GrantSuspended

    def followed(self, act: int, aid: Money, plan: tuple[PlannedCost, ...], period: Period, *people: str) -> Grant:
        """The account after a later act of the case. What was frozen at the award stays: cost model, rates.

        Raises MoreThanTheGrant when the aid would be below what is approved: then the two rooms disagree.
        """
        later = tuple(sorted({*self.later_people, *people}))
        return replace(self, act=act, aid=aid, plan=plan, period=period, later_people=later)

    def ended(self, act: int, standing: Standing, aid: Money, *people: str) -> Grant:
        """Closed or cancelled: the aid comes down to what was used, never below what has been approved."""
        later = tuple(sorted({*self.later_people, *people}))
        return replace(self, act=act, standing=standing, aid=max(aid, self.approved), later_people=later)

    def with_claim_opened(self) -> Grant:
        self.takes_claims()
        return replace(self, claims=self.claims + 1)

    def with_final_claim(self, claim_id: str) -> Grant:
        return replace(self, final_claim=claim_id)

    def with_decision(self, direct: Mapping[str, Money], accepted_costs: Money, payable: Money) -> Grant:
        """Raises MoreThanTheGrant: the last line of defence behind the payable sum's own ceiling."""
        return replace(
            self,
            accepted=self.accepted_with(direct),
            accepted_costs=self.accepted_costs + accepted_costs,
            approved=self.approved + payable,
        )

    def with_paid(self, amount: Money) -> Grant:
        """Money went out (positive) or came back from the bank (negative)."""
        return replace(self, paid=self.paid + amount)
