"""The way out of this installation, read once from the environment by the process that sends.

Read at the first round and not at import: the embedded run sets its places after the modules are loaded.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from services.customers.post.ways import Directory, SmtpServer, Way

PORTS = {"smtp": 587, "smtps": 465}
TLS = ("always", "offered", "never")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class WrongMailSettings(Exception):
    """SMTP_URL or MAIL_FROM can't be used; the text says what it should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """`way` None: mail waits until one is set. `front_page` is the only address a mail leads to."""

    way: Way | None
    front_page: str


@cache
def post() -> Post:
    return post_in(os.environ)


def post_in(environ: Mapping[str, str]) -> Post:
    """SMTP_URL (smtp://user:password@host:port?tls=always, or smtps://), else MAIL_DIR; MAIL_FROM; PUBLIC_URL."""
    sender = environ.get("MAIL_FROM", "")
    address = environ.get("SMTP_URL", "")
    folder = environ.get("MAIL_DIR", "")
    if address and "@" not in sender:
        raise WrongMailSettings("MAIL_FROM: the service's own address is needed to send mail")
    way: Way | None = None
    if address:
        way = _server(address, sender)
    elif folder:
        way = Directory(folder=Path(folder), sender=sender or "tukivayla@localhost")
    return Post(way=way, front_page=environ.get("PUBLIC_URL", "http://localhost:8000").rstrip("/") + "/")


def _server(address: str, sender: str) -> SmtpServer:
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname:
        raise WrongMailSettings("SMTP_URL: smtp://user:password@host:port or smtps://user:password@host:port")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():
        raise WrongMailSettings("SMTP_URL: the user and the password in ASCII letters only, as smtplib sends them")
    # A password is never sent in the clear: without TLS only a server on this very machine is spoken to.
    tls = "from_start" if parts.scheme == "smtps" else _tls(parts.query, parts.hostname)
    return SmtpServer(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        sender=sender,
        user=user,
        password=password,
        tls=tls,
    )


def _tls(query: str, host: str) -> str:
    asked = query.removeprefix("tls=") if query else "offered" if host in LOOPBACK else "always"
    if asked not in TLS or (asked != "always" and host not in LOOPBACK):
        raise WrongMailSettings("SMTP_URL: outside this machine mail goes by TLS only")
    return asked
