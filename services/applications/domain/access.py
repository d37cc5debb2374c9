"""Whose case it is: a company sees its own, an authority's people their authority's, auditors and operators all."""

from __future__ import annotations

from services.applications.domain.applications import Application
from services.applications.domain.states import UNFILED
from shared.asker import Asker, Role
from shared.errors import NotForYou, NotFound

SEES_ALL = frozenset({Role.AUDITOR, Role.OPERATOR, Role.SYSTEM})


def must_be_for(asker: Asker, application: Application) -> None:
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
