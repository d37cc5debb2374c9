"""Who did what for a company, kept where the company and officials can see it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from services.customers.domain.company import Member
from services.customers.ports import Work
from shared.asker import Asker, Role
from shared.errors import NotFound


def must_be_own(asker: Asker, business_id: str) -> None:
    """A company sees itself alone; another's business id is NotFound for it."""
    if asker.role is Role.COMPANY and asker.business_id != business_id:
        raise NotFound(what="undertaking")


def own_company(asker: Asker) -> str:
    """The company that the asker acts for; raises NotFound for who acts for none."""
    if asker.business_id is None:
        raise NotFound(what="undertaking")
    return asker.business_id


def members_locked(work: Work) -> tuple[str, Sequence[Member]]:
    """The asker's company and who acts for it. Of two who change that at once, the second sees what the first did."""
    business_id = own_company(work.asker)
    work.undertakings.lock(business_id)
    return business_id, work.people.members(business_id, work.now)


def note_act(work: Work, business_id: str, what: str, *, subject: str = "", person_id: str = "") -> None:
    """`subject` is what it was about: a person's id, a key's, a field of the register."""
    work.acts.add(
        act_id=str(uuid4()),
        business_id=business_id,
        at=work.now,
        person_id=person_id or work.asker.person,
        what=what,
        subject=subject,
        via=work.asker.via,
    )
