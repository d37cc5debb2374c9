"""The demonstration's calls: two years of them, past, open and to come, placed around the day of the first start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from shared.dates import HELSINKI
from shared.money import Money, Rate
from tukivayla.demo.choosing import selection_of
from tukivayla.demo.own_forms import AGREEMENT, COOPERATION_FORM, INVESTMENT_FORM, PERMIT

PROGRAMME = "2021FI16FFPR001"  # Innovation and skills in Finland 2021–2027 (CCI)

_PLAN = {
    "kind": "plan",
    "names": {"fi": "Hankesuunnitelma", "sv": "Projektplan", "en": "Project plan"},
    "required": True,
}
_OFFERS = {
    "kind": "offers",
    "names": {"fi": "Tarjoukset", "sv": "Offerter", "en": "Offers"},
    "required": False,
}
_JOBS = {
    "code": "RCR01",
    "names": {"fi": "Uudet työpaikat", "sv": "Nya arbetsplatser", "en": "Jobs created"},
    "unit": "FTE",
}
_FIRMS = {
    "code": "RCO02",
    "names": {
        "fi": "Avustuksin tuetut yritykset",
        "sv": "Företag som fått understöd",
        "en": "Enterprises supported by grants",
    },
    "unit": "enterprises",
}

# What every grant of these calls binds to; who applies reads it in the call.
CONDITIONS = [
    {
        "fi": "Hankkeesta pidetään erillistä kirjanpitoa.",
        "sv": "Projektet ska ha en separat bokföring.",
        "en": "The project has accounts of its own.",
    },
    {
        "fi": "EU:n tunnus on esillä hankkeen viestinnässä.",
        "sv": "EU-emblemet ska synas i projektets kommunikation.",
        "en": "The EU emblem is shown in the project's communication.",
    },
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a call is for, the same at every authority that opens one."""

    code: str
    names: dict[str, str]
    summary: dict[str, str]
    fund: str
    priority: str
    objective: str
    cost_model: str
    categories: list[str]
    aid_rate: str
    aid_most: str
    legal_basis: list[str]
    form: dict[str, Any] | None = None
    attachments: list[dict[str, Any]] = field(default_factory=list)


DEVELOPMENT = Kind(
    code="KEH",
    names={
        "fi": "Yrityksen kehittämisavustus: kansainvälistyminen ja tuotekehitys",
        "sv": "Utvecklingsunderstöd för företag: internationalisering och produktutveckling",
        "en": "Business development aid: internationalisation and product development",
    },
    summary={
        "fi": "Tukea pk-yrityksen kehittämistoimiin: palkkoihin, ostopalveluihin ja matkoihin. Muiden kustannusten osuus korvataan prosenttimääräisenä.",
        "sv": "Stöd för utvecklingsåtgärder i små och medelstora företag: löner, köpta tjänster och resor. Indirekta kostnader ersätts enligt schablon.",
        "en": "Aid for development by small and medium-sized enterprises: staff, services and travel. Indirect costs are covered at a flat rate.",
    },
    fund="ERDF",
    priority="1",
    objective="1.3",
    cost_model="flat_7",
    categories=["staff", "services", "travel", "materials"],
    aid_rate="50",
    aid_most="200000.00",
    legal_basis=["laki 758/2021 9 §", "VNa 895/2021", "(EU) 2021/1060 art. 54(a)"],
)
INVESTMENT = Kind(
    code="INV",
    names={
        "fi": "Yrityksen kehittämisavustus: investoinnit",
        "sv": "Utvecklingsunderstöd för företag: investeringar",
        "en": "Business development aid: investments",
    },
    summary={
        "fi": "Tukea koneisiin, laitteisiin ja tuotannon uudistamiseen. Maksetaan tosiasiallisten kustannusten mukaan.",
        "sv": "Stöd för maskiner, utrustning och förnyelse av produktionen. Betalas enligt faktiska kostnader.",
        "en": "Aid for machinery, equipment and renewing production. Paid on actual costs.",
    },
    fund="ERDF",
    priority="1",
    objective="1.3",
    cost_model="actual",
    categories=["equipment", "services", "materials", "other"],
    aid_rate="35",
    aid_most="750000.00",
    legal_basis=["laki 758/2021 9 §", "VNa 895/2021 8 §"],
    form=INVESTMENT_FORM,
    attachments=[PERMIT],
)
COOPERATION = Kind(
    code="OSA",
    names={
        "fi": "Osaavaa työvoimaa alueen yrityksille",
        "sv": "Kunnig arbetskraft för regionens företag",
        "en": "Skilled staff for the region's companies",
    },
    summary={
        "fi": "Kehittämishanke, jossa yritys uudistaa osaamistaan. Palkat todellisina, muut kustannukset 40 prosenttina palkoista.",
        "sv": "Utvecklingsprojekt där företaget förnyar sitt kunnande. Faktiska löner, övriga kostnader 40 procent av lönerna.",
        "en": "A development project in which a company renews its skills. Actual staff costs, all other costs at 40 per cent of them.",
    },
    fund="ESF+",
    priority="4",
    objective="4.2",
    cost_model="flat_40",
    categories=["staff"],
    aid_rate="75",
    aid_most="300000.00",
    legal_basis=["laki 757/2021", "VNa 866/2021 2 §", "(EU) 2021/1060 art. 56(1)"],
    form=COOPERATION_FORM,
    attachments=[AGREEMENT],
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCall:
    """`opens` and `closes` in days from the day of the first start."""

    authority: str
    regions: tuple[str, ...]
    kind: Kind
    opens: int
    closes: int

    def call_id(self, anchor: date) -> str:
        return f"{self.kind.code}-{(anchor + timedelta(self.opens)).year}-{self.authority}-{abs(self.opens)}"

    def to_publish(self, anchor: date) -> dict[str, Any]:
        """The contract's `PublishCall`. Closing is at the last second of a Finnish day."""
        opens, closes = anchor + timedelta(self.opens), anchor + timedelta(self.closes)
        kind = self.kind
        return {
            "call_id": self.call_id(anchor),
            "names": kind.names,
            "summary": kind.summary,
            "fund": kind.fund,
            "programme": PROGRAMME,
            "priority": kind.priority,
            "specific_objective": kind.objective,
            "authority": self.authority,
            "regions": list(self.regions),
            "opens_at": datetime.combine(opens, time(8), HELSINKI),
            "closes_at": datetime.combine(closes + timedelta(1), time(0), HELSINKI),
            "period_first": opens,
            "period_last": date(closes.year + 3, 12, 31),
            "cost_model": kind.cost_model,
            "categories": kind.categories,
            "aid_rate": Rate.of(kind.aid_rate),
            "aid_least": Money.eur("1000.00"),
            "aid_most": Money.eur(kind.aid_most),
            "eu_share": Rate.of("60"),
            "budget_year": opens.year,
            "legal_basis": kind.legal_basis,
            "indicators": [_FIRMS, _JOBS],
            "attachments": [_PLAN, _OFFERS, *kind.attachments],
            "form": kind.form,
            "selection": selection_of(kind.code, anchor),
            "conditions": CONDITIONS,
        }


REGIONS = {
    "ITA": ("10", "11", "12"),
    "KES": ("02", "04", "05", "06", "13", "14", "15", "16"),
    "POH": ("17", "18", "19"),
    "KAA": ("01", "07", "08", "09"),
    "PLI": ("15",),
}


def planned_calls() -> Iterator[PlannedCall]:
    """Last year's (regional council), this year's spring, the running ones, one about to open."""
    yield _call("PLI", COOPERATION, -620, -540)
    yield _call("PLI", DEVELOPMENT, -600, -520)
    for authority in ("ITA", "KES", "POH", "KAA"):
        yield _call(authority, DEVELOPMENT, -300, -215)
        yield _call(authority, INVESTMENT, -290, -190)
        yield _call(authority, DEVELOPMENT, -75, 23)
    yield _call("PLI", COOPERATION, -60, 9)
    yield _call("ITA", INVESTMENT, 20, 95)


def _call(authority: str, kind: Kind, opens: int, closes: int) -> PlannedCall:
    return PlannedCall(authority=authority, regions=REGIONS[authority], kind=kind, opens=opens, closes=closes)
