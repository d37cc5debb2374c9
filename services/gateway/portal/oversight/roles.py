"""Who works at these pages. A page that several roles share lies in the reader's own place of the bar."""

from __future__ import annotations

from services.gateway.identity import current_asker
from services.gateway.portal.pages import portal
from shared.asker import Role

PAYER = frozenset({Role.PAYER})
AUDITOR = frozenset({Role.AUDITOR})
OPERATOR = frozenset({Role.OPERATOR})
WATCHERS = AUDITOR | OPERATOR
FOLLOWERS = AUDITOR | PAYER


def place_of(**endpoints: str) -> str:
    """The endpoint of the bar that a shared page belongs to: `place_of(payer="portal.…", auditor="portal.…")`."""
    return endpoints.get(current_asker().role.value, "")


portal.add_app_template_global(place_of)
