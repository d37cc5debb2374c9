"""Views of the work queue: which states a group means, whose act a state waits for, and narrowings with a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from services.applications.domain.errors import TooManyViews
from services.applications.domain.states import DECIDED, UNDER_WAY, UNFILED, State
from shared.asker import Role

MOST_VIEWS = 50

OPEN = frozenset({State.SUBMITTED, State.PROPOSED}) | UNDER_WAY
GROUPS: Mapping[str, frozenset[State]] = {
    "open": OPEN,
    "untaken": OPEN - {State.PROPOSED},  # and nobody has it
    "in_hand": UNDER_WAY,  # and somebody has it
    "with_company": frozenset({State.IN_COMPLETION, State.IN_HEARING}),
    "proposed": frozenset({State.PROPOSED}),
    "decided": DECIDED,
    "all": frozenset(State) - UNFILED,
}
# Whose act is next in each open state.
WAITS_FOR: Mapping[State, str] = {
    State.SUBMITTED: "handler",
    State.IN_ASSESSMENT: "handler",
    State.IN_COMPLETION: "company",
    State.IN_HEARING: "company",
    State.ON_OPINION: "opinion",
    State.PROPOSED: "decision_maker",
}

# The views that every person of a role has, by the key that the interface names.
STANDARD: Mapping[Role, Mapping[str, Mapping[str, Any]]] = {
    Role.HANDLER: {
        "mine": {"group": "open", "handler": "me"},
        "mine_now": {"group": "open", "handler": "me", "waiting_for": "handler"},
        "late": {"group": "open", "overdue": True},
        "undeclared": {"group": "open", "handler": "me", "undeclared": True},
        "untaken": {"group": "untaken", "handler": "nobody"},
        "standing_in": {"group": "open", "substituting": True},
        "with_company": {"group": "with_company", "handler": "me"},
        "open": {"group": "open"},
    },
    Role.DECISION_MAKER: {
        "proposed": {"group": "proposed"},
        "late": {"group": "open", "overdue": True},
        "unsure": {"group": "open", "unsure": True},
        "untaken": {"group": "untaken", "handler": "nobody"},
        "open": {"group": "open"},
    },
    Role.VERIFIER: {"open": {"group": "open"}},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """`filters` as the contract's ViewFilters are on the wire. A shared one is for the owner's whole authority."""

    view_id: str
    owner: str
    authority: str
    name: str
    filters: Mapping[str, Any]
    shared: bool
    saved_at: datetime


def must_have_room(kept: int) -> None:
    """Raises TooManyViews."""
    if kept >= MOST_VIEWS:
        raise TooManyViews(most=MOST_VIEWS)


def end_of_week(today: date) -> date:
    """The Sunday of the week: what is due by it is due this week."""
    return today + timedelta(days=6 - today.weekday())


def urgency_of(due_on: date | None, state: State, today: date) -> str:
    """ "late", "week" or "later". What is decided or withdrawn is not late any more."""
    if due_on is None or state not in OPEN or due_on > end_of_week(today):
        return "later"
    return "late" if due_on < today else "week"
