"""Advances: what may be paid before any cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.explained import Step
from shared.money import ZERO, Money, Rate
from shared.rules.rule import Rule, titled

RULE = Rule(
    name="advance",
    version="1",
    since=date(2014, 1, 1),
    until=date(2029, 12, 31),
    source="VNa 357/2014; (EU) 1303/2013 art. 131(4); (EU) 2021/1060 art. 91(5)",
    titles=titled("Ennakko", "Förskott", "Advance"),
)
PROJECT_RATE, STATE_AID_RATE = Rate.of("30"), Rate.of("40")


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """`most` is what may be advanced; `to_commission` what of it may be declared to the Commission already."""

    allowed: bool
    most: Money
    to_commission: Money
    steps: tuple[Step, ...]


def advance(aid: Money, *, company_aid: bool, asked_in_application: bool, guaranteed: bool = False) -> Advance:
    """At most 30 per cent of the grant, asked for in the application, and never of company aid.

    State aid advanced may be declared up to 40 per cent of the aid if it is guaranteed; costs must cover it within
    three years.
    """
    allowed = asked_in_application and not company_aid
    most = aid.at(PROJECT_RATE) if allowed else ZERO
    declared = min(most, aid.at(STATE_AID_RATE)) if guaranteed else ZERO
    why = "advance_allowed" if allowed else "advance_not_for_companies" if company_aid else "advance_not_asked"
    rows = (
        Step(sign="+", what="aid_awarded", amount=aid, source="award"),
        Step(sign="=", what=why, amount=most, source="VNa 357/2014", facts={"rate": str(PROJECT_RATE)}),
        Step(
            sign="≤", what="advance_declared", amount=declared, source=RULE.source, facts={"rate": str(STATE_AID_RATE)}
        ),
    )
    return Advance(allowed=allowed, most=most, to_commission=declared, steps=rows)
