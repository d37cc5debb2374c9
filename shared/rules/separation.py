"""Which parts of one case one person may not both have ((EU) 2021/1060 art. 71(4), annex XI, key requirement 1).

Who presents an award does not decide it; whoever had a part in the award does not decide its payments; a verifier
neither presents nor decides; who decides a payment does not pay it; an auditor has no part in what is audited.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shared.explained import Step
from shared.rules.rule import Rule, titled

SOURCE = "(EU) 2021/1060 art. 71(4), annex XI KR 1; (EU) 1303/2013 art. 72(b)"
RULE = Rule(
    name="separation_of_duties",
    version="1",
    since=date(2014, 1, 1),
    until=None,
    source=SOURCE,
    titles=titled("Tehtävien eriyttäminen", "Åtskiljande av uppgifter", "Separation of duties"),
)
PARTS = (
    "award_proposer",
    "award_decider",
    "verifier",
    "proposer",
    "decider",
    "payer",
    "reviewer",
    "auditor",
)
APART: frozenset[frozenset[str]] = frozenset(
    {
        frozenset({"award_proposer", "award_decider"}),
        frozenset({"award_proposer", "decider"}),
        frozenset({"award_decider", "decider"}),
        frozenset({"verifier", "proposer"}),
        frozenset({"verifier", "decider"}),
        frozenset({"proposer", "decider"}),
        frozenset({"decider", "payer"}),
        frozenset({"reviewer", "award_decider"}),
        *(frozenset({"auditor", part}) for part in PARTS if part != "auditor"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """`person` had this `part` in the case."""

    person: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation:
    """`may` says whether the person may take the part; `conflicts` are the pairs that one person had already."""

    may: bool
    against: tuple[str, ...]
    conflicts: tuple[str, ...]
    steps: tuple[Step, ...]


def separation_of_duties(done: Iterable[Done], person: str = "", part: str = "") -> Separation:
    """Whether `person` may take `part` after what was done; without a part, whether what was done is in order."""
    acts = tuple(done)
    against = tuple(
        dict.fromkeys(
            act.part for act in acts if part and act.person == person and frozenset({act.part, part}) in APART
        )
    )
    conflicts = tuple(
        f"{first.person}: {first.part}, {second.part}"
        for at, first in enumerate(acts)
        for second in acts[at + 1 :]
        if first.person == second.person and frozenset({first.part, second.part}) in APART
    )
    rows = [Step(sign="", what="part_taken", facts={"person": act.person, "part": act.part}) for act in acts]
    rows += [Step(sign="=", what="parts_conflict", source=SOURCE, facts={"who": text}) for text in conflicts]
    if part:
        what = "part_refused" if against else "part_allowed"
        facts = {"person": person, "part": part, "against": ", ".join(against)}
        rows.append(Step(sign="=", what=what, source=SOURCE, facts=facts))
    may = not against if part else not conflicts
    return Separation(may=may, against=against, conflicts=conflicts, steps=tuple(rows))
