"""The company's people: who acts for it, who is invited, who leaves; and two signatures or one."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.identity import current_asker
from services.gateway.portal.forms import Form, as_typed, posted_version, refusing, take_key
from services.gateway.portal.frame import now
from services.gateway.portal.lists import asked_page
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.rooms import ask
from shared.contracts.customers import (
    ASK_RELEASE,
    CHANGE_PERSONS_ROLE,
    COMPANY_ROLES,
    END_PERSON,
    INVITE_PERSON,
    LIST_COMPANY_ACTS,
    LIST_COMPANY_PEOPLE,
    SET_COMPANY_PREFERENCES,
    SETTLE_RELEASE,
    WITHDRAW_INVITATION,
)
from shared.errors import NotFound

INVITATION_LABELS = {"name": _l("Name of the person"), "role": _l("What the person may do")}
PERSON_LABELS = {"role": _l("What the person may do"), "successor": _l("Who takes over")}
CHOICE_LABELS = {
    "second_signature": _l("Two signatures"),
    "responsible": _l("Person responsible for drafts"),
}


@portal.get("/oma/yritys/ihmiset")
@policy.asks(LIST_COMPANY_PEOPLE, LIST_COMPANY_ACTS, only=COMPANY)
def company_people() -> str:
    """Who may do what for the company, on what ground and until when, and who has acted."""
    return _page(Form(labels=INVITATION_LABELS, typed={"role": "editor"}))


@portal.post("/oma/yritys/ihmiset")
@policy.asks(LIST_COMPANY_PEOPLE, LIST_COMPANY_ACTS, INVITE_PERSON, only=COMPANY)
def invite_person() -> str | tuple[str, int]:
    """The link is shown once: it is a secret until somebody accepts it."""
    form = Form(labels=INVITATION_LABELS, typed=as_typed())
    take_key()
    with refusing(form) as tried:
        made = ask(INVITE_PERSON, name=form.value("name"), role=form.value("role"))
        return render_template("company/invited.html", made=made, address=_address(made["code"]))
    return _page(tried.form), tried.status


@portal.post("/oma/yritys/kutsut/<invitation_id>")
@policy.asks(WITHDRAW_INVITATION, only=COMPANY)
def withdraw_invitation(invitation_id: str) -> Redirect:
    take_key()
    ask(WITHDRAW_INVITATION, invitation_id=invitation_id)
    return _to_people()


@portal.get("/oma/yritys/ihmiset/<person_id>")
@policy.asks(LIST_COMPANY_PEOPLE, only=COMPANY)
def company_person(person_id: str) -> str:
    found = _people()
    person = _one_of(found, person_id)
    return _person_page(found, person, Form(labels=PERSON_LABELS, typed={"role": person["role"]}))


@portal.post("/oma/yritys/ihmiset/<person_id>")
@policy.asks(LIST_COMPANY_PEOPLE, CHANGE_PERSONS_ROLE, END_PERSON, only=COMPANY)
def change_person(person_id: str) -> Redirect | tuple[str, int]:
    """Another role, or the end: then sessions are cut at once and what was theirs goes to somebody else."""
    form = Form(labels=PERSON_LABELS, typed=as_typed())
    take_key(request.form.get("teko", ""))
    with refusing(form) as tried:
        if request.form.get("teko") == "paata":
            ask(END_PERSON, person_id=person_id, successor=form.value("successor") or None)
        else:
            ask(CHANGE_PERSONS_ROLE, person_id=person_id, role=form.value("role"))
        return _to_people()
    found = _people()
    return _person_page(found, _one_of(found, person_id), tried.form), tried.status


@portal.post("/oma/yritys/valinnat")
@policy.asks(LIST_COMPANY_PEOPLE, LIST_COMPANY_ACTS, SET_COMPANY_PREFERENCES, only=COMPANY)
def choose_for_company() -> Redirect | tuple[str, int]:
    form = Form(labels=CHOICE_LABELS, typed=as_typed(), version=posted_version())
    take_key()
    with refusing(form) as tried:
        ask(
            SET_COMPANY_PREFERENCES,
            second_signature=bool(form.value("second_signature")),
            responsible=form.value("responsible") or None,
            version=form.version,
        )
        return _to_people()
    return _page(Form(labels=INVITATION_LABELS, typed={"role": "editor"}), tried.form), tried.status


@portal.post("/oma/yritys/yksi-allekirjoitus")
@policy.asks(LIST_COMPANY_PEOPLE, LIST_COMPANY_ACTS, ASK_RELEASE, only=COMPANY)
def ask_release() -> Redirect | tuple[str, int]:
    """Ask the other signatories whether one signature may be enough again."""
    take_key()
    with refusing(Form(labels=CHOICE_LABELS)) as tried:
        ask(ASK_RELEASE)
        return _to_people()
    return _page(Form(labels=INVITATION_LABELS, typed={"role": "editor"}), refused=tried.form), tried.status


@portal.post("/oma/yritys/yksi-allekirjoitus/<release_id>")
@policy.asks(LIST_COMPANY_PEOPLE, LIST_COMPANY_ACTS, SETTLE_RELEASE, only=COMPANY)
def settle_release(release_id: str) -> Redirect | tuple[str, int]:
    """Another signatory's yes or no; who asked can take it back."""
    take_key(request.form.get("vastaus", ""))
    with refusing(Form(labels=CHOICE_LABELS)) as tried:
        ask(SETTLE_RELEASE, release_id=release_id, confirmed=request.form.get("vastaus") == "vahvista")
        return _to_people()
    return _page(Form(labels=INVITATION_LABELS, typed={"role": "editor"}), refused=tried.form), tried.status


@portal.get("/oma/yritys/yksi-allekirjoitus")
@portal.get("/oma/yritys/yksi-allekirjoitus/<release_id>")
@policy.asks(only=COMPANY)
def back_to_people(release_id: str = "") -> Redirect:
    """The address of a deed, opened as a page (after sign-in, or from history)."""
    return _to_people()


def _page(form: Form, choices: Form | None = None, refused: Form | None = None) -> str:
    found, wanted = _people(), asked_page(size=20)
    acts = ask(LIST_COMPANY_ACTS, business_id=current_asker().business_id, **wanted)
    chosen = found["preferences"]
    typed = {
        "second_signature": "kylla" if chosen["second_signature"] else "",
        "responsible": chosen["responsible"] or "",
    }
    return render_template(
        "company/people.html",
        people=found["items"],
        invitations=found["invitations"],
        acts=acts["items"],
        total=acts["total"],
        form=form,
        refused=refused,
        two=chosen["second_signature"],
        release=found["release"],
        choices=choices or Form(labels=CHOICE_LABELS, typed=typed, version=chosen["version"]),
        roles=COMPANY_ROLES,
        may_sign="sign" in current_asker().rights,
        me_id=current_asker().person,
        **wanted,
    )


def _person_page(found: dict[str, Any], person: dict[str, Any], form: Form) -> str:
    others = [other for other in found["items"] if other["person_id"] != person["person_id"]]
    me = current_asker()
    signs_now = person["role"] == "signatory" and (person["until"] is None or person["until"] > now())
    return render_template(
        "company/person.html",
        person=person,
        others=others,
        form=form,
        roles=COMPANY_ROLES,
        may_sign="sign" in me.rights,
        stays=found["preferences"]["second_signature"] and signs_now and person["person_id"] != me.person,
    )


def _people() -> dict[str, Any]:
    return ask(LIST_COMPANY_PEOPLE, business_id=current_asker().business_id)


def _one_of(found: dict[str, Any], person_id: str) -> dict[str, Any]:
    for person in found["items"]:
        if person["person_id"] == person_id:
            return dict(person)
    raise NotFound(what="person")


def _address(code: str) -> str:
    return url_for("portal.invitation", code=code, _external=True) if code else ""


def _to_people() -> Redirect:
    return redirect(url_for("portal.company_people"), 303)
