"""Whether a proposal may be made as its gates stand, and what a refusal by score has to show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from services.applications.domain.errors import FiguresChanged
from services.applications.domain.findings import Gate, Status
from services.applications.domain.proposals import REJECT, WITHOUT_AID, Proposal
from services.applications.domain.reckoning import Reckoned
from shared.errors import Fault, InvalidFields

# Gates that settle a refusal by themselves: then nobody need score what is not eligible.
_SETTLES_ALONE = frozenset(
    {
        "basis",
        "eligibility",
        "tax_debt",
        "recovery_order",
        "difficulty",
        "incentive_effect",
        "size",
        "area",
        "de_minimis",
    }
)


def must_be_proposable(reckoned: Reckoned, outcome: str, overrides: Sequence[Mapping[str, str]]) -> None:
    """Aid is proposed when every gate holds; a refusal when it shows the scores it rests on (HL 434/2003 45 §).

    Raises InvalidFields with every gate that is shut or open, at `gates.<code>`.
    """
    faults = [*_needless(reckoned.gates, overrides)]
    if outcome not in WITHOUT_AID:
        faults += _shut(reckoned.gates)
    elif outcome == REJECT:
        faults += _unscored(reckoned)
    if faults:
        raise InvalidFields(faults=faults)


def must_still_hold(proposal: Proposal, reckoned: Reckoned) -> None:
    """At signing: computed now, the aid is what was proposed and every gate still holds.

    Raises DeMinimisOver with what counts; FiguresChanged with what differs.
    """
    if reckoned.aid != proposal.aid:
        raise FiguresChanged(gate="aid", proposed=proposal.aid, now=reckoned.aid)
    if not proposal.aid:
        return
    if reckoned.room:
        reckoned.room.must_fit()
    for gate in reckoned.gates:
        if not gate.holds:
            raise FiguresChanged(gate=gate.code, proposed="passed", now=gate.status.value)


def as_signed(proposal: Proposal, reckoned: Reckoned) -> Proposal:
    """What is signed, by the rules of the day of signing: where another rule set began since the proposal, the decision
    is by that one, and tells its steps. The sums are those of the proposal, or `must_still_hold` has refused.

    Raises FiguresChanged when the eligible costs are other than proposed.
    """
    if reckoned.ruleset.id == proposal.ruleset:
        return proposal
    if reckoned.eligible_costs != proposal.eligible_costs:
        raise FiguresChanged(gate="eligible_costs", proposed=proposal.eligible_costs, now=reckoned.eligible_costs)
    return replace(proposal, ruleset=reckoned.ruleset.id, steps=reckoned.steps)


def _shut(gates: Sequence[Gate]) -> Iterator[Fault]:
    for gate in gates:
        path, facts = f"gates.{gate.code}", {**gate.facts, "gate": gate.code, "why": gate.why}
        if gate.status is Status.FAILED:
            yield Fault(path, "gate_failed", facts)
        elif gate.status is Status.OPEN:
            yield Fault(path, "gate_open", facts)


def _needless(gates: Sequence[Gate], overrides: Sequence[Mapping[str, str]]) -> Iterator[Fault]:
    """A reason was given over a gate that holds, or that the law lets nobody go over."""
    taken = {gate.code for gate in gates if gate.status is Status.OVERRIDDEN}
    for at, row in enumerate(overrides):
        if row["gate"] not in taken:
            yield Fault(f"overrides.{at}.gate", "not_overridable", {"gate": row["gate"]})


def _unscored(reckoned: Reckoned) -> Iterator[Fault]:
    alone = any(gate.status is Status.FAILED and gate.code in _SETTLES_ALONE for gate in reckoned.gates)
    if reckoned.points.unscored and not alone and not reckoned.points.fallen:
        yield Fault("outcome", "scores_missing", {"criteria": ", ".join(reckoned.points.unscored)})
