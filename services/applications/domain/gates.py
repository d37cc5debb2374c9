"""The gates that the law sets before company aid: each passed, failed, or open until something has been found out.

A gate is asked where the ground of the aid asks it. An exempted aid ((EU) 651/2014) leaves no discretion over its
conditions; over others an official may go with a reason, which the decision tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from services.applications.domain.aid_register import Headroom
from services.applications.domain.assessed import ACCOUNTS, YEARS, Assessed, Checked
from services.applications.domain.findings import (
    Finding,
    Gate,
    at_discretion,
    failed,
    found,
    not_applied,
    passed,
    to_be_found_out,
)
from services.applications.domain.register_facts import RegisterFacts
from services.applications.domain.selection import DE_MINIMIS, REGIONAL_AID, Selection
from shared.dates import helsinki_day
from shared.money import Money
from shared.rules import difficulty, gates, gber, regional_aid
from shared.rules.cumulation import RULE as CUMULATION
from shared.rules.cumulation import VERSIONS as CUMULATION_VERSIONS
from shared.rules.cumulation import Together
from shared.rules.de_minimis import RULE as DE_MINIMIS_RULE
from shared.rules.rule import Rule
from shared.rules.simplified_costs import COMPULSORY, COMPULSORY_VERSIONS, P2014, P2021
from shared.rules.sme_size import RULE as SME_SIZE
from shared.rules.sme_size import VERSIONS as SME_SIZE_VERSIONS
from shared.rules.sme_size import Classed
from shared.rules.versions import Book, Version

TAX_SOURCE = "laki 429/2016"
RECOVERY_SOURCE = "(EU) 651/2014 art. 1(4)(a)"
# The article of the group exemption that each ground of aid stands on.
ARTICLES = {
    "gber_art_17": "sme_investment",
    "gber_art_18": "sme_consultancy",
    "gber_art_19": "sme_fairs",
    "gber_art_25": "research_experimental",
    "gber_art_28": "sme_innovation",
    "gber_art_31": "training",
}
RESEARCH = ("research_fundamental", "research_industrial", "research_experimental", "research_feasibility")


def article_of(selection: Selection, assessed: Assessed) -> str | None:
    """The article by which an exempted aid is lawful; of research the kind that the assessment names."""
    article = ARTICLES.get(selection.aid_basis)
    if article in RESEARCH and assessed.activity in RESEARCH:
        return assessed.activity
    return article


def basis(selection: Selection, on: date) -> Gate:
    """The regulation that makes the aid lawful is in force on the day of the award."""
    if not selection.is_state_aid:
        return not_applied("basis", "not_state_aid")
    rules = {DE_MINIMIS: DE_MINIMIS_RULE, REGIONAL_AID: regional_aid.RULE}
    rule = rules.get(selection.aid_basis, gber.INTENSITY)
    told = {"day": on.isoformat(), "basis": selection.aid_basis}
    ends = [one.until for one in (rule, *(() if not selection.is_exempted else (gber.INTENSITY,))) if one.until]
    if on < rule.since or any(on > last for last in ends):
        return failed("basis", "basis_not_in_force", rule.source, **told)
    return passed("basis", "basis_in_force", rule.source, **told)


def tax_debt(selection: Selection, assessed: Assessed, book: Book) -> Gate:
    """The applicant has neglected no taxes; a debt under a payment plan that is kept leaves discretion."""
    if not selection.is_state_aid:
        return not_applied("tax_debt", "not_company_aid")
    checked = assessed.tax
    if checked is None:
        return to_be_found_out("tax_debt", "not_checked", TAX_SOURCE)
    finding = _company_gate(
        book, checked, "tax_debt", tax_debt=checked.result != "none", tax_debt_arranged=checked.result == "arranged"
    )
    told = _told(checked)
    if checked.result == "none":
        return passed("tax_debt", "no_tax_debt", TAX_SOURCE, finding, **told)
    if checked.result == "arranged":
        return at_discretion(failed("tax_debt", "tax_debt_arranged", TAX_SOURCE, finding, **told))
    return failed("tax_debt", "tax_debt_found", TAX_SOURCE, finding, **told)


def recovery_order(selection: Selection, assessed: Assessed, book: Book) -> Gate:
    """No unlawful aid waits to be paid back (the Deggendorf rule)."""
    if not selection.is_state_aid:
        return not_applied("recovery_order", "not_company_aid")
    checked = assessed.recovery
    if checked is None:
        return to_be_found_out("recovery_order", "not_checked", RECOVERY_SOURCE)
    finding = _company_gate(book, checked, "recovery_order", recovery_order=checked.result == "outstanding")
    if checked.result == "outstanding":
        return failed("recovery_order", "recovery_outstanding", RECOVERY_SOURCE, finding, **_told(checked))
    return passed("recovery_order", "no_recovery_order", RECOVERY_SOURCE, finding, **_told(checked))


def size(selection: Selection, assessed: Assessed, classed: Classed | None, book: Book) -> Gate:
    """The size class is known, and the ground of the aid is for it."""
    if not selection.is_state_aid:
        return not_applied("size", "not_company_aid")
    if classed is None:
        return to_be_found_out("size", "figures_missing", SME_SIZE.source)
    finding = size_finding(assessed, classed, book)
    article = article_of(selection, assessed)
    if article and classed.size not in gber.BY_KEY[article].rates:
        return failed("size", "article_not_for_size", gber.BY_KEY[article].source, finding, size=classed.size.value)
    return passed("size", "size_known", SME_SIZE.source, finding, size=classed.size.value)


def in_difficulty(
    selection: Selection,
    assessed: Assessed,
    classed: Classed | None,
    on: date,
    book: Book,
    answer: RegisterFacts | None = None,
) -> Gate:
    """Not an undertaking in difficulty. An exempted aid may not go to one; of other aid an official has discretion.

    What an official typed does not go over the business register: where it tells of insolvency, or that the company
    has ended, that is settled first.
    """
    if not selection.is_state_aid:
        return not_applied("difficulty", "not_company_aid")
    rule = book.of(difficulty.VERSIONS)
    if gap := _ended(rule.rule, "difficulty", on):
        return gap if selection.is_exempted else at_discretion(gap)
    if told := _register_objects(assessed, answer):
        return told
    missing = [*_missing_accounts(assessed), *([] if classed else ["size"])]
    if missing or classed is None or assessed.founded_on is None:
        return to_be_found_out("difficulty", "accounts_missing", difficulty.SOURCE, missing=", ".join(missing))
    if not classed.is_sme and not (len(assessed.last_year) == len(assessed.year_before) == len(YEARS)):
        return to_be_found_out("difficulty", "years_missing", f"{difficulty.SOURCE}(e)")
    standing, finding = _standing(rule, assessed, assessed.founded_on, classed.is_sme, on)
    if standing.may_be_aided:
        return passed("difficulty", "not_in_difficulty", difficulty.SOURCE, finding)
    grounds = ", ".join(standing.grounds)
    stopped = failed("difficulty", "in_difficulty", difficulty.SOURCE, finding, grounds=grounds)
    return stopped if selection.is_exempted else at_discretion(stopped)


def _standing(
    rule: Version[..., difficulty.Standing], assessed: Assessed, founded_on: date, is_sme: bool, on: date
) -> tuple[difficulty.Standing, Finding]:
    """What the rule says of the accounts, and how it is told."""
    years = (assessed.year_before, assessed.last_year)
    standing = rule.says(
        on,
        difficulty.Accounts(**assessed.accounts),
        is_sme=is_sme,
        founded_on=founded_on,
        limited_liability=assessed.limited_liability,
        insolvent=bool(assessed.insolvent),
        rescue_aid_unpaid=bool(assessed.rescue_aid),
        restructuring_plan=bool(assessed.restructuring),
        last_years=tuple(difficulty.Year(**year) for year in years if len(year) == len(YEARS)),
    )
    finding = found(
        rule.rule,
        ", ".join(standing.grounds) or "no",
        standing.steps,
        on=on.isoformat(),
        is_sme=_yes(is_sme),
        founded_on=founded_on.isoformat(),
        limited_liability=_yes(assessed.limited_liability),
        insolvent=_yes(bool(assessed.insolvent)),
        **{name: str(amount) for name, amount in assessed.accounts.items()},
    )
    return standing, finding


def incentive_effect(selection: Selection, assessed: Assessed, applied_on: date, book: Book) -> Gate:
    """The application came before the works started."""
    if not selection.is_exempted:
        return not_applied("incentive_effect")
    source = gber.INCENTIVE.source
    if assessed.works_started is None or (assessed.works_started and assessed.works_started_on is None):
        return to_be_found_out("incentive_effect", "start_of_works_unknown", source)
    started = assessed.works_started_on if assessed.works_started else None
    rule = book.of(gber.INCENTIVE_VERSIONS)
    effect = rule.says(applied_on, started)
    told = {"applied": applied_on.isoformat(), "works": started.isoformat() if started else "-"}
    finding = found(rule.rule, _yes(effect.has_effect), effect.steps, **told)
    if effect.has_effect:
        return passed("incentive_effect", "applied_before_works", source, finding, **told)
    return failed("incentive_effect", "works_before_application", source, finding, **told)


def area(selection: Selection, place: regional_aid.RegionalAid | None, on: date, book: Book) -> Gate:
    """Regional aid: the municipality of the investment is in an area where aid to the size is allowed."""
    if selection.aid_basis != REGIONAL_AID:
        return not_applied("area")
    if place is None:
        return to_be_found_out("area", "place_or_size_missing", regional_aid.RULE.source)
    rate = {"rate": str(place.rate)} if place.rate else {}
    told = {"area": place.area or "-", "municipality": place.municipality, "size": place.size.value, **rate}
    finding = found(
        book.of(regional_aid.VERSIONS).rule,
        place.rate or "-",
        place.steps,
        on=on.isoformat(),
        municipality=place.municipality,
        size=place.size.value,
    )
    if not place.may_be_granted:
        return failed("area", place.reason, regional_aid.RULE.source, finding, **told)
    return passed("area", "area_allows", regional_aid.RULE.source, finding, **told)


def cumulation(together: Together | None, aid: Money, on: date, book: Book) -> Gate:
    """The aid fits beside other public money on the same costs; the sum is cut, so it fits unless nothing is left."""
    if together is None:
        return not_applied("cumulation")
    rule = book.of(CUMULATION_VERSIONS).rule
    if gap := _ended(rule, "cumulation", on):
        return at_discretion(gap)
    finding = found(rule, together.room, together.steps, costs_at_most=together.most_together)
    told = {"room": str(together.room), "counted": str(together.counted)}
    if aid > together.room or not together.room.cents > 0:
        return failed("cumulation", "no_room_beside_other_aid", CUMULATION.source, finding, **told)
    return passed("cumulation", "fits_beside_other_aid", CUMULATION.source, finding, **told)


def de_minimis(room: Headroom | None) -> Gate:
    """The award fits in what the group has left. Where it fits only if an unclear pair is one award, an official
    settles that first."""
    if room is None:
        return not_applied("de_minimis")
    facts = {
        "used": str(room.used),
        "ceiling": str(room.ceiling),
        "free": str(room.free),
        "needed": str(room.new),
        "first": room.window_first.isoformat(),
    }
    source = "(EU) 2023/2831 art. 3(2), 3(7)"
    if room.fits:
        return passed("de_minimis", "fits_in_room", source, *room.findings, **facts)
    if room.fits_when_settled:
        awards = ", ".join(f"{aid.may_be} {aid.amount}" for aid in room.unclear)
        waits = to_be_found_out("de_minimis", "same_award_unclear", source, **facts, awards=awards)
        return replace(waits, findings=room.findings)
    return failed("de_minimis", "over_the_ceiling", source, *room.findings, **facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What of the project the simplified cost options are asked by."""

    period: str
    cost_model: str
    fund: str
    costs: Money
    aid: Money


def simplified_costs(selection: Selection, project: Project, on: date, book: Book) -> Gate:
    """A small project uses a simplified cost option, unless its support is State aid above de minimis."""
    if selection.aid_basis == "unsaid" or project.fund == "national":
        return not_applied("simplified_costs")
    rule = book.of(COMPULSORY_VERSIONS)
    told = rule.says(
        on,
        P2014 if project.period == P2014 else P2021,
        total_costs=project.costs,
        public_support=project.aid,
        fund=project.fund,
        state_aid=selection.is_exempted,
    )
    finding = found(
        rule.rule,
        _yes(told.compulsory),
        told.steps,
        on=on.isoformat(),
        total_costs=project.costs,
        cost_model=project.cost_model,
        state_aid=_yes(selection.is_exempted),
    )
    if told.compulsory and project.cost_model == "actual":
        facts = {"costs": str(project.costs), "limit": str(told.limit)}
        return failed("simplified_costs", "simplified_costs_needed", COMPULSORY.source, finding, **facts)
    why = "simplified_costs_used" if told.compulsory else "simplified_costs_not_needed"
    return passed("simplified_costs", why, COMPULSORY.source, finding)


def size_finding(assessed: Assessed, classed: Classed, book: Book) -> Finding:
    return found(
        book.of(SME_SIZE_VERSIONS).rule,
        classed.size.value,
        classed.steps,
        staff=assessed.latest.staff,
        turnover=assessed.latest.turnover,
        balance=assessed.latest.balance,
        staff_before=assessed.before.staff,
        turnover_before=assessed.before.turnover,
        balance_before=assessed.before.balance,
        related=len(assessed.enterprises) or "",
    )


def _company_gate(book: Book, checked: Checked, name: str, **asked: bool) -> Finding:
    rule = book.of(gates.VERSIONS)
    answer = rule.says(**asked)
    steps = tuple(step for step in answer.steps if step.facts.get("gate") == name)
    return found(rule.rule, checked.result, steps, checked_on=checked.on.isoformat(), source_of_fact=checked.source)


def _register_objects(assessed: Assessed, answer: RegisterFacts | None) -> Gate | None:
    if answer is None:
        return None
    day = helsinki_day(answer.fetched_at).isoformat()
    if answer.ended_on:
        ended = answer.ended_on.isoformat()
        return to_be_found_out("difficulty", "register_tells_ended", difficulty.SOURCE, ended=ended, day=day)
    if answer.insolvency and not assessed.insolvent:
        kinds = ", ".join(answer.insolvency)
        return to_be_found_out("difficulty", "register_tells_insolvency", difficulty.SOURCE, situations=kinds, day=day)
    return None


def _ended(rule: Rule, code: str, on: date) -> Gate | None:
    """The rule's own table has ended, though the ground of the aid goes on: what comes after it is not known here."""
    if rule.until is None or on <= rule.until:
        return None
    return failed(code, "rule_ended", rule.source, last=rule.until.isoformat(), day=on.isoformat())


def _told(checked: Checked) -> dict[str, str]:
    return {"day": checked.on.isoformat(), "where": checked.source}


def _missing_accounts(assessed: Assessed) -> Iterator[str]:
    yield from (name for name in ACCOUNTS if name not in assessed.accounts)
    for name in ("founded_on", "insolvent", "rescue_aid", "restructuring"):
        if getattr(assessed, name) is None:
            yield name


def _yes(value: bool) -> str:
    return "yes" if value else "no"
