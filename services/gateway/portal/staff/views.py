"""The views of the work queue: which lists each role draws from, and what is done next in each state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from shared.asker import Role

APPLICATION, CLAIM = "hakemus", "maksatus"  # kinds of cases, as the address says them
KINDS = {APPLICATION: _l("Application"), CLAIM: _l("Payment claim")}
STATES = ("submitted", "in_assessment", "verified", "proposed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One list that a view draws from. `mine`: only the cases that the reader handles (applications have that)."""

    kind: str
    states: tuple[str, ...]
    mine: bool = False


@dataclass(frozen=True, slots=True)
class View:
    key: str
    name: LazyString
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the reader has narrowed the view to; empty text is everything."""

    kind: str = ""
    state: str = ""
    region: str = ""
    search: str = ""
    mine: bool = False

    def of(self, source: Source) -> Source | None:
        """The source as narrowed, or None when nothing is left of it."""
        states = tuple(state for state in source.states if self.state in ("", state))
        no_claims = self.mine and source.kind == CLAIM  # a claim has no handler of its own
        if not states or no_claims or self.kind not in ("", source.kind):
            return None
        return replace(source, states=states, mine=source.mine or self.mine)


def _applications(*states: str, mine: bool = False) -> Source:
    return Source(kind=APPLICATION, states=states, mine=mine)


def _claims(*states: str) -> Source:
    return Source(kind=CLAIM, states=states)


_ALL = View(
    "kaikki",
    _l("All under way"),
    (_applications("submitted", "in_assessment", "proposed"), _claims("submitted", "verified", "proposed")),
)

VIEWS: Mapping[Role, tuple[View, ...]] = {
    Role.HANDLER: (
        View(
            "odottaa",
            _l("Waiting for you"),
            (_applications("submitted"), _applications("in_assessment", mine=True), _claims("verified")),
        ),
        View("omat", _l("Your own cases"), (_applications("in_assessment", "proposed", mine=True),)),
        View("ottamatta", _l("Not taken by anyone"), (_applications("submitted"),)),
        View("esiteltavat", _l("Payments to present"), (_claims("verified"),)),
        _ALL,
    ),
    Role.DECISION_MAKER: (
        View("odottaa", _l("To be decided"), (_applications("proposed"), _claims("proposed"))),
        View("tuet", _l("Award proposals"), (_applications("proposed"),)),
        View("maksut", _l("Payment proposals"), (_claims("proposed"),)),
        _ALL,
    ),
    Role.VERIFIER: (
        View("odottaa", _l("To be verified"), (_claims("submitted"),)),
        View("varmennetut", _l("Verified, not yet decided"), (_claims("verified", "proposed"),)),
        _ALL,
    ),
}

# Whose turn it is in each state, and what that person does.
TURNS: Mapping[tuple[str, str], tuple[Role, LazyString]] = {
    (APPLICATION, "submitted"): (Role.HANDLER, _l("Take the case into assessment")),
    (APPLICATION, "in_assessment"): (Role.HANDLER, _l("Make the proposal")),
    (APPLICATION, "proposed"): (Role.DECISION_MAKER, _l("Decide the proposal")),
    (CLAIM, "submitted"): (Role.VERIFIER, _l("Verify the costs")),
    (CLAIM, "verified"): (Role.HANDLER, _l("Present the payment")),
    (CLAIM, "proposed"): (Role.DECISION_MAKER, _l("Decide the payment")),
}


def view_of(role: Role, key: str) -> View:
    """The view by its key; the role's first one for an unknown key."""
    views = VIEWS[role]
    return next((view for view in views if view.key == key), views[0])
