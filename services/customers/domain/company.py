"""The people of a company: signatories, editors and readers; invited, changed, ended; and what the company chose."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.customers.domain.errors import InvitationOver, LastSignatory, OwnHandNeeded, SignatoryStays
from services.customers.domain.people import Mandate
from shared.asker import Asker
from shared.errors import ChangedMeanwhile, NotFound

ROLE_RIGHTS: Mapping[str, tuple[str, ...]] = {
    "signatory": ("prepare", "sign"),
    "editor": ("prepare",),
    "reader": ("read",),
}
INVITATION_LASTS = timedelta(days=14)


def role_of(rights: Iterable[str]) -> str:
    """The role whose rights these are: the most that they allow."""
    held = set(rights)
    if "sign" in held:
        return "signatory"
    return "editor" if "prepare" in held else "reader"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person and every ground on which they act for one company now, the latest last."""

    person_id: str
    name: str
    mandates: tuple[Mandate, ...]

    @property
    def rights(self) -> tuple[str, ...]:
        return tuple(sorted({right for mandate in self.mandates for right in mandate.rights}))

    @property
    def role(self) -> str:
        return role_of(self.rights)


def must_keep_a_signatory(members: Sequence[Member], leaving: str, *, stays_as: str | None = None) -> None:
    """Without a signatory nobody could let anybody in any more. Raises LastSignatory."""
    if stays_as == "signatory":
        return
    if not any("sign" in member.rights for member in members if member.person_id != leaving):
        raise LastSignatory()


def must_leave_the_other_signatory(
    members: Sequence[Member], chosen: Preferences, person_id: str, by: str, *, stays_as: str | None = None
) -> None:
    """Where two sign, whoever put the other out would sign with whomever they let in. Everybody gives up their own
    right, two give up the rule, and the authority ends anybody's. Raises SignatoryStays.
    """
    if not chosen.second_signature or person_id == by or stays_as == "signatory":
        return
    if any("sign" in member.rights for member in members if member.person_id == person_id):
        raise SignatoryStays()


def must_be_by_own_hand(asker: Asker) -> None:
    """A program's key prepares and sends; who may act and with which keys is for people. Raises OwnHandNeeded."""
    if asker.via:
        raise OwnHandNeeded()


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Whoever holds the code and identifies themselves may accept; only the code's digest is kept."""

    invitation_id: str
    business_id: str
    name: str
    role: str
    digest: str
    invited_by: str
    invited_at: datetime
    accepted_by: str | None = None
    accepted_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def expires_at(self) -> datetime:
        return self.invited_at + INVITATION_LASTS

    def is_open(self, now: datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at

    def must_be_open(self, now: datetime) -> None:
        """Raises InvitationOver: accepted, withdrawn or too old."""
        if self.is_open(now):
            return
        why = "accepted" if self.accepted_at else "withdrawn" if self.withdrawn_at else "expired"
        raise InvitationOver(why=why, at=(self.accepted_at or self.withdrawn_at or self.expires_at).isoformat())

    def accepted(self, person_id: str, now: datetime) -> Invitation:
        self.must_be_open(now)
        return replace(self, accepted_by=person_id, accepted_at=now)

    def withdrawn(self, now: datetime) -> Invitation:
        self.must_be_open(now)
        return replace(self, withdrawn_at=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """`second_signature`: two signatories send. `responsible`: whom the company named for its open drafts."""

    business_id: str
    second_signature: bool = False
    responsible: str | None = None
    version: int = 0
    changed_by: str | None = None
    changed_at: datetime | None = None

    def changed(
        self, *, second_signature: bool, responsible: str | None, by: str, at: datetime, version: int
    ) -> Preferences:
        """Raises ChangedMeanwhile for a page that is old."""
        if version != self.version:
            raise ChangedMeanwhile(by=self.changed_by, at=self.changed_at.isoformat() if self.changed_at else "")
        return replace(
            self,
            second_signature=second_signature,
            responsible=responsible,
            version=self.version + 1,
            changed_by=by,
            changed_at=at,
        )


def member_in(members: Sequence[Member], person_id: str) -> Member:
    """Raises NotFound for somebody who does not act for the company."""
    for member in members:
        if member.person_id == person_id:
            return member
    raise NotFound(what="person")


def code_digest(code: str) -> str:
    """Codes and keys are 256 random bits: one digest is enough, and a copy of the table opens nothing."""
    return hashlib.sha256(code.strip().encode()).hexdigest()
