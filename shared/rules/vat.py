"""Whether value added tax is an eligible cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.explained import Step
from shared.money import ZERO, Money
from shared.rules.rule import Rule, titled, yes

RULE = Rule(
    name="vat_eligibility",
    version="1",
    since=date(2014, 1, 1),
    until=date(2029, 12, 31),
    source="(EU) 2021/1060 art. 64(1)(c); (EU) 1303/2013 art. 69(3)(c); VNa 866/2021; VNa 358/2014",
    titles=titled("Arvonlisäveron tukikelpoisuus", "Mervärdesskattens stödberättigande", "Eligibility of VAT"),
)
P2014, P2021 = "2014-2020", "2021-2027"
LIMIT = Money.eur("5000000.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vat:
    eligible: bool
    by_union_law: bool
    accepted: Money
    steps: tuple[Step, ...]


def vat_eligibility(period: str, *, final_cost: bool, total_with_vat: Money = ZERO, vat: Money = ZERO) -> Vat:
    """`final_cost`: the beneficiary cannot deduct the tax nor get it back in any other way.

    The Union's law of 2021-2027 takes any tax of an operation under five million euros with VAT; the Finnish
    decree takes it only where it is a final cost, and the stricter of the two decides.
    """
    by_union = final_cost or (period == P2021 and total_with_vat < LIMIT)
    source = "(EU) 2021/1060 art. 64(1)(c)" if period == P2021 else "(EU) 1303/2013 art. 69(3)(c)"
    national = "VNa 866/2021" if period == P2021 else "VNa 358/2014"  # from knowledge, to be checked
    accepted = vat if final_cost else ZERO
    return Vat(
        eligible=final_cost,
        by_union_law=by_union,
        accepted=accepted,
        steps=(
            Step(sign="", what="vat_by_union_law", source=source, facts={"verdict": yes(by_union)}),
            Step(sign="=", what="vat_is_cost" if final_cost else "vat_is_deducted", amount=accepted, source=national),
        ),
    )
