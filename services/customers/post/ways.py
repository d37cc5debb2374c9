"""Two ways out. SMTP says what the server said; the directory keeps each mail as a file by its name."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from services.customers.domain.mail.outgoing import OutgoingMail
from services.customers.post.message import message_of
from services.customers.post.outcome import ACCEPTED, Outcome

PERMANENT = range(500, 600)


class Way(Protocol):
    def send(self, mail: OutgoingMail) -> Outcome: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """`tls` is always (STARTTLS or nothing), offered (STARTTLS where offered), from_start, or never."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    tls: str = "always"
    patience: float = 20.0

    def send(self, mail: OutgoingMail) -> Outcome:
        """A refusal of this recipient or this message (5xx) is for good; everything else may pass."""
        try:
            with self._connected() as connection:
                connection.send_message(message_of(mail, self.sender), self.sender, [mail.address])
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _said in refused.recipients.values()]
            return Outcome(accepted=False, for_good=all(code in PERMANENT for code in codes), why=f"smtp {codes[0]}")
        except smtplib.SMTPDataError as refused:
            return Outcome(accepted=False, for_good=refused.smtp_code in PERMANENT, why=f"smtp {refused.smtp_code}")
        except smtplib.SMTPSenderRefused as refused:
            return Outcome(accepted=False, why=f"smtp from {refused.smtp_code}")
        except smtplib.SMTPResponseException as refused:
            return Outcome(accepted=False, why=f"smtp {refused.smtp_code}")
        except (OSError, smtplib.SMTPException) as away:
            return Outcome(accepted=False, why=type(away).__name__)
        return ACCEPTED

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        secure = ssl.create_default_context()
        if self.tls == "from_start":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.patience, context=secure)
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=self.patience)
        with connection:
            connection.ehlo()
            if self.tls == "always" or (self.tls == "offered" and connection.has_extn("starttls")):
                connection.starttls(context=secure)
                connection.ehlo()
            if self.user:
                connection.login(self.user, self.password)
            yield connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """For the demonstration and for trying out: nobody is written to, and each mail can be looked at."""

    folder: Path
    sender: str

    def send(self, mail: OutgoingMail) -> Outcome:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            aside = self.folder / f".{mail.mail_id}"
            aside.write_bytes(message_of(mail, self.sender).as_bytes())
            os.replace(aside, self.folder / f"{mail.mail_id}.eml")
        except OSError as error:
            return Outcome(accepted=False, why=type(error).__name__)
        return ACCEPTED
