"""Ownership between undertakings, as declared, read from a register or recorded by an official."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from services.customers.domain.errors import RecordedByOfficial
from services.customers.domain.ownership import OwnershipLink, must_be_own, must_be_possible
from services.customers.ports import Work
from services.customers.use_cases.acts import note_act
from shared.asker import Role
from shared.contracts import customers as contract
from shared.dates import helsinki_day
from shared.money import Rate


def record_ownership(
    work: Work,
    *,
    owner: str,
    owned: str,
    kind: str,
    share: Rate | None,
    since: date,
    until: date | None,
    source: str,
) -> OwnershipLink:
    """The link as it stands from now on. The same owner, owned, kind and beginning again corrects it or ends it.

    Raises NotFound for a company that speaks of others, InvalidFields, and RecordedByOfficial when a company would
    change what an official recorded.
    """
    must_be_own(work.asker, owner, owned)
    by_company = work.asker.role is Role.COMPANY
    link = OwnershipLink(
        link_id=str(uuid4()),
        owner=owner,
        owned=owned,
        kind=kind,
        share=share,
        since=since,
        until=until,
        source="declaration" if by_company else source,
        recorded_by=work.asker.person,
        recorded_at=work.now,
    )
    must_be_possible(link, helsinki_day(work.now))
    earlier = work.ownership.same(link)
    if by_company and earlier and earlier.source != "declaration":
        raise RecordedByOfficial(by=earlier.recorded_by, at=earlier.recorded_at.isoformat())
    kept = work.ownership.save(link)
    if by_company and work.asker.business_id:
        note_act(work, work.asker.business_id, "ownership_recorded", subject=kept.link_id)
    work.announce(
        contract.OWNERSHIP_RECORDED,
        owned,
        link_id=kept.link_id,
        owner=owner,
        owned=owned,
        kind=kind,
        share=share,
        since=since,
        until=until,
        source=kept.source,
    )
    return kept
