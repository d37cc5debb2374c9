"""Mail on PostgreSQL and a real SMTP server: who is told, in whose language, once; and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import text

from services.customers import mail_lists
from services.customers.use_cases import give_post, mail
from shared.asker import Asker, Role
from shared.errors import InvalidFields
from shared.money import Money
from shared.storage.database import Database
from tests.support.customers_builders import COMPANY, OPERATOR, a_mandate
from tests.support.mail_journeys import COMPLETION, DECIDER, NUMBER, OFFICIAL, REQUEST, MailJourney
from tests.support.mail_server import Mailbox, mail_server

pytestmark = pytest.mark.postgres

COMPLETION_REQUESTED = "applications.completion_requested"


@pytest.fixture
def journey(room_database: Database) -> MailJourney:
    journey = MailJourney(room_database)
    journey.company()
    return journey


@pytest.fixture
def server() -> Iterator[tuple[Mailbox, str]]:
    with mail_server() as (mailbox, url):
        yield mailbox, url


def bodies(message: EmailMessage) -> tuple[str, str]:
    plain, html = message.iter_parts()
    return plain.get_content().replace("\r\n", "\n"), html.get_content().replace("\r\n", "\n")


def rows(journey: MailJourney, asker: Asker = OPERATOR, **asked: Any) -> list[dict[str, Any]]:
    with journey.work(asker) as work:
        found: list[dict[str, Any]] = mail_lists.mails(work.session, asker, page=1, size=50, sort="", **asked)["items"]
        return found


@pytest.mark.parametrize(
    ("language", "subject", "sender"),
    [
        ("fi", "Täydennä 26.11.2026 mennessä: A80655", "Itä-Suomen elinvoimakeskus"),
        ("sv", "Komplettera senast 26.11.2026: A80655", "Livskraftscentralen i Östra Finland"),
        ("en", "Complete by 26 November 2026: A80655", "Economic Development Centre of Eastern Finland"),
    ],
)
def test_a_request_is_told_in_the_persons_own_language_with_what_to_do_and_by_when(
    journey: MailJourney, server: tuple[Mailbox, str], language: str, subject: str, sender: str
) -> None:
    mailbox, url = server
    journey.person("satu", language=language)
    journey.hear(COMPLETION_REQUESTED, COMPLETION)

    journey.send(url)

    (received,) = mailbox.mails
    assert received["Subject"] == subject
    assert received["From"].addresses[0].display_name == sender
    assert received["Reply-To"].addresses[0].addr_spec == "kirjaamo.ita@tukivayla.example"
    assert received["Content-Language"] == language
    assert received["Auto-Submitted"] == "auto-generated"
    assert mailbox.recipients == ["satu@yritys.example"]


def test_a_mail_is_plain_text_first_and_leads_to_the_front_page_only(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    mailbox, url = server
    journey.person("satu")
    journey.hear(COMPLETION_REQUESTED, COMPLETION)
    journey.send(url)

    kinds = [part.get_content_type() for part in mailbox.mails[0].iter_parts()]
    plain, html = bodies(mailbox.mails[0])

    assert kinds == ["text/plain", "text/html"]
    assert plain.count("https://") == 1
    assert "https://tukivayla.example/\n" in plain
    assert html.count("href=") == 1
    assert 'href="https://tukivayla.example/"' in html


def test_no_sum_name_or_text_of_the_case_is_in_a_mail(journey: MailJourney, server: tuple[Mailbox, str]) -> None:
    mailbox, url = server
    journey.person("satu")
    settled = {
        "claim_id": "M80655-1",
        "number": NUMBER,
        "business_id": COMPANY,
        "authority": "ITA",
        "payment_id": "P-1",
        "batch_id": "B-1",
        "amount": _euros("4916.00"),
        "settled_on": date(2026, 11, 23),
        "bank_reference": "REF-SALAINEN",
    }
    journey.hear("payments.payment_settled", settled)
    message = {"message_no": 1, "side": "authority", "document_ids": ["D-SALAINEN"]}
    journey.hear("applications.message_written", {key: REQUEST[key] for key in REQUEST if key != "place"} | message)
    journey.send(url)

    told = "".join(text for mail_ in mailbox.mails for text in bodies(mail_)) + str([m.items() for m in mailbox.mails])
    assert len(mailbox.mails) == 2
    assert not any(secret in told for secret in ("4916", "4 916", "€", "SALAINEN", COMPANY, "Mallimetalli"))


def test_whoever_has_left_the_company_is_told_nothing(journey: MailJourney, server: tuple[Mailbox, str]) -> None:
    mailbox, url = server
    journey.person("satu")
    journey.person("entinen")
    journey.mandate("entinen")  # no rights: the mandate has ended
    journey.hear(COMPLETION_REQUESTED, COMPLETION)

    journey.send(url)

    assert mailbox.recipients == ["satu@yritys.example"]


@pytest.mark.parametrize(("since_proved", "is_told"), [(timedelta(days=30), True), (timedelta(days=366), False)])
def test_whom_the_mandate_register_proved_is_told_after_its_twelve_hours_too_and_for_a_year(
    journey: MailJourney, server: tuple[Mailbox, str], since_proved: timedelta, is_told: bool
) -> None:
    """Nobody acts on a word that has lapsed; but who is told comes back to prove it, and the time to act runs."""
    mailbox, url = server
    journey.person("satu", rights=("read",))
    journey.mandate("satu")
    with journey.work() as work:
        proved = a_mandate(COMPANY, "prepare", "sign")
        until = journey.now - since_proved + timedelta(hours=12)
        work.people.give_mandate("satu", replace(proved, source="register", until=until), "satu", journey.now)

    journey.hear(COMPLETION_REQUESTED, COMPLETION)
    journey.send(url)

    assert mailbox.recipients == (["satu@yritys.example"] if is_told else [])


def test_a_right_from_the_register_that_has_been_ended_tells_nothing(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    mailbox, url = server
    journey.person("satu", rights=("read",))
    journey.mandate("satu")
    with journey.work() as work:
        ended = replace(a_mandate(COMPANY), rights=(), source="register", until=journey.now + timedelta(hours=12))
        work.people.give_mandate("satu", ended, "satu", journey.now)

    journey.hear(COMPLETION_REQUESTED, COMPLETION)
    journey.send(url)

    assert mailbox.recipients == []


def test_whoever_leaves_while_a_mail_waits_is_not_sent_it_any_more(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    mailbox, url = server
    journey.person("satu")
    journey.hear(COMPLETION_REQUESTED, COMPLETION)
    journey.mandate("satu")

    journey.send(url)

    assert mailbox.mails == []
    assert [row["state"] for row in rows(journey)] == ["dropped"]


def test_an_official_whose_post_has_ended_is_told_nothing(journey: MailJourney, server: tuple[Mailbox, str]) -> None:
    mailbox, url = server
    journey.official(last=date(2026, 11, 22))
    journey.hear("applications.more_time_asked", {**REQUEST, "kind": "completion", "until": date(2026, 12, 4)})

    journey.send(url)

    assert mailbox.mails == []


def test_a_fact_heard_again_tells_nobody_again(journey: MailJourney, server: tuple[Mailbox, str]) -> None:
    mailbox, url = server
    journey.person("satu")

    journey.hear(COMPLETION_REQUESTED, COMPLETION, times=3)
    journey.send(url)
    journey.send(url)

    assert len(mailbox.mails) == 1


def test_nobody_is_told_of_their_own_deed(journey: MailJourney, server: tuple[Mailbox, str]) -> None:
    mailbox, url = server
    journey.official()
    journey.hear(
        "applications.case_assigned",
        {
            "number": NUMBER,
            "authority": "ITA",
            "handler": OFFICIAL,
            "before": None,
            "assigned_by": OFFICIAL,
            "why": "assigned",
        },
        actor=OFFICIAL,
    )

    journey.send(url)

    assert mailbox.mails == []


def test_what_one_does_not_want_to_be_told_is_not_told(journey: MailJourney, server: tuple[Mailbox, str]) -> None:
    mailbox, url = server
    journey.person("satu")
    journey.wish("satu", message="never")
    message = {"message_no": 1, "side": "authority", "document_ids": []}
    journey.hear("applications.message_written", {key: REQUEST[key] for key in REQUEST if key != "place"} | message)

    journey.send(url)

    assert mailbox.mails == []


@pytest.mark.parametrize("kind", ["completion", "hearing", "decision"])
@pytest.mark.parametrize("when", ["never", "daily"])
def test_what_starts_a_time_to_act_cannot_be_turned_off_or_put_off(journey: MailJourney, kind: str, when: str) -> None:
    journey.person("satu")

    with pytest.raises(InvalidFields) as refusal:
        journey.wish("satu", **{kind: when})

    assert refusal.value.faults[0].rule == "cannot_be_turned_off"


def test_an_address_with_a_line_break_is_no_address(journey: MailJourney) -> None:
    journey.person("satu")

    for address in ("a@b.fi\nBcc: c@d.fi", "ei osoite", "a@b", '"x y"@b.fi'):
        with pytest.raises(InvalidFields):
            journey.give_address("satu", address)


def test_one_letter_a_day_has_all_the_news_and_none_twice(journey: MailJourney, server: tuple[Mailbox, str]) -> None:
    mailbox, url = server
    journey.person("satu")
    journey.wish("satu", message="daily")
    for number in (1, 2):
        message = {"message_no": number, "side": "authority", "document_ids": []}
        journey.hear("applications.message_written", {key: REQUEST[key] for key in REQUEST if key != "place"} | message)
    journey.send(url)
    assert mailbox.mails == []

    journey.now += timedelta(days=1)
    assert journey.morning()
    assert not journey.morning()
    journey.send(url)
    journey.now += timedelta(days=1)
    journey.morning()
    journey.send(url)

    (letter,) = mailbox.mails
    assert letter["Subject"] == "Uutta asioissasi 24.11.2026"
    assert bodies(letter)[0].count("- Lue viesti: A80655") == 2


def test_an_official_of_two_authorities_gets_the_news_of_both_in_one_letter(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    mailbox, url = server
    journey.official()
    with journey.work(OPERATOR) as work:
        first = date(2026, 1, 1)
        give_post(work, person_id=OFFICIAL, role="handler", authority="POH", first=first)
    journey.wish(OFFICIAL, message="daily")
    for authority, number in (("ITA", NUMBER), ("POH", "A80700")):
        told = {"message_no": 1, "side": "company", "document_ids": [], "authority": authority, "number": number}
        journey.hear("applications.message_written", {key: REQUEST[key] for key in REQUEST if key != "place"} | told)
    journey.now += timedelta(days=1)
    assert journey.morning()

    journey.send(url)

    (letter,) = mailbox.mails
    assert all(number in bodies(letter)[0] for number in (NUMBER, "A80700"))


def test_a_server_that_is_busy_is_tried_again_with_growing_patience(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    mailbox, url = server
    journey.person("satu")
    journey.hear(COMPLETION_REQUESTED, COMPLETION)
    mailbox.says = "451 try again later"
    waits = []
    for _ in range(3):
        assert [outcome.accepted for outcome in journey.send(url)] == [False]
        (row,) = rows(journey)
        assert (row["state"], row["why"]) == ("waiting", "smtp 451")
        waits.append(row["next_try_at"] - journey.now)
        assert journey.send(url) == []
        journey.now = row["next_try_at"]
    mailbox.says = ""

    journey.send(url)

    assert waits == sorted(waits)
    assert len(set(waits)) == 3
    assert len(mailbox.mails) == 1
    assert [(row["state"], row["tries"]) for row in rows(journey)] == [("sent", 4)]


def test_after_four_days_nobody_goes_on_trying(journey: MailJourney) -> None:
    journey.person("satu")
    journey.hear(COMPLETION_REQUESTED, COMPLETION)

    for _ in range(40):
        journey.send("smtp://127.0.0.1:1")  # nobody listens there
        journey.now += timedelta(hours=6)

    (row,) = rows(journey)
    assert (row["state"], row["why"]) == ("failed", "ConnectionRefusedError")
    assert row["tries"] < 40


def test_an_address_that_does_not_exist_fails_at_once_and_is_told_in_the_case(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    mailbox, url = server
    journey.person("satu")
    journey.hear(COMPLETION_REQUESTED, COMPLETION)
    mailbox.says = "550 no such mailbox satu@yritys.example"

    journey.send(url)

    (row,) = rows(journey)
    assert (row["state"], row["why"], row["to"]) == ("failed", "smtp 550", "s…@yritys.example")
    announced = _announced(journey)
    assert [fact["type"] for fact in announced] == ["customers.mail_failed"]
    assert announced[0]["data"]["about"] == "application/A80655"
    assert "satu@" not in str(announced)
    assert rows(journey, Asker(person=OFFICIAL, role=Role.HANDLER, authority="ITA"), number=NUMBER) == [row]
    assert rows(journey, Asker(person="muu", role=Role.HANDLER, authority="POH"), number=NUMBER) == []


def test_an_operator_sends_a_failed_mail_again_to_the_persons_present_address(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    mailbox, url = server
    journey.person("satu")
    journey.hear(COMPLETION_REQUESTED, COMPLETION)
    mailbox.says = "550 no such mailbox"
    journey.send(url)
    mailbox.says = ""
    journey.address("satu", "satu.uusi@yritys.example")
    (row,) = rows(journey)

    with journey.work(OPERATOR) as work:
        mail.send_again(work, mail_id=row["mail_id"])
    journey.send(url)

    assert mailbox.recipients == ["satu.uusi@yritys.example"]


def test_killed_between_the_wire_and_the_note_it_goes_again_by_the_same_name(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    mailbox, url = server
    journey.person("satu")
    journey.hear(COMPLETION_REQUESTED, COMPLETION)
    journey.take_and_die(url)

    assert journey.send(url) == []  # somebody may still have it in hand
    journey.now += timedelta(minutes=5)
    journey.send(url)
    journey.now += timedelta(days=1)
    journey.send(url)

    assert len(mailbox.mails) == 2
    assert len({mail_["Message-ID"] for mail_ in mailbox.mails}) == 1


def test_two_who_send_at_once_do_not_send_the_same(journey: MailJourney) -> None:
    journey.person("satu")
    journey.person("veikko")
    journey.hear(COMPLETION_REQUESTED, COMPLETION)

    with journey.work() as one, journey.work() as other:
        taken = {mail.take_next(one).mail_id, mail.take_next(other).mail_id}  # type: ignore[union-attr]

    assert len(taken) == 2


def test_the_morning_list_has_what_is_late_what_is_due_this_week_and_what_waits(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    mailbox, url = server
    journey.official()
    for number, due in (("A80001", "2026-11-20"), ("A80002", "2026-11-29"), ("A80003", "2027-02-01")):
        journey.hear("applications.application_submitted", _submitted(number, date.fromisoformat(due)))
        journey.hear("applications.case_taken", {"number": number, "handler": OFFICIAL, "authority": "ITA"})
    journey.hear("applications.application_submitted", _submitted("A80004", date(2026, 11, 24)))
    journey.hear("applications.case_taken", {"number": "A80004", "handler": "joku-muu", "authority": "ITA"})

    assert journey.morning()
    journey.send(url)

    (letter,) = mailbox.mails
    assert letter["Subject"] == "Asiasi tänään 23.11.2026, myöhässä 1"
    plain = bodies(letter)[0]
    late, week, waits = (plain.index(head) for head in ("Myöhässä\n", "Tällä viikolla\n", "Odottaa sinua\n"))
    assert late < plain.index("A80001") < week < plain.index("A80002") < waits < plain.index("A80003")
    assert "A80004" not in plain


def test_a_case_that_was_under_way_before_the_mornings_began_is_on_the_list_at_once(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    mailbox, url = server
    journey.official()
    standing = {"number": NUMBER, "business_id": COMPANY, "authority": "ITA", "due_on": date(2026, 11, 20)}
    journey.hear("applications.standing_told", {**standing, "state": "in_assessment", "handler": OFFICIAL})
    journey.hear("applications.standing_told", {**standing, "number": "A2", "state": "in_hearing", "handler": OFFICIAL})
    claim = {"claim_id": "A3-M1", "number": "A3", "authority": "ITA", "due_on": None}
    journey.hear("payments.claim_standing_told", {**claim, "state": "verified"})

    assert journey.morning()
    journey.send(url)

    (letter,) = mailbox.mails
    plain = bodies(letter)[0]
    assert plain.index("Myöhässä\n") < plain.index("A80655: valmistele") < plain.index("A3-M1: valmistele")
    assert "A2:" not in plain


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 23, 4, 59, tzinfo=UTC),  # 6.59 in Finland
        datetime(2026, 11, 22, 8, 0, tzinfo=UTC),  # a Sunday
        datetime(2026, 12, 24, 8, 0, tzinfo=UTC),  # Christmas Eve
    ],
)
def test_there_is_no_morning_list_before_seven_or_on_a_day_off(journey: MailJourney, moment: datetime) -> None:
    journey.official()
    journey.now = moment

    assert not journey.morning()


def test_a_case_that_waits_for_the_company_is_not_on_the_morning_list(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    mailbox, url = server
    journey.official()
    journey.hear("applications.application_submitted", _submitted(NUMBER, date(2026, 11, 20)))
    journey.hear("applications.case_taken", {"number": NUMBER, "handler": OFFICIAL, "authority": "ITA"})
    journey.hear(COMPLETION_REQUESTED, COMPLETION)

    journey.morning()
    journey.send(url)

    assert [mail_["Subject"] for mail_ in mailbox.mails if "Asiasi" in mail_["Subject"]] == []


def test_a_proposal_is_told_to_the_decision_makers_of_the_authority(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    mailbox, url = server
    journey.official()
    journey.official(DECIDER, Role.DECISION_MAKER, language="sv")
    proposed = {
        "number": NUMBER,
        "authority": "ITA",
        "outcome": "approve",
        "aid": _euros("4000.00"),
        "ruleset": "2026-1",
        "proposed_by": OFFICIAL,
    }
    journey.hear("applications.decision_proposed", proposed, actor=OFFICIAL)

    journey.send(url)

    assert mailbox.recipients == [f"{DECIDER}@virasto.example"]
    assert mailbox.mails[0]["Subject"] == "Avgör beslutsförslaget: A80655"


@pytest.mark.parametrize(
    ("letter", "subjects"),
    [
        ("grant_awarded", ["Lue päätös: A80655"]),
        ("payment_decided", ["Lue maksatuspäätös: A80655"]),
        ("completion_request", []),
        ("filing", []),
    ],
)
def test_a_decision_is_told_of_when_its_letter_can_be_read(
    journey: MailJourney, server: tuple[Mailbox, str], letter: str, subjects: list[str]
) -> None:
    mailbox, url = server
    journey.person("satu")
    written = {
        "document_id": "D-1",
        "subject": f"application/{NUMBER}",
        "letter": letter,
        "language": "fi",
        "business_id": COMPANY,
        "authority": "ITA",
        "sha256": "e" * 64,
    }
    journey.hear("documents.letter_written", written)

    journey.send(url)

    assert [mail_["Subject"] for mail_ in mailbox.mails] == subjects


def test_old_news_is_no_news(journey: MailJourney, server: tuple[Mailbox, str]) -> None:
    mailbox, url = server
    journey.person("satu")
    fact = journey.fact(COMPLETION_REQUESTED, COMPLETION, "somebody")
    journey.now += timedelta(days=15)
    with journey.work() as work:
        mail.hear(work, fact, COMPLETION, "https://tukivayla.example/")

    journey.send(url)

    assert mailbox.mails == []


def _submitted(number: str, due_on: date) -> dict[str, Any]:
    return {
        "number": number,
        "call_id": "H-1",
        "business_id": COMPANY,
        "undertaking_name": "Mallimetalli Esimerkki Oy",
        "authority": "ITA",
        "fund": "ERDF",
        "priority": "1",
        "region": "10",
        "language": "fi",
        "title": "Uusi hitsaussolu",
        "costs": _euros("10000.00"),
        "aid_sought": _euros("5000.00"),
        "digest": "d" * 64,
        "submitted_at": datetime(2026, 8, 20, tzinfo=UTC),
        "due_on": due_on,
        "attachments": [],
    }


def _euros(text: str) -> Money:
    return Money.eur(text)


def _announced(journey: MailJourney) -> list[dict[str, Any]]:
    with journey.work() as work:
        found = work.session.execute(text("SELECT body FROM customers.outbox"))
        return [row.body for row in found if row.body["type"] == "customers.mail_failed"]
