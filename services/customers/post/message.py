"""A mail as it goes on the wire: plain text first, the same as HTML second, a stable name, no reader's answer-robot."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from services.customers.domain.mail.outgoing import OutgoingMail
from services.customers.domain.mail.words import sender_name
from shared.reference.authorities import BY_CODE


def message_of(mail: OutgoingMail, sender: str) -> EmailMessage:
    """`sender` is the service's own address; the authority is named as the sender and gets the answers."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name=sender_name(mail.authority, mail.language), addr_spec=sender)
    message["To"] = Address(addr_spec=mail.address)
    authority = BY_CODE.get(mail.authority or "")
    message["Reply-To"] = Address(addr_spec=authority.email if authority else sender)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.made_at)
    message["Message-ID"] = f"<{mail.mail_id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: an absent reader's robot does not answer
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    message["Content-Language"] = mail.language  # last: what is there before goes to the first part
    return message
