"""Mail: what the parties and officials are told by e-mail, in whose language, and what each wants to be told.

A mail says that something is to be done or has happened, and by when; never a sum, a text of the case or a secret.
"""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import EVERYONE, STAFF, Role
from shared.contracts.customers.core import ROOM
from shared.contracts.terms import Answer, Event, Fact, Nothing, Operation, PageRequest, Request, command, query
from shared.fields import text

MAIL_KINDS = (
    *("completion", "hearing", "decision", "transfer"),
    *("message", "deadline", "signature", "file", "payment", "progress"),
    *("task", "agenda", "address"),
)
"""What a mail is about. `signature` is for the company's people among themselves, `file` a file that can't be used;
`task` and `agenda` are for officials: a deed that waits, and the list of the morning. `address` goes to an address
itself: that it is to be confirmed, or is used no more."""

ALWAYS_SENT = ("completion", "hearing", "decision", "transfer")
"""Kinds that can't be turned off or put off: a day runs from them (HL 434/2003 33–34 §, 54 §; laki 13/2003 18 §)."""

WHEN = ("at_once", "daily", "never")
MAIL_STATES = ("waiting", "sent", "failed", "dropped")
"""`failed`: the recipient's server said no for good, or nobody took it in four days. `dropped`: the person had left."""


class SetContact(Request):
    """The asker's own e-mail address; an empty one ends mail. A new one is used once it has been confirmed."""

    email = text(254, least=0)


class ConfirmContact(Request):
    """The code of the link that was sent to the new address."""

    code = text(60)


class SetPreferences(Request):
    """What the asker wants to be told, by kind: at once, in one letter a day, or never (where the law allows)."""

    choices = fields.Dict(
        keys=fields.String(validate=validate.OneOf(MAIL_KINDS)),
        values=fields.String(validate=validate.OneOf(WHEN)),
        required=True,
    )


class MailChoice(Answer):
    kind = fields.String(required=True, validate=validate.OneOf(MAIL_KINDS))
    when = fields.String(required=True, validate=validate.OneOf(WHEN))
    fixed = fields.Boolean(required=True)


class MailSettings(Answer):
    """The kinds that concern the asker's present role, in order. `pending` waits to be confirmed until its time."""

    person_id = text(60)
    email = text(254, least=0)
    pending = text(254, required=False, allow_none=True, load_default=None)
    pending_until = fields.AwareDateTime(load_default=None, allow_none=True)
    choices = fields.List(fields.Nested(MailChoice), required=True)


class ListMail(PageRequest):
    """Officials see the mail of one case, `number`; operators all of it."""

    number = text(40, required=False, least=0, load_default="")
    state = fields.String(load_default="", validate=validate.OneOf(("", *MAIL_STATES)))


class MailRow(Answer):
    """One mail. The address is masked; `why` is the server's own words on a failure, with no address in it."""

    mail_id = text(60)
    person_id = text(60)
    to = text(254)
    kind = fields.String(required=True, validate=validate.OneOf(MAIL_KINDS))
    number = text(40, allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(MAIL_STATES))
    made_at = fields.AwareDateTime(required=True)
    sent_at = fields.AwareDateTime(required=True, allow_none=True)
    next_try_at = fields.AwareDateTime(required=True, allow_none=True)
    tries = fields.Integer(required=True)
    why = text(300, least=0)


class MailList(Answer):
    items = fields.List(fields.Nested(MailRow), required=True)
    total = fields.Integer(required=True)


class OneMail(Request):
    mail_id = text(60)


class MailFailedV1(Fact):
    """A mail that could not be delivered: whoever handles the case has to reach the party otherwise.

    `about` is the case, "application/A80655".
    """

    mail_id = text(60)
    person_id = text(60)
    kind = fields.String(required=True, validate=validate.OneOf(MAIL_KINDS))
    about = text(80)
    failed_at = fields.AwareDateTime(required=True)


MAIL_FAILED = Event(room=ROOM, name="mail_failed", version=1, subject="mail", schema=MailFailedV1)

EVENTS: tuple[Event, ...] = (MAIL_FAILED,)

_PEOPLE = EVERYONE - {Role.VISITOR, Role.SYSTEM}
_TOLD = _PEOPLE - {Role.AUDITOR}  # an auditor changes nothing, and is told nothing by mail

SET_CONTACT = command(ROOM, "set_contact", SetContact, MailSettings, *_TOLD, personal=True)
CONFIRM_CONTACT = command(ROOM, "confirm_contact", ConfirmContact, MailSettings, *_TOLD, personal=True)
SET_PREFERENCES = command(ROOM, "set_preferences", SetPreferences, MailSettings, *_TOLD, personal=True)
GET_PREFERENCES = query(ROOM, "get_preferences", Nothing, MailSettings, *_PEOPLE)
LIST_MAIL = query(ROOM, "list_mail", ListMail, MailList, *STAFF)
SEND_AGAIN = command(ROOM, "send_again", OneMail, MailRow, Role.OPERATOR)

OPERATIONS: tuple[Operation, ...] = (
    SET_CONTACT,
    CONFIRM_CONTACT,
    SET_PREFERENCES,
    GET_PREFERENCES,
    LIST_MAIL,
    SEND_AGAIN,
)
