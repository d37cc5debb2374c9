"""An address is used once its reader has followed the link that was sent to it, and a change does not go unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from services.customers.domain.errors import AddressCodeOver, OwnHandNeeded
from services.customers.domain.mail.addresses import MOST_IN_A_DAY
from services.customers.use_cases import mail
from shared.errors import DomainError, InvalidFields
from shared.storage.database import Database
from tests.support.mail_journeys import COMPLETION, FRONT_PAGE, MailJourney
from tests.support.mail_server import Mailbox, mail_server

pytestmark = pytest.mark.postgres

OLD, NEW = "satu@yritys.example", "satu.uusi@yritys.example"


@pytest.fixture
def server() -> Iterator[tuple[Mailbox, str]]:
    with mail_server() as (mailbox, url):
        yield mailbox, url


@pytest.fixture
def journey(room_database: Database) -> MailJourney:
    journey = MailJourney(room_database)
    journey.company()
    journey.person("satu")
    return journey


def received(journey: MailJourney, server: tuple[Mailbox, str]) -> list[tuple[str, str]]:
    """(to whom, about what) of everything that has come by now."""
    mailbox, url = server
    journey.send(url)
    return list(zip(mailbox.recipients, (str(mail["Subject"]) for mail in mailbox.mails), strict=True))


def code_in(server: tuple[Mailbox, str]) -> str:
    """The code of the link in the last mail, as its reader would follow it."""
    plain = next(iter(server[0].mails[-1].iter_parts())).get_content()
    (code,) = re.findall(rf"{FRONT_PAGE}asetukset/osoite/(\S+)", plain)
    return str(code)


def asked(journey: MailJourney, server: tuple[Mailbox, str], email: str = NEW) -> str:
    journey.give_address("satu", email)
    received(journey, server)
    return code_in(server)


def test_a_new_address_gets_one_mail_and_nothing_of_a_case_until_it_is_confirmed(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    told = journey.give_address("satu", NEW)
    journey.hear("applications.completion_requested", COMPLETION)

    assert (told["email"], told["pending"]) == (OLD, NEW)
    # Mails of the same moment go in any order.
    assert sorted(received(journey, server)) == [
        (NEW, "Vahvista sähköpostiosoitteesi"),
        (OLD, "Täydennä 26.11.2026 mennessä: A80655"),
    ]


def test_whoever_follows_the_link_has_the_mail_from_then_on_and_the_old_address_is_told(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    told = journey.confirm("satu", asked(journey, server))
    journey.hear("applications.completion_requested", COMPLETION)

    assert (told["email"], told["pending"]) == (NEW, None)
    assert sorted(received(journey, server)[1:]) == [
        (NEW, "Täydennä 26.11.2026 mennessä: A80655"),
        (OLD, "Sähköpostiosoitteesi on vaihdettu"),
    ]


def test_the_code_is_kept_only_in_the_mail_that_carries_it(journey: MailJourney, server: tuple[Mailbox, str]) -> None:
    code = asked(journey, server)
    with journey.work() as work:
        kept = work.mail.change_of("satu")
    assert kept is not None
    assert code not in str(kept)


@pytest.mark.parametrize("why", ["anothers", "old", "replaced", "used", "given_up"])
def test_a_link_that_is_not_this_persons_last_one_confirms_nothing(
    journey: MailJourney, server: tuple[Mailbox, str], why: str
) -> None:
    code, who = asked(journey, server), "satu"
    if why == "anothers":
        who = journey.person("onni")
    elif why == "old":
        journey.now += timedelta(hours=24)
    elif why == "replaced":
        journey.give_address("satu", "kolmas@yritys.example")
    elif why == "used":
        journey.confirm("satu", code)
        journey.give_address("satu", OLD)
    else:
        journey.give_address("satu", OLD)
    before = journey_address(journey, who)

    with pytest.raises(AddressCodeOver):
        journey.confirm(who, code)

    assert journey_address(journey, who) == before


def journey_address(journey: MailJourney, person: str) -> str:
    with journey.work() as work:
        return str(work.mail.address_of(person))


@pytest.mark.parametrize("why", ["replaced", "given_up", "old"])
def test_a_link_that_is_over_before_it_went_is_not_sent(
    journey: MailJourney, server: tuple[Mailbox, str], why: str
) -> None:
    """The server was away. Whose address it was by a slip of the finger hears nothing, and nobody gets a dead link."""
    mailbox, _ = server
    mailbox.says = "451 try again later"
    journey.give_address("satu", NEW)
    received(journey, server)
    if why == "old":
        journey.now += timedelta(hours=24)
    else:
        journey.give_address("satu", "kolmas@yritys.example" if why == "replaced" else OLD)
    mailbox.says = ""
    journey.now += timedelta(minutes=10)

    assert NEW not in [to for to, _ in received(journey, server)]


def test_a_second_press_sends_no_second_link_and_a_later_one_does(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    first = asked(journey, server)
    journey.give_address("satu", NEW)
    assert len(received(journey, server)) == 1

    journey.now += timedelta(minutes=6)
    second = asked(journey, server)

    assert first != second
    assert journey.confirm("satu", second)["email"] == NEW


def test_nobody_writes_to_many_strangers_through_the_service(journey: MailJourney, server: tuple[Mailbox, str]) -> None:
    for number in range(MOST_IN_A_DAY):
        journey.give_address("satu", f"joku{number}@muu.example")
    with pytest.raises(InvalidFields) as refused:
        journey.give_address("satu", "viela@muu.example")
    assert refused.value.faults[0].rule == "too_many_addresses"

    journey.now += timedelta(days=1, minutes=1)
    journey.give_address("satu", "viela@muu.example")


def test_an_empty_address_ends_mail_at_once_and_the_old_one_is_told(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    assert journey.give_address("satu", "")["email"] == ""
    journey.hear("applications.completion_requested", COMPLETION)

    assert received(journey, server) == [(OLD, "Sähköpostiosoitteesi on vaihdettu")]


def test_whoever_has_left_the_company_still_confirms_their_own_address(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    journey.give_address("satu", NEW)
    journey.mandate("satu")

    assert received(journey, server) == [(NEW, "Vahvista sähköpostiosoitteesi")]


def test_a_program_changes_nobodys_address(journey: MailJourney) -> None:
    with journey.work(replace(journey.as_person("satu"), via="k-1")) as work, pytest.raises(OwnHandNeeded):
        mail.set_contact(work, FRONT_PAGE, email=NEW)


def test_a_program_turns_nobodys_mail_off(journey: MailJourney) -> None:
    """A key that may only read would silence the person whom a misuse of it should be told to."""
    with journey.work(replace(journey.as_person("satu"), via="k-1")) as work, pytest.raises(OwnHandNeeded):
        mail.set_preferences(work, choices={"signature": "never"})


def test_the_link_pressed_twice_at_once_takes_the_address_into_use_once(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    code, together, outcomes = asked(journey, server), Barrier(2), []

    def confirm() -> None:
        together.wait()
        try:
            outcomes.append(journey.confirm("satu", code)["email"])
        except DomainError as refusal:
            outcomes.append(refusal.code)

    threads = [Thread(target=confirm) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == sorted([NEW, "address_code_over"])
    assert [subject for _, subject in received(journey, server)].count("Sähköpostiosoitteesi on vaihdettu") == 1


@pytest.mark.parametrize(
    ("language", "subject"), [("sv", "Bekräfta din e-postadress"), ("en", "Confirm your e-mail address")]
)
def test_the_link_comes_in_the_persons_own_language(
    journey: MailJourney, server: tuple[Mailbox, str], language: str, subject: str
) -> None:
    journey.person("vera", language=language)
    journey.give_address("vera", "vera.uusi@yritys.example")

    assert received(journey, server) == [("vera.uusi@yritys.example", subject)]
