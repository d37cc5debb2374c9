"""Whose case it is: a company sees its own, an authority's people their authority's, auditors and operators all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from services.applications.domain.states import UNFILED, State
from shared.asker import Asker, Role
from shared.errors import NotForYou, NotFound

SEES_ALL = frozenset({Role.AUDITOR, Role.OPERATOR, Role.SYSTEM})


class Owned(Protocol):
    """What of a case says whose it is: the application itself, or its `CaseHead`."""

    @property
    def business_id(self) -> str: ...

    @property
    def authority(self) -> str: ...

    @property
    def state(self) -> State: ...

    @property
    def is_being_entered(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHead:
    """Whose a case is and how far it has come, and nothing of its content (`Application` has the same and the rest)."""

    number: str
    business_id: str
    authority: str
    state: State
    is_being_entered: bool


def must_be_for(asker: Asker, application: Owned) -> None:
    """To a stranger another company's case does not exist; nor does a draft to an authority before it is filed.

    What came on paper is the other way round: the authority's handlers type it in, and the company sees it when
    it is filed. Raises NotFound or NotForYou.
    """
    if asker.role in SEES_ALL:
        return
    if asker.role is Role.COMPANY:
        if application.business_id != asker.business_id or application.is_being_entered:
            raise NotFound(what="application")
    elif application.authority != asker.authority:
        raise NotForYou(what="application")
    elif application.state in UNFILED and not (application.is_being_entered and asker.role is Role.HANDLER):
        raise NotFound(what="application")


def business_id_of(asker: Asker) -> str:
    """The company that the asker acts for. Raises NotForYou when there is none."""
    if not asker.business_id:
        raise NotForYou(what="application")
    return asker.business_id
