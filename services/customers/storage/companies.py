"""Who acts for a company, invitations, choices, keys, ownership and acts, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session as Transaction

from services.customers.domain.api_keys import ApiKey
from services.customers.domain.company import Invitation, Preferences
from services.customers.domain.ownership import OwnershipLink
from services.customers.domain.releases import Release
from services.customers.records import (
    ApiKeyRecord,
    CompanyActRecord,
    CompanyPreferencesRecord,
    InvitationRecord,
    OwnershipRecord,
    ReleaseRecord,
)


class StoredInvitations:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, invitation: Invitation, made_with: str) -> Invitation | None:
        row = _row(invitation) | {"made_with": made_with}
        new = insert(InvitationRecord).values(row).on_conflict_do_nothing(index_elements=["invited_by", "made_with"])
        if self._transaction.execute(new.returning(InvitationRecord.invitation_id)).first():
            return None
        earlier = select(InvitationRecord).where(
            InvitationRecord.invited_by == invitation.invited_by, InvitationRecord.made_with == made_with
        )
        return _invitation(self._transaction.scalars(earlier).one())

    def get_locked(self, invitation_id: str) -> Invitation | None:
        record = self._transaction.get(InvitationRecord, invitation_id, with_for_update=True)
        return _invitation(record) if record else None

    def by_digest_locked(self, digest: str) -> Invitation | None:
        found = select(InvitationRecord).where(InvitationRecord.digest == digest)
        record = self._transaction.scalars(found).first()
        return _invitation(record) if record else None

    def open_of(self, business_id: str, now: datetime) -> Sequence[Invitation]:
        found = (
            select(InvitationRecord)
            .where(InvitationRecord.business_id == business_id)
            .where(InvitationRecord.accepted_at.is_(None), InvitationRecord.withdrawn_at.is_(None))
            .order_by(InvitationRecord.invited_at, InvitationRecord.invitation_id)
        )
        every = (_invitation(record) for record in self._transaction.scalars(found))
        return [invitation for invitation in every if invitation.is_open(now)]

    def save(self, invitation: Invitation) -> None:
        changed = {name: getattr(invitation, name) for name in ("accepted_by", "accepted_at", "withdrawn_at")}
        own = InvitationRecord.invitation_id == invitation.invitation_id
        self._transaction.execute(update(InvitationRecord).where(own).values(changed))


class StoredPreferences:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, business_id: str) -> Preferences:
        record = self._transaction.get(CompanyPreferencesRecord, business_id)
        if record is None:
            return Preferences(business_id=business_id)
        return Preferences(
            business_id=record.business_id,
            second_signature=record.second_signature,
            responsible=record.responsible,
            version=record.version,
            changed_by=record.changed_by,
            changed_at=record.changed_at,
        )

    def save(self, preferences: Preferences) -> None:
        given = insert(CompanyPreferencesRecord).values(_row(preferences))
        kept = given.on_conflict_do_update(
            index_elements=["business_id"],
            set_={name: given.excluded[name] for name in _row(preferences) if name != "business_id"},
        )
        self._transaction.execute(kept)


class StoredReleases:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, release: Release) -> None:
        self._transaction.execute(insert(ReleaseRecord).values(_row(release)))

    def get(self, release_id: str) -> Release | None:
        return self._one(ReleaseRecord.release_id == release_id)

    def unsettled_of(self, business_id: str) -> Release | None:
        return self._one(ReleaseRecord.business_id == business_id, ReleaseRecord.outcome.is_(None))

    def left_unsettled(self, asked_before: datetime) -> Sequence[str]:
        left = select(ReleaseRecord.business_id).where(
            ReleaseRecord.outcome.is_(None), ReleaseRecord.asked_at <= asked_before
        )
        return self._transaction.scalars(left.order_by(ReleaseRecord.business_id)).all()

    def save(self, release: Release) -> None:
        changed = {name: getattr(release, name) for name in ("outcome", "settled_by", "settled_at")}
        own = ReleaseRecord.release_id == release.release_id
        self._transaction.execute(update(ReleaseRecord).where(own).values(changed))

    def _one(self, *wanted: ColumnElement[bool]) -> Release | None:
        found = select(*ReleaseRecord.__table__.columns).where(*wanted)
        row = self._transaction.execute(found).mappings().first()
        return Release(**row) if row else None


class StoredApiKeys:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, key: ApiKey) -> ApiKey | None:
        row = _row(key) | {"rights": list(key.rights)}
        new = insert(ApiKeyRecord).values(row).on_conflict_do_nothing(index_elements=["created_by", "made_with"])
        if self._transaction.execute(new.returning(ApiKeyRecord.key_id)).first():
            return None
        earlier = select(ApiKeyRecord).where(
            ApiKeyRecord.created_by == key.created_by, ApiKeyRecord.made_with == key.made_with
        )
        return _api_key(self._transaction.scalars(earlier).one())

    def get(self, key_id: str) -> ApiKey | None:
        record = self._transaction.get(ApiKeyRecord, key_id)
        return _api_key(record) if record else None

    def of(self, business_id: str) -> Sequence[ApiKey]:
        found = select(ApiKeyRecord).where(ApiKeyRecord.business_id == business_id)
        newest_first = found.order_by(ApiKeyRecord.created_at.desc(), ApiKeyRecord.key_id)
        return [_api_key(record) for record in self._transaction.scalars(newest_first)]

    def save(self, key: ApiKey) -> None:
        """Only what may change. A revoked key stays revoked, whoever else writes that it was used."""
        changed: dict[str, Any] = {"last_used_at": key.last_used_at}
        if key.revoked_at:
            changed |= {"revoked_at": key.revoked_at, "revoked_by": key.revoked_by}
        self._transaction.execute(update(ApiKeyRecord).where(ApiKeyRecord.key_id == key.key_id).values(changed))


class StoredOwnership:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def save(self, link: OwnershipLink) -> OwnershipLink:
        given = insert(OwnershipRecord).values(_row(link))
        changed = ("share", "until", "source", "recorded_by", "recorded_at")
        kept = given.on_conflict_do_update(
            index_elements=["owner", "owned", "kind", "since"],
            set_={name: given.excluded[name] for name in changed},
        )
        link_id = self._transaction.execute(kept.returning(OwnershipRecord.link_id)).scalar_one()
        return replace(link, link_id=link_id)

    def same(self, link: OwnershipLink) -> OwnershipLink | None:
        owner, owned, kind, since = link.same_link
        found = select(OwnershipRecord).where(
            OwnershipRecord.owner == owner,
            OwnershipRecord.owned == owned,
            OwnershipRecord.kind == kind,
            OwnershipRecord.since == since,
        )
        record = self._transaction.scalars(found.with_for_update()).first()
        return _link(record) if record else None

    def of(self, business_id: str) -> Sequence[OwnershipLink]:
        found = (
            select(OwnershipRecord)
            .where(or_(OwnershipRecord.owner == business_id, OwnershipRecord.owned == business_id))
            .order_by(OwnershipRecord.since, OwnershipRecord.link_id)
        )
        return [_link(record) for record in self._transaction.scalars(found)]


class StoredActs:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, **act: Any) -> None:
        self._transaction.execute(insert(CompanyActRecord).values(act).on_conflict_do_nothing())


def _row(thing: Any) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in type(thing).__dataclass_fields__}


def _invitation(record: InvitationRecord) -> Invitation:
    return Invitation(**_same_named(Invitation, record))


def _api_key(record: ApiKeyRecord) -> ApiKey:
    return ApiKey(**_same_named(ApiKey, record) | {"rights": tuple(record.rights)})


def _link(record: OwnershipRecord) -> OwnershipLink:
    return OwnershipLink(**_same_named(OwnershipLink, record))


def _same_named(kind: Any, record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in kind.__dataclass_fields__}
