"""Versions of an application's answers: who changed what, and when.

A version is kept as what changed in it. Saves of one person within some minutes are one version, so that
autosave leaves a history that a person can read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from services.applications.domain.applications import Application
from services.applications.domain.conditions import is_filled
from services.applications.domain.typed_answers import Answers

TOGETHER = timedelta(minutes=10)
ATTACHMENTS = "attachments"
DRAFT, COPIED, FILED, COMPLETED = "draft", "copied", "filed", "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """`changes`: key → value from this version on; None where the key went. `place` counts from 1."""

    place: int
    deed: str
    by: str
    since: datetime
    at: datetime
    changes: Mapping[str, Any]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.changes)


def content_of(application: Application) -> Answers:
    """The answers, and the attachments as rows beside them."""
    rows = [
        {"document_id": one.document_id, "kind": one.kind, "file_name": one.file_name}
        for one in application.attachments
    ]
    return {**application.answers, ATTACHMENTS: rows}


def changes_between(before: Answers, after: Answers) -> dict[str, Any]:
    """What differs, key by key. Blank and missing are the same."""
    keys = dict.fromkeys((*after, *before))
    return {key: after.get(key) for key in keys if _kept(before.get(key)) != _kept(after.get(key))}


def following(last: Version | None, before: Application, after: Application, deed: str = DRAFT) -> tuple[Version, ...]:
    """The versions to keep after a change, oldest first; none when nothing changed.

    The last one again, when it grows; and first what was there before versions were kept.
    """
    kept: tuple[Version, ...] = ()
    if last is None and (earlier := changes_between({}, content_of(before))):
        last = _version(1, DRAFT, before, earlier)
        kept = (last,)
    changes = changes_between(content_of(before), content_of(after))
    if not changes and deed == DRAFT:
        return kept
    if last and _goes_on(last, after, deed):
        return (*kept[:-1], replace(last, at=after.changed_at, changes={**last.changes, **changes}))
    return (*kept, _version(last.place + 1 if last else 1, deed, after, changes))


def answers_at(versions: Iterable[Version], place: int) -> Answers:
    """The answers of one version: all changes up to it, laid upon each other. Place 0 is the empty form."""
    answers: Answers = {}
    for version in versions:
        if version.place <= place:
            answers |= version.changes
    return {key: value for key, value in answers.items() if value is not None}


def from_filing_on(versions: Sequence[Version]) -> tuple[Version, ...]:
    """What an authority sees: the application as it was filed, whole, and what came after. The draft was not theirs."""
    filed = next((version for version in versions if version.deed == FILED), None)
    if filed is None:
        return ()
    whole = replace(filed, changes=answers_at(versions, filed.place))
    return (whole, *(version for version in versions if version.place > filed.place))


def writers(versions: Iterable[Version], application: Application) -> tuple[str, ...]:
    """Who has written in the draft, in the order of their first save."""
    found = tuple(dict.fromkeys(version.by for version in versions if version.deed in (DRAFT, COPIED)))
    return found or (application.changed_by,)


def _goes_on(last: Version, after: Application, deed: str) -> bool:
    same = deed == DRAFT and last.deed in (DRAFT, COPIED) and last.by == after.changed_by
    return same and after.changed_at - last.at <= TOGETHER


def _version(place: int, deed: str, application: Application, changes: Mapping[str, Any]) -> Version:
    at = application.changed_at
    return Version(place=place, deed=deed, by=application.changed_by, since=at, at=at, changes=changes)


def _kept(value: Any) -> Any:
    return value if is_filled(value) else None
