"""The bar under the header: four to six places for each role."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from shared.asker import Role


@dataclass(frozen=True, slots=True)
class Place:
    """A room of the portal: its page's endpoint and its name in the bar."""

    endpoint: str
    name: LazyString


VISITORS = (
    Place("portal.front_page", _("Front page")),
    Place("portal.calls", _("Calls")),
    Place("portal.help_page", _("Help")),
    Place("portal.service_status", _("Service status")),
)

PLACES: dict[Role, tuple[Place, ...]] = {
    Role.VISITOR: VISITORS,
    Role.COMPANY: (
        Place("portal.own_page", _("My page")),
        Place("portal.own_applications", _("Applications")),
        Place("portal.own_projects", _("Projects and payments")),
        Place("portal.own_company", _("Company")),
        Place("portal.calls", _("Calls")),
    ),
}


def places_for(role: Role) -> tuple[Place, ...]:
    """A role without a bar of its own sees the public places."""
    return PLACES.get(role, VISITORS)
