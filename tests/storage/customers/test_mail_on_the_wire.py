"""Mail on a real line: secured and signed in or not at all, and a process that dies while it speaks loses nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import pytest

from services.customers import mail_lists
from services.customers.domain.mail.outgoing import LEASE
from services.customers.post.configured import post
from services.customers.post.ways import SmtpServer
from services.customers.service import CustomersService
from services.customers.storage import CustomersWork
from shared.asker import the_house
from shared.messaging.service import OpenOffice
from shared.messaging.settings import BusSettings
from shared.storage.database import Database
from tests.support.certificates import Authority
from tests.support.customers_builders import OPERATOR
from tests.support.eventually import eventually
from tests.support.mail_journeys import COMPLETION, SENDER, MailJourney
from tests.support.mail_server import PASSWORD, USER, HangingMailbox, guarded_server, mail_server

pytestmark = pytest.mark.postgres


@pytest.fixture
def journey(room_database: Database) -> MailJourney:
    """Three people of the company, each with a mail that waits."""
    journey = MailJourney(room_database)
    journey.company()
    for person in ("satu", "onni", "eeva"):
        journey.person(person)
    journey.hear("applications.completion_requested", COMPLETION)
    return journey


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """The one that this machine trusts."""
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.trusted))
    return authority


def signed_in(url: str, password: str = PASSWORD) -> str:
    """The server's SMTP_URL with a user, by the name that its certificate bears; secured, though it is this machine."""
    return url.replace("127.0.0.1", f"{USER}:{quote(password, safe='')}@localhost") + "?tls=always"


def states(journey: MailJourney) -> Counter[tuple[str, str]]:
    with journey.work(OPERATOR) as work:
        rows = mail_lists.mails(work.session, OPERATOR, page=1, size=50, sort="")["items"]
    return Counter((row["state"], row["why"]) for row in rows)


def test_mail_goes_over_a_secured_line_by_a_user_who_signed_in(journey: MailJourney, authority: Authority) -> None:
    with guarded_server(authority.server()) as (mailbox, url):
        outcomes = journey.send(signed_in(url))

    assert [outcome.accepted for outcome in outcomes] == [True] * 3
    assert mailbox.came == [(USER, True)] * 3


def test_a_server_with_a_certificate_that_nobody_vouches_for_gets_neither_mail_nor_password(
    journey: MailJourney, authority: Authority, tmp_path: Path
) -> None:
    stranger = Authority(tmp_path, "Tuntematon")
    with guarded_server(stranger.server()) as (mailbox, url):
        journey.send(signed_in(url))

    assert (mailbox.mails, mailbox.tried) == ([], [])
    assert states(journey) == {("waiting", "SSLCertVerificationError"): 3}


def test_a_server_that_goes_by_another_name_gets_neither_mail_nor_password(
    journey: MailJourney, authority: Authority
) -> None:
    with guarded_server(authority.server("posti.example")) as (mailbox, url):
        journey.send(signed_in(url))

    assert (mailbox.mails, mailbox.tried) == ([], [])
    assert states(journey) == {("waiting", "SSLCertVerificationError"): 3}


def test_a_server_that_cannot_secure_the_line_gets_neither_mail_nor_password(
    journey: MailJourney, authority: Authority
) -> None:
    with guarded_server(None) as (mailbox, url):
        journey.send(signed_in(url))

    assert (mailbox.mails, mailbox.tried) == ([], [])
    assert states(journey) == {("waiting", "SMTPNotSupportedError"): 3}


def test_mail_waits_while_the_server_does_not_let_us_in_and_goes_when_it_does(
    journey: MailJourney, authority: Authority
) -> None:
    with guarded_server(authority.server()) as (mailbox, url):
        journey.send(signed_in(url, "arvaus"))
        assert states(journey) == {("waiting", "smtp 535"): 3}

        journey.now += timedelta(minutes=2)
        journey.send(signed_in(url))

    assert len(mailbox.mails) == 3
    assert states(journey) == {("sent", ""): 3}


def test_a_server_that_says_nothing_is_left_in_time_and_the_mail_waits(journey: MailJourney) -> None:
    mailbox = HangingMailbox(hangs_at="recipient")
    with mail_server(mailbox) as (_kept, url):
        port = int(url.rpartition(":")[2])
        way = SmtpServer(host="127.0.0.1", port=port, sender=SENDER, tls="never", patience=0.3)
        with journey.work() as work:
            taken = work.mail.next_due(journey.now)
        assert taken is not None
        outcome = way.send(taken)
        mailbox.goes_on.set()

    assert (outcome.accepted, outcome.for_good) == (False, False)


# ---- kill -9 while a server is spoken to ----


@pytest.fixture
def sender(room_database: Database) -> Callable[[str, datetime], subprocess.Popen[bytes]]:
    """Begins a round of sending in a process of its own, by the clock given."""

    def begin(smtp_url: str, now: datetime) -> subprocess.Popen[bytes]:
        database = room_database.engine.url.render_as_string(hide_password=False).replace("+psycopg2", "")
        environ = {**os.environ, "SMTP_URL": smtp_url, "MAIL_FROM": SENDER}
        command = [sys.executable, "-m", "tests.support.mail_sender", database, now.isoformat()]
        return subprocess.Popen(command, env=environ)

    return begin


@pytest.mark.parametrize(("hangs_at", "copies"), [("recipient", 1), ("message", 2)])
def test_killed_while_it_speaks_to_the_server_no_mail_is_lost_and_one_may_come_twice_by_the_same_name(
    journey: MailJourney,
    sender: Callable[[str, datetime], subprocess.Popen[bytes]],
    hangs_at: str,
    copies: int,
) -> None:
    """The server had not taken the mail, or had taken it and not said so yet: only then does it come again."""
    mailbox = HangingMailbox(hangs_at=hangs_at)
    with mail_server(mailbox) as (_kept, url):
        first = sender(url, journey.now)
        eventually(mailbox.hangs.is_set, within=60)
        first.kill()
        first.wait()
        mailbox.goes_on.set()

        assert sender(url, journey.now).wait(60) == 0  # at once: what the dead one had in hand waits for its lease
        assert states(journey)["sent", ""] == 2
        assert sender(url, journey.now + LEASE).wait(60) == 0
        assert sender(url, journey.now + 2 * LEASE).wait(60) == 0

    names = Counter(str(received["Message-ID"]) for received in mailbox.mails)
    assert sorted(names.values()) == [1, 1, copies]
    assert sorted(set(mailbox.recipients)) == ["eeva@yritys.example", "onni@yritys.example", "satu@yritys.example"]
    assert states(journey) == {("sent", ""): 3}


# ---- a house that closes ----


class ClosesAfterOne:
    """A house that is told to close while its first mail goes out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def is_set(self) -> bool:
        return any(self.folder.glob("*.eml"))


@pytest.fixture
def letterbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where this house's mail goes, as the room reads it from its settings."""
    monkeypatch.setenv("MAIL_DIR", str(tmp_path))
    monkeypatch.delenv("SMTP_URL", raising=False)
    post.cache_clear()
    yield tmp_path
    post.cache_clear()


def test_a_house_that_closes_sends_what_it_has_in_hand_and_leaves_the_rest_due(
    journey: MailJourney, room_database: Database, letterbox: Path
) -> None:
    room = CustomersService()
    closing = cast(Any, ClosesAfterOne(letterbox))
    room.office = cast(Any, OpenOffice(room_database, CustomersWork, BusSettings(), closing=closing))
    room_database.clock = lambda: journey.now

    room.send_mail(the_house("customers"))

    assert len(list(letterbox.glob("*.eml"))) == 1
    assert states(journey) == {("sent", ""): 1, ("waiting", ""): 2}
    room.office = cast(Any, OpenOffice(room_database, CustomersWork, BusSettings()))
    room.send_mail(the_house("customers"))
    assert states(journey) == {("sent", ""): 3}
