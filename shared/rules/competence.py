"""Which authority decides: by the project's region, the kind of aid, the programme period and the day.

From 1 January 2026 the funding duties of four ELY centres are with four elvinoimakeskus. What an old centre had
goes by the region of each project, not by the office: the southern area of Häme was divided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.reference.authorities import AUTHORITIES
from shared.rules.rule import Rule, titled

RULE = Rule(
    name="competent_authority",
    version="1",
    since=date(2014, 1, 1),
    until=None,
    source="laki 756/2021; laki 7/2014; TEM 2025: elinvoimakeskukset 1.1.2026",
    titles=titled("Toimivaltainen viranomainen", "Behörig myndighet", "Competent authority"),
)
COMPANY_AID, DEVELOPMENT = "company_aid", "development_project"
CHANGE = date(2026, 1, 1)
ALAND = "21"
_SOURCE_2026 = "TEM 2025: elinvoimakeskukset 1.1.2026"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """`code` is this house's code where it serves the authority; else the name says it all."""

    name: str
    regions: frozenset[str]
    code: str = ""


_EAST, _NORTH = frozenset({"10", "11", "12"}), frozenset({"17", "18", "19"})
_SOUTH_EAST = frozenset({"01", "07", "08", "09"})
_MIDDLE = frozenset({"02", "04", "05", "06", "13", "14", "15", "16"})
# Company aid until the end of 2025: four ELY centres. Häme had the south, Keski-Suomi the west.
_ELY: tuple[Office, ...] = (
    Office(name="Etelä-Savon ELY-keskus", regions=_EAST),
    Office(name="Hämeen ELY-keskus", regions=_SOUTH_EAST | {"02", "05"}),
    Office(name="Keski-Suomen ELY-keskus", regions=_MIDDLE - {"02", "05"}),
    Office(name="Pohjois-Pohjanmaan ELY-keskus", regions=_NORTH),
)
_CENTRES: tuple[Office, ...] = tuple(
    Office(name=one.names["fi"], regions=frozenset(one.regions), code=one.code)
    for one in AUTHORITIES
    if one.since == CHANGE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence:
    """`heir` is who has the case today when the authority of the day has ended."""

    authority: str
    code: str
    heir: str
    heir_code: str
    steps: tuple[Step, ...]


def competent_authority(on: date, region: str) -> Competence:
    """Who decides on a company's aid in the region on the day. Raises InvalidFields for a region nobody has."""
    if region == ALAND:
        raise InvalidFields(faults=[Fault("region", "outside_the_laws")])
    heir = _of(_CENTRES, region)
    if heir is None:
        raise InvalidFields(faults=[Fault("region", "unknown_region")])
    then = heir if on >= CHANGE else _of(_ELY, region)
    if then is None:
        raise InvalidFields(faults=[Fault("region", "unknown_region")])
    facts = {"region": region, "authority_name": then.name, "day": on.isoformat()}
    rows = [Step(sign="=", what="competent", source=_SOURCE_2026 if on >= CHANGE else "TEM", facts=facts)]
    if then is not heir:
        inherited = {"authority_name": heir.name, "day": CHANGE.isoformat()}
        rows.append(Step(sign="=", what="inherited_by", source=_SOURCE_2026, facts=inherited))
    return Competence(authority=then.name, code=then.code, heir=heir.name, heir_code=heir.code, steps=tuple(rows))


def _of(offices: tuple[Office, ...], region: str) -> Office | None:
    return next((office for office in offices if region in office.regions), None)
