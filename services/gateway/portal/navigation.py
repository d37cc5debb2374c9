"""The bar under the header: four to six places for each role. Every other page is at most two clicks from the first
of them; help and the state of the service are in the footer of every page."""

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
    Place("portal.simulator", _("Simulator")),
    Place("portal.help_page", _("Help")),
    Place("portal.service_status", _("Service status")),
)

OFFICIALS = (
    Place("portal.queue", _("Work queue")),
    Place("portal.decidable", _("To be decided")),
    Place("portal.follow_ups", _("After the decisions")),
    Place("portal.customers", _("Customers")),
    Place("portal.envelopes", _("Authority to grant")),
    Place("portal.calls", _("Calls")),
)

PLACES: dict[Role, tuple[Place, ...]] = {
    Role.VISITOR: VISITORS,
    Role.COMPANY: (
        Place("portal.own_page", _("My page")),
        Place("portal.own_applications", _("Applications")),
        Place("portal.own_projects", _("Projects and payments")),
        Place("portal.own_messages", _("Messages")),
        Place("portal.own_company", _("Company")),
        Place("portal.calls", _("Calls")),
    ),
    Role.HANDLER: OFFICIALS,
    Role.DECISION_MAKER: OFFICIALS,
    Role.VERIFIER: OFFICIALS,
    Role.PAYER: (
        Place("portal.ready_claims", _("Ready to be paid")),
        Place("portal.payment_files", _("Payment files")),
        Place("portal.bank_answers", _("The bank's answers")),
        Place("portal.failed_payments", _("Failed payments")),
        Place("portal.watched_payments", _("Bank payments")),
        Place("portal.follow_ups", _("After the decisions")),
    ),
    Role.AUDITOR: (
        Place("portal.overview", _("Overview")),
        Place("portal.watched_cases", _("Projects")),
        Place("portal.watched_payments", _("Bank payments")),
        Place("portal.follow_ups", _("After the decisions")),
        Place("portal.watched_envelopes", _("Authority to grant")),
        Place("portal.trail_check", _("Audit trail")),
    ),
    Role.OPERATOR: (
        Place("portal.parked_messages", _("Parked messages")),
        Place("portal.failed_mail", _("Failed mail")),
        Place("portal.unjudged_files", _("Unchecked files")),
        Place("portal.granted_authority", _("Authority to grant")),
        Place("portal.trail_check", _("Audit trail")),
        Place("portal.calls", _("Calls")),
    ),
}


def places_for(role: Role) -> tuple[Place, ...]:
    """A role without a bar of its own sees the public places."""
    return PLACES.get(role, VISITORS)
