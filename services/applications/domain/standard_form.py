"""The standard form, and the sections that any call's own form may place.

The two tables are asked where a call needs them: earlier de minimis aid for the ceiling of the single undertaking
(Regulation (EU) 2023/2831 art. 3(2) and 6(1)), ownership links for that undertaking and its size (art. 2(2);
2003/361/EC annex art. 3).
"""

from __future__ import annotations

from collections.abc import Mapping

from services.applications.domain.forms import Column, Form, Option, Question, Section


def _three(fi: str, sv: str, en: str) -> dict[str, str]:
    return {"fi": fi, "sv": sv, "en": en}


def _option(code: str, fi: str, sv: str, en: str) -> Option:
    return Option(code=code, names=_three(fi, sv, en))


_DE_MINIMIS = Question(
    key="de_minimis",
    kind="table",
    labels=_three("Aiempi de minimis -tuki", "Tidigare de minimis-stöd", "Earlier de minimis aid"),
    help=_three(
        "Kolmen viime vuoden ajalta, kaikilta myöntäjiltä, koko yritysryhmälle. Jätä tyhjäksi, jos tukea ei ole ollut.",
        "För de tre senaste åren, av alla beviljare, för hela företagsgruppen. Lämna tomt om inget stöd har getts.",
        "Of the last three years, from every granter, to the whole group of companies. Leave empty if there was none.",
    ),
    required=False,
    columns=(
        Column(key="granted_on", kind="day", labels=_three("Myönnetty", "Beviljat", "Granted on")),
        Column(key="granter", kind="text", labels=_three("Myöntäjä", "Beviljare", "Granted by")),
        Column(key="amount", kind="money", labels=_three("Tuki", "Stöd", "Aid"), sum=True),
        Column(
            key="basis",
            kind="choice",
            labels=_three("Peruste", "Grund", "Basis"),
            options=(
                _option("2023/2831", "Yleinen (EU) 2023/2831", "Allmän (EU) 2023/2831", "General (EU) 2023/2831"),
                _option("1407/2013", "Yleinen (EU) 1407/2013", "Allmän (EU) 1407/2013", "General (EU) 1407/2013"),
                _option(
                    "1408/2013", "Maatalous (EU) 1408/2013", "Jordbruk (EU) 1408/2013", "Agriculture (EU) 1408/2013"
                ),
                _option("717/2014", "Kalatalous (EU) 717/2014", "Fiske (EU) 717/2014", "Fisheries (EU) 717/2014"),
                _option(
                    "2023/2832",
                    "Julkinen palvelu (EU) 2023/2832",
                    "Tjänster av allmänt intresse (EU) 2023/2832",
                    "Services of general interest (EU) 2023/2832",
                ),
            ),
        ),
    ),
)
_OWNERSHIP = Question(
    key="ownership",
    kind="table",
    labels=_three("Omistussuhteet", "Ägarförhållanden", "Ownership links"),
    help=_three(
        "Yritykset ja henkilöt, joilla on yrityksestä vähintään 25 prosenttia tai määräysvalta, ja yritykset, joista "
        "teillä on sama.",
        "Företag och personer som äger minst 25 procent av företaget eller har bestämmande inflytande, och företag "
        "där ni har detsamma.",
        "Companies and persons that hold at least 25 per cent of the company or control it, and companies where you "
        "do the same.",
    ),
    required=False,
    columns=(
        Column(key="name", kind="text", labels=_three("Nimi", "Namn", "Name")),
        Column(
            key="business_id", kind="business_id", labels=_three("Y-tunnus", "FO-nummer", "Business ID"), required=False
        ),
        Column(
            key="direction",
            kind="choice",
            labels=_three("Suunta", "Riktning", "Direction"),
            options=(
                _option("owner", "Omistaa meitä", "Äger oss", "Owns us"),
                _option("owned", "Me omistamme", "Ägs av oss", "Owned by us"),
            ),
        ),
        Column(
            key="kind",
            kind="choice",
            labels=_three("Suhteen laatu", "Förhållandets art", "Kind of link"),
            options=(
                _option("partner", "25–50 prosenttia", "25–50 procent", "25 to 50 per cent"),
                _option("majority", "Äänten enemmistö", "Röstmajoritet", "Majority of votes"),
                _option(
                    "board",
                    "Nimittää enemmistön hallituksesta",
                    "Utser majoriteten av styrelsen",
                    "Appoints most of the board",
                ),
                _option(
                    "contract",
                    "Määräysvalta sopimuksen tai yhtiöjärjestyksen nojalla",
                    "Bestämmande inflytande enligt avtal eller bolagsordning",
                    "Control by contract or articles",
                ),
                _option(
                    "dominant",
                    "Enemmistö sopimuksesta muiden omistajien kanssa",
                    "Majoritet enligt avtal med andra ägare",
                    "Majority by agreement with other owners",
                ),
            ),
        ),
        Column(key="share", kind="percent", labels=_three("Osuus", "Andel", "Share"), required=False),
    ),
)

BUILTIN: Mapping[str, Section] = {
    section.builtin: section
    for section in (
        Section(
            builtin="basics",
            path="perustiedot",
            names=_three("Perustiedot", "Grunduppgifter", "Basic information"),
        ),
        Section(
            builtin="costs",
            path="kustannukset",
            names=_three("Kustannusarvio", "Kostnadsberäkning", "Cost estimate"),
        ),
        Section(
            builtin="financing",
            path="rahoitus",
            names=_three("Rahoitussuunnitelma", "Finansieringsplan", "Financing plan"),
        ),
        Section(builtin="indicators", path="mittarit", names=_three("Mittarit", "Indikatorer", "Indicators")),
        Section(
            builtin="de_minimis",
            path="de-minimis",
            names=_three("Aiempi de minimis -tuki", "Tidigare de minimis-stöd", "Earlier de minimis aid"),
            questions=(_DE_MINIMIS,),
        ),
        Section(
            builtin="ownership",
            path="omistus",
            names=_three("Omistussuhteet", "Ägarförhållanden", "Ownership links"),
            questions=(_OWNERSHIP,),
        ),
    )
    if section.builtin
}

STANDARD = Form(sections=tuple(BUILTIN[name] for name in ("basics", "costs", "financing", "indicators")))
