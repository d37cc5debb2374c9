"""Registering undertakings and looking at one."""

from __future__ import annotations

from services.customers.domain.undertakings import Undertaking
from services.customers.ports import Work
from shared.asker import Role
from shared.contracts import customers as contract
from shared.errors import NotFound


def register_undertaking(
    work: Work, *, business_id: str, name: str, language: str, municipality: str = ""
) -> Undertaking:
    """The undertaking, now in the register. Equal data again changes nothing; other data: RegisteredOtherwise."""
    asked = Undertaking(
        business_id=business_id,
        name=name,
        language=language,
        municipality=municipality,
        registered_at=work.now,
        registered_by=work.asker.person,
    )
    if work.undertakings.add(asked):
        work.announce(
            contract.UNDERTAKING_REGISTERED, business_id, business_id=business_id, name=name, language=language
        )
        return asked
    known = undertaking(work, business_id)
    known.must_agree_with(asked)
    return known


def get_undertaking(work: Work, *, business_id: str) -> Undertaking:
    """A company sees itself alone; another's business id is NotFound for it."""
    if work.asker.role is Role.COMPANY and work.asker.business_id != business_id:
        raise NotFound(what="undertaking")
    return undertaking(work, business_id)


def undertaking(work: Work, business_id: str) -> Undertaking:
    known = work.undertakings.get(business_id)
    if known is None:
        raise NotFound(what="undertaking")
    return known
