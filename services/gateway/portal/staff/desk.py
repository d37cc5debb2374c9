"""Who works at these pages, and what all of them share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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


def is_now(*roles: Role) -> bool:
    return current_asker().role in roles


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a case stands now: the address and name of the way to it, its state, and the last act on it."""

    address: str
    way: str
    what: str  # application_state or claim_state
    state: str
    by: str | None
    at: datetime | None


def of_application(case: Mapping[str, Any]) -> Standing:
    return Standing(
        address=url_for("portal.staff_case", number=case["number"]),
        way=_("Open the case again"),
        what="application_state",
        state=case["state"],
        by=case["saved_by"],
        at=case["saved_at"],
    )


def of_claim(claim: Mapping[str, Any]) -> Standing:
    decision = claim["decision"] or {}
    acts = [(decision.get(f"{act}_at"), decision.get(f"{act}_by")) for act in ("decided", "proposed")]
    done = [act for act in (*acts, (claim["verified_at"], claim["verified_by"])) if act[0]]
    at, by = done[0] if done else (claim["submitted_at"], claim["submitted_by"])
    return Standing(
        address=url_for("portal.staff_claim", claim_id=claim["claim_id"]),
        way=_("Open the claim again"),
        what="claim_state",
        state=claim["state"],
        by=by,
        at=at,
    )


def stopped(form: Form, heading: str, now: Standing) -> Response:
    """409 of a decision: nothing is merged. Who did what when, and the way to begin again from how things stand."""
    return make_response(render_template("staff/stopped.html", form=form, heading=heading, standing=now), CONFLICT)


portal.add_app_template_global(first_place)
portal.add_app_template_global(first_endpoint)
portal.add_app_template_global(is_me)
portal.add_app_template_global(language_name)
