"""The invented companies that the stand-in registers know: those of the demonstration, and some to try things with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from services.customers.demo import UNDERTAKINGS
from tukivayla.demo.companies import COMPANIES, business_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """`situation` is KONK, SANE or SELTILA for an open proceeding; `ended_on` a day for a company that is no more."""

    business_id: str
    name: str
    municipality: str
    situation: str = ""
    ended_on: str = ""
    vat_liable: bool = True


def _next_id(serial: int) -> str:
    return next(found for number in range(serial, serial + 3) if (found := business_id(number)))


NEW = Listed(business_id=_next_id(9_470_141), name="Vasta Alkava Esimerkki Oy", municipality="Savonlinna")
ASSOCIATION = Listed(
    business_id=_next_id(9_618_189), name="Keksityn kylän kehitys ry", municipality="Juva", vat_liable=False
)
HALF_KNOWN = Listed(business_id=_next_id(9_729_225), name="Katkos Esimerkki Oy", municipality="Kuopio")
BANKRUPT = Listed(business_id=_next_id(9_803_251), name="Konkurssi Esimerkki Oy", municipality="Pori", situation="KONK")
RESTRUCTURED = Listed(
    business_id=_next_id(9_840_264), name="Saneeraus Esimerkki Oy", municipality="Lahti", situation="SANE"
)
ENDED = Listed(
    business_id=_next_id(9_877_277), name="Entinen Esimerkki Oy", municipality="Kotka", ended_on="2024-12-31"
)
TO_TRY = (NEW, ASSOCIATION, HALF_KNOWN, BANKRUPT, RESTRUCTURED, ENDED)


def _listed() -> Iterator[Listed]:
    for company in UNDERTAKINGS:
        yield Listed(business_id=company.business_id, name=company.name, municipality=company.municipality)
    for other in COMPANIES:
        yield Listed(business_id=other.business_id, name=other.name, municipality=other.municipality)
    yield from TO_TRY


LISTED = {company.business_id: company for company in _listed()}

# name in Finnish | name in Swedish | code of the municipality (Statistics Finland 2026)
_TOWNS = (
    "Heinola|Heinola|111;Hämeenlinna|Tavastehus|109;Iisalmi|Idensalmi|140;Imatra|Imatra|153;Inari|Enare|148;"
    "Joensuu|Joensuu|167;Juva|Juva|178;Jyväskylä|Jyväskylä|179;Kajaani|Kajana|205;Keuruu|Keuru|249;Kitee|Kides|260;"
    "Kokkola|Karleby|272;Kotka|Kotka|285;Kouvola|Kouvola|286;Kristiinankaupunki|Kristinestad|287;Kuopio|Kuopio|297;"
    "Kuusamo|Kuusamo|305;Lahti|Lahtis|398;Laihia|Laihela|399;Lappeenranta|Villmanstrand|405;Laukaa|Laukas|410;"
    "Leppävirta|Leppävirta|420;Lieksa|Lieksa|422;Loviisa|Lovisa|434;Mikkeli|S:t Michel|491;Mustasaari|Korsholm|499;"
    "Närpiö|Närpes|545;Oulu|Uleåborg|564;Parainen|Pargas|445;Pietarsaari|Jakobstad|598;Pori|Björneborg|609;"
    "Porvoo|Borgå|638;Raahe|Brahestad|678;Raasepori|Raseborg|710;Rovaniemi|Rovaniemi|698;Savonlinna|Nyslott|740;"
    "Seinäjoki|Seinäjoki|743;Sotkamo|Sotkamo|765;Tampere|Tammerfors|837;Tornio|Torneå|851;Vaasa|Vasa|905;"
    "Vantaa|Vanda|092;Varkaus|Varkaus|915;Ylivieska|Ylivieska|977;Ähtäri|Etseri|989"
)
TOWNS = {
    name: (finnish, swedish, code)
    for finnish, swedish, code in (town.split("|") for town in _TOWNS.split(";"))
    for name in (finnish, swedish)
}
