"""Sending: one mail is taken in one transaction, put on the wire outside any, and given back in another.

Killed between the two, it is taken again when its lease is over, by the same Message-ID.
"""

from __future__ import annotations

from typing import Any

from services.customers.domain.mail.addresses import is_still_asked
from services.customers.domain.mail.choices import ADDRESS, masked
from services.customers.domain.mail.outgoing import FAILED, OutgoingMail
from services.customers.ports import Work
from services.customers.post.outcome import Outcome
from services.customers.use_cases.mail.telling import holds
from shared.contracts import customers as contract
from shared.errors import NotFound


def take_next(work: Work) -> OutgoingMail | None:
    """The next mail that is due, for somebody who may still be told. Whoever left is passed over, for good."""
    while mail := work.mail.next_due(work.now):
        if to := _where_to(work, mail):
            taken = mail.taken(to, work.now)
            work.mail.put(taken)
            return taken
        work.mail.put(mail.dropped())
    return None


def _where_to(work: Work, mail: OutgoingMail) -> str:
    """The person's present address; what is about an address goes to that one. Empty for whoever has left, and
    for a link that is over: an address given up by now hears nothing.
    """
    if mail.kind == ADDRESS:
        change = work.mail.change_of(mail.person_id)
        return mail.address if is_still_asked(mail.cause, change, work.now) else ""
    person = work.people.get(mail.person_id)
    told = person and holds(person, mail.role, mail.business_id, mail.authority, work)
    return work.mail.address_of(mail.person_id) if told else ""


def give_back(work: Work, mail_id: str, outcome: Outcome) -> None:
    """What became of it. A mail that failed for good is told of in its case."""
    mail = work.mail.locked(mail_id)
    if mail is None or mail.next_try_at is None:
        return
    if outcome.accepted:
        work.mail.put(mail.sent(work.now))
        return
    after = mail.refused(outcome.why) if outcome.for_good else mail.put_off(outcome.why, work.now)
    work.mail.put(after)
    if after.state == FAILED and after.about:
        work.announce(
            contract.MAIL_FAILED,
            mail_id,
            mail_id=mail_id,
            person_id=after.person_id,
            kind=after.kind,
            about=after.about,
            failed_at=work.now,
        )


def send_again(work: Work, *, mail_id: str) -> dict[str, Any]:
    """An operator lets a failed mail try once more, to the person's present address. Raises NotFound."""
    mail = work.mail.locked(mail_id)
    if mail is None:
        raise NotFound(what="mail")
    if mail.state == FAILED:
        mail = mail.once_more(work.now)
        work.mail.put(mail)
    return row_of(mail)


def row_of(mail: OutgoingMail) -> dict[str, Any]:
    return {
        "mail_id": mail.mail_id,
        "person_id": mail.person_id,
        "to": masked(mail.address),
        "kind": mail.kind,
        "number": mail.number,
        "state": mail.state,
        "made_at": mail.made_at,
        "sent_at": mail.sent_at,
        "next_try_at": mail.next_try_at,
        "tries": mail.tries,
        "why": mail.why,
    }
