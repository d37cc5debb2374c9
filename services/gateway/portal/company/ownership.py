"""Ownership links: which undertakings the company has to do with, as it declares and as officials have recorded."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.identity import current_asker
from services.gateway.portal.forms import Form, as_typed, refusing, take_key
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.portal.typed_values import day_typed, rate_typed
from services.gateway.rooms import ask
from shared.contracts.customers import LIST_OWNERSHIP, OWNERSHIP_KINDS, RECORD_OWNERSHIP

LABELS = {
    "other": _l("Business ID of the other undertaking"),
    "side": _l("Which one owns"),
    "kind": _l("How they are linked"),
    "share": _l("Share"),
    "since": _l("From which day"),
    "until": _l("Until which day"),
    "owner": _l("Business ID of the other undertaking"),
    "owned": _l("Business ID of the other undertaking"),
}


@portal.get("/oma/yritys/omistus")
@policy.asks(LIST_OWNERSHIP, only=COMPANY)
def own_ownership() -> str:
    return _page(Form(labels=LABELS))


@portal.post("/oma/yritys/omistus")
@policy.asks(LIST_OWNERSHIP, RECORD_OWNERSHIP, only=COMPANY)
def declare_ownership() -> Redirect | tuple[str, int]:
    """The same link again with a last day ends it."""
    form = Form(labels=LABELS, typed=as_typed())
    since, until, share = day_typed(form, "since"), day_typed(form, "until", needed=False), rate_typed(form, "share")
    if faults := (*since.faults, *until.faults, *share.faults):
        return _page(form.with_faults(faults)), 422
    own, other = current_asker().business_id, form.value("other").strip()
    owner, owned = (own, other) if form.value("side") == "owner" else (other, own)
    take_key()
    with refusing(form) as tried:
        ask(
            RECORD_OWNERSHIP,
            owner=owner,
            owned=owned,
            kind=form.value("kind"),
            share=share.value,
            since=since.value,
            until=until.value,
        )
        return redirect(url_for("portal.own_ownership"), 303)
    return _page(tried.form), tried.status


def _page(form: Form) -> str:
    business_id = current_asker().business_id
    return render_template(
        "company/ownership.html",
        links=ask(LIST_OWNERSHIP, business_id=business_id)["items"],
        own=business_id,
        form=form,
        kinds=OWNERSHIP_KINDS,
    )
