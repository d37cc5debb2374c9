"""Lists of companies' matters for screens: disagreements, mandate checks, acts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from services.customers.records import (
    CompanyActRecord,
    DisagreementRecord,
    MandateCheckRecord,
    OwnershipRecord,
    UndertakingRecord,
)
from services.customers.storage.registers import disagreement_of, mandate_check
from services.customers.use_cases.acts import must_be_own
from shared.asker import Asker, Role
from shared.errors import Fault, InvalidFields


def disagreements(
    session: Session, asker: Asker, *, business_id: str, state: list[str], page: int, size: int, sort: str
) -> dict[str, Any]:
    """Open ones first, then oldest first. A company sees its own, officials those of all: the register is shared."""
    _must_be_unsorted(sort)
    found = select(DisagreementRecord)
    own = asker.business_id if asker.role is Role.COMPANY else business_id
    if business_id and asker.role is Role.COMPANY:
        must_be_own(asker, business_id)
    if own:
        found = found.where(DisagreementRecord.business_id == own)
    if state and "open" not in state:
        found = found.where(DisagreementRecord.settled_at.is_not(None))
    if state and "settled" not in state:
        found = found.where(DisagreementRecord.settled_at.is_(None))
    ordered = found.order_by(
        DisagreementRecord.settled_at.is_not(None), DisagreementRecord.reported_at, DisagreementRecord.disagreement_id
    )
    records, total = _page(session, ordered, page, size)
    return {"items": [disagreement_of(record) for record in records], "total": total}


def mandate_checks(
    session: Session, asker: Asker, *, business_id: str, page: int, size: int, sort: str
) -> dict[str, Any]:
    """Newest first: what the mandate register said of whom, when, for this company. Other companies are left out."""
    _must_be_unsorted(sort)
    must_be_own(asker, business_id)
    found = (
        select(MandateCheckRecord)
        .where(MandateCheckRecord.business_ids.contains([business_id]))
        .order_by(MandateCheckRecord.begun_at.desc(), MandateCheckRecord.check_id)
    )
    records, total = _page(session, found, page, size)
    return {"items": [check_described(record, business_id) for record in records], "total": total}


def check_described(record: MandateCheckRecord, business_id: str | None = None) -> dict[str, Any]:
    return described_check(mandate_check(record), business_id)


def described_check(check: Any, business_id: str | None = None) -> dict[str, Any]:
    """As the contract tells it; only of one company when one is named."""
    return {
        "check_id": check.check_id,
        "person_id": check.person_id,
        "state": check.state,
        "why": check.why,
        "request_id": check.request_id,
        "begun_at": check.begun_at,
        "finished_at": check.finished_at,
        "valid_until": check.valid_until,
        "organisations": [
            {
                "business_id": each.organisation.business_id,
                "name": each.organisation.name,
                "complete": each.organisation.complete,
                "roles": each.organisation.roles,
                "rights": each.rights,
            }
            for each in check.organisations
            if business_id in (None, each.organisation.business_id)
        ],
    }


def acts(session: Session, asker: Asker, *, business_id: str, page: int, size: int, sort: str) -> dict[str, Any]:
    """Newest first."""
    _must_be_unsorted(sort)
    must_be_own(asker, business_id)
    found = (
        select(CompanyActRecord)
        .where(CompanyActRecord.business_id == business_id)
        .order_by(CompanyActRecord.at.desc(), CompanyActRecord.act_id)
    )
    records, total = _page(session, found, page, size)
    return {"items": records, "total": total}


def last_acts(session: Session, business_id: str) -> Mapping[str, datetime]:
    """When each person last did something for the company."""
    found = (
        select(CompanyActRecord.person_id, func.max(CompanyActRecord.at))
        .where(CompanyActRecord.business_id == business_id)
        .group_by(CompanyActRecord.person_id)
    )
    return {row[0]: row[1] for row in session.execute(found)}


def ownership(session: Session, asker: Asker, *, business_id: str) -> dict[str, Any]:
    """Every link in which the company is owner or owned, by day; names where both are customers."""
    must_be_own(asker, business_id)
    found = (
        select(OwnershipRecord)
        .where((OwnershipRecord.owner == business_id) | (OwnershipRecord.owned == business_id))
        .order_by(OwnershipRecord.since, OwnershipRecord.link_id)
    )
    links = session.scalars(found).all()
    names = _names(session, {each for link in links for each in (link.owner, link.owned)})
    return {"items": [described_link(link, names) for link in links]}


def described_link(link: Any, names: Mapping[str, str]) -> dict[str, Any]:
    told = ("link_id", "owner", "owned", "kind", "share", "since", "until", "source", "recorded_by", "recorded_at")
    return {name: getattr(link, name) for name in told} | {
        "owner_name": names.get(link.owner),
        "owned_name": names.get(link.owned),
    }


def names_of(session: Session, *business_ids: str) -> Mapping[str, str]:
    return _names(session, set(business_ids))


def _names(session: Session, business_ids: set[str]) -> Mapping[str, str]:
    found = select(UndertakingRecord.business_id, UndertakingRecord.name).where(
        UndertakingRecord.business_id.in_(business_ids)
    )
    return {row[0]: row[1] for row in session.execute(found)}


def _page(session: Session, found: Select[Any], page: int, size: int) -> tuple[list[Any], int]:
    records = session.scalars(found.limit(size).offset((page - 1) * size)).all()
    total = session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0
    return list(records), total


def _must_be_unsorted(sort: str) -> None:
    if sort:
        raise InvalidFields(faults=[Fault("sort", "unknown_sort", {"known": "–"})])
