"""A real SMTP server on the loopback: keeps what it is given, and refuses as it is told to."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event
from typing import Any, TypeVar, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

USER, PASSWORD = "anna", "s:a/l@inen%"


@dataclass
class Mailbox:
    """`says` is the answer to each recipient, `to_data` to each message; "" accepts."""

    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    says: str = ""
    to_data: str = ""

    async def handle_RCPT(  # noqa: N802  the server's own names
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.says:
            return self.says
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  as above
        if self.to_data:
            return self.to_data
        mail = cast(EmailMessage, message_from_bytes(envelope.content, policy=policy.default))
        self.mails.append(mail)
        self.recipients += envelope.rcpt_tos
        return "250 OK"


M = TypeVar("M", bound=Mailbox)


@dataclass
class HangingMailbox(Mailbox):
    """Hangs once, where it is told to: before it takes a recipient, or with a message that it has kept already."""

    hangs_at: str = ""
    hangs: Event = field(default_factory=Event)
    goes_on: Event = field(default_factory=Event)

    async def handle_RCPT(  # noqa: N802  as above
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        await self._hang("recipient")
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  as above
        answer = await super().handle_DATA(server, session, envelope)
        await self._hang("message")
        return answer

    async def _hang(self, place: str) -> None:
        if place != self.hangs_at or self.hangs.is_set():
            return
        self.hangs.set()
        await asyncio.get_running_loop().run_in_executor(None, self.goes_on.wait, 30.0)


@dataclass
class GuardedMailbox(Mailbox):
    """Notes of each message by whom and how it came: (the user who signed in, whether the line was secured)."""

    came: list[tuple[str, bool]] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  as above
        self.came.append((session.auth_data or "", session.ssl is not None))
        return await super().handle_DATA(server, session, envelope)

    def lets_in(self, server: Any, session: Any, envelope: Any, mechanism: str, auth_data: Any) -> AuthResult:
        """Anna with her password; every try is noted, as a thief in the line would."""
        user, password = auth_data.login.decode(), auth_data.password.decode()
        self.tried.append(password)
        known = (user, password) == (USER, PASSWORD)
        return AuthResult(success=known, auth_data=user, handled=known)


@contextmanager
def mail_server(mailbox: M | None = None, **how: Any) -> Iterator[tuple[M, str]]:
    """The mailbox and the SMTP_URL that leads to it. `how` is what the server asks of whoever comes."""
    kept = mailbox if mailbox is not None else cast(M, Mailbox())
    port = _free_port()
    controller = Controller(kept, hostname="127.0.0.1", port=port, **how)
    controller.start()
    try:
        yield kept, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


@contextmanager
def guarded_server(certificate: ssl.SSLContext | None) -> Iterator[tuple[GuardedMailbox, str]]:
    """As a real one is set up: nobody signs in before the line is secured, and nobody sends without signing in."""
    mailbox = GuardedMailbox()
    how = {"tls_context": certificate, "auth_required": True, "authenticator": mailbox.lets_in}
    with mail_server(mailbox, **how, require_starttls=certificate is not None) as (kept, url):
        yield kept, url


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
