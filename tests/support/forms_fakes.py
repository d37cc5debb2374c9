"""Versions and draftings in memory, as the room's storage keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.applications.domain.applications import Application, Case
from services.applications.domain.calls import Call
from services.applications.domain.drafting import Drafting
from services.applications.domain.states import UNFILED
from services.applications.domain.versions import Version


@dataclass
class FormsKept:
    versions: dict[str, dict[int, Version]] = field(default_factory=dict)
    draftings: dict[str, Drafting] = field(default_factory=dict)
    two_wanted: dict[str, bool] = field(default_factory=dict)
    standings: list[str] = field(default_factory=list)

    def copy(self) -> FormsKept:
        versions = {number: dict(kept) for number, kept in self.versions.items()}
        return FormsKept(versions, dict(self.draftings), dict(self.two_wanted), list(self.standings))


class FakeVersions:
    def __init__(self, kept: FormsKept) -> None:
        self.kept = kept

    def last(self, number: str) -> Version | None:
        found = self.of(number)
        return found[-1] if found else None

    def of(self, number: str) -> Sequence[Version]:
        return [version for _, version in sorted(self.kept.versions.get(number, {}).items())]

    def put(self, number: str, version: Version) -> None:
        self.kept.versions.setdefault(number, {})[version.place] = version


class FakeDraftings:
    def __init__(self, kept: FormsKept, applications: Mapping[str, Application]) -> None:
        self.kept, self.applications = kept, applications

    def of(self, number: str) -> Drafting:
        return self.kept.draftings.get(number, Drafting(number=number))

    def in_hands_of(self, business_id: str, person: str) -> Sequence[str]:
        return sorted(
            number
            for number, kept in self.kept.draftings.items()
            if person in (kept.responsible, kept.asked_by)
            and self.applications[number].business_id == business_id
            and self.applications[number].state in UNFILED
        )

    def put(self, drafting: Drafting) -> None:
        self.kept.draftings[drafting.number] = drafting


class FakeStandings:
    def __init__(self, kept: FormsKept) -> None:
        self.kept = kept

    def take(self) -> str | None:
        return self.kept.standings.pop(0) if self.kept.standings else None


class FakeCompanies:
    def __init__(self, kept: FormsKept) -> None:
        self.kept = kept

    def want_two(self, business_id: str) -> bool:
        return self.kept.two_wanted.get(business_id, False)

    def put(self, business_id: str, second_signature: bool) -> None:
        self.kept.two_wanted[business_id] = second_signature


class FakePapers:
    def __init__(self, applications: Mapping[str, Application], calls: Mapping[str, Call]) -> None:
        self.applications, self.calls = applications, calls

    def unfinished(self, authority: str) -> Sequence[Case]:
        typed = [one for one in self.applications.values() if one.is_being_entered and one.authority == authority]
        typed.sort(key=lambda one: (one.arrival.arrived_at if one.arrival else one.started_at, one.number))
        return [Case(application=one, call=self.calls[one.call_id]) for one in typed]
