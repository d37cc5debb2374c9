"""The administrative courts to which a decision on review is appealed, and which of them is whose.

Districts follow the regions (valtioneuvoston asetus hallinto-oikeuksien tuomiopiireistä; from knowledge, to be
checked). E-mail addresses are for demonstration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Court:
    code: str
    names: Mapping[str, str]
    address: str
    email: str


COURTS: tuple[Court, ...] = (
    Court(
        code="ISHAO",
        names={
            "fi": "Itä-Suomen hallinto-oikeus",
            "sv": "Östra Finlands förvaltningsdomstol",
            "en": "Administrative Court of Eastern Finland",
        },
        address="PL 1744, 70101 Kuopio",
        email="ita-suomi.hao@tukivayla.example",
    ),
    Court(
        code="HMLHAO",
        names={
            "fi": "Hämeenlinnan hallinto-oikeus",
            "sv": "Tavastehus förvaltningsdomstol",
            "en": "Administrative Court of Hämeenlinna",
        },
        address="Raatihuoneenkatu 1, 13100 Hämeenlinna",
        email="hameenlinna.hao@tukivayla.example",
    ),
    Court(
        code="PSHAO",
        names={
            "fi": "Pohjois-Suomen hallinto-oikeus",
            "sv": "Norra Finlands förvaltningsdomstol",
            "en": "Administrative Court of Northern Finland",
        },
        address="PL 189, 90101 Oulu",
        email="pohjois-suomi.hao@tukivayla.example",
    ),
    Court(
        code="VHAO",
        names={
            "fi": "Vaasan hallinto-oikeus",
            "sv": "Vasa förvaltningsdomstol",
            "en": "Administrative Court of Vaasa",
        },
        address="PL 204, 65101 Vaasa",
        email="vaasa.hao@tukivayla.example",
    ),
)
BY_CODE = {court.code: court for court in COURTS}
COURT_OF_AUTHORITY: Mapping[str, str] = {"ITA": "ISHAO", "KAA": "ISHAO", "KES": "HMLHAO", "POH": "PSHAO", "PLI": "VHAO"}


def court_of(authority: str) -> Court:
    """The court in whose district the authority is. Raises KeyError for an authority that has none here."""
    return BY_CODE[COURT_OF_AUTHORITY[authority]]
