"""How a decision may be appealed: by the kind of authority, the programme period, the kind of decision and the day.

A wrong instruction starts the time anew (HL 434/2003 49 §), so the route is data with its source,
and the one in force on the day of decision is kept on the decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.applications.domain.rulesets import PERIOD_2014, PERIOD_2021
from shared.reference.authorities import AuthorityKind
from shared.reference.courts import court_of
from shared.rules.dated import holding

FUNDING_DECISION = "funding_decision"
REVIEW_DECISION = "review_decision"  # given on a request for review: the way goes on to a court


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """`route` names the row; `days` calendar days from being served; `to` the authority's or the court's code."""

    route: str
    days: int
    to: str
    legal_basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A way of seeking review, for decisions signed from `since` to `until`; None while it is in force."""

    key: str
    authority_kind: AuthorityKind
    period: str
    decision: str
    since: date
    until: date | None
    days: int
    legal_basis: str


class NoAppealRoute(LookupError):
    """No route is known: a gap in the table, which a decision must not be made over."""


ROUTES: tuple[Route, ...] = (
    Route(
        key="state_review",
        authority_kind=AuthorityKind.STATE,
        period=PERIOD_2014,
        decision=FUNDING_DECISION,
        since=date(2014, 1, 20),
        until=None,
        days=30,
        legal_basis="hallintolaki 434/2003 49 b–c §, valtionavustuslaki 688/2001 34 §",
    ),
    Route(
        key="state_review",
        authority_kind=AuthorityKind.STATE,
        period=PERIOD_2021,
        decision=FUNDING_DECISION,
        since=date(2021, 11, 1),
        until=None,
        days=30,
        legal_basis="hallintolaki 434/2003 49 b–c §, valtionavustuslaki 688/2001 34 §",
    ),
    Route(
        key="council_review",
        authority_kind=AuthorityKind.REGIONAL_COUNCIL,
        period=PERIOD_2021,
        decision=FUNDING_DECISION,
        since=date(2021, 11, 1),
        until=None,
        days=30,
        legal_basis="hallintolaki 434/2003 49 b–c §",
    ),
    # Of a council's 2014–2020 decisions the municipalities of the region and their members may also seek review.
    Route(
        key="council_municipal_review",
        authority_kind=AuthorityKind.REGIONAL_COUNCIL,
        period=PERIOD_2014,
        decision=FUNDING_DECISION,
        since=date(2014, 1, 20),
        until=None,
        days=14,
        legal_basis="kuntalaki 410/2015 134 §",
    ),
    Route(
        key="state_appeal",
        authority_kind=AuthorityKind.STATE,
        period=PERIOD_2014,
        decision=REVIEW_DECISION,
        since=date(2014, 1, 20),
        until=None,
        days=30,
        legal_basis="laki 808/2019 13 §, valtionavustuslaki 688/2001 34 §",
    ),
    Route(
        key="state_appeal",
        authority_kind=AuthorityKind.STATE,
        period=PERIOD_2021,
        decision=REVIEW_DECISION,
        since=date(2021, 11, 1),
        until=None,
        days=30,
        legal_basis="laki 808/2019 13 §, valtionavustuslaki 688/2001 34 §",
    ),
    Route(
        key="council_appeal",
        authority_kind=AuthorityKind.REGIONAL_COUNCIL,
        period=PERIOD_2021,
        decision=REVIEW_DECISION,
        since=date(2021, 11, 1),
        until=None,
        days=30,
        legal_basis="laki 808/2019 13 §",
    ),
    Route(
        key="council_municipal_appeal",
        authority_kind=AuthorityKind.REGIONAL_COUNCIL,
        period=PERIOD_2014,
        decision=REVIEW_DECISION,
        since=date(2014, 1, 20),
        until=None,
        days=30,
        legal_basis="kuntalaki 410/2015 135 §",
    ),
)


MUNICIPAL_ROUTES = frozenset({"council_municipal_review", "council_municipal_appeal"})


def appeal_against(
    authority: str, kind: AuthorityKind, period: str, decided_on: date, decision: str = FUNDING_DECISION
) -> Appeal:
    """The instruction for a decision of that kind signed on that day. Raises NoAppealRoute."""
    for route in holding(ROUTES, decided_on):
        if (route.authority_kind, route.period, route.decision) == (kind, period, decision):
            to = authority if decision == FUNDING_DECISION else court_of(authority).code
            return Appeal(route=route.key, days=route.days, to=to, legal_basis=route.legal_basis)
    raise NoAppealRoute(f"{kind} {period} {decision} {decided_on}")
