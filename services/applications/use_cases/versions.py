"""Versions of an application's answers: kept at every change, listed, and compared."""

from __future__ import annotations

from collections.abc import Sequence

from services.applications.domain.applications import Application, Case
from services.applications.domain.call_forms import form_of
from services.applications.domain.comparing import differences
from services.applications.domain.versions import (
    DRAFT,
    Version,
    answers_at,
    following,
    from_filing_on,
)
from services.applications.ports import Work
from services.applications.screens import Screen
from services.applications.use_cases.access import case_for
from shared.asker import Role
from shared.errors import NotFound


def keep_version(work: Work, before: Application, after: Application, deed: str = DRAFT) -> None:
    """Keep what changed in the answers and attachments; nothing when nothing did."""
    for version in following(work.versions.last(after.number), before, after, deed):
        work.versions.put(after.number, version)


def list_versions(work: Work, number: str) -> Screen:
    """Newest first. The company and whoever types in a paper application see each; others what was filed and after."""
    case = case_for(work, number)
    found = _seen(work, case, work.versions.of(number))
    order = _order(case)
    return {"items": [version_screen(version, order) for version in reversed(found)], "total": len(found)}


def compare_versions(work: Work, number: str, first: int, second: int) -> Screen:
    """What differs between two versions; `first` 0 is the empty form. Raises NotFound for a version not seen."""
    case = case_for(work, number)
    versions = _seen(work, case, work.versions.of(number))
    known = {version.place: version for version in versions}
    if second not in known or (first and first not in known):
        raise NotFound(what="version")
    order = _order(case)
    found = differences(answers_at(versions, first), answers_at(versions, second), order)
    return {
        "number": number,
        "first": version_screen(known[first], order) if first else None,
        "second": version_screen(known[second], order),
        "differences": found,
    }


def version_screen(version: Version, order: Sequence[str]) -> Screen:
    """`keys` stand in the order of the form."""
    return {
        "place": version.place,
        "deed": version.deed,
        "by": version.by,
        "since": version.since,
        "at": version.at,
        "keys": tuple(key for key in dict.fromkeys((*order, *sorted(version.keys))) if key in version.changes),
    }


def _order(case: Case) -> tuple[str, ...]:
    return tuple(key for section in form_of(case.call).sections for key in section.keys)


def _seen(work: Work, case: Case, versions: Sequence[Version]) -> Sequence[Version]:
    if work.asker.role is Role.COMPANY or case.application.is_being_entered:
        return versions
    return from_filing_on(versions)
