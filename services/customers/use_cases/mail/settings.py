"""One's own address and wishes. A new address is used once its reader has confirmed it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from services.customers.domain.company import code_digest, must_be_by_own_hand
from services.customers.domain.mail.addresses import AddressChange, confirmed, must_not_be_too_many
from services.customers.domain.mail.choices import (
    ADDRESS,
    ALWAYS_SENT,
    as_address,
    kinds_for,
    must_be_allowed,
    when_told,
)
from services.customers.domain.mail.outgoing import OutgoingMail, mail_id_for
from services.customers.domain.mail.words import Written, to_confirm, used_no_more
from services.customers.domain.people import Person
from services.customers.ports import Work
from shared.dates import helsinki_day
from shared.errors import NotFound

CONFIRMING = "asetukset/osoite/"  # after the front page's address, with the code at its end


def get_preferences(work: Work) -> dict[str, Any]:
    """The address, what waits to be confirmed, and for each kind that concerns the asker's role when it is told."""
    who = work.asker.person
    wishes = work.mail.wishes_of(who)
    change = work.mail.change_of(who)
    waiting = change if change and change.is_open(work.now) else None
    return {
        "person_id": who,
        "email": work.mail.address_of(who),
        "pending": waiting.address if waiting else None,
        "pending_until": waiting.expires_at if waiting else None,
        "choices": [
            {"kind": kind, "when": when_told(kind, wishes), "fixed": kind in ALWAYS_SENT}
            for kind in kinds_for(work.asker.role)
        ],
    }


def set_contact(work: Work, address: str, *, email: str) -> dict[str, Any]:
    """The asker's own address: a link goes to it, and it is used when the link has been followed; till then the old
    one is. An empty one ends mail at once, and the old one is told. `address` is the service's front page.

    Raises InvalidFields: not_an_email, too_long, too_many_addresses; OwnHandNeeded for a program's key.
    """
    must_be_by_own_hand(work.asker)
    who, wanted = _asking(work), as_address(email)
    current, change = work.mail.address_of(who.person_id), work.mail.change_of(who.person_id, locked=True)
    if wanted in ("", current):
        work.mail.forget_change(who.person_id)
        if wanted != current:
            _take_into_use(work, who, "", address)
    elif change is None or not change.was_just_asked(wanted, work.now):
        _ask_to_confirm(work, who, wanted, address)
    return get_preferences(work)


def confirm_contact(work: Work, address: str, *, code: str) -> dict[str, Any]:
    """Whoever follows the link signed in as who gave the address: it is used from now on, and the old one is told.

    Raises AddressCodeOver; OwnHandNeeded for a program's key.
    """
    must_be_by_own_hand(work.asker)
    who = _asking(work)
    change = confirmed(work.mail.change_of(who.person_id, locked=True), code, work.now)
    work.mail.forget_change(who.person_id)
    _take_into_use(work, who, change.address, address)
    return get_preferences(work)


def set_preferences(work: Work, *, choices: Mapping[str, str]) -> dict[str, Any]:
    """Raises InvalidFields: cannot_be_turned_off; OwnHandNeeded for a program's key."""
    must_be_by_own_hand(work.asker)
    must_be_allowed(choices)
    for kind, when in choices.items():
        work.mail.wish(work.asker.person, kind, when)
    return get_preferences(work)


def _asking(work: Work) -> Person:
    known = work.people.get(work.asker.person)
    if known is None:
        raise NotFound(what="person")
    return known


def _ask_to_confirm(work: Work, who: Person, wanted: str, address: str) -> None:
    must_not_be_too_many(work.mail.sent_since(who.person_id, ADDRESS, work.now - timedelta(days=1)))
    code = secrets.token_urlsafe(32)
    change = AddressChange(person_id=who.person_id, address=wanted, digest=code_digest(code), asked_at=work.now)
    work.mail.keep_change(change)
    letter = to_confirm(who.language, f"{address}{CONFIRMING}{code}", helsinki_day(change.expires_at))
    _send(work, who, wanted, letter, change.cause)


def _take_into_use(work: Work, who: Person, new: str, address: str) -> None:
    old = work.mail.address_of(who.person_id)
    work.mail.set_address(who.person_id, new, work.now)
    if old:
        _send(work, who, old, used_no_more(who.language, address), f"address/{work.now.isoformat()}")


def _send(work: Work, who: Person, to: str, letter: Written, cause: str) -> None:
    asker = work.asker
    work.mail.add(
        OutgoingMail(
            mail_id=mail_id_for(who.person_id, cause),
            person_id=who.person_id,
            cause=cause,
            kind=ADDRESS,
            role=asker.role.value,
            business_id=asker.business_id,
            authority=None,
            about=None,
            number=None,
            address=to,
            language=who.language,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            made_at=work.now,
            next_try_at=work.now,
        )
    )
