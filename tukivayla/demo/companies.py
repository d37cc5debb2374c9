"""Companies that do not exist, in regions that do. Business ids start with 9: none of them is in use."""

from __future__ import annotations

from dataclasses import dataclass

WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """`region` is the maakunta code, `authority` who handles its cases; `person` acts for it."""

    business_id: str
    name: str
    language: str
    municipality: str
    region: str
    authority: str
    person: str

    @property
    def vat_id(self) -> str:
        return "FI" + self.business_id.replace("-", "")


def business_id(serial: int) -> str | None:
    """The serial number with its check digit, or None where none exists (remainder 1)."""
    digits = f"{serial:07}"
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11
    if remainder == 1:
        return None
    return f"{digits}-{(11 - remainder) % 11}"


# name, language, municipality, region, authority, representative
_ROWS = """
Saimaan Puuseppä Oy|fi|Mikkeli|10|ITA|Kaisa Lehtovaara
Kuopion Mittalaite Oy|fi|Kuopio|11|ITA|Petri Salmensuu
Joen Konepaja Oy|fi|Joensuu|12|ITA|Heidi Kuittinen
Savon Kylmäketju Oy|fi|Iisalmi|11|ITA|Ari Väätänen
Pielisen Kivityö Ky|fi|Lieksa|12|ITA|Tuula Nevalainen
Haukiveden Vene Oy|fi|Varkaus|11|ITA|Jouni Pöllänen
Juvan Luomumylly Oy|fi|Juva|10|ITA|Marketta Häyrinen
Enon Sähköosuuskunta|fi|Joensuu|12|ITA|Esa Turunen
Leppävirran Levy Oy|fi|Leppävirta|11|ITA|Sanna Kosunen
Kiteen Marjajaloste Oy|fi|Kitee|12|ITA|Risto Hirvonen
Jyväs-Automaatio Oy|fi|Jyväskylä|13|KES|Ilona Harjunpää
Keuruun Kaluste Oy|fi|Keuruu|13|KES|Matti Ylönen
Tammerkosken Ohjelmisto Oy|fi|Tampere|06|KES|Noora Viitasalo
Porin Telakkapalvelu Oy|fi|Pori|04|KES|Kimmo Raitala
Åboland Båtvarv Ab|sv|Pargas|02|KES|Fredrik Sundqvist
Närpes Växthus Ab|sv|Närpes|15|KES|Camilla Storgård
Seinäjoen Ruokateknologia Oy|fi|Seinäjoki|14|KES|Antti Koskimäki
Kokkolan Kemikaali Oy|fi|Kokkola|16|KES|Mari Hietala
Jakobstads Snickeri Ab|sv|Jakobstad|15|KES|Johan Nygård
Hämeen Muotoilu Oy|fi|Hämeenlinna|05|KES|Elina Saarikko
Ähtärin Äänitekniikka Oy|fi|Ähtäri|14|KES|Tapio Ojanen
Laukaan Lasi Oy|fi|Laukaa|13|KES|Virpi Rautiainen
Oulun Anturi Oy|fi|Oulu|17|POH|Juho Kärppä
Kainuun Koneurakointi Oy|fi|Kajaani|18|POH|Merja Heikkinen
Kemijoen Matkailu Oy|fi|Rovaniemi|19|POH|Aslak Näkkälä
Inarin Poronliha Oy|fi|Inari|19|POH|Elle Valkeapää
Raahen Teräsrakenne Oy|fi|Raahe|17|POH|Jarmo Hyttinen
Kuusamon Retkivaruste Oy|fi|Kuusamo|17|POH|Päivi Määttä
Sotkamon Kaivostekniikka Oy|fi|Sotkamo|18|POH|Timo Komulainen
Tornion Pelti Ky|fi|Tornio|19|POH|Outi Alatalo
Ylivieskan Hirsitalo Oy|fi|Ylivieska|17|POH|Reijo Pylväs
Vantaan Valimokone Oy|fi|Vantaa|01|KAA|Sini Kallio
Lahden Pyörä Oy|fi|Lahti|07|KAA|Olli Virtasalo
Kotkan Satamalogistiikka Oy|fi|Kotka|08|KAA|Irma Pesonen
Imatran Paperikone Oy|fi|Imatra|09|KAA|Harri Tiainen
Lovisa Elmontage Ab|sv|Lovisa|01|KAA|Kristina Lindroos
Raseborgs Trävaror Ab|sv|Raseborg|01|KAA|Henrik Westerlund
Porvoon Panimo Oy|fi|Porvoo|01|KAA|Lotta Aaltonen
Heinolan Hydrauliikka Oy|fi|Heinola|07|KAA|Ville Suominen
Kouvolan Kiertotalous Oy|fi|Kouvola|08|KAA|Tarja Hakala
Österbottens Energiteknik Ab|sv|Vasa|15|PLI|Mikaela Backlund
Vaasan Akkukemia Oy|fi|Vaasa|15|PLI|Jukka Lammi
Korsholms Komposit Ab|sv|Korsholm|15|PLI|Anders Häggblom
Kristinestads Fisk Ab|sv|Kristinestad|15|PLI|Monica Ekström
Laihian Säästöpuu Oy|fi|Laihia|15|PLI|Hannu Kuusikko
"""


def _companies() -> tuple[Company, ...]:
    ids = (found for serial in range(9_000_101, 9_009_999, 37) if (found := business_id(serial)))
    companies = []
    for row in _ROWS.strip().splitlines():
        name, language, municipality, region, authority, person = row.split("|")
        companies.append(
            Company(
                business_id=next(ids),
                name=name,
                language=language,
                municipality=municipality,
                region=region,
                authority=authority,
                person=person,
            )
        )
    return tuple(companies)


COMPANIES = _companies()
