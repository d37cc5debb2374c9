"""What is promised when an application is sent, and who may send it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from services.gateway.identity import current_asker, current_session

PROMISES = {
    "tiedot_oikein": _l("The information is right, and the project has not been started."),
    "julkisuus": _l(
        "We know that the authority may inspect the project, and that the company's name, the purpose of the aid "
        "and its sum are public."
    ),
}


def may_sign() -> bool:
    session = current_session()
    return bool(session and "sign" in session["capacity"]["rights"])


def signer() -> str:
    session = current_session()
    return str(session["name"]) if session else current_asker().person
