"""A stand-in for the business register's open data (PRH/YTJ v3): its paths and shapes, invented companies."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from flask import Flask, request

from tukivayla.standins.companies import LISTED, TOWNS, Listed
from tukivayla.standins.moods import Mood, in_a_mood

PAGE = 100

# Forms as the live data numbers them (Oy 16; the others differ between sources, the description tells).
FORMS = {
    "Oy": ("16", "Osakeyhtiö", "Aktiebolag", "Limited company"),
    "Ab": ("16", "Osakeyhtiö", "Aktiebolag", "Limited company"),
    "Ky": ("13", "Kommandiittiyhtiö", "Kommanditbolag", "Limited partnership"),
    "ry": ("29", "Aatteellinen yhdistys", "Ideell förening", "Non-profit association"),
}
COOPERATIVE = ("14", "Osuuskunta", "Andelslag", "Co-operative")

# TOL 2025 (TOIMI4): its first four digits are NACE Rev. 2.1.
LINES = (
    ("25530", "Metallin työstö", "Metallbearbetning", "Machining of metals"),
    ("16110", "Sahaus ja höyläys", "Sågning och hyvling av trä", "Sawmilling and planing of wood"),
    ("30120", "Huviveneiden rakentaminen", "Byggande av fritidsbåtar", "Building of pleasure and sporting boats"),
    ("62100", "Ohjelmistojen suunnittelu ja valmistus", "Programmering", "Computer programming activities"),
    ("10710", "Leivän valmistus", "Tillverkning av bröd", "Manufacture of bread"),
    ("31000", "Huonekalujen valmistus", "Tillverkning av möbler", "Manufacture of furniture"),
)
# Parts of names that tell a company's trade, in the order of the lines.
TRADES = (("metalli", "kone", "pelti"), ("saha", "puu"), ("båt", "vene"), ("ohjelmisto",), ("leip", "kvarn"), ("",))


def app(mood: Mood | None = None) -> Flask:
    made = Flask("tukivayla.standins.ytj", static_folder=None)
    made.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's default provider has it
    in_a_mood(made, mood or Mood())

    @made.get("/companies")
    def companies() -> dict[str, Any]:
        found = _found(request.args.get("businessId", ""), request.args.get("name", ""))
        page = request.args.get("page", "1")
        first = (int(page) - 1) * PAGE if page.isdigit() and int(page) > 0 else 0
        # The real one answers its first page when asked for one that is not there.
        shown = found[first : first + PAGE] or found[:PAGE]
        return {"totalResults": len(found), "companies": [_company(company) for company in shown]}

    return made


def _found(business_id: str, name: str) -> list[Listed]:
    if business_id:
        return [LISTED[business_id]] if business_id in LISTED else []
    if name.strip():
        return [company for company in LISTED.values() if name.strip().lower() in company.name.lower()]
    return []


def _company(company: Listed) -> dict[str, Any]:
    seed = int.from_bytes(sha256(company.business_id.encode()).digest()[:4])
    since = f"{1995 + seed % 25}-{seed // 25 % 12 + 1:02}-{seed // 300 % 28 + 1:02}"
    form = FORMS.get(company.name.split()[-1], COOPERATIVE)
    line = next(line for line, parts in zip(LINES, TRADES, strict=True) if _names_one(company.name, parts))
    told: dict[str, Any] = {
        "businessId": {"value": company.business_id, "registrationDate": since, "source": "3"},
        "euId": {"value": f"FIFPRO.{company.business_id}", "source": "1"},
        "names": [
            {"name": company.name, "type": "1", "registrationDate": since, "version": 1, "source": "1"},
            {
                "name": f"Vanha {company.name}",
                "type": "1",
                "registrationDate": since,
                "endDate": since,
                "version": 2,
                "source": "1",
            },
        ],
        "mainBusinessLine": {
            "type": line[0],
            "descriptions": _descriptions(line[1:]),
            "typeCodeSet": "TOIMI4",
            "registrationDate": "2026-01-01",
            "source": "2",
        },
        "companyForms": [
            {
                "type": form[0],
                "descriptions": _descriptions(form[1:]),
                "registrationDate": since,
                "version": 1,
                "source": "1",
            }
        ],
        "companySituations": [],
        "registeredEntries": [_entry("1", "2", "1", since), _entry("4", "1", "1", since)],
        "addresses": [_address(company, seed)],
        "tradeRegisterStatus": "1",
        "status": "2",
        "registrationDate": since,
        "lastModified": "2026-08-19T10:04:06",
    }
    if company.vat_liable:
        told["registeredEntries"].append(_entry("80", "1", "6", since))
    if company.situation:
        told["companySituations"].append({"type": company.situation, "registrationDate": "2026-03-02", "source": "1"})
    if company.ended_on:
        told["endDate"] = company.ended_on
    return told


def _names_one(name: str, parts: tuple[str, ...]) -> bool:
    return any(part in name.lower() for part in parts)


def _entry(kind: str, authority: str, register: str, since: str) -> dict[str, Any]:
    return {
        "type": kind,
        "descriptions": [],
        "registrationDate": since,
        "register": register,
        "authority": authority,
    }


def _address(company: Listed, seed: int) -> dict[str, Any]:
    finnish, swedish, code = TOWNS.get(company.municipality, (company.municipality, company.municipality, ""))
    return {
        "type": 1,
        "street": "Keksitynkatu",
        "buildingNumber": str(seed % 60 + 1),
        "entrance": "",
        "apartmentNumber": "",
        "apartmentIdSuffix": "",
        "postOfficeBox": "",
        "postCode": f"{seed % 90 + 10:02}{seed // 90 % 10}00",
        "postOffices": [
            {"city": swedish.upper(), "languageCode": "2", "municipalityCode": code},
            {"city": finnish.upper(), "languageCode": "1", "municipalityCode": code},
        ],
        "co": "",
        "country": "",
        "freeAddressLine": "",
        "registrationDate": "2020-01-01",
        "source": "0",
    }


def _descriptions(texts: tuple[str, ...]) -> list[dict[str, str]]:
    """In an order that is not the languages' own: whoever reads them must look at the code."""
    finnish, swedish, english = texts
    return [
        {"languageCode": "3", "description": english},
        {"languageCode": "1", "description": finnish},
        {"languageCode": "2", "description": swedish},
    ]
