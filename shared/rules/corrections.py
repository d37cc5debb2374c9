"""Financial corrections: flat rates where the loss cannot be counted, and those for faults in procurement.

Flat rates: (EU) 2021/1060 annex XXV and art. 104, delegated Regulation (EU) 480/2014 art. 31. Procurement:
the Commission's guidelines C(2019) 3452 of 14 May 2019; one correction a contract, the highest, taken of what
was declared of the contract, in earlier claims too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import Money, Rate
from shared.rules.rule import Rule, titled

FLAT = Rule(
    name="financial_correction",
    version="1",
    since=date(2014, 1, 1),
    until=None,
    source="(EU) 2021/1060 art. 104, annex XXV; (EU) 480/2014 art. 31",
    titles=titled("Rahoituskorjaus", "Finansiell korrigering", "Financial correction"),
)
PROCUREMENT = Rule(
    name="procurement_correction",
    version="1",
    since=date(2014, 1, 1),
    until=None,
    source="C(2019) 3452",
    titles=titled(
        "Hankintavirheen rahoituskorjaus", "Korrigering för upphandlingsfel", "Correction for a procurement fault"
    ),
)
FLAT_RATES = ("5", "10", "25", "100")
# How grave the fault of the control system is: annex XXV of CPR21, and DR480 art. 31(2).
GRAVITY: Mapping[str, str] = {"minor": "5", "serious": "10", "very_serious": "25", "no_control": "100"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """`corrected` is what is taken of `base`; `left` stays."""

    rate: Rate
    base: Money
    corrected: Money
    left: Money
    aid: Money | None
    steps: tuple[Step, ...]


def flat_correction(base: Money, rate: Rate, *, aid_rate: Rate | None = None, why: str = "") -> Correction:
    """A flat correction of the spending. Raises InvalidFields for a rate that is none of the four."""
    if str(rate) not in FLAT_RATES:
        raise InvalidFields(faults=[Fault("rate", "not_a_flat_correction", {"rates": ", ".join(FLAT_RATES)})])
    return _corrected(base, rate, aid_rate, FLAT.source, why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Irregularity:
    """A fault in a procurement, the rate for it, and what lessens it."""

    key: str
    rate: str
    lesser: tuple[str, ...] = ()


# From C(2019) 3452, the kinds that come up with small beneficiaries; the numbers are those of its table.
IRREGULARITIES: tuple[Irregularity, ...] = (
    Irregularity(key="no_notice", rate="100", lesser=("25",)),  # 1: 25 with other adequate publicity
    Irregularity(key="artificial_splitting", rate="100", lesser=("25",)),  # 2
    Irregularity(key="no_justification_for_not_dividing", rate="5"),  # 3
    Irregularity(key="short_time", rate="5"),  # 4: by how much it was cut
    Irregularity(key="documents_not_available", rate="10", lesser=("5",)),  # 5
    Irregularity(key="extension_not_published", rate="10", lesser=("5",)),  # 6
    Irregularity(key="unjustified_negotiated_procedure", rate="25", lesser=("10",)),  # 7
    Irregularity(key="criteria_not_published", rate="25", lesser=("10",)),  # 9
    Irregularity(key="unlawful_criteria_deterred", rate="25", lesser=("10",)),  # 10
    Irregularity(key="unlawful_criteria", rate="10", lesser=("5",)),  # 11
    Irregularity(key="subject_poorly_defined", rate="10"),  # 12
    Irregularity(key="subcontracting_limited", rate="5"),  # 13
    Irregularity(key="criteria_changed", rate="25"),  # 14
    Irregularity(key="evaluation_by_other_criteria", rate="25", lesser=("10",)),  # 15
    Irregularity(key="audit_trail_lacks", rate="25"),  # 16
    Irregularity(key="negotiation_changed_offer", rate="25"),  # 17
    Irregularity(key="low_offer_rejected", rate="25"),  # 20
    Irregularity(key="conflict_of_interest", rate="100"),  # 21
    Irregularity(key="bid_rigging_with_authority", rate="100"),  # 22
    Irregularity(key="bid_rigging", rate="25", lesser=("10",)),  # 22
    Irregularity(key="contract_changed_substantially", rate="25"),  # 23
    Irregularity(key="formal_fault", rate="0"),
)
BY_KEY = {row.key: row for row in IRREGULARITIES}
# How much of the lawful time was cut off, at least this share of it, and the rate for it (number 4).
_SHORT_TIME = ((Decimal(85), "100"), (Decimal(50), "25"), (Decimal(30), "10"), (Decimal(0), "5"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A fault that was found. `lesser` chooses the lower rate of the table where it has one.

    For short_time: `days_given` of the `days_due`.
    """

    irregularity: str
    lesser: bool = False
    days_due: int | None = None
    days_given: int | None = None


def procurement_correction(declared: Money, faults: Iterable[Found], *, aid_rate: Rate | None = None) -> Correction:
    """The correction on a contract's declared spending: the highest rate of its faults; they do not add up.

    Raises InvalidFields for a fault the table does not have, or a lesser rate it does not know.
    """
    rows = tuple(faults)
    if not rows:
        raise InvalidFields(faults=[Fault("faults", "required")])
    rates = [_rate_of(at, found) for at, found in enumerate(rows)]
    highest = max(rates)
    steps = tuple(
        Step(
            sign="≤",
            what="procurement_fault",
            source=PROCUREMENT.source,
            facts={"fault": row.irregularity, "rate": str(rate)},
        )
        for row, rate in zip(rows, rates, strict=True)
    )
    done = _corrected(declared, highest, aid_rate, PROCUREMENT.source, "")
    return Correction(
        rate=done.rate,
        base=done.base,
        corrected=done.corrected,
        left=done.left,
        aid=done.aid,
        steps=(*steps, *done.steps),
    )


def _rate_of(at: int, found: Found) -> Rate:
    row = BY_KEY.get(found.irregularity)
    if row is None:
        facts = {"known": ", ".join(BY_KEY)}
        raise InvalidFields(faults=[Fault(f"faults.{at}.irregularity", "unknown_irregularity", facts)])
    if row.key == "short_time":
        return _short_time(at, found)
    if not found.lesser:
        return Rate.of(row.rate)
    if not row.lesser:
        raise InvalidFields(faults=[Fault(f"faults.{at}.lesser", "no_lesser_rate", {"fault": row.key})])
    return Rate.of(row.lesser[0])


def _short_time(at: int, found: Found) -> Rate:
    if not found.days_due or found.days_given is None:
        raise InvalidFields(faults=[Fault(f"faults.{at}.days_given", "required")])
    cut = Decimal(found.days_due - found.days_given) * 100 / found.days_due
    return Rate.of(next(rate for share, rate in _SHORT_TIME if cut >= share) if cut > 0 else "0")


def _corrected(base: Money, rate: Rate, aid_rate: Rate | None, source: str, why: str) -> Correction:
    taken = base.at_nearest(rate)
    rows = [
        Step(sign="+", what="base_of_correction", amount=base, facts={"reason": why}),
        Step(sign="×", what="correction_rate", amount=taken, source=source, facts={"rate": str(rate)}),
        Step(sign="=", what="left_after_correction", amount=base - taken),
    ]
    aid = None
    if aid_rate is not None:
        aid = taken.at_nearest(aid_rate)
        rows.append(Step(sign="×", what="aid_of_correction", amount=aid, facts={"rate": str(aid_rate)}))
    return Correction(rate=rate, base=base, corrected=taken, left=base - taken, aid=aid, steps=tuple(rows))
