"""Who works at these pages, and what all of them share."""

from __future__ import annotations

from flask import Response, make_response, render_template, url_for
from flask_babel import gettext as _

from services.gateway.identity import current_asker
from services.gateway.portal.forms import Form
from services.gateway.portal.navigation import places_for
from services.gateway.portal.pages import portal
from shared.asker import STAFF, Role

OFFICIALS = frozenset({Role.HANDLER, Role.DECISION_MAKER, Role.VERIFIER})
HANDLER = frozenset({Role.HANDLER})
DECISION_MAKER = frozenset({Role.DECISION_MAKER})
VERIFIER = frozenset({Role.VERIFIER})
READERS = STAFF  # the paper under a number is for everyone who answers for the number

CONFLICT = 409


def is_now(role: Role) -> bool:
    return current_asker().role is role


def is_me(*people: str | None) -> bool:
    """Whether the reader is one of these people; nobody is nobody."""
    return current_asker().person in people


def first_place() -> tuple[str, str]:
    """Address and name of the reader's first place, for the trail of crumbs: a reader may be of any role."""
    place = places_for(current_asker().role)[0]
    return url_for(place.endpoint), str(place.name)


def first_endpoint() -> str:
    return places_for(current_asker().role)[0].endpoint


def language_name(code: str) -> str:
    """The language of a decision, in the page's language."""
    return {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")}[code]


def stopped(form: Form, heading: str, address: str, way: str) -> Response:
    """409 of a decision: nothing is merged. Who did what when, and the way to begin again from how things stand."""
    page = render_template("staff/stopped.html", form=form, heading=heading, address=address, way=way)
    return make_response(page, CONFLICT)


portal.add_app_template_global(first_place)
portal.add_app_template_global(first_endpoint)
portal.add_app_template_global(is_me)
portal.add_app_template_global(language_name)
