"""Asked of the company: who belongs together, its size, its standing, and its de minimis room."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from marshmallow import fields, validate

from shared.calculations import Calculation
from shared.calculations.inputs import (
    Inputs,
    choice,
    day,
    money,
    number,
    part,
    rows,
    several,
    truth,
    words,
)
from shared.money import ZERO, Money
from shared.rules import (
    aid_history,
    de_minimis,
    difficulty,
    gates,
    register_entry,
    same_award,
    single_undertaking,
    sme_size,
)


class LinkRow(Inputs):
    makes = single_undertaking.Link

    owner = words("The company or person above.", "1234567-1", required=True)
    owned = words("The company that is owned or controlled.", "2345678-2", required=True)
    kind = choice(
        "What joins them; a share without control joins nothing.",
        (*single_undertaking.LINKING, "minority_share"),
        required=True,
    )
    owner_is = choice("What the owner is.", ("company", "person", "public_body"), load_default="company")
    since = day("First day of the relation; left out when it has always been.", "2020-01-01", allow_none=True)
    until = day("Last day of the relation; left out while it lasts.", "2025-12-31", allow_none=True)


class SingleUndertakingInputs(Inputs):
    on = day("The day of the award.", required=True)
    company = words("The applicant.", "1234567-1", required=True)
    links = rows(LinkRow, "Who owns and controls whom, as far as is known.", load_default=list)


class EarlierAidRow(Inputs):
    makes = de_minimis.EarlierAid

    granted_on = day("The day the right to the aid arose: the decision, not the payment.", "2024-05-02", required=True)
    amount = money("Gross grant equivalent.", "120000.00", required=True)
    undertaking = words("Who got it, as in members or events.", "1234567-1", load_default="")
    kind = choice("By which regulation's kind it was given.", de_minimis.KINDS, load_default="general")
    activity = words("What it was used for; road_freight matters by 1407/2013.", "other", load_default="other")
    member_state = words("Which state granted it; only Finland's counts.", "FI", load_default="FI")
    reference = words("A number by which the award is found.", "A80655", load_default="")


class ToldAidRow(EarlierAidRow):
    makes = de_minimis.ToldAid

    authority = words("Who granted it, by code or name.", "ITA", load_default="")
    told_by = choice(
        "Who tells of it; left out, the award is taken as it stands.", ("", *same_award.TELLERS), load_default=""
    )
    same_as = words(
        "An official's word on a declared award: the reference of the registered one that it is, or another.",
        "A80655",
        load_default="",
    )


class DeMinimis1Inputs(Inputs):
    on = day("The day of the award; the award itself counts from it.", required=True)
    new_aid = money("The aid thought of, gross grant equivalent. Left out: the head-room alone.", "50000.00")
    earlier_aid = rows(EarlierAidRow, "De minimis aid granted before, of the whole group.", load_default=list)
    members = several("Whose aid counts (see single_undertaking). Left out: everything in earlier_aid counts.")
    regulation = choice(
        "The legal basis of the scheme. Needed in the first half of 2024, when two were in force.",
        tuple(de_minimis.BY_NAME),
        allow_none=True,
    )
    activity = choice("What the undertaking does; matters by 1407/2013.", de_minimis.ACTIVITIES, load_default="other")
    separate_accounts = truth("Whether road freight is kept apart from other activities.", load_default=False)
    fiscal_year_ends = fields.String(
        load_default="12-31",
        validate=validate.Regexp(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z", error="not_a_date"),
        metadata={"description": "Last day of the undertaking's fiscal year, month and day.", "example": "12-31"},
    )


class DeMinimisInputs(DeMinimis1Inputs):
    earlier_aid = rows(ToldAidRow, "De minimis aid granted before, of the whole group.", load_default=list)


def _by_year_end(says: Callable[..., de_minimis.Room]) -> Callable[..., de_minimis.Room]:
    def asked(
        on: date,
        earlier_aid: Iterable[de_minimis.EarlierAid],
        fiscal_year_ends: str,
        new_aid: Money = ZERO,
        **rest: Any,
    ) -> de_minimis.Room:
        month, last = fiscal_year_ends.split("-")
        return says(on, earlier_aid, new_aid, fiscal_year_ends=(int(month), int(last)), **rest)

    return asked


class MergerRow(Inputs):
    makes = aid_history.Merger

    on = day("The day it took effect.", "2025-03-01", required=True)
    merged = several("Those that ended or were taken over.", required=True)
    into = words("The company that goes on.", "1234567-1", required=True)


class HeirRow(Inputs):
    makes = aid_history.Heir

    company = words("A company that goes on after the split.", "2345678-2", required=True)
    activities = several("The activities it took over, as in earlier_aid.activity.", load_default=tuple)
    equity = money("Book value of its equity on the day of the split.", "50000.00", load_default=ZERO)


class SplitRow(Inputs):
    makes = aid_history.Split

    on = day("The day it took effect.", "2025-03-01", required=True)
    company = words("The company that was split.", "1234567-1", required=True)
    heirs = rows(HeirRow, "Those it was split into.", required=True)


class AidHistoryInputs(Inputs):
    on = day("The day to look from.", required=True)
    company = words("Whose earlier aid is asked for.", "1234567-1", required=True)
    earlier_aid = rows(EarlierAidRow, "The awards as they were made.", required=True)
    mergers = rows(MergerRow, "Mergers and take-overs.", load_default=list)
    splits = rows(SplitRow, "Splits.", load_default=list)


def _aid_history(
    on: date,
    company: str,
    earlier_aid: Iterable[de_minimis.EarlierAid],
    mergers: Iterable[aid_history.Merger],
    splits: Iterable[aid_history.Split],
) -> aid_history.History:
    return aid_history.aid_after(company, earlier_aid, (*mergers, *splits), on)


class FiguresRow(Inputs):
    makes = sme_size.Figures

    staff = number("Annual work units.", "12.5", "AWU", required=True)
    turnover = money("Yearly turnover.", "1500000.00", required=True)
    balance = money("Balance sheet total.", "900000.00", required=True)


class RelatedRow(Inputs):
    name = words("The owner or holding.", "Emo Oy", required=True)
    share = number("Share of capital or votes, whichever is greater.", "30", "%", most=100, required=True)
    controls = truth("Whether one controls the other whatever the share.", load_default=False)
    staff = number("Its annual work units.", "40", "AWU", required=True)
    turnover = money("Its turnover.", "8000000.00", required=True)
    balance = money("Its balance sheet total.", "6000000.00", required=True)


class SmeSizeInputs(Inputs):
    own = part(FiguresRow, "The company's own figures of the latest closed year.", required=True)
    related = rows(RelatedRow, "Partners from 25 per cent and linked enterprises above 50.", load_default=list)
    public_share = number("Share of public bodies, together.", "0", "%", most=100)
    public_exception = choice(
        "If the public owner is one of these.", ("", *sme_size.PUBLIC_EXCEPTIONS), load_default=""
    )
    earlier = rows(FiguresRow, "The years before, oldest first, the related counted in.", load_default=list)
    owners_changed = truth("Whether the owners changed, so that the latest year decides at once.", load_default=False)


def _sme_size(own: sme_size.Figures, related: Iterable[dict[str, Any]], **rest: Any) -> sme_size.Classed:
    counted = (
        sme_size.Related(
            name=row["name"],
            share=row["share"],
            controls=row["controls"],
            figures=sme_size.Figures(staff=row["staff"], turnover=row["turnover"], balance=row["balance"]),
        )
        for row in related
    )
    return sme_size.sme_size(own, counted, **rest)


def _may_be_negative(description: str, example: str) -> Any:
    return money(description, example, may_be_negative=True, load_default=ZERO)


class WeakYearRow(Inputs):
    makes = difficulty.Year

    debt = money("Book value of debt.", "7600000.00", required=True)
    equity = money("Book value of equity.", "1000000.00", may_be_negative=True, required=True)
    ebitda = money("EBITDA of the year.", "90000.00", may_be_negative=True, required=True)
    interest = money("Interest of the year.", "100000.00", required=True)


class DifficultyInputs(Inputs):
    on = day("The day of the award.", required=True)
    founded_on = day("The day the company was entered in the register.", "2015-03-02", required=True)
    is_sme = truth("Whether it is an SME (see sme_size).", required=True)
    capital = money("Subscribed capital and premium; in a partnership its capital.", "100000.00", required=True)
    invested_fund = _may_be_negative("Fund for invested unrestricted equity (SVOP): own funds.", "20000.00")
    other_reserves = _may_be_negative("Other reserves.", "0.00")
    retained = _may_be_negative("Retained earnings, losses negative.", "-60000.00")
    result = _may_be_negative("Result of the year, a loss negative.", "-15000.00")
    limited_liability = truth("Whether its members have limited liability.", load_default=True)
    insolvent = truth("In collective insolvency proceedings, or fulfils their criteria.", load_default=False)
    rescue_aid_unpaid = truth("Rescue aid not yet paid back.", load_default=False)
    restructuring_plan = truth("Restructuring aid with its plan still running.", load_default=False)
    last_years = rows(WeakYearRow, "The two latest years of a large enterprise.", load_default=list)
    sound_at_end_of_2019 = truth("Was not in difficulty on 31 December 2019.", load_default=False)
    fell_on = day("The day it fell into difficulty, where known.", "2020-06-01", allow_none=True)


def _difficulty(on: date, **told: Any) -> difficulty.Standing:
    names = ("capital", "invested_fund", "other_reserves", "retained", "result")
    accounts = difficulty.Accounts(**{name: told.pop(name) for name in names})
    return difficulty.in_difficulty(on, accounts, **told)


class GatesInputs(Inputs):
    recovery_order = truth("A Commission order to pay back unlawful aid is not obeyed.", allow_none=True)
    in_difficulty = truth("Undertaking in difficulty.", allow_none=True)
    tax_debt = truth("Tax debt.", allow_none=True)
    tax_debt_arranged = truth("A payment plan is approved and kept.", load_default=False)
    recovery_unpaid = truth("A Finnish recovery of aid is unpaid.", allow_none=True)
    lasting_profitability = truth("Conditions for lasting profitable business.", allow_none=True)
    has_business_id = truth("The company has a business id.", allow_none=True)


class RegisterEntryInputs(Inputs):
    granted_on = day("The day of the award.", required=True)


CALCULATIONS: tuple[Calculation, ...] = (
    Calculation(
        rule=register_entry.RULE,
        takes=RegisterEntryInputs,
        works_out=register_entry.register_entry,
        day="granted_on",
    ),
    Calculation(
        rule=single_undertaking.RULE,
        takes=SingleUndertakingInputs,
        works_out=single_undertaking.single_undertaking,
    ),
    Calculation(
        rule=de_minimis.RULE_1, takes=DeMinimis1Inputs, works_out=_by_year_end(de_minimis.VERSIONS.of("1").says)
    ),
    Calculation(rule=de_minimis.RULE, takes=DeMinimisInputs, works_out=_by_year_end(de_minimis.VERSIONS.of("2").says)),
    Calculation(rule=aid_history.RULE, takes=AidHistoryInputs, works_out=_aid_history),
    Calculation(rule=sme_size.RULE, takes=SmeSizeInputs, works_out=_sme_size, day=None),
    Calculation(rule=difficulty.RULE, takes=DifficultyInputs, works_out=_difficulty),
    Calculation(rule=gates.RULE, takes=GatesInputs, works_out=gates.company_gates, day=None),
)
