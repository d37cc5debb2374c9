"""A company's people among themselves: who is asked to sign, who answers for a draft, and which file is of no use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.customers.domain.mail.clocks import Clock
from services.customers.use_cases import company_choices, company_people
from shared.asker import Asker, Role
from shared.storage.database import Database
from tests.support.customers_builders import COMPANY, VISITOR, a_representative
from tests.support.mail_journeys import FRONT_PAGE, NUMBER, OFFICIAL, MailJourney
from tests.support.mail_server import Mailbox, mail_server

pytestmark = pytest.mark.postgres

DRAFT = {
    "application": NUMBER,
    "business_id": COMPANY,
    "authority": "ITA",
    "ends_at": datetime(2026, 12, 4, 14, 15, tzinfo=UTC),
    "asked_by": "satu",
}


@pytest.fixture
def server() -> Iterator[tuple[Mailbox, str]]:
    with mail_server() as (mailbox, url):
        yield mailbox, url


@pytest.fixture
def journey(room_database: Database) -> MailJourney:
    """Satu and Onni sign, Eeva prepares, Liisa reads."""
    journey = MailJourney(room_database)
    journey.company()
    for person, *rights in [("satu", "prepare", "sign"), ("onni", "prepare", "sign"), ("eeva", "prepare")]:
        journey.person(person, rights=tuple(rights))
    journey.person("liisa", rights=("read",))
    return journey


def told(journey: MailJourney, server: tuple[Mailbox, str]) -> dict[str, str]:
    """The subject that each got, by the name before the @."""
    mailbox, url = server
    journey.send(url)
    subjects = [str(received["Subject"]) for received in mailbox.mails]
    return {to.partition("@")[0]: subject for to, subject in zip(mailbox.recipients, subjects, strict=True)}


def test_only_whoever_may_sign_is_asked_to_and_not_the_one_who_asks(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    journey.hear("applications.signature_asked", DRAFT, actor="satu")

    assert told(journey, server) == {"onni": "Allekirjoita 4.12.2026 mennessä: A80655"}


@pytest.mark.parametrize(
    ("language", "subject"), [("sv", "Underteckna senast 4.12.2026: A80655"), ("en", "Sign by 4 December 2026: A80655")]
)
def test_the_one_asked_reads_the_deadline_of_the_call_in_their_own_language(
    journey: MailJourney, server: tuple[Mailbox, str], language: str, subject: str
) -> None:
    journey.person("vera", language=language)
    journey.hear("applications.signature_asked", DRAFT, actor="satu")

    assert told(journey, server)["vera"] == subject


def test_who_asked_is_told_that_a_colleague_signed(journey: MailJourney, server: tuple[Mailbox, str]) -> None:
    journey.hear("applications.signature_given", {**DRAFT, "given_by": "onni"}, actor="onni")

    assert told(journey, server) == {"satu": "Allekirjoitettu ja lähetetty: A80655"}


def test_who_asked_is_told_that_a_colleague_did_not_sign(journey: MailJourney, server: tuple[Mailbox, str]) -> None:
    journey.hear("applications.signature_declined", {**DRAFT, "declined_by": "onni"}, actor="onni")

    assert told(journey, server) == {"satu": "Korjaa luonnos 4.12.2026 mennessä: A80655"}


def test_those_who_were_asked_are_told_that_nothing_is_asked_of_them_any_more(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    journey.hear("applications.signature_withdrawn", {**DRAFT, "why": "taken_back"}, actor="satu")

    assert told(journey, server) == {"onni": "Allekirjoitustasi ei nyt tarvita: A80655"}


def test_who_asked_hears_that_a_colleague_took_the_request_back(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    journey.hear("applications.signature_withdrawn", {**DRAFT, "why": "taken_back"}, actor="eeva")

    assert told(journey, server)["satu"] == "Allekirjoituspyyntö peruttiin: A80655"


def reassigned(before: str, now: str | None, why: str) -> dict[str, Any]:
    return {name: DRAFT[name] for name in DRAFT if name != "asked_by"} | {"before": before, "now": now, "why": why}


def test_when_somebody_leaves_whoever_could_take_the_draft_hears_it_and_the_one_who_left_does_not(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    journey.mandate("satu")  # no rights: the mandate has ended
    journey.hear("applications.draft_reassigned", reassigned("satu", None, "left"), actor="onni")

    assert told(journey, server) == {"eeva": "Ota luonnos vastuullesi, haku päättyy 4.12.2026: A80655"}


def test_the_named_successor_hears_which_draft_is_theirs(journey: MailJourney, server: tuple[Mailbox, str]) -> None:
    journey.mandate("satu")
    journey.hear("applications.draft_reassigned", reassigned("satu", "eeva", "left"), actor="onni")

    assert told(journey, server) == {"eeva": "Vastaat luonnoksesta, haku päättyy 4.12.2026: A80655"}


def test_who_answered_for_a_draft_hears_that_a_colleague_took_it(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    journey.hear("applications.draft_reassigned", reassigned("satu", "eeva", "taken_over"), actor="eeva")

    assert told(journey, server) == {"satu": "Kollegasi otti luonnoksen vastuulleen: A80655"}


def as_signatory(person: str) -> Asker:
    return a_representative(COMPANY, person)


def test_every_other_signatory_is_told_that_one_signature_is_asked_to_be_enough_and_what_came_of_it(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    satu, onni = as_signatory("satu"), as_signatory("onni")
    with journey.work(satu) as work:
        company_choices.set_preferences(work, second_signature=True, responsible=None, version=0)
        release = company_choices.ask_release(work, FRONT_PAGE)
    assert told(journey, server) == {"onni": f"Vahvista tai hylkää 30.11.2026 mennessä: {COMPANY}"}

    with journey.work(onni) as work:
        company_choices.settle_release(work, FRONT_PAGE, release_id=release.release_id, confirmed=True)

    assert told(journey, server)["satu"] == f"Yksi allekirjoitus riittää nyt: {COMPANY}"
    assert server[0].mails[-1]["From"].addresses[0].display_name == "Tukiväylä"


def test_who_asked_is_told_that_nobody_has_answered_in_a_week(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    with journey.work(as_signatory("satu")) as work:
        company_choices.set_preferences(work, second_signature=True, responsible=None, version=0)
        company_choices.ask_release(work, FRONT_PAGE)
    told(journey, server)
    journey.now += timedelta(days=7)
    for _ in range(2):
        with journey.work() as work:
            company_choices.let_releases_lapse(work, FRONT_PAGE)

    journey.send(server[1])
    assert [str(one["Subject"]) for one in server[0].mails[1:]] == [f"Pyyntösi raukesi: {COMPANY}"]
    assert server[0].recipients[1:] == ["satu@yritys.example"]


def scanned(subject: str, state: str = "infected", **more: Any) -> dict[str, Any]:
    return {
        "document_id": "D-1",
        "subject": subject,
        "business_id": COMPANY,
        "authority": "ITA",
        "sha256": "a" * 64,
        "state": state,
        "finding": "Win.Test.EICAR_HDB-1",
        **more,
    }


def handled(journey: MailJourney) -> None:
    """The case is filed, and in the hands of its handler."""
    journey.official()
    data = {"number": NUMBER, "authority": "ITA", "handler": OFFICIAL, "business_id": COMPANY}
    journey.hear("applications.case_taken", data, actor=OFFICIAL)


def test_the_other_signatories_are_told_when_somebody_new_may_sign(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    """One lets anybody in: with them they would give two signatures, and nobody else would know."""
    with journey.work(as_signatory("satu")) as work:
        company_people.change_persons_role(work, FRONT_PAGE, person_id="eeva", role="signatory")
    assert told(journey, server) == {"onni": f"Uusi allekirjoittaja: {COMPANY}"}

    with journey.work(as_signatory("onni")) as work:
        _, code = company_people.invite_person(work, name="Liisa", role="signatory", made_with="k")
    with journey.work(VISITOR) as work:
        company_people.accept_invitation(work, FRONT_PAGE, code=code, person_id="liisa")
    journey.send(server[1])
    assert sorted(server[0].recipients[1:]) == [f"{name}@yritys.example" for name in ("eeva", "onni", "satu")]


def test_who_signs_already_is_no_news(journey: MailJourney, server: tuple[Mailbox, str]) -> None:
    with journey.work(as_signatory("satu")) as work:
        company_people.change_persons_role(work, FRONT_PAGE, person_id="onni", role="signatory")
        company_people.change_persons_role(work, FRONT_PAGE, person_id="liisa", role="editor")
        _, code = company_people.invite_person(work, name="Onni", role="editor", made_with="k")
    with journey.work(VISITOR) as work:
        company_people.accept_invitation(work, FRONT_PAGE, code=code, person_id="onni")

    assert told(journey, server) == {}


def test_of_many_files_with_a_virus_a_person_is_told_once_an_hour(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    """A company's own machine is ill and sends twenty: one mail says where to look, and so does the next hour's."""
    handled(journey)
    for document in ("D-1", "D-2", "D-3"):
        journey.hear("documents.document_scanned", scanned(f"application/{NUMBER}", document_id=document))
    journey.hear("documents.document_scanned", scanned("application/A80700", document_id="D-4"))
    journey.send(server[1])
    assert server[0].recipients.count("satu@yritys.example") == 2
    assert server[0].recipients.count(f"{OFFICIAL}@virasto.example") == 1

    journey.now += timedelta(hours=1)
    journey.hear("documents.document_scanned", scanned(f"application/{NUMBER}", document_id="D-5"))
    journey.send(server[1])
    assert server[0].recipients.count("satu@yritys.example") == 3


def test_a_virus_in_a_filed_case_is_told_to_the_company_and_to_the_handler(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    handled(journey)
    journey.hear("documents.document_scanned", scanned(f"application/{NUMBER}"))

    found = told(journey, server)

    assert found["satu"] == "Lähetä puhdas tiedosto: A80655"
    assert found[OFFICIAL] == "Tiedostoa ei voi lukea: A80655"


def test_the_company_reads_what_to_do_about_the_virus_and_not_its_name(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    journey.hear("documents.document_scanned", scanned(f"application/{NUMBER}"))
    told(journey, server)

    plain, html = server[0].mails[0].iter_parts()

    assert "lähetä puhdas tiedosto viestinä asiassa" in plain.get_content()
    assert "EICAR" not in plain.get_content() + html.get_content()


def test_of_a_virus_in_an_officials_file_the_handler_hears_and_the_company_does_not(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    handled(journey)
    journey.hear("documents.document_scanned", scanned(f"application/{NUMBER}", by_official=True))

    assert told(journey, server) == {OFFICIAL: "Tiedostoa ei voi lukea: A80655"}


def test_a_file_that_is_clean_is_no_news(journey: MailJourney, server: tuple[Mailbox, str]) -> None:
    handled(journey)
    journey.hear("documents.document_scanned", scanned(f"application/{NUMBER}", "clean"))

    assert told(journey, server) == {}


def test_a_virus_in_a_claim_is_told_to_the_verifiers_once_the_claim_is_sent(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    journey.official("verifier-1", Role.VERIFIER)
    journey.hear("documents.document_scanned", scanned("claim/M80655-1"))
    assert "verifier-1" not in told(journey, server)
    with journey.work() as work:
        work.mail.put_clock(Clock(subject="claim/M80655-1", number=NUMBER, authority="ITA", turn="verifier"))

    journey.hear("documents.document_scanned", scanned("claim/M80655-1"))

    assert told(journey, server)["verifier-1"] == "Tiedostoa ei voi lukea: M80655-1"


def test_what_is_told_among_the_companys_people_can_be_put_off_or_turned_off(
    journey: MailJourney, server: tuple[Mailbox, str]
) -> None:
    journey.wish("onni", signature="never")
    journey.hear("applications.signature_asked", DRAFT, actor="satu")

    assert told(journey, server) == {}
