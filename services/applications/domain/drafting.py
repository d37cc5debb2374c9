"""What goes with a draft: where it was copied from, and whose signature it waits for.

Two persons are needed where the company demands it: whoever has alone prepared an application may not file it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from services.applications.domain.errors import DemandIsAnothersToRelease, SecondSignatureNeeded
from shared.errors import ChangedMeanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An earlier answer that was not copied: `why` is not_asked, not_an_option, not_in_call or attachment."""

    key: str
    why: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """`registered` are answers that the customer register gave: nobody types over them.

    `responsible` answers for the draft within the company, since `responsible_since`; nobody when the one who did,
    `left_by`, acts for the company no more and no colleague has taken the draft.
    """

    number: str
    copied_from: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    registered: Mapping[str, str] = field(default_factory=dict)
    demanded_by: str | None = None
    demanded_at: datetime | None = None
    asked_by: str | None = None
    asked_at: datetime | None = None
    ask_note: str = ""
    returned_by: str | None = None
    returned_at: datetime | None = None
    return_note: str = ""
    responsible: str | None = None
    responsible_since: datetime | None = None
    left_by: str | None = None

    def demanded(self, by: str, at: datetime) -> Drafting:
        """Two persons are needed from now on; demanded already, it stays as it was."""
        return self if self.demanded_by else replace(self, demanded_by=by, demanded_at=at)

    def released(self, by: str) -> Drafting:
        """Raises DemandIsAnothersToRelease: whoever demanded two persons can't be the one who lets one do."""
        if self.demanded_by == by:
            raise DemandIsAnothersToRelease
        return replace(self, demanded_by=None, demanded_at=None)

    def asked(self, by: str, at: datetime, note: str) -> Drafting:
        return replace(
            self, asked_by=by, asked_at=at, ask_note=note, returned_by=None, returned_at=None, return_note=""
        )

    def taken_back(self) -> Drafting:
        return replace(self, asked_by=None, asked_at=None, ask_note="")

    def returned(self, by: str, at: datetime, note: str) -> Drafting:
        return replace(self.taken_back(), returned_by=by, returned_at=at, return_note=note)

    def left(self, successor: str | None, at: datetime) -> Drafting:
        """The responsible person acts for the company no more; `successor` answers for the draft, or nobody yet."""
        left_by = None if successor else self.responsible
        return replace(self, responsible=successor, responsible_since=at, left_by=left_by)

    def taken_over(self, by: str, before: str | None, at: datetime) -> Drafting:
        """Answered for by who takes it; theirs already, it stays. `before` is who answered as the taker saw it.

        Raises ChangedMeanwhile: of two who take it at once the first has it.
        """
        if self.responsible == by:
            return self
        if self.responsible != before:
            since = self.responsible_since.isoformat() if self.responsible_since else ""
            raise ChangedMeanwhile(by=self.responsible, at=since)
        return replace(self, responsible=by, responsible_since=at, left_by=None)

    def must_be_signable_by(self, person: str, writers: Collection[str]) -> None:
        """For two: raises SecondSignatureNeeded when this person alone has prepared the application."""
        if {*writers, self.asked_by or person} <= {person}:
            raise SecondSignatureNeeded
