"""Every number of the law that money or a verdict follows from stands in a worked example.

Each row says what the law says, which example shows it, and where in its answer the number is. A number that loses
its example, or an example that begins to answer otherwise, fails here by its name.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from shared.calculations import ask, calculation_named
from tukivayla.calc import CALCULATIONS, EVERY_VERSION

GOLDEN = Path(__file__).parents[2] / "golden"


class Number(NamedTuple):
    """`says` in words; `place` is a name in the result, with dots for what is inside."""

    says: str
    example: str
    place: str
    value: Any


HIGHEST_SHARES = (
    Number("a development project: 80 % of the costs", "aid_ceiling/development", "rate", "80"),
    Number("above 80 % only for a special reason", "aid_ceiling/above-without-reason", "within", False),
    Number("an investment project: 70 %", "aid_ceiling/investment", "rate", "70"),
    Number("an investment: not a hundredth above 70 %", "aid_ceiling/investment-over", "within", False),
    Number("development of a business: 50 %", "aid_ceiling/business", "rate", "50"),
    Number("development of a business: not a hundredth above 50 %", "aid_ceiling/business-rate-over", "within", False),
    Number("a growth study: 60 %", "aid_ceiling/growth-study", "rate", "60"),
    Number("a growth study: of 60 000 euros at most", "aid_ceiling/growth-study", "counted_costs", "60000.00"),
    Number("Union share 2014-2020, more developed: 50 %", "cofinancing_ceiling/2014", "rate", "50"),
    Number("Union share, less developed: 85 %", "cofinancing_ceiling/less-developed", "rate", "85"),
    Number("Union share, transition: 60 %", "cofinancing_ceiling/east", "rate", "60"),
    Number("Union share, more developed: 40 %", "cofinancing_ceiling/south", "rate", "40"),
    Number("Just Transition Fund: 85 %", "cofinancing_ceiling/jtf-less", "rate", "85"),
    Number("Just Transition Fund: 70 %", "cofinancing_ceiling/jtf", "rate", "70"),
    Number("Just Transition Fund: 50 %", "cofinancing_ceiling/jtf-more", "rate", "50"),
    Number("rate × eligible costs, at most what was granted", "payable/never-above-the-aid", "payable", "100.00"),
    Number("other public money counts to the total costs", "award/other-public", "aid", "10000.00"),
)
COST_MODELS = (
    Number("indirect 7 % of direct costs", "flat_rate/seven", "flat", "105.00"),
    Number("indirect 15 % of staff", "flat_rate/fifteen", "flat", "150.00"),
    Number("indirect 25 % of direct costs", "flat_rate/twenty-five", "flat", "375.00"),
    Number("staff 20 % of the other direct costs", "flat_rate/twenty-for-staff", "flat", "200.00"),
    Number("other costs 40 % of staff", "flat_rate/forty-leaves-others-out", "flat", "400.00"),
    Number("2014-2020 ERDF: 24 % of staff", "flat_rate/erdf-2014", "flat", "240.00"),
    Number("2014-2020 ESF: 17 % of staff", "flat_rate/esf-2014", "flat", "170.00"),
    Number("an investment: 1.5 %", "flat_rate/investment", "flat", "1500.00"),
    Number("a year has 1 720 hours", "hourly_cost/worked-check", "hours_most", "1720"),
    Number("worked check: 28.00 an hour", "hourly_cost/worked-check", "hour", "28.00"),
    Number("worked check: 35.40 with the on-cost of 26.44 %", "hourly_cost/worked-check", "hour_with_on_cost", "35.40"),
    Number("worked check: 800 hours are 28 322.56", "hourly_cost/worked-check", "staff", "28322.56"),
    Number("worked check: 40 % are 11 329.02", "award/worked-check", "flat_costs", "11329.02"),
    Number("worked check: together 39 651.58", "award/worked-check", "eligible_costs", "39651.58"),
    Number("worked check: 80 % are 31 721.26", "award/worked-check", "aid", "31721.26"),
    Number("worked check: so much is paid", "payable/first-claim", "payable", "31721.26"),
    Number("a teacher's on-cost: 20.42 %", "hourly_cost/teacher", "on_cost", "4574.08"),
    Number("half time: 860 hours", "hourly_cost/half-time", "hours_most", "860"),
    Number("simplified costs to 200 000", "simplified_costs_compulsory/at-200000", "compulsory", True),
    Number("simplified costs to 200 000, no further", "simplified_costs_compulsory/above-200000", "compulsory", False),
    Number("simplified costs not for State aid", "simplified_costs_compulsory/state-aid", "compulsory", False),
    Number("2014-2020: public support to 100 000", "simplified_costs_compulsory/2014-100000", "limit", "100000.00"),
    Number("a lump sum to 200 000", "lump_sum/at-limit", "may_be_used", True),
    Number("a lump sum to 200 000, no further", "lump_sum/too-large", "may_be_used", False),
    Number("of a lump sum only what is proven", "lump_sum/one-of-two", "earned", "20000.00"),
    Number("a cut staff euro takes its 0.40 along", "payable/cut-takes-its-flat-share", "accepted_costs", "1398.60"),
)
ELIGIBILITY = (
    Number("VAT under five million by the Union's law", "vat_eligibility/under-five-million", "by_union_law", True),
    Number("VAT of five million: not by it", "vat_eligibility/five-million", "by_union_law", False),
    Number("in Finland VAT only as a final cost", "vat_eligibility/under-five-million", "accepted", "0.00"),
    Number("VAT that is a final cost counts", "vat_eligibility/final-cost", "accepted", "255.00"),
    Number("land: 10 %", "land_purchase/tenth", "most", "15000.00"),
    Number("a derelict site: 15 %", "land_purchase/derelict", "most", "22500.00"),
    Number("a derelict site: not a cent above 15 %", "land_purchase/a-cent-over-fifteen", "accepted", "22500.00"),
    Number("support beside gifts: costs less the gifts", "in_kind/at-limit", "within", True),
    Number("support beside gifts: not a cent more", "in_kind/a-cent-over", "within", False),
    Number("revenue 2014-2020: exempt to 50 000", "net_revenue/2014-small", "deducted", "0.00"),
    Number("revenue 2014-2020: later exempt to 100 000", "net_revenue/2014-later-limit", "net_costs", "100000.00"),
    Number("revenue 2014-2020: deducted above", "net_revenue/2014-deducted", "deducted", "5000.00"),
    Number("revenue 2021-2027: none deducted", "net_revenue/2021-none", "deducted", "0.00"),
    Number("2021-2027 begins on 1.1.2021", "eligible_time/first-day", "eligible", True),
    Number("2021-2027 does not begin before", "eligible_time/day-before", "eligible", False),
    Number("2021-2027 ends on 31.12.2029", "eligible_time/last-day", "eligible", True),
    Number("2021-2027: paid after it", "eligible_time/paid-too-late", "eligible", False),
    Number("2014-2020 begins on 1.1.2014", "eligible_time/2014-first-day", "eligible", True),
    Number("2014-2020 ends on 31.12.2023", "eligible_time/2014-last-day", "eligible", True),
    Number("2014-2020: paid on 1.1.2024", "eligible_time/2014-paid-too-late", "eligible", False),
    Number("tendering: goods from 60 000", "procurement_threshold/goods-at", "limit", "60000.00"),
    Number("tendering: not a cent below", "procurement_threshold/goods-under", "must_be_tendered", False),
    Number("tendering: works from 150 000", "procurement_threshold/works-at", "limit", "150000.00"),
)
SIZE = (
    Number("micro: fewer than 10 and two million", "sme_size/micro", "size", "micro"),
    Number("ten are not micro", "sme_size/ten-units", "size", "small"),
    Number("small: fewer than 50 and ten million", "sme_size/small-at-limits", "size", "small"),
    Number("fifty are not small", "sme_size/fifty-units", "size", "medium"),
    Number("medium: fewer than 250, 50 or 43 million", "sme_size/either-money", "size", "medium"),
    Number("250 are large", "sme_size/two-hundred-fifty", "size", "large"),
    Number("a cent over both 50 and 43 million is large", "sme_size/both-money-over", "size", "large"),
    Number("below 25 % nobody counts", "sme_size/below-a-quarter", "staff", "40"),
    Number("25 % counts by its share", "sme_size/exactly-a-quarter", "staff", "65"),
    Number("50 % counts by its share", "sme_size/exactly-half", "staff", "90"),
    Number("above 50 % counts in full", "sme_size/above-half", "staff", "140"),
    Number("a public body with 25 %: large", "sme_size/public-quarter", "size", "large"),
    Number("a university is excepted", "sme_size/public-university", "size", "micro"),
    Number("one year over changes nothing", "sme_size/one-year-over", "size", "small"),
    Number("two years in a row do", "sme_size/two-years-over", "size", "medium"),
)
DE_MINIMIS = (
    Number("200 000 by 1407/2013", "de_minimis/old-scheme-in-2024", "ceiling", "200000.00"),
    Number("of the fiscal year and the two before", "de_minimis/calendar-fiscal-years", "window_first", "2017-01-01"),
    Number("the undertaking's own year", "de_minimis/fiscal-year-ends-in-june", "window_first", "2018-07-01"),
    Number("road freight 100 000 then", "de_minimis/road-freight-before-2024", "ceiling", "100000.00"),
    Number("road freight has no own ceiling now", "de_minimis/road-freight-today", "ceiling", "300000.00"),
    Number("1407/2013 to 30.6.2024", "de_minimis/last-day-of-the-old", "fits", True),
    Number("2023/2831 from 1.1.2024", "de_minimis/first-day-of-the-new", "window_first", "2021-01-01"),
    Number("2023/2831 to 31.12.2030", "de_minimis/last-day-of-the-new", "ceiling", "300000.00"),
    Number("299 999.99", "de_minimis/first-award-under", "may_be_granted", "299999.99"),
    Number("300 000.00", "de_minimis/first-award", "may_be_granted", "300000.00"),
    Number("300 000.01: none of it", "de_minimis/first-award-over", "may_be_granted", "0.00"),
    Number("with earlier aid 299 999.99", "de_minimis/just-under", "fits", True),
    Number("with earlier aid 300 000.00", "de_minimis/exactly-at", "fits", True),
    Number("with earlier aid 300 000.01", "de_minimis/one-cent-over", "excess", "0.01"),
    Number("the same day three years ago counts", "de_minimis/same-day-three-years", "counted", "300000.00"),
    Number("the day before it does not", "de_minimis/day-before-three-years", "counted", "0.00"),
    Number("the day after it counts", "de_minimis/day-after-three-years", "counted", "300000.00"),
    Number("aid of a leap day on 28 February", "de_minimis/aid-of-leap-day-28-february", "counted", "100000.00"),
    Number("aid of a leap day on 1 March", "de_minimis/aid-of-leap-day-1-march", "counted", "0.00"),
    Number("an award on a leap day", "de_minimis/award-on-leap-day", "window_first", "2025-02-28"),
    Number("the whole group has one ceiling", "de_minimis/group-counts", "counted", "210000.00"),
    Number("each member state has its own", "de_minimis/other-member-state", "counted", "0.00"),
    Number("an award told twice counts once", "de_minimis/told-twice", "counted", "140000.00"),
    Number("SGEI 750 000", "de_minimis/services-of-general-interest", "ceiling", "750000.00"),
    Number("general and SGEI together 750 000", "de_minimis/services-beside", "ceiling", "750000.00"),
    Number("SGEI 500 000 before", "de_minimis/services-before-2024", "ceiling", "500000.00"),
    Number("agriculture 50 000", "de_minimis/agriculture-own-pot", "ceiling", "50000.00"),
    Number("fisheries 40 000", "de_minimis/fisheries-own-pot", "ceiling", "40000.00"),
    Number("both under the general ceiling", "de_minimis/fisheries-under-general", "ceiling", "300000.00"),
    Number("majority of votes, and chains", "single_undertaking/chain", "members", ["A", "B", "C", "D"]),
    Number("right to appoint", "single_undertaking/right-to-appoint", "members", ["A", "M"]),
    Number("dominant influence", "single_undertaking/dominant-influence", "members", ["A", "M"]),
    Number("sole control by agreement", "single_undertaking/control-by-agreement", "members", ["A", "M"]),
    Number("people tie nothing", "single_undertaking/through-a-person", "members", ["A"]),
    Number("to the last day of the relation", "single_undertaking/sold-that-day", "members", ["A", "M"]),
    Number("a merger brings all aid", "aid_history/merger", "of_company", "250000.00"),
    Number("aid of the merger's day too", "aid_history/aid-on-the-day-of-the-merger", "of_company", "40000.00"),
    Number("a split follows the activity", "aid_history/split-by-activity", "of_company", "90000.00"),
    Number("or the equity, to the cent", "aid_history/split-by-equity", "of_company", "66.67"),
    Number("not what was granted after", "aid_history/aid-after-the-split", "of_company", "0.00"),
    Number("one event after another", "aid_history/split-then-merger", "of_company", "50000.00"),
    Number("the register from 1.1.2026", "register_entry/before-the-register", "enter_by", None),
    Number("within 20 working days", "register_entry/first-day-of-the-register", "enter_by", "2026-01-30"),
    Number("kept for ten years", "register_entry/twenty-working-days", "keep_until", "2036-11-25"),
)
RATES = {
    2022: {"mikkeli": ("40", "30", "20"), "jamsa": ("35", "25", "15"), "helsinki": ("20", "10", None)},
    2014: {"mikkeli": ("35", "25", "15"), "salo": ("30", "20", "10"), "helsinki": ("20", "10", None)},
}
MAP = (
    *(
        Number(f"{year}, {place}, {size}: {rate or 'none'}", f"regional_aid/{year}-{place}-{size}", "rate", rate)
        for year, rows in RATES.items()
        for place, rates in rows.items()
        for size, rate in zip(("small", "medium", "large"), rates, strict=True)
    ),
    Number("in force from 11.7.2022", "regional_aid/new-map-first-day", "rate", "40"),
    Number("no rate from 1.1.2022", "regional_aid/gap-first-day", "reason", "between_the_maps"),
    Number("to 10.7.2022", "regional_aid/gap-last-day", "reason", "between_the_maps"),
    Number("Åland is outside", "regional_aid/aland", "reason", "outside_the_laws"),
)
EXEMPTION = (
    Number("art. 6: before the works", "gber_incentive_effect/in-time", "has_effect", True),
    Number("art. 6: not on the very day", "gber_incentive_effect/same-day", "has_effect", False),
    Number("art. 6: with its costs", "gber_incentive_effect/lacks-costs", "has_effect", False),
    Number("art. 1(4)(a): a recovery order", "company_gates/recovery-order", "obstacles", ["recovery_order"]),
    Number("art. 17: small 20 %", "gber_intensity/sme-investment-small", "rate", "20"),
    Number("art. 17: medium 10 %", "gber_intensity/sme-investment-medium", "rate", "10"),
    Number("art. 17: no large enterprise", "gber_intensity/large-not-sme", "may_be_granted", False),
    Number("art. 18: 50 %", "gber_intensity/sme-consultancy-medium", "rate", "50"),
    Number("art. 19: 50 %", "gber_intensity/sme-fairs-small", "rate", "50"),
    Number("art. 28: 50 %", "gber_intensity/sme-innovation-medium", "rate", "50"),
    Number("art. 25: industrial 50 %", "gber_intensity/research-industrial-large", "rate", "50"),
    Number("art. 25: + 10 medium", "gber_intensity/research-industrial-medium", "rate", "60"),
    Number("art. 25: experimental 25 %", "gber_intensity/research-experimental-large", "rate", "25"),
    Number("art. 25: + 20 small", "gber_intensity/research-experimental-small", "rate", "45"),
    Number("art. 25: + 15 with others", "gber_intensity/research-experimental-collaboration", "rate", "40"),
    Number("art. 25: 80 % at most", "gber_intensity/research-small-with-bonus", "rate", "80"),
    Number("art. 31: 50 %", "gber_intensity/training-large", "rate", "50"),
    Number("art. 31: + 10 medium", "gber_intensity/training-medium", "rate", "60"),
    Number("art. 31: + 10 disadvantaged", "gber_intensity/training-large-disadvantaged", "rate", "60"),
    Number("art. 31: + 20 small, 70 % at most", "gber_intensity/training-cap", "rate", "70"),
    Number("art. 8: the highest share of any rule", "cumulation/highest-of-rules", "room", "30000.00"),
    Number("art. 9: above 100 000", "gber_publication/above", "must_be_published", True),
    Number("art. 9: not 100 000 itself", "gber_publication/at-limit", "must_be_published", False),
    Number("art. 9: within six months", "gber_publication/above", "publish_by", "2027-02-28"),
    Number("art. 12: kept ten years", "retention/state-aid-later", "keep_until", "2037-06-30"),
)
DIFFICULTY = (
    Number("half of the capital: not yet", "undertaking_in_difficulty/exactly-half", "grounds", []),
    Number("a cent more than half", "undertaking_in_difficulty/a-cent-over-half", "grounds", ["a"]),
    Number("an SME under three years", "undertaking_in_difficulty/young-sme", "grounds", []),
    Number("of three years", "undertaking_in_difficulty/three-years-old", "grounds", ["a"]),
    Number("a partnership", "undertaking_in_difficulty/partnership", "grounds", ["b"]),
    Number("insolvent, young or not", "undertaking_in_difficulty/young-but-insolvent", "grounds", ["c"]),
    Number("rescue aid unpaid", "undertaking_in_difficulty/rescue-aid-unpaid", "grounds", ["d"]),
    Number("restructuring", "undertaking_in_difficulty/restructuring-plan", "grounds", ["d"]),
    Number("debt over 7.5, cover below 1.0", "undertaking_in_difficulty/large-two-weak-years", "grounds", ["e"]),
    Number("7.5 itself", "undertaking_in_difficulty/ratio-of-exactly-seven-and-a-half", "grounds", []),
    Number("1.0 itself", "undertaking_in_difficulty/interest-covered-exactly", "grounds", []),
    Number("one year alone", "undertaking_in_difficulty/large-one-weak-year", "grounds", []),
    Number("fell in 2020-2021", "undertaking_in_difficulty/covid-derogation", "excused", True),
)
NUMBERS = (*HIGHEST_SHARES, *COST_MODELS, *ELIGIBILITY, *SIZE, *DE_MINIMIS, *MAP, *EXEMPTION, *DIFFICULTY)
# What a grant is decided, paid and followed by: each can be asked alone.
ASKED = {
    "single_undertaking", "de_minimis", "aid_history", "register_entry", "sme_size", "undertaking_in_difficulty",
    "company_gates", "regional_aid", "gber_intensity", "gber_incentive_effect", "gber_publication", "cumulation",
    "aid_ceiling", "cofinancing_ceiling", "award", "flat_rate", "hourly_cost", "lump_sum",
    "simplified_costs_compulsory", "vat_eligibility", "net_revenue", "eligible_time", "land_purchase", "in_kind",
    "procurement_threshold", "split_by_source", "competent_authority", "appeal_deadline", "decision_due", "payable",
    "advance", "payment_clock", "financial_correction", "procurement_correction", "recovery_interest",
    "recovery_deadline", "durability", "retention", "accounting_year", "audit_sample", "monetary_unit_sampling",
    "residual_error", "decommitment", "indicator", "irregularity_report", "separation_of_duties",
}  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS, ids=lambda one: f"{one.example.split('/')[0]}: {one.says}")
def test_the_example_shows_what_the_law_says(number: Number) -> None:
    example = tomllib.loads((GOLDEN / f"{number.example}.toml").read_text(encoding="utf-8"))
    calculation = calculation_named(number.example.split("/")[0], EVERY_VERSION, example.get("version"))
    found: Any = ask(calculation, example["inputs"]).result

    for name in number.place.split("."):
        found = found[name]
    assert found == number.value


def test_no_number_is_shown_twice_under_the_same_words() -> None:
    words = [(one.example.split("/")[0], one.says) for one in NUMBERS]

    assert len(words) == len(set(words))


def test_every_rule_of_a_grant_from_application_to_audit_can_be_asked() -> None:
    assert {one.rule.name for one in CALCULATIONS} == ASKED


@pytest.mark.parametrize(
    ("example", "path"),
    [
        ("de_minimis/both-regulations-alive", "regulation"),  # the first half of 2024: the scheme decides
        ("de_minimis/day-after-the-old", "on"),
        ("de_minimis/after-the-new", "on"),
        ("gber_intensity/after-the-regulation", "on"),
        ("hourly_cost/too-many-hours", "hours"),
        ("aid_history/cannot-be-shared", "events"),
        ("recovery_interest/no-rate-yet", "returned_on"),
        ("split_by_source/not-whole", "portions"),
    ],
)
def test_where_the_law_gives_no_answer_the_example_is_refused_by_its_field(example: str, path: str) -> None:
    read = tomllib.loads((GOLDEN / f"{example}.toml").read_text(encoding="utf-8"))

    assert [one["path"] for one in read["refused"]] == [path]
