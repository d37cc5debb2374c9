"""The overview (tilannekuva): five sums with what they are part of, two charts, a map of tiles and a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import render_template

from services.gateway import policy
from services.gateway.portal.oversight.charts import Bars, Tile, bars, tiles
from services.gateway.portal.oversight.roles import AUDITOR
from services.gateway.portal.pages import portal
from services.gateway.rooms import ask
from shared.contracts.applications import FUNDS, LIST_ENVELOPES
from shared.contracts.monitoring import FIGURES
from shared.money import Money, total
from shared.reference import authorities, regions

SUMS = ("sought", "awarded", "claimed", "approved", "paid")

Row = Mapping[str, Any]


@portal.get("/valvonta")
@policy.asks(FIGURES, LIST_ENVELOPES, only=AUDITOR)
def overview() -> str:
    figures = ask(FIGURES)
    envelopes = ask(LIST_ENVELOPES, size=200)["items"]
    rows = sorted(figures["rows"], key=_in_order)
    return render_template(
        "oversight/overview.html",
        rows=rows,
        whole=sums(rows),
        position=figures["position"],
        as_of=figures["as_of"],
        by_fund=_by_fund(rows),
        by_authority=_by_authority(envelopes),
        tiles=_tiles(rows),
    )


def sums(rows: Iterable[Row]) -> dict[str, Any]:
    """One row for all of them: counts and sums added up to the cent."""
    listed = list(rows)
    counts = {name: sum(row[name] for row in listed) for name in ("cases", "awarded_cases")}
    return counts | {name: total(row[name] for row in listed) for name in SUMS}


def _by_fund(rows: list[Row]) -> list[Bars]:
    """Of what was applied for, what was granted, and of that, what has been paid."""
    grouped = _grouped(rows, lambda row: row["fund"])
    parts = [(fund, sums(grouped[fund])) for fund in FUNDS if fund in grouped]
    return bars([(fund, whole["sought"], whole["awarded"], whole["paid"]) for fund, whole in parts])


def _by_authority(envelopes: list[Row]) -> list[Bars]:
    """Of the authority to grant, what decisions have bound."""
    grouped = _grouped(envelopes, lambda row: row["authority"])
    return bars([(code, _sum(own, "amount"), _sum(own, "reserved"), None) for code, own in sorted(grouped.items())])


def _tiles(rows: list[Row]) -> list[Tile]:
    grouped = _grouped(rows, lambda row: row["region"])
    return tiles({code: sums(own)["awarded"] for code, own in grouped.items()})


def _grouped(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _sum(rows: Iterable[Row], name: str) -> Money:
    return total(row[name] for row in rows)


_AUTHORITIES = [authority.code for authority in authorities.AUTHORITIES]
_REGIONS = [region.code for region in regions.REGIONS]


def _in_order(row: Row) -> tuple[int, str, int, str]:
    """The order of the reference lists; what is in neither comes last."""
    return (*_place(row["authority"], _AUTHORITIES), *_place(row["region"], _REGIONS))


def _place(code: str, known: list[str]) -> tuple[int, str]:
    return (known.index(code) if code in known else len(known), code)
