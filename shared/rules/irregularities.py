"""Which irregularities are reported to OLAF, and by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shared.explained import Step
from shared.money import Money, total
from shared.rules.rule import Rule, titled

RULE = Rule(
    name="irregularity_report",
    version="1",
    since=date(2014, 1, 1),
    until=None,
    source="(EU) 2021/1060 annex XII; (EU) 1303/2013 art. 122(2)",
    titles=titled("Ilmoitus väärinkäytöksestä", "Rapport om oegentlighet", "Report of an irregularity"),
)
REPORT_ABOVE = Money.eur("10000.00")
EXCEPTIONS = ("bankruptcy_only", "reported_by_beneficiary", "corrected_before_application")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`report_by` None when nothing is to be reported."""

    must_be_reported: bool
    fund_share: Money
    report_by: date | None
    steps: tuple[Step, ...]


def irregularity_report(
    found_on: date,
    spending: Money,
    fund_rate: Decimal,
    *,
    suspected_fraud: bool = False,
    linked: Iterable[Money] = (),
    exceptions: tuple[str, ...] = (),
) -> Report:
    """Whether an irregularity goes to OLAF: above 10 000 euros of the fund's contribution, or suspected fraud.

    `linked`: fund shares of cases linked to it, which add up. By two months from the end of the quarter of the
    first written finding.
    """
    share = Money(int(Decimal(spending.cents) * fund_rate / 100))
    together = total((share, *linked))
    must = suspected_fraud or (together > REPORT_ABOVE and not exceptions)
    last = _two_months_after_quarter(found_on) if must else None
    rows = [
        Step(sign="+", what="fund_share", amount=share, facts={"rate": f"{fund_rate}"}),
        Step(sign="+", what="linked_cases", amount=together - share),
        Step(sign="≤", what="report_limit", amount=REPORT_ABOVE, source=RULE.source),
    ]
    if exceptions:
        rows.append(Step(sign="", what="report_excepted", source=RULE.source, facts={"why": ", ".join(exceptions)}))
    day = {"day": last.isoformat() if last else "-"}
    what = "must_be_reported" if must else "need_not_be_reported"
    rows.append(Step(sign="=", what=what, amount=together, source=RULE.source, facts=day))
    return Report(must_be_reported=must, fund_share=together, report_by=last, steps=tuple(rows))


def _two_months_after_quarter(day: date) -> date:
    """The last day of the second month after the quarter's end: February, May, August or November."""
    quarter = (day.month - 1) // 3
    month = (5, 8, 11, 2)[quarter]
    year = day.year if month > day.month else day.year + 1
    return date(year, month, _last_day_of(year, month))


def _last_day_of(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1).day
