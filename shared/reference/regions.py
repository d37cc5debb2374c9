"""Regions (maakunta): Statistics Finland's code, names, and NUTS 3 code in force from 1.1.2024."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    nuts3: str
    fi: str
    sv: str
    en: str

    @property
    def names(self) -> dict[str, str]:
        return {"fi": self.fi, "sv": self.sv, "en": self.en}


# Regulation (EC) 1059/2003 as amended by (EU) 2023/674; Åland (21) is outside both aid laws (laki 758/2021 1 §).
REGIONS: tuple[Region, ...] = (
    Region("01", "FI1B1", "Uusimaa", "Nyland", "Uusimaa"),
    Region("02", "FI1C1", "Varsinais-Suomi", "Egentliga Finland", "Southwest Finland"),
    Region("04", "FI196", "Satakunta", "Satakunta", "Satakunta"),
    Region("05", "FI1C2", "Kanta-Häme", "Egentliga Tavastland", "Kanta-Häme"),
    Region("06", "FI19B", "Pirkanmaa", "Birkaland", "Pirkanmaa"),
    Region("07", "FI1C6", "Päijät-Häme", "Päijänne-Tavastland", "Päijät-Häme"),
    Region("08", "FI1C7", "Kymenlaakso", "Kymmenedalen", "Kymenlaakso"),
    Region("09", "FI1C5", "Etelä-Karjala", "Södra Karelen", "South Karelia"),
    Region("10", "FI1DA", "Etelä-Savo", "Södra Savolax", "South Savo"),
    Region("11", "FI1DB", "Pohjois-Savo", "Norra Savolax", "North Savo"),
    Region("12", "FI1DC", "Pohjois-Karjala", "Norra Karelen", "North Karelia"),
    Region("13", "FI198", "Keski-Suomi", "Mellersta Finland", "Central Finland"),
    Region("14", "FI199", "Etelä-Pohjanmaa", "Södra Österbotten", "South Ostrobothnia"),
    Region("15", "FI19A", "Pohjanmaa", "Österbotten", "Ostrobothnia"),
    Region("16", "FI1D5", "Keski-Pohjanmaa", "Mellersta Österbotten", "Central Ostrobothnia"),
    Region("17", "FI1D9", "Pohjois-Pohjanmaa", "Norra Österbotten", "North Ostrobothnia"),
    Region("18", "FI1D8", "Kainuu", "Kajanaland", "Kainuu"),
    Region("19", "FI1D7", "Lappi", "Lappland", "Lapland"),
)

BY_CODE = {region.code: region for region in REGIONS}
