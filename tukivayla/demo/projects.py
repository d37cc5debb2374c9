"""What an invented company asks money for: a title, costs with odd cents, days. All from the case's own dice."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from shared.money import Money, total
from tukivayla.demo.calls import Kind
from tukivayla.demo.companies import Company

TITLES = {
    "KEH": {
        "fi": [
            "Vienti Pohjoismaihin",
            "Uuden tuoteperheen kehitys",
            "Digitaalinen tuotannonohjaus",
            "Brändi ja verkkokauppa",
        ],
        "sv": [
            "Export till Norden",
            "Utveckling av ny produktfamilj",
            "Digital produktionsstyrning",
            "Varumärke och webbhandel",
        ],
    },
    "INV": {
        "fi": ["CNC-työstökeskus", "Robottihitsaussolu", "Kuivauslinjan uusinta", "Aurinkosähkö ja lämmön talteenotto"],
        "sv": ["CNC-bearbetningscenter", "Robotsvetscell", "Ny torklinje", "Solel och värmeåtervinning"],
    },
    "OSA": {
        "fi": ["Osaajat automaatioon", "Työssäoppimisen polku", "Hiljainen tieto talteen"],
        "sv": ["Kunniga till automationen", "Lärande i arbetet", "Tyst kunskap tas till vara"],
    },
}
SUMMARIES = {
    "fi": "Yritys uudistaa toimintaansa hankkeessa, jonka tavoitteena on kasvu ja uudet työpaikat. "
    "Ilman tukea hanke toteutuisi pienempänä ja myöhemmin.",
    "sv": "Företaget förnyar sin verksamhet i ett projekt som siktar på tillväxt och nya arbetsplatser. "
    "Utan stöd skulle projektet genomföras i mindre skala och senare.",
}
WHAT = {
    "staff": {"fi": "Projektihenkilöstön palkat", "sv": "Löner för projektpersonal"},
    "services": {"fi": "Asiantuntijapalvelut", "sv": "Experttjänster"},
    "equipment": {"fi": "Koneet ja laitteet", "sv": "Maskiner och utrustning"},
    "materials": {"fi": "Materiaalit ja protot", "sv": "Material och prototyper"},
    "travel": {"fi": "Matkat ja messut", "sv": "Resor och mässor"},
    "other": {"fi": "Asennus ja käyttöönotto", "sv": "Installation och driftsättning"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """`costs` by (category, year)."""

    title: str
    summary: str
    starts_on: date
    ends_on: date
    costs: tuple[tuple[str, int, Money], ...]

    def answers(self, company: Company, contact: str) -> dict[str, Any]:
        """The application form, as the company types it."""
        language = company.language
        return {
            "title": self.title,
            "summary": self.summary,
            "region": company.region,
            "municipality": company.municipality,
            "starts_on": f"{self.starts_on.day}.{self.starts_on.month}.{self.starts_on.year}",
            "ends_on": f"{self.ends_on.day}.{self.ends_on.month}.{self.ends_on.year}",
            "contact_name": contact,
            "contact_email": "hanke@yritys.example",
            "contact_phone": "+358 40 000 0000",
            "costs": [
                {
                    "category": category,
                    "description": WHAT[category][language],
                    "year": str(year),
                    "amount": typed(amount),
                }
                for category, year, amount in self.costs
            ],
            "financing": [],
            "indicators": [{"code": "RCO02", "target": "1"}, {"code": "RCR01", "target": "2"}],
        }


def project(dice: random.Random, company: Company, kind: Kind, starts_on: date) -> Project:
    ends_on = starts_on + timedelta(days=dice.choice([365, 420, 540, 600]))
    categories = dice.sample(kind.categories, k=min(len(kind.categories), dice.choice([1, 2, 3])))
    if "staff" in kind.categories and "staff" not in categories:
        categories.append("staff")
    years = sorted({starts_on.year, ends_on.year})
    top = 900_000_00 if kind.code == "INV" else 120_000_00
    costs = tuple(
        (category, year, Money(dice.randint(top // 60, top // (len(categories) * len(years)))))
        for category in categories
        for year in years
    )
    return Project(
        title=dice.choice(TITLES[kind.code][company.language]),
        summary=SUMMARIES[company.language],
        starts_on=starts_on,
        ends_on=ends_on,
        costs=costs,
    )


def typed(amount: Money) -> str:
    """As a person would type it in Finland: "12345,67"."""
    return str(amount).replace(".", ",")


def whole(costs: tuple[tuple[str, int, Money], ...]) -> Money:
    return total(amount for _, _, amount in costs)
