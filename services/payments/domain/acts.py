"""Who did what when, and who may not do the next thing because of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.payments.domain.errors import AlreadyActed
from shared.asker import Asker, Role
from shared.errors import NotForYou, NotFound

SEES_ALL = frozenset({Role.AUDITOR, Role.OPERATOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something done by a person at a moment."""

    by: str
    at: datetime


def another_person(asker: Asker, *earlier: tuple[str, str | None]) -> None:
    """Refuse a person who has had another part in the case: `earlier` are (part, person) pairs.

    Regulation (EU) 2021/1060 art. 71(4) and annex XI, key requirement 1: functions are kept apart.
    Raises AlreadyActed.
    """
    for part, person in earlier:
        if person == asker.person:
            raise AlreadyActed(person=asker.person, acted_as=part)


def sees(asker: Asker, *, business_id: str, authority: str) -> None:
    """A company sees its own, staff their authority's, auditors and operators all.

    Raises NotFound for a company (it may not learn that the thing exists) and NotForYou for staff.
    """
    if asker.role in SEES_ALL or asker.role is Role.SYSTEM:
        return
    if asker.role is Role.COMPANY:
        if asker.business_id != business_id:
            raise NotFound
    elif asker.authority != authority:
        raise NotForYou(authority=authority)
