"""The views of the work queue: which lists each role draws from, and what is done next in each state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from shared.asker import Role
from shared.contracts.applications import WAITING_CLAIMS

APPLICATION, CLAIM = "hakemus", "maksatus"  # kinds of cases, as the address says them
KINDS = {APPLICATION: _l("Application"), CLAIM: _l("Payment claim")}
STATES = ("submitted", "in_assessment", "in_completion", "on_opinion", "in_hearing", "verified", "proposed")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """`cases` are keys of the room's own views of applications (LIST_VIEWS), `claims` states of payment claims.

    A view that somebody has saved has `filters` of its own for both, and `owner`; `only_claims` has no cases.
    """

    key: str
    name: LazyString | str
    cases: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    filters: Mapping[str, Any] | None = None
    only_claims: bool = False
    owner: str | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One list that a view draws from, as narrowed: filters of WORK_QUEUE, or states and region of LIST_CLAIMS."""

    kind: str
    asked: Mapping[str, Any] = field(default_factory=dict)


VIEWS: Mapping[Role, tuple[View, ...]] = {
    Role.HANDLER: (
        View(key="odottaa", name=_l("Waiting for you"), cases=("untaken", "mine_now"), claims=("verified",)),
        View(key="omat", name=_l("Your own cases"), cases=("mine",)),
        View(key="myohassa", name=_l("Late"), cases=("late",)),
        View(key="este", name=_l("Disqualification not answered"), cases=("undeclared",)),
        View(key="hakijalla", name=_l("Waiting for the applicant"), cases=("with_company",)),
        View(key="ottamatta", name=_l("Not taken by anyone"), cases=("untaken",)),
        View(key="sijaistan", name=_l("You stand in for others"), cases=("standing_in",)),
        View(key="esiteltavat", name=_l("Payments to present"), claims=("verified",)),
        View(key="kaikki", name=_l("All under way"), cases=("open",), claims=("submitted", "verified", "proposed")),
    ),
    Role.DECISION_MAKER: (
        View(key="odottaa", name=_l("To be decided"), cases=("proposed",), claims=("proposed",)),
        View(key="tuet", name=_l("Award proposals"), cases=("proposed",)),
        View(key="maksut", name=_l("Payment proposals"), claims=("proposed",)),
        View(key="este", name=_l("Disqualification to resolve"), cases=("unsure",)),
        View(key="myohassa", name=_l("Late"), cases=("late",)),
        View(key="ottamatta", name=_l("Not taken by anyone"), cases=("untaken",)),
        View(key="kaikki", name=_l("All under way"), cases=("open",), claims=("submitted", "verified", "proposed")),
    ),
    Role.VERIFIER: (
        View(key="odottaa", name=_l("To be verified"), claims=("submitted",)),
        View(key="varmennetut", name=_l("Verified, not yet decided"), claims=("verified", "proposed")),
        View(key="kaikki", name=_l("All under way"), cases=("open",), claims=("submitted", "verified", "proposed")),
    ),
}
# Not on the list of views: where a search goes on that found nothing in its view.
EVERYTHING = View(key="haku", name=_l("All cases"), filters={"group": "all"})

# Whose turn it is in each state, and what that person does.
TURNS: Mapping[tuple[str, str], tuple[Role, LazyString]] = {
    (APPLICATION, "submitted"): (Role.HANDLER, _l("Take the case into assessment")),
    (APPLICATION, "in_assessment"): (Role.HANDLER, _l("Make the proposal")),
    (APPLICATION, "proposed"): (Role.DECISION_MAKER, _l("Decide the proposal")),
    (CLAIM, "submitted"): (Role.VERIFIER, _l("Verify the costs")),
    (CLAIM, "verified"): (Role.HANDLER, _l("Present the payment")),
    (CLAIM, "proposed"): (Role.DECISION_MAKER, _l("Decide the payment")),
}


def saved(view: Mapping[str, Any]) -> View:
    """A kept view as LIST_VIEWS gives it."""
    filters = dict(view["filters"])
    kind, states = filters.pop("kind", "application"), tuple(filters.pop("claim_state", WAITING_CLAIMS))
    return View(
        key=view["view_id"],
        name=view["name"],
        filters=filters,
        claims=() if kind == "application" else states,
        only_claims=kind == "claim",
        owner=view["owner"],
        shared=view["shared"],
    )


def view_of(views: tuple[View, ...], key: str) -> View:
    """The view by its key; the first one for an unknown key."""
    return next((view for view in (*views, EVERYTHING) if view.key == key), views[0])
