"""The authorities that grant and pay (välittävä toimielin): who they are, of which kind, where, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AuthorityKind(StrEnum):
    """The kind decides the route of appeal (hallintolaki 49 b §, VAL 34 §, kuntalaki 134 §)."""

    STATE = "state"
    REGIONAL_COUNCIL = "regional_council"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """`regions` are maakunta codes whose cases it handles; `until` None while it exists."""

    code: str
    kind: AuthorityKind
    names: dict[str, str]
    short: dict[str, str]
    regions: tuple[str, ...]
    address: str
    email: str
    since: date
    until: date | None = None

    def exists_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


# Funding duties from 1.1.2026: four elinvoimakeskus (TEM's release of autumn 2025). Regional councils
# decide development projects of their own region. E-mail addresses are for demonstration.
AUTHORITIES: tuple[Authority, ...] = (
    Authority(
        code="ITA",
        kind=AuthorityKind.STATE,
        names={
            "fi": "Itä-Suomen elinvoimakeskus",
            "sv": "Livskraftscentralen i Östra Finland",
            "en": "Economic Development Centre of Eastern Finland",
        },
        short={"fi": "Itä-Suomi", "sv": "Östra Finland", "en": "Eastern Finland"},
        regions=("10", "11", "12"),
        address="PL 1000, 50101 Mikkeli",
        email="kirjaamo.ita@tukivayla.example",
        since=date(2026, 1, 1),
    ),
    Authority(
        code="KES",
        kind=AuthorityKind.STATE,
        names={
            "fi": "Keski-Suomen elinvoimakeskus",
            "sv": "Livskraftscentralen i Mellersta Finland",
            "en": "Economic Development Centre of Central Finland",
        },
        short={"fi": "Keski-Suomi", "sv": "Mellersta Finland", "en": "Central Finland"},
        regions=("02", "04", "05", "06", "13", "14", "15", "16"),
        address="PL 250, 40101 Jyväskylä",
        email="kirjaamo.kes@tukivayla.example",
        since=date(2026, 1, 1),
    ),
    Authority(
        code="POH",
        kind=AuthorityKind.STATE,
        names={
            "fi": "Pohjois-Suomen elinvoimakeskus",
            "sv": "Livskraftscentralen i Norra Finland",
            "en": "Economic Development Centre of Northern Finland",
        },
        short={"fi": "Pohjois-Suomi", "sv": "Norra Finland", "en": "Northern Finland"},
        regions=("17", "18", "19"),
        address="PL 86, 90101 Oulu",
        email="kirjaamo.poh@tukivayla.example",
        since=date(2026, 1, 1),
    ),
    Authority(
        code="KAA",
        kind=AuthorityKind.STATE,
        names={
            "fi": "Kaakkois-Suomen elinvoimakeskus",
            "sv": "Livskraftscentralen i Sydöstra Finland",
            "en": "Economic Development Centre of Southeast Finland",
        },
        short={"fi": "Kaakkois-Suomi", "sv": "Sydöstra Finland", "en": "Southeast Finland"},
        regions=("01", "07", "08", "09"),
        address="PL 1041, 45101 Kouvola",
        email="kirjaamo.kaa@tukivayla.example",
        since=date(2026, 1, 1),
    ),
    Authority(
        code="PLI",
        kind=AuthorityKind.REGIONAL_COUNCIL,
        names={
            "fi": "Pohjanmaan liitto",
            "sv": "Österbottens förbund",
            "en": "Regional Council of Ostrobothnia",
        },
        short={"fi": "Pohjanmaa", "sv": "Österbotten", "en": "Ostrobothnia"},
        regions=("15",),
        address="PL 174, 65101 Vaasa",
        email="kirjaamo.pli@tukivayla.example",
        since=date(1994, 1, 1),
    ),
)

BY_CODE = {authority.code: authority for authority in AUTHORITIES}


def authority(code: str) -> Authority:
    """Raises KeyError for a code nobody has."""
    return BY_CODE[code]
