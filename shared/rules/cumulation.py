"""Aid upon aid: what all public aid on the same eligible costs may be together ((EU) 651/2014 art. 8).

On the same costs, wholly or in part, the highest intensity or amount of any rule that the aid is given by must
not be exceeded; de minimis aid on them counts too (art. 8(5)). Aid on other identifiable costs does not count,
nor does Union money that no member state controls (art. 8(2)), but it does count up to the financing rate of
the costs as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from shared.explained import Step
from shared.money import ZERO, Money, Rate, total
from shared.rules.rule import Rule, titled
from shared.rules.versions import Version, Versions

SOURCE = "(EU) 651/2014 art. 8(3)-(5)"
CENTRAL_SOURCE = "(EU) 651/2014 art. 8(2)"
FULL_SOURCE = "VAL 688/2001 6 §"
RULE = Rule(
    name="cumulation",
    version="1",
    since=date(2014, 7, 1),
    until=date(2026, 12, 31),
    source=f"{SOURCE}; {CENTRAL_SOURCE}; {FULL_SOURCE}",
    titles=titled("Tukien kasautuminen", "Kumulering av stöd", "Cumulation of aid"),
)
STATE_AID, DE_MINIMIS, UNION_CENTRAL, NO_AID = "state_aid", "de_minimis", "union_central", "not_aid"
KINDS = (STATE_AID, DE_MINIMIS, UNION_CENTRAL, NO_AID)
_COUNTING = frozenset({STATE_AID, DE_MINIMIS})


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherAid:
    """Other public money to the project. `rate`: the highest intensity its own rule allows, where it has one."""

    amount: Money
    kind: str = STATE_AID
    same_costs: bool = True
    rate: Rate | None = None
    giver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """`room` is what is left for new aid on the costs; `may_be_granted` the new aid within it."""

    highest_rate: Rate
    most_together: Money
    counted: Money
    room: Money
    fits: bool
    may_be_granted: Money
    steps: tuple[Step, ...]


def cumulation(costs: Money, rate: Rate, others: Iterable[OtherAid], new: Money = ZERO) -> Together:
    """Whether new aid whose own rule allows `rate` fits beside the others, on the same eligible `costs`."""
    rows = tuple(others)
    same = tuple(row for row in rows if row.same_costs and row.kind in _COUNTING)
    highest = max([rate, *(row.rate for row in same if row.rate is not None)])
    most = costs.at(highest)
    counted = total(row.amount for row in same)
    public = total(row.amount for row in rows if row.same_costs)
    room = max(min(most - counted, costs - public), ZERO)
    return Together(
        highest_rate=highest,
        most_together=most,
        counted=counted,
        room=room,
        fits=new <= room,
        may_be_granted=min(new, room),
        steps=(*_steps(costs, highest, most, rows), *_last(costs, public, room, new, most - counted)),
    )


VERSIONS = Versions(Version(rule=RULE, says=cumulation))


def _steps(costs: Money, highest: Rate, most: Money, rows: tuple[OtherAid, ...]) -> Iterator[Step]:
    yield Step(sign="+", what="eligible_costs", amount=costs)
    yield Step(sign="×", what="highest_intensity", amount=most, source=SOURCE, facts={"rate": str(highest)})
    for row in rows:
        facts = {"kind": row.kind, "whose": row.giver}
        if not row.same_costs:
            yield Step(sign="", what="aid_on_other_costs", amount=row.amount, source=SOURCE, facts=facts)
        elif row.kind in _COUNTING:
            yield Step(sign="−", what="aid_on_same_costs", amount=row.amount, source=SOURCE, facts=facts)
        else:
            yield Step(sign="", what="money_not_aid", amount=row.amount, source=CENTRAL_SOURCE, facts=facts)


def _last(costs: Money, public: Money, room: Money, new: Money, by_intensity: Money) -> Iterator[Step]:
    if costs - public < by_intensity:
        facts = {"costs": str(costs), "public_financing": str(public)}
        left = max(costs - public, ZERO)
        yield Step(sign="≤", what="left_by_public_financing", amount=left, source=FULL_SOURCE, facts=facts)
    yield Step(sign="=", what="room_for_new_aid", amount=room, source=SOURCE)
    if new:
        yield Step(sign="=", what="aid_at_most", amount=min(new, room), source=SOURCE, facts={"new": str(new)})
