"""Municipalities (kunta): Statistics Finland's code, names, region, and the area of regional aid 2022-2027.

Areas: Government Decree 467/2022; III stands for outside the support areas. Åland's municipalities are outside
both aid laws and have none. A municipality that was merged away is found as the one it became.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from shared.reference.tables import table
from shared.sorting import sort_key


@dataclass(frozen=True, slots=True)
class Municipality:
    code: str
    fi: str
    sv: str
    region: str
    aid_area_2022: str

    @property
    def names(self) -> dict[str, str]:
        return {"fi": self.fi, "sv": self.sv, "en": self.fi}


@cache
def every() -> tuple[Municipality, ...]:
    """Those of 2026, by code."""
    return tuple(Municipality(**row) for row in table("municipalities"))


@cache
def in_order(language: str) -> tuple[tuple[str, str], ...]:
    """Every code with its name in the language, in the order of the names: å, ä and ö after z."""
    named = ((one.code, one.names[language]) for one in every())
    return tuple(sorted(named, key=lambda row: sort_key(row[1])))


@cache
def _by_key() -> dict[str, Municipality]:
    """By code and by either name, small letters; those merged away by their old code and name too."""
    known: dict[str, Municipality] = {}
    by_code = {one.code: one for one in every()}
    for row in table("municipalities_merged"):
        for key in (row["code"], row["fi"]):
            known[key.casefold()] = by_code[row["successor"]]
    for one in by_code.values():
        for key in (one.sv, one.fi, one.code):
            known[key.casefold()] = one
    return known


def municipality(code_or_name: str) -> Municipality | None:
    """By its code, "491", or by its Finnish or Swedish name; None when there is none."""
    key = code_or_name.strip().casefold()
    return _by_key().get(key.zfill(3) if key.isdigit() else key)
