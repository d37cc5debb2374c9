"""The group exemption regulation (EU) 651/2014: the gates an award passes, and the share each article allows.

It applies to 31 December 2026 (art. 59), and schemes stay exempted six months more (art. 58(4), (EU) 2023/1315);
the next regulation was consulted on in spring 2026 and is not adopted as far as is known here. After the last day
nothing is answered: whether a scheme is in its six months is for the granting authority to say.

Amounts above which aid must be notified (art. 4(1)): those to 30 June 2023 as in the regulation's own text; those
raised by (EU) 2023/1315 from 1 July 2023 seen for training alone, the others from knowledge, to be checked before a
decision leans on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import Money, Rate
from shared.rules.rule import Rule, titled, yes
from shared.rules.sme_size import Size
from shared.rules.versions import Version, Versions

_FIRST, _LAST = date(2014, 7, 1), date(2026, 12, 31)
INTENSITY = Rule(
    name="gber_intensity",
    version="1",
    since=_FIRST,
    until=_LAST,
    source="(EU) 651/2014 art. 4, 17, 18, 19, 25, 28, 31",
    titles=titled(
        "Ryhmäpoikkeuksen tuki-intensiteetti", "Stödnivå enligt gruppundantaget", "Aid intensity by the GBER"
    ),
)
INCENTIVE = Rule(
    name="gber_incentive_effect",
    version="1",
    since=_FIRST,
    until=_LAST,
    source="(EU) 651/2014 art. 6",
    titles=titled("Kannustava vaikutus", "Stimulanseffekt", "Incentive effect"),
)
PUBLICATION = Rule(
    name="gber_publication",
    version="1",
    since=_FIRST,
    until=_LAST,
    source="(EU) 651/2014 art. 9(1)(c), (EU) 2023/1315",
    titles=titled("Tuen julkaiseminen", "Offentliggörande av stöd", "Publication of the award"),
)
_RAISED = date(2023, 7, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """`rates` are the basic shares by size; a size that is missing may not be aided by the article.

    `bonuses` are percentage points by what earns them; `cap` bounds the rate with its bonuses. `notify_above`
    is the award above which the exemption ends, by its first day.
    """

    key: str
    source: str
    rates: Mapping[Size, str]
    notify_above: Mapping[date, str]
    bonuses: Mapping[str, str] = field(default_factory=dict)
    size_bonuses: Mapping[Size, str] = field(default_factory=dict)
    cap: str = "100"


_SMES_AT_50 = {Size.MICRO: "50", Size.SMALL: "50", Size.MEDIUM: "50"}
_BY_SIZE = {Size.MICRO: "20", Size.SMALL: "20", Size.MEDIUM: "10"}


def _research(key: str, rate: str, before: str, now: str) -> Article:
    return Article(
        key=key,
        source="(EU) 651/2014 art. 25(5)-(7)",
        rates=dict.fromkeys(Size, rate),
        size_bonuses=_BY_SIZE if key != "research_fundamental" else {},
        bonuses={"collaboration": "15"} if key in ("research_industrial", "research_experimental") else {},
        cap="100" if key == "research_fundamental" else "80" if key != "research_feasibility" else "70",
        notify_above={_FIRST: before, _RAISED: now},
    )


ARTICLES: tuple[Article, ...] = (
    Article(
        key="sme_investment",
        source="(EU) 651/2014 art. 17(6)",
        rates={Size.MICRO: "20", Size.SMALL: "20", Size.MEDIUM: "10"},
        notify_above={_FIRST: "7500000.00", _RAISED: "8250000.00"},
    ),
    Article(
        key="sme_consultancy",
        source="(EU) 651/2014 art. 18(2)",
        rates=_SMES_AT_50,
        notify_above={_FIRST: "2000000.00", _RAISED: "2200000.00"},
    ),
    Article(
        key="sme_fairs",
        source="(EU) 651/2014 art. 19(3)",
        rates=_SMES_AT_50,
        notify_above={_FIRST: "2000000.00", _RAISED: "2200000.00"},
    ),
    _research("research_fundamental", "100", "40000000.00", "55000000.00"),
    _research("research_industrial", "50", "20000000.00", "35000000.00"),
    _research("research_experimental", "25", "15000000.00", "25000000.00"),
    _research("research_feasibility", "50", "7500000.00", "8250000.00"),
    Article(
        key="sme_innovation",
        source="(EU) 651/2014 art. 28(3)",
        rates=_SMES_AT_50,
        notify_above={_FIRST: "5000000.00", _RAISED: "10000000.00"},
    ),
    Article(
        key="training",
        source="(EU) 651/2014 art. 31(4)",
        rates=dict.fromkeys(Size, "50"),
        size_bonuses=_BY_SIZE,
        bonuses={"disadvantaged_workers": "10"},
        cap="70",
        notify_above={_FIRST: "2000000.00", _RAISED: "3000000.00"},
    ),
)
BY_KEY = {article.key: article for article in ARTICLES}
BONUSES = ("collaboration", "disadvantaged_workers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intensity:
    """`rate` None when the article is not for the size. `most` is the aid it allows on the costs."""

    rate: Rate | None
    may_be_granted: bool
    most: Money | None
    notify_above: Money
    steps: tuple[Step, ...]


def intensity(
    on: date, article: str, size: Size, *, costs: Money | None = None, bonuses: tuple[str, ...] = ()
) -> Intensity:
    """The highest share of the eligible costs by the article, with what earns more, within its cap.

    Raises InvalidFields for a bonus that the article does not know.
    """
    row = BY_KEY[article]
    for at, bonus in enumerate(bonuses):
        if bonus not in row.bonuses:
            facts = {"article": article, "known": ", ".join(row.bonuses)}
            raise InvalidFields(faults=[Fault(f"bonuses.{at}", "bonus_not_in_article", facts)])
    limit = _limit_on(row.notify_above, on)
    if size not in row.rates:
        step = Step(sign="=", what="article_not_for_size", source=row.source, facts={"size": size, "article": article})
        return Intensity(rate=None, may_be_granted=False, most=None, notify_above=limit, steps=(step,))
    points = [("article_rate", row.rates[size])]
    if size in row.size_bonuses:
        points.append(("size_bonus", row.size_bonuses[size]))
    points += [(bonus, row.bonuses[bonus]) for bonus in dict.fromkeys(bonuses)]
    summed = sum((Rate.of(text).percent for _, text in points), Decimal(0))
    rate = Rate(min(Rate.of(row.cap).percent, summed))
    steps = [
        Step(sign="+", what=f"intensity_{what}", source=row.source, facts={"rate": text, "size": size})
        for what, text in points
    ]
    if summed > rate.percent:
        steps.append(Step(sign="≤", what="intensity_cap", source=row.source, facts={"rate": row.cap}))
    most = None
    if costs is not None:
        share = costs.at(rate)
        most = min(share, limit)
        steps.append(Step(sign="+", what="eligible_costs", amount=costs))
        if share > limit:
            steps.append(Step(sign="≤", what="notify_above", amount=limit, source="(EU) 651/2014 art. 4(1)"))
        steps.append(Step(sign="=", what="aid_at_most", amount=most, source=row.source, facts={"rate": str(rate)}))
    return Intensity(rate=rate, may_be_granted=True, most=most, notify_above=limit, steps=tuple(steps))


INTENSITY_VERSIONS = Versions(Version(rule=INTENSITY, says=intensity))


APPLICATION_TELLS = ("name_and_size", "description", "dates", "location", "costs", "aid_kind_and_amount")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incentive:
    """`missing`: what the application before the start of works did not tell."""

    has_effect: bool
    in_time: bool
    missing: tuple[str, ...]
    steps: tuple[Step, ...]


def incentive_effect(
    applied_on: date,
    works_start_on: date | None,
    tells: tuple[str, ...] = APPLICATION_TELLS,
    *,
    ad_hoc_to_large: bool = False,
    counterfactual_shown: bool = False,
) -> Incentive:
    """Whether the aid has an incentive effect: a written application, whole, came before the works started.

    Works start with building, or with the first firm order that makes the investment irreversible; buying land,
    permits and studies are none (art. 2(23)). Works begun on the very day of the application came too early.
    `works_start_on` None: not started. `ad_hoc_to_large`: aid outside a scheme to a large enterprise, which has
    to be shown to change what it does.
    """
    in_time = works_start_on is None or applied_on < works_start_on
    missing = tuple(item for item in APPLICATION_TELLS if item not in tells)
    shown = counterfactual_shown or not ad_hoc_to_large
    has_effect = in_time and not missing and shown
    facts = {"applied": applied_on.isoformat(), "works": works_start_on.isoformat() if works_start_on else "-"}
    source = INCENTIVE.source
    rows = [
        Step(
            sign="=", what="applied_before_works" if in_time else "works_before_application", source=source, facts=facts
        )
    ]
    if missing:
        rows.append(
            Step(sign="=", what="application_lacks", source=f"{source}(2)", facts={"missing": ", ".join(missing)})
        )
    if not shown:
        rows.append(Step(sign="=", what="counterfactual_lacks", source=f"{source}(3)(b)"))
    rows.append(Step(sign="=", what="incentive_effect", source=source, facts={"verdict": yes(has_effect)}))
    return Incentive(has_effect=has_effect, in_time=in_time, missing=missing, steps=tuple(rows))


INCENTIVE_VERSIONS = Versions(Version(rule=INCENTIVE, says=incentive_effect))


_PUBLISH_ABOVE: Mapping[date, str] = {_FIRST: "500000.00", _RAISED: "100000.00"}
_PUBLISH_MONTHS = 6
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """`publish_by` None when the award need not be published."""

    must_be_published: bool
    limit: Money
    publish_by: date | None
    steps: tuple[Step, ...]


def publication(granted_on: date, award: Money) -> Publication:
    """Whether the award goes to the transparency register, and the last day: six months from the award."""
    limit = _limit_on(_PUBLISH_ABOVE, granted_on)
    must = award > limit
    last = _months_after(granted_on, _PUBLISH_MONTHS) if must else None
    facts = {"award": str(award), "day": last.isoformat() if last else "-"}
    what = "must_be_published" if must else "need_not_be_published"
    step = Step(sign="=", what=what, amount=limit, source=PUBLICATION.source, facts=facts)
    return Publication(must_be_published=must, limit=limit, publish_by=last, steps=(step,))


def _limit_on(limits: Mapping[date, str], on: date) -> Money:
    """The limit that began last; before the regulation its first."""
    return Money.eur(limits[max(day for day in limits if day <= max(on, _FIRST))])


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day when it has none such (Regulation 1182/71 art. 3(2)(c))."""
    years, month = divmod(day.month - 1 + months, _MONTHS)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError(day)
