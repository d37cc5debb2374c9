"""Who owns whom, as the customer register tells it, and the de minimis room that follows."""

from __future__ import annotations

from typing import Any

from services.applications.domain.aid_register import Headroom, OwnershipLink, headroom, members_of
from services.applications.domain.selection import DE_MINIMIS
from services.applications.ports import Work
from shared.asker import Role
from shared.dates import helsinki_day
from shared.errors import NotFound
from shared.money import ZERO


def know_ownership(work: Work, link: dict[str, Any]) -> None:
    """A later record of the same link takes the place of the earlier."""
    work.undertakings.record(OwnershipLink(**link))


def get_aid_room(work: Work, business_id: str) -> Headroom:
    """What the own register leaves of the ceiling today. To a company only itself is there. Raises NotFound."""
    asker = work.asker
    if asker.role is Role.COMPANY and asker.business_id != business_id:
        raise NotFound(what="undertaking")
    today = helsinki_day(work.now)
    links = work.undertakings.links_around(business_id)
    registered = work.aid_register.of(members_of(business_id, links, today), DE_MINIMIS)
    return headroom(business_id, today, ZERO, links=links, registered=registered, declared=())
