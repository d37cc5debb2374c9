"""How the demonstration's calls choose, and what their handlers find out of each invented company."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from shared.rules import gber

Texts = dict[str, str]
LEAST_POINTS = 12
POINTS_OF_REFUSAL = (3, 2, 2, 2)  # nine in all, as the refusal says
GROUNDS = {
    "fi": ("Perusteltu suunnitelmassa.", "Perusteltu liitteissä.", "Osoitettu luvuin.", "Todettu arvioinnissa."),
    "sv": ("Motiverat i planen.", "Motiverat i bilagorna.", "Visat med siffror.", "Konstaterat i bedömningen."),
}


def _three(fi: str, sv: str, en: str) -> Texts:
    return {"fi": fi, "sv": sv, "en": en}


def _criterion(code: str, fi: str, sv: str, en: str) -> dict[str, Any]:
    return {"code": code, "names": _three(fi, sv, en), "weight": 1, "most": 5, "least": 1}


CRITERIA = [
    _criterion("growth", "Kasvu ja kansainvälistyminen", "Tillväxt och internationalisering", "Growth and exports"),
    _criterion("novelty", "Uutuusarvo", "Nyhetsvärde", "Novelty"),
    _criterion("climate", "Vaikutus ilmastoon", "Klimateffekt", "Effect on the climate"),
    _criterion("effect", "Tuen vaikutus hankkeeseen", "Stödets effekt på projektet", "Effect of the aid"),
]
ELIGIBILITY = [
    {
        "code": "programme",
        "names": _three(
            "Kuuluuko hanke ohjelman erityistavoitteeseen?",
            "Hör projektet till programmets särskilda mål?",
            "Does the project belong to the specific objective?",
        ),
        "source": "(EU) 2021/1060 art. 73(2)(g)",
    },
    {
        "code": "profitable",
        "names": _three(
            "Onko hakijalla edellytykset kannattavaan toimintaan?",
            "Har sökanden förutsättningar för lönsam verksamhet?",
            "Has the applicant the conditions for profitable business?",
        ),
        "source": "laki 758/2021",
    },
]
CHECKLIST = [
    {
        "code": "double",
        "names": _three(
            "Samaan kustannukseen ei ole muuta hakemusta",
            "Ingen annan ansökan gäller samma kostnad",
            "No other application is for the same cost",
        ),
    },
    {
        "code": "publicity",
        "names": _three(
            "Salassa pidettävät tiedot on merkitty",
            "Sekretessbelagda uppgifter har märkts",
            "What is secret has been marked",
        ),
    },
]
# What each kind of call grants. An investment is regional aid while the exemption regulation is in force.
_BASES = {"KEH": ("de_minimis", "development"), "INV": ("regional_aid", "investment")}


def selection_of(code: str, last_decision: date) -> dict[str, Any]:
    """The contract's SelectionTerms of a call whose decisions are made by that day at the latest."""
    basis, purpose = _BASES.get(code, ("not_state_aid", "development"))
    if basis == "regional_aid" and gber.INTENSITY.until and last_decision > gber.INTENSITY.until:
        basis = "unsaid"
    return {
        "aid_basis": basis,
        "purpose": purpose,
        "criteria": CRITERIA,
        "least_points": LEAST_POINTS,
        "eligibility": ELIGIBILITY,
        "checklist": CHECKLIST,
        "opinion_asked": False,
    }


def assessment(dice: random.Random, today: date, municipality: str, language: str, *, falls: bool) -> dict[str, Any]:
    """A small sound company, everything looked up yesterday; one that `falls` does so by its points alone."""
    points = POINTS_OF_REFUSAL if falls else tuple(dice.randint(3, 5) for _ in CRITERIA)
    checked = today - timedelta(days=1)
    day = f"{checked.day}.{checked.month}.{checked.year}"
    staff = dice.randint(4, 38)
    return {
        "eligibility": [{"code": one["code"], "answer": "yes", "basis": GROUNDS[language][0]} for one in ELIGIBILITY],
        "scores": [
            {"code": one["code"], "points": str(given), "grounds": GROUNDS[language][at]}
            for at, (one, given) in enumerate(zip(CRITERIA, points, strict=True))
        ],
        "checklist": [{"code": one["code"], "done": "yes", "note": ""} for one in CHECKLIST],
        "staff": str(staff),
        "turnover": f"{staff * dice.randint(90, 180)}000",
        "balance": f"{staff * dice.randint(60, 120)}000",
        "founded_on": f"1.{dice.randint(1, 12)}.{dice.randint(1988, 2015)}",
        "capital": "8 000,00",
        "invested_fund": f"{dice.randint(0, 9)}0000",
        "other_reserves": "0",
        "retained": f"{staff * dice.randint(3, 12)}000",
        "result": f"{staff * dice.randint(1, 6)}000",
        "insolvent": "no",
        "rescue_aid": "no",
        "restructuring": "no",
        "tax_checked_on": day,
        "tax_source": "Verohallinto" if language == "fi" else "Skatteförvaltningen",
        "tax_result": "none",
        "recovery_checked_on": day,
        "recovery_source": "Euroopan komissio" if language == "fi" else "Europeiska kommissionen",
        "recovery_result": "none",
        "works_started": "no",
        "municipality": municipality,
        "sector": dice.choice(["16.10", "25.62", "28.41", "62.10"]),
    }
