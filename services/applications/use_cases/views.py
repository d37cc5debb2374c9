"""Views of the queue that a person keeps under a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from services.applications.domain.views import SavedView, must_have_room
from services.applications.ports import Work
from services.applications.screens import Screen
from shared.contracts.applications.casework import ViewFilters
from shared.errors import Fault, InvalidFields, NotForYou, NotFound

_NOTHING = ("", False, None, [])
_USUAL_KIND = "application"


def save_view(work: Work, name: str, filters: Mapping[str, Any], shared: bool = False, view_id: str = "") -> SavedView:
    """A new view, or the owner's own one changed. Raises NotFound for another's, TooManyViews."""
    if not name.strip():
        raise InvalidFields(faults=[Fault("name", "required")])
    owner, authority = work.asker.person, _authority(work)
    if view_id:
        _own(work, view_id)
    else:
        must_have_room(work.views.count_of(owner, authority))
    view = SavedView(
        view_id=view_id or uuid4().hex,
        owner=owner,
        authority=authority,
        name=name.strip(),
        filters=on_the_wire(filters),
        shared=shared,
        saved_at=work.now,
    )
    work.views.put(view)
    return view


def delete_view(work: Work, view_id: str) -> Screen:
    _own(work, view_id)
    work.views.remove(view_id)
    return {"view_id": view_id}


def on_the_wire(filters: Mapping[str, Any]) -> dict[str, Any]:
    """What narrows something, as it goes over the wire; what narrows nothing is left out."""
    dumped: dict[str, Any] = ViewFilters().dump(filters)
    told = {name: value for name, value in dumped.items() if value not in _NOTHING}
    return {name: value for name, value in told.items() if (name, value) != ("kind", _USUAL_KIND)}


def _own(work: Work, view_id: str) -> None:
    """A shared view is everyone's to look at and its owner's to change."""
    if work.views.get(view_id).owner != work.asker.person:
        raise NotFound(what="view")


def _authority(work: Work) -> str:
    if not work.asker.authority:
        raise NotForYou(what="view")
    return work.asker.authority
