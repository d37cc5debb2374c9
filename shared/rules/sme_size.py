"""How big an enterprise is (Recommendation 2003/361/EC): its own staff, turnover and balance, with those of
its partners by their share and of those linked to it in full.

The larger of staff and money classes it, and of turnover and balance the one that is kept may be exceeded by
the other. A class is gained or lost only when two accounting years in a row are past its limits, but at once
when the owners changed. A quarter of the votes with public bodies makes an enterprise large, with exceptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

from shared.explained import Step
from shared.money import ZERO, Money
from shared.rules.rule import Rule, plain, titled
from shared.rules.versions import Version, Versions

SOURCE = "2003/361/EC annex art. 2"
RELATED_SOURCE = "2003/361/EC annex art. 3, 6"
PUBLIC_SOURCE = "2003/361/EC annex art. 3(4)"
TWO_YEARS_SOURCE = "2003/361/EC annex art. 4(2)"
RULE = Rule(
    name="sme_size",
    version="1",
    since=date(2005, 1, 1),
    until=None,
    source="2003/361/EC annex art. 2-6; (EU) 651/2014 annex I",
    titles=titled("Yrityksen kokoluokka", "Företagets storleksklass", "Size of the enterprise"),
)
PARTNER_FROM, LINKED_ABOVE = Decimal(25), Decimal(50)
PUBLIC_FROM = Decimal(25)
# Owners with whom an enterprise stays its own up to half of it: art. 3(2), second subparagraph.
PUBLIC_EXCEPTIONS = ("public_investment_company", "university", "institutional_investor", "small_municipality")


class Size(StrEnum):
    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"

    @property
    def is_sme(self) -> bool:
        return self is not Size.LARGE


SIZES = tuple(Size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Fewer than `staff` annual work units, and turnover or balance at most these."""

    size: Size
    staff: Decimal
    turnover: Money
    balance: Money


LIMITS: tuple[Limits, ...] = (
    Limits(size=Size.MICRO, staff=Decimal(10), turnover=Money.eur("2000000.00"), balance=Money.eur("2000000.00")),
    Limits(size=Size.SMALL, staff=Decimal(50), turnover=Money.eur("10000000.00"), balance=Money.eur("10000000.00")),
    Limits(size=Size.MEDIUM, staff=Decimal(250), turnover=Money.eur("50000000.00"), balance=Money.eur("43000000.00")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One accounting year: `staff` in annual work units, `turnover` and `balance` sheet total in euros."""

    staff: Decimal
    turnover: Money
    balance: Money

    def plus(self, other: Figures) -> Figures:
        return Figures(
            staff=self.staff + other.staff,
            turnover=self.turnover + other.turnover,
            balance=self.balance + other.balance,
        )

    def share(self, percent: Decimal) -> Figures:
        return Figures(
            staff=self.staff * percent / 100,
            turnover=_part(self.turnover, percent),
            balance=_part(self.balance, percent),
        )


NOTHING = Figures(staff=Decimal(0), turnover=ZERO, balance=ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """An owner or a holding with its figures, and the share of capital or votes, whichever is greater.

    `controls` links in full whatever the share: votes, appointments or an agreement give the control.
    """

    name: str
    share: Decimal
    figures: Figures
    controls: bool = False

    @property
    def counts(self) -> Decimal:
        """The percentage of its figures that is counted."""
        if self.controls or self.share > LINKED_ABOVE:
            return Decimal(100)
        return self.share if self.share >= PARTNER_FROM else Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Classed:
    """`size` after the two-year rule, `by_latest_year` by the figures alone."""

    size: Size
    is_sme: bool
    by_latest_year: Size
    staff: Decimal
    turnover: Money
    balance: Money
    steps: tuple[Step, ...]


def sme_size(
    own: Figures,
    related: Iterable[Related] = (),
    *,
    public_share: Decimal = Decimal(0),
    public_exception: str = "",
    earlier: Sequence[Figures] = (),
    owners_changed: bool = False,
) -> Classed:
    """The size on the latest closed accounts.

    `earlier`: the years before, oldest first, with partners and linked ones already counted in; an enterprise
    that is new, or whose owners changed, is classed by the latest year alone.
    """
    rows = tuple(related)
    whole = own
    for row in rows:
        whole = whole.plus(row.figures.share(row.counts))
    latest = class_of(whole)
    held = latest if owners_changed or not earlier else _held(earlier, latest)
    public = _is_public(public_share, public_exception)
    size = Size.LARGE if public else held
    return Classed(
        size=size,
        is_sme=size.is_sme,
        by_latest_year=Size.LARGE if public else latest,
        staff=whole.staff,
        turnover=whole.turnover,
        balance=whole.balance,
        steps=(
            _figures("+", "own_figures", own),
            *_related_steps(rows),
            _figures("=", "figures_together", whole, SOURCE),
            Step(sign="=", what="size_of_year", source=SOURCE, facts={"size": latest}),
            *_held_steps(earlier, latest, held, owners_changed),
            *_public_steps(public_share, public_exception, public),
            Step(sign="=", what="size", source=RULE.source, facts={"size": size}),
        ),
    )


VERSIONS = Versions(Version(rule=RULE, says=sme_size))


def class_of(figures: Figures) -> Size:
    """By one year's figures: staff below the limit, and turnover or balance within it."""
    for limits in LIMITS:
        money = figures.turnover <= limits.turnover or figures.balance <= limits.balance
        if figures.staff < limits.staff and money:
            return limits.size
    return Size.LARGE


def _held(earlier: Sequence[Figures], latest: Size) -> Size:
    """The class goes to the nearer of two years in a row that are both above it, or both below."""
    years = [*(class_of(figures) for figures in earlier), latest]
    ranks = [SIZES.index(size) for size in years]
    held = ranks[0]
    for before, now in pairwise(ranks):
        if before > held and now > held:
            held = min(before, now)
        elif before < held and now < held:
            held = max(before, now)
    return SIZES[held]


def _is_public(share: Decimal, exception: str) -> bool:
    return share >= PUBLIC_FROM and not (exception in PUBLIC_EXCEPTIONS and share <= LINKED_ABOVE)


def _part(amount: Money, percent: Decimal) -> Money:
    return Money(int((Decimal(amount.cents) * percent / 100).to_integral_value(ROUND_HALF_UP)))


def _figures(sign: str, what: str, figures: Figures, source: str = "", **facts: str) -> Step:
    staff = {"staff": plain(figures.staff), "balance": str(figures.balance)}
    return Step(sign=sign, what=what, amount=figures.turnover, source=source, facts=staff | facts)


def _related_steps(rows: tuple[Related, ...]) -> Iterator[Step]:
    for row in rows:
        facts = {"whose": row.name, "share": plain(row.share), "counted": plain(row.counts)}
        what = "figures_of_related" if row.counts else "related_not_counted"
        yield _figures("+" if row.counts else "", what, row.figures.share(row.counts), RELATED_SOURCE, **facts)


def _held_steps(earlier: Sequence[Figures], latest: Size, held: Size, owners_changed: bool) -> Iterator[Step]:
    if not earlier:
        return
    years = ", ".join([*(class_of(figures) for figures in earlier), latest])
    what = "owners_changed" if owners_changed else "size_held"
    yield Step(sign="=", what=what, source=TWO_YEARS_SOURCE, facts={"years": years, "size": held})


def _public_steps(share: Decimal, exception: str, public: bool) -> Iterator[Step]:
    if share >= PUBLIC_FROM:
        facts = {"share": plain(share), "exception": exception or "none"}
        yield Step(
            sign="≤", what="publicly_owned" if public else "public_owner_excepted", source=PUBLIC_SOURCE, facts=facts
        )
