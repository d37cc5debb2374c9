"""How a call chooses its projects: what they must fulfil, what they are scored by, and by which rules aid is lawful.

The monitoring committee approves the criteria (CPR 2021/1060 art. 40(2)(a), 73); the call repeats them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from shared.errors import Fault

UNSAID = "unsaid"
NOT_STATE_AID = "not_state_aid"
DE_MINIMIS = "de_minimis"
REGIONAL_AID = "regional_aid"
INVESTMENT = "investment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """0 to `most` points that count `weight` times; an application with fewer than `least` points falls."""

    code: str
    names: Mapping[str, str]
    weight: int = 1
    most: int
    least: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityQuestion:
    code: str
    names: Mapping[str, str]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    code: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """`least_points` of the weighted total. `aid_basis` is unsaid of calls older than the question: no rule of
    State aid is asked of their applications."""

    aid_basis: str = UNSAID
    purpose: str = "development"
    criteria: tuple[Criterion, ...] = ()
    least_points: int = 0
    eligibility: tuple[EligibilityQuestion, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    opinion_asked: bool = False

    @property
    def most_points(self) -> int:
        return sum(one.weight * one.most for one in self.criteria)

    @property
    def is_state_aid(self) -> bool:
        """De minimis aid is not State aid in the Treaty's sense, but the gates of company aid are its gates too."""
        return self.aid_basis not in (UNSAID, NOT_STATE_AID)

    @property
    def is_exempted(self) -> bool:
        """By the block exemption (EU) 651/2014; regional aid by its art. 14."""
        return self.is_state_aid and self.aid_basis != DE_MINIMIS

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def selection_from(document: Mapping[str, Any] | None) -> Selection:
    """From the contract's or the table's form; nothing said stays unsaid."""
    if not document:
        return Selection()
    return Selection(
        **{
            **document,
            "criteria": tuple(Criterion(**row) for row in document.get("criteria", ())),
            "eligibility": tuple(EligibilityQuestion(**row) for row in document.get("eligibility", ())),
            "checklist": tuple(ChecklistItem(**row) for row in document.get("checklist", ())),
        }
    )


def objections_to_selection(selection: Selection) -> Iterator[Fault]:
    """Codes given twice, and minimums that nobody could reach."""
    for name in ("criteria", "eligibility", "checklist"):
        codes: set[str] = set()
        for at, row in enumerate(getattr(selection, name)):
            if row.code in codes:
                yield Fault(f"selection.{name}.{at}.code", "twice")
            codes.add(row.code)
    for at, criterion in enumerate(selection.criteria):
        if criterion.least > criterion.most:
            facts = {"most": str(criterion.most)}
            yield Fault(f"selection.criteria.{at}.least", "least_above_most", facts)
    if selection.least_points > selection.most_points:
        yield Fault("selection.least_points", "least_above_most", {"most": str(selection.most_points)})
