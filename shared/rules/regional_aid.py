"""Regional investment aid: the highest share of the costs, by where the investment is made, the enterprise's
size and the day of the award.

The area is that of the municipality of the investment. Between the maps, from 1 January to 10 July 2022, the
old percentages were formally in force while the map approved by the Commission had lapsed: no rate is safe
there, and none is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.money import Money, Rate
from shared.reference.municipalities import Municipality, municipality
from shared.rules.dated import holding
from shared.rules.rule import Rule, titled
from shared.rules.sme_size import Size
from shared.rules.versions import Version, Versions

RULE = Rule(
    name="regional_aid",
    version="1",
    since=date(2014, 7, 1),
    until=date(2027, 12, 31),
    source="VNa 895/2021 8 § (659/2022); VNa 467/2022; (EU) 651/2014 art. 14",
    titles=titled("Alueellinen investointituki", "Regionalt investeringsstöd", "Regional investment aid"),
)
AREA_I, AREA_II, AREA_III = "I", "II", "III"


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """The percentages from `since` to `until`, by area and size; micro enterprises are small ones here."""

    since: date
    until: date
    rates: Mapping[str, Mapping[Size, Rate | None]]
    source: str


def _rates(small: str, medium: str, large: str | None) -> dict[Size, Rate | None]:
    return {
        Size.MICRO: Rate.of(small),
        Size.SMALL: Rate.of(small),
        Size.MEDIUM: Rate.of(medium),
        Size.LARGE: Rate.of(large) if large else None,
    }


MAPS: tuple[Map, ...] = (
    Map(
        since=date(2014, 7, 1),
        until=date(2021, 12, 31),
        rates={
            AREA_I: _rates("35", "25", "15"),
            AREA_II: _rates("30", "20", "10"),
            AREA_III: _rates("20", "10", None),
        },
        source="VNa 44/2014; VNa 716/2014",  # the numbers of the decrees from knowledge, to be checked
    ),
    Map(
        since=date(2022, 7, 11),
        until=date(2027, 12, 31),
        rates={
            AREA_I: _rates("40", "30", "20"),
            AREA_II: _rates("35", "25", "15"),
            AREA_III: _rates("20", "10", None),
        },
        source="VNa 895/2021 8 § (659/2022); VNa 467/2022",
    ),
)
# The map of 2014-2021: I was East and North Finland, II was Salo, Somero and nine municipalities of Central
# Finland, of which the eight of Saarijärvi-Viitasaari are sure. The ninth is not: the rest of that region is
# not answered for, but for its centre.
_I_2014 = frozenset({"10", "11", "12", "16", "17", "18", "19"})
_II_2014 = frozenset({"734", "761", "216", "226", "256", "265", "312", "601", "729", "931"})
_CENTRAL_FINLAND, _JYVASKYLA, ALAND = "13", "179", "21"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionalAid:
    """`rate` None when none may be given; `reason` then says why. `most` is the rate of `costs`, if told."""

    area: str | None
    municipality: str
    size: Size
    rate: Rate | None
    may_be_granted: bool
    reason: str
    most: Money | None
    steps: tuple[Step, ...]


def regional_aid(on: date, place: str, size: Size, costs: Money | None = None) -> RegionalAid:
    """The highest intensity for an investment in `place`, a municipality's code or name.

    Raises InvalidFields when there is no such municipality.
    """
    found = municipality(place)
    if found is None:
        raise InvalidFields(faults=[Fault("municipality", "unknown_municipality", {"given": place})])
    the_map = _map_on(on)
    area = _area(found, the_map) if the_map else None
    reason = _why_not(found, on, the_map, area, size)
    rate = the_map.rates[area][size] if the_map and area and not reason else None
    most = costs.at(rate) if costs is not None and rate else None
    return RegionalAid(
        area=area,
        municipality=found.code,
        size=size,
        rate=rate,
        may_be_granted=rate is not None,
        reason=reason,
        most=most,
        steps=_steps(found, size, on, the_map, area, rate, reason, costs, most),
    )


VERSIONS = Versions(Version(rule=RULE, says=regional_aid))


def _map_on(on: date) -> Map | None:
    return next(iter(holding(MAPS, on)), None)


def _area(found: Municipality, the_map: Map) -> str | None:
    """None where no area is known for certain, and on Åland."""
    if found.region == ALAND:
        return None
    if the_map is MAPS[-1]:
        return found.aid_area_2022
    if found.region in _I_2014:
        return AREA_I
    if found.code in _II_2014:
        return AREA_II
    return None if found.region == _CENTRAL_FINLAND and found.code != _JYVASKYLA else AREA_III


def _why_not(found: Municipality, on: date, the_map: Map | None, area: str | None, size: Size) -> str:
    if found.region == ALAND:
        return "outside_the_laws"
    if the_map is None:
        between = MAPS[0].until < on < MAPS[-1].since
        return "between_the_maps" if between else "no_map_on_the_day"
    if area is None:
        return "area_to_be_checked"
    return "" if the_map.rates[area][size] else "large_outside_areas"


def _steps(
    found: Municipality,
    size: Size,
    on: date,
    the_map: Map | None,
    area: str | None,
    rate: Rate | None,
    reason: str,
    costs: Money | None,
    most: Money | None,
) -> tuple[Step, ...]:
    source = the_map.source if the_map else RULE.source
    place = {"municipality": found.fi, "code": found.code, "area": area or "-", "day": on.isoformat()}
    rows = [Step(sign="", what="area_of_municipality", source=source, facts=place)]
    if rate is None:
        rows.append(Step(sign="=", what=reason, source=source, facts=place | {"size": size}))
    else:
        rows.append(Step(sign="≤", what="regional_rate", source=source, facts={"rate": str(rate), "size": size}))
    if most is not None:
        rows.append(Step(sign="+", what="eligible_costs", amount=costs))
        rows.append(Step(sign="=", what="aid_at_most", amount=most, source=source, facts={"rate": str(rate)}))
    return tuple(rows)
