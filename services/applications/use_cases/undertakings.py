"""Who owns whom, as the customer register tells it, and the de minimis room that follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.applications.domain.aid_register import Headroom, OwnershipLink, headroom, members_of
from services.applications.domain.register_facts import RegisterFacts
from services.applications.domain.selection import DE_MINIMIS
from services.applications.ports import Work
from services.applications.use_cases.falling import let_all_fall
from shared.asker import Role
from shared.dates import helsinki_day
from shared.errors import NotFound
from shared.money import ZERO


def know_ownership(work: Work, link: dict[str, Any]) -> None:
    """A later record of the same link takes the place of the earlier.

    What waits for a signature falls where the single undertaking of its applicant is another than it was: its de
    minimis room and its size were looked at as of the old one.
    """
    new = OwnershipLink(**link)
    before = _groups_around(work, new)
    work.undertakings.record(new)
    after = _groups_around(work, new)
    changed = [one for one in before.keys() | after.keys() if before.get(one) != after.get(one)]
    let_all_fall(work, work.cases.perhaps_proposed_of(changed), "group_changed")


def know_register(work: Work, told: Mapping[str, Any]) -> None:
    """What the business register told. What waits for a signature falls where a decision would rest on what changed.

    News that come after newer ones are none.
    """
    names = ("business_id", "ended_on", "vat_liable", "business_line", "fetched_at", "digest")
    new = RegisterFacts(**{name: told[name] for name in names}, situations=tuple(told["situations"]))
    before = work.undertakings.told_by_register(new.business_id)
    if before and before.fetched_at >= new.fetched_at:
        return
    work.undertakings.note_register(new)
    if new.bears_on(before):
        let_all_fall(work, work.cases.perhaps_proposed_of([new.business_id]), "register_changed")


def _groups_around(work: Work, link: OwnershipLink) -> dict[str, frozenset[str]]:
    """Every undertaking that hangs together with the link, and who makes a single undertaking with it today."""
    links = (*work.undertakings.links_around(link.owner), *work.undertakings.links_around(link.owned))
    known = {link.owner, link.owned, *(end for one in links for end in (one.owner, one.owned))}
    today = helsinki_day(work.now)
    return {one: frozenset(members_of(one, links, today)) for one in known}


def get_aid_room(work: Work, business_id: str) -> Headroom:
    """What the own register leaves of the ceiling today. To a company only itself is there. Raises NotFound."""
    asker = work.asker
    if asker.role is Role.COMPANY and asker.business_id != business_id:
        raise NotFound(what="undertaking")
    today = helsinki_day(work.now)
    links = work.undertakings.links_around(business_id)
    registered = work.aid_register.of(members_of(business_id, links, today), DE_MINIMIS)
    return headroom(business_id, today, ZERO, links=links, registered=registered, declared=())
