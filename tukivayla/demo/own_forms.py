"""The own forms of the demonstration's calls: what an investment and a training project are asked besides the standard.

As data, in the form that an operator publishes them; the answers to them are an invented company's.
"""

from __future__ import annotations

import random
from typing import Any

Texts = dict[str, str]


def _three(fi: str, sv: str, en: str) -> Texts:
    return {"fi": fi, "sv": sv, "en": en}


def _option(code: str, fi: str, sv: str, en: str) -> dict[str, Any]:
    return {"code": code, "names": _three(fi, sv, en)}


INVESTMENT_FORM: dict[str, Any] = {
    "sections": [
        {"builtin": "basics"},
        {
            "path": "investointi",
            "names": _three("Investointi", "Investeringen", "The investment"),
            "intro": _three(
                "Mitä hankitaan ja mitä se muuttaa. Älä tilaa mitään ennen kuin hakemus on lähetetty.",
                "Vad som skaffas och vad det förändrar. Beställ inget innan ansökan har skickats.",
                "What is acquired and what it changes. Order nothing before the application has been sent.",
            ),
            "questions": [
                {
                    "key": "purpose",
                    "kind": "choice",
                    "labels": _three("Investoinnin tarkoitus", "Investeringens syfte", "Purpose of the investment"),
                    "options": [
                        _option("capacity", "Uutta kapasiteettia", "Ny kapacitet", "New capacity"),
                        _option("renewal", "Tuotannon uudistaminen", "Förnyelse av produktionen", "Renewed production"),
                        _option("energy", "Energian säästö", "Energibesparing", "Saving energy"),
                    ],
                },
                {
                    "key": "saving",
                    "kind": "number",
                    "labels": _three("Säästö vuodessa, MWh", "Besparing per år, MWh", "Saving a year, MWh"),
                    "help": _three(
                        "Arvio ensimmäisestä kokonaisesta vuodesta käyttöönoton jälkeen.",
                        "Uppskattning för det första hela året efter ibruktagandet.",
                        "An estimate of the first full year after it is taken into use.",
                    ),
                    "when": {"equals": ["purpose", "energy"]},
                    "most": "100000",
                },
                {
                    "key": "building",
                    "kind": "yes_no",
                    "labels": _three(
                        "Rakennetaanko tai muutetaanko rakennusta?",
                        "Byggs eller ändras en byggnad?",
                        "Is a building built or altered?",
                    ),
                },
                {
                    "key": "permit_on",
                    "kind": "day",
                    "labels": _three("Rakentamislupa myönnetty", "Bygglovet beviljat", "Building permit granted"),
                    "when": {"equals": ["building", "yes"]},
                },
            ],
        },
        {"builtin": "costs"},
        {"builtin": "financing"},
        {"builtin": "indicators"},
        {"builtin": "ownership"},
    ]
}
COOPERATION_FORM: dict[str, Any] = {
    "sections": [
        {
            "builtin": "basics",
            "questions": [
                {
                    "key": "home_town",
                    "kind": "municipality",
                    "labels": _three("Yrityksen kotikunta", "Företagets hemkommun", "The company's municipality"),
                    "required": False,
                    "from_register": "municipality",
                }
            ],
        },
        {
            "path": "osaaminen",
            "names": _three("Osaaminen", "Kompetens", "Skills"),
            "questions": [
                {
                    "key": "groups",
                    "kind": "choices",
                    "labels": _three("Ketkä osallistuvat", "Vilka deltar", "Who takes part"),
                    "options": [
                        _option("staff", "Työntekijät", "Anställda", "Employees"),
                        _option("leaders", "Esimiehet", "Chefer", "Managers"),
                        _option("owners", "Yrittäjät", "Företagare", "Entrepreneurs"),
                    ],
                },
                {
                    "key": "hours",
                    "kind": "number",
                    "labels": _three(
                        "Koulutustunteja henkilöä kohti", "Utbildningstimmar per person", "Hours of training a person"
                    ),
                    "least": "8",
                    "most": "1720",
                },
                {
                    "key": "partners",
                    "kind": "yes_no",
                    "labels": _three("Onko hankkeessa kumppaneita?", "Har projektet partner?", "Are there partners?"),
                },
                {
                    "key": "partner",
                    "kind": "table",
                    "labels": _three("Kumppanit", "Partner", "Partners"),
                    "when": {"equals": ["partners", "yes"]},
                    "most_rows": 20,
                    "columns": [
                        {"key": "name", "kind": "text", "labels": _three("Nimi", "Namn", "Name")},
                        {
                            "key": "task",
                            "kind": "text",
                            "labels": _three("Mitä tekee", "Vad hen gör", "What it does"),
                        },
                        {
                            "key": "share",
                            "kind": "money",
                            "labels": _three("Rahoitusosuus", "Finansieringsandel", "Share of financing"),
                            "required": False,
                            "sum": True,
                        },
                    ],
                },
            ],
        },
        {"builtin": "costs"},
        {"builtin": "financing"},
        {"builtin": "indicators"},
        {"builtin": "de_minimis"},
    ]
}

PERMIT: dict[str, Any] = {
    "kind": "permit",
    "names": _three("Rakentamislupa", "Bygglov", "Building permit"),
    "required": False,
    "required_when": {"equals": ["building", "yes"]},
    "formats": ["pdf"],
    "most_bytes": 10_000_000,
    "help": _three(
        "Lupapäätös kokonaan, liitteineen yhtenä tiedostona.",
        "Hela lovbeslutet med bilagor i en fil.",
        "The whole decision on the permit with its annexes in one file.",
    ),
}
AGREEMENT: dict[str, Any] = {
    "kind": "agreement",
    "names": _three("Kumppanuussopimus", "Partneravtal", "Partnership agreement"),
    "required": False,
    "required_when": {"all": [{"equals": ["partners", "yes"]}, {"filled": "partner"}]},
    "formats": ["pdf", "docx"],
}


def own_answers(code: str, dice: random.Random, language: str) -> dict[str, Any]:
    """What the company answers to the own questions of a call of this kind; nothing where it has none."""
    if code == "INV":
        purpose = dice.choice(["capacity", "renewal", "energy"])
        answers: dict[str, Any] = {"purpose": purpose, "building": dice.choice(["no", "no", "no", "yes"])}
        answers |= {"saving": str(dice.randint(40, 900))} if purpose == "energy" else {}
        answers |= {"permit_on": f"{dice.randint(1, 28)}.5.2026"} if answers["building"] == "yes" else {}
        return answers
    if code == "OSA":
        partner = {"fi": ("Ammattiopisto", "Kouluttaa"), "sv": ("Yrkesinstitutet", "Utbildar")}[language]
        with_partner = dice.random() < 0.3
        return {
            "groups": [{"code": "staff"}, {"code": "leaders"}][: dice.randint(1, 2)],
            "hours": str(dice.randint(10, 60)),
            "partners": "yes" if with_partner else "no",
            "partner": [{"name": partner[0], "task": partner[1], "share": ""}] if with_partner else [],
        }
    return {}


def own_attachments(answers: dict[str, Any]) -> list[tuple[str, str]]:
    """(kind, file name) of the attachments that these answers make needed."""
    found = [("permit", "rakentamislupa.pdf")] if answers.get("building") == "yes" else []
    return found + ([("agreement", "sopimus.pdf")] if answers.get("partners") == "yes" else [])
