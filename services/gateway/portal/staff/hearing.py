"""Hearing on the pages of proposals: how it stands, the way to begin it, or the ground of the law for none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from services.gateway.portal.forms import Form
from services.gateway.portal.frame import words
from services.gateway.portal.pages import portal
from shared.contracts.applications import UNHEARD_GROUNDS
from shared.errors import Fault

LABELS: Mapping[str, LazyString] = {
    "unheard_ground": _l("Ground for deciding unheard"),
    "unheard_reason": _l("Why the ground fits this case"),
}
_SENT, _TYPED = "unheard.", "unheard_"


def unheard(form: Form) -> dict[str, str] | None:
    """The ground and its reason as they go to the room; None when no ground was chosen."""
    ground = form.value("unheard_ground")
    if ground not in UNHEARD_GROUNDS:
        return None
    return {"ground": ground, "reason": form.value("unheard_reason").strip()}


def placed(faults: Iterable[Fault]) -> Iterator[Fault]:
    """The room's faults of hearing at the fields of the page."""
    for fault in faults:
        yield Fault(fault.path.replace(_SENT, _TYPED, 1), fault.rule, fault.facts)


def unheard_options() -> list[tuple[str, str, str]]:
    return [(ground, words("unheard_ground", ground), words("unheard_hint", ground)) for ground in UNHEARD_GROUNDS]


portal.add_app_template_global(unheard_options)
