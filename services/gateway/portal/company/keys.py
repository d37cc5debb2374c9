"""API keys of the company: for its own programs, or an accountant's."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.identity import current_asker
from services.gateway.portal.forms import Form, as_typed, refusing, take_key
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.portal.typed_values import day_typed
from services.gateway.rooms import ask
from shared.contracts.customers import CREATE_API_KEY, LIST_API_KEYS, LIST_COMPANY_PEOPLE, REVOKE_API_KEY

LABELS = {
    "name": _l("Name of the key"),
    "person_id": _l("In whose name"),
    "rights": _l("What the key may do"),
    "expires_on": _l("Last day of the key"),
}
RIGHTS = {"prepare": ["prepare"], "sign": ["prepare", "sign"]}


@portal.get("/oma/yritys/avaimet")
@policy.asks(LIST_API_KEYS, LIST_COMPANY_PEOPLE, only=COMPANY)
def api_keys() -> str:
    return _page(Form(labels=LABELS, typed={"rights": "prepare", "person_id": current_asker().person}))


@portal.post("/oma/yritys/avaimet")
@policy.asks(LIST_API_KEYS, LIST_COMPANY_PEOPLE, CREATE_API_KEY, only=COMPANY)
def make_api_key() -> str | tuple[str, int]:
    """The key is shown on the page that answers, and never again."""
    form = Form(labels=LABELS, typed=as_typed())
    day = day_typed(form, "expires_on")
    if day.faults:
        return _page(form.with_faults(day.faults)), 422
    take_key()
    with refusing(form) as tried:
        made = ask(
            CREATE_API_KEY,
            name=form.value("name"),
            person_id=form.value("person_id") or None,
            rights=RIGHTS.get(form.value("rights"), []),
            expires_on=day.value,
        )
        return render_template("company/key_made.html", made=made)
    return _page(tried.form), tried.status


@portal.post("/oma/yritys/avaimet/<key_id>")
@policy.asks(REVOKE_API_KEY, only=COMPANY)
def revoke_api_key(key_id: str) -> Redirect:
    take_key()
    ask(REVOKE_API_KEY, key_id=key_id)
    return redirect(url_for("portal.api_keys"), 303)


def _page(form: Form) -> str:
    business_id = current_asker().business_id
    return render_template(
        "company/keys.html",
        keys=ask(LIST_API_KEYS, business_id=business_id)["items"],
        people=ask(LIST_COMPANY_PEOPLE, business_id=business_id)["items"],
        form=form,
        may_sign="sign" in current_asker().rights,
    )
