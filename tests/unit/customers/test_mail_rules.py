"""What is told and to whom, whose turn it is in the morning, and the patience of a mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.customers.domain.mail import choices, clocks, words
from services.customers.domain.mail.outgoing import GIVEN_UP_AFTER, OutgoingMail, mail_id_for
from services.customers.domain.mail.tidings import TIDINGS
from services.customers.post.configured import WrongMailSettings, post_in
from services.customers.post.ways import Directory, SmtpServer
from shared.asker import Role
from shared.contracts import EVENTS
from shared.contracts.applications import STATES as APPLICATION_STATES
from shared.contracts.customers import ALWAYS_SENT, MAIL_KINDS
from shared.contracts.payments import CLAIM_STATES
from shared.errors import InvalidFields

TODAY = date(2026, 11, 25)  # a Wednesday
NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


def a_mail(**facts: object) -> OutgoingMail:
    plain: dict[str, object] = {
        "mail_id": "m-1",
        "person_id": "satu",
        "cause": "fact-1/complete",
        "kind": "completion",
        "role": "company",
        "business_id": "9137024-1",
        "authority": "ITA",
        "about": "application/A80655",
        "number": "A80655",
        "address": "satu@yritys.example",
        "language": "fi",
        "subject": "Täydennä",
        "text": "Hei",
        "html": "<p>Hei</p>",
        "made_at": NOW,
        "next_try_at": NOW,
    }
    return OutgoingMail(**{**plain, **facts})  # type: ignore[arg-type]  # the builder's own facts


def a_clock(number: str, turn: str = "handler", person: str | None = "aino", due: date | None = None) -> clocks.Clock:
    return clocks.Clock(
        subject=f"application/{number}", number=number, authority="ITA", turn=turn, person=person, due_on=due
    )


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_piece_of_news_has_words_in_every_language(language: str) -> None:
    texts = words.every_text(language)["tidings"]
    for code, own in texts.items():
        line = words.Line(words=code, number="A80655", day=TODAY, authority="ITA")
        letter = words.written(line, language, "https://tukivayla.example/")
        assert "A80655" in letter.subject, code
        assert "{" not in letter.subject + letter.text + letter.html
        assert own["text"]


def test_the_three_languages_tell_the_same_things() -> None:
    told = [set(words.every_text(language)["tidings"]) for language in ("fi", "sv", "en")]

    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize(("state", "turn"), [("submitted", "verifier"), ("verified", "handler")])
def test_a_claim_freed_of_a_disqualified_person_is_anothers_turn_within_the_same_term(state: str, turn: str) -> None:
    before = replace(a_clock("A80655", "decision_maker", due=TODAY), subject="claim/A80655-M1")
    told = {"claim_id": "A80655-M1", "number": "A80655", "authority": "ITA", "person": "aino", "state": state}

    clock = clocks.moved(before, "payments.claim_released", told)

    assert clock is not None
    assert (clock.turn, clock.due_on) == (turn, TODAY)


def test_every_fact_that_is_told_is_announced_by_somebody() -> None:
    assert set(TIDINGS) | set(clocks.MOVES) <= {kind for kind, _version in EVENTS}


def test_what_cannot_be_turned_off_is_the_same_in_the_contract_and_in_the_rules() -> None:
    assert set(ALWAYS_SENT) == choices.ALWAYS_SENT
    assert {*choices.OF_COMPANY, *choices.OF_OFFICIALS, choices.ADDRESS} == set(MAIL_KINDS)


@given(st.text(max_size=60))
def test_no_address_can_bring_a_header_of_its_own(typed: str) -> None:
    try:
        address = choices.as_address(typed)
    except InvalidFields:
        return

    assert not set(address) & set("\r\n\0<>\"', ;:()[]\\") - {"'"}


@pytest.mark.parametrize("address", ["anna@example.fi", "a.b+c@sub.example.fi", "O'Brien@example.fi"])
def test_ordinary_addresses_are_taken(address: str) -> None:
    assert choices.as_address(f" {address} ") == address


def test_a_list_shows_which_address_and_not_the_address() -> None:
    assert choices.masked("anna.virtanen@example.fi") == "a…@example.fi"


# ---- the morning ----


def test_the_morning_sorts_by_what_is_late_what_is_due_this_week_and_the_rest() -> None:
    known = [
        a_clock("A1", due=date(2026, 11, 24)),
        a_clock("A2", due=date(2026, 11, 29)),
        a_clock("A3", due=date(2026, 11, 30)),
        a_clock("A4"),
    ]

    agenda = clocks.agenda_of(known, "aino", [(Role.HANDLER, "ITA")], TODAY)

    assert [clock.number for clock in agenda.overdue] == ["A1"]
    assert [clock.number for clock in agenda.this_week] == ["A2"]
    assert [clock.number for clock in agenda.waiting] == ["A3", "A4"]


def test_a_colleagues_case_is_not_in_my_morning_but_nobodys_is() -> None:
    known = [a_clock("A1", person="toinen"), a_clock("A2", person=None)]

    agenda = clocks.agenda_of(known, "aino", [(Role.HANDLER, "ITA")], TODAY)

    assert [clock.number for clock in agenda.waiting] == ["A2"]


def test_another_authoritys_case_is_not_in_my_morning() -> None:
    assert not clocks.agenda_of([a_clock("A1")], "aino", [(Role.HANDLER, "POH")], TODAY)


@given(
    st.lists(
        st.builds(
            a_clock,
            st.sampled_from(["A1", "A2", "A3"]),
            st.sampled_from(["handler", "decision_maker", "outside"]),
            st.sampled_from([None, "aino", "toinen"]),
            st.none() | st.dates(date(2026, 10, 1), date(2027, 3, 1)),
        ),
        max_size=12,
    )
)
def test_a_case_stands_once_on_the_list_or_not_at_all(known: list[clocks.Clock]) -> None:
    agenda = clocks.agenda_of(known, "aino", [(Role.HANDLER, "ITA")], TODAY)
    shown = [*agenda.overdue, *agenda.this_week, *agenda.waiting]

    assert len(shown) == sum(clock.turn == "handler" and clock.person in (None, "aino") for clock in known)


def test_a_case_goes_from_hand_to_hand_as_facts_tell() -> None:
    case = {"number": "A1", "authority": "ITA"}
    life = [
        ("applications.application_submitted", {**case, "due_on": date(2027, 1, 10)}, ("handler", None)),
        ("applications.case_taken", {**case, "handler": "aino"}, ("handler", "aino")),
        ("applications.completion_requested", {**case, "due_on": date(2026, 12, 1)}, ("outside", "aino")),
        ("applications.case_assigned", {**case, "handler": "toinen"}, ("outside", "toinen")),
        ("applications.completion_answered", {**case, "resumed": True}, ("handler", "toinen")),
        ("applications.decision_proposed", case, ("decision_maker", "toinen")),
        ("applications.completion_answered", {**case, "resumed": False}, ("decision_maker", "toinen")),
        ("applications.proposal_returned", case, ("handler", "toinen")),
    ]
    clock = None
    for kind, data, (turn, person) in life:
        clock = clocks.moved(clock, kind, data)
        assert clock is not None
        assert (clock.turn, clock.person, clock.due_on) == (turn, person, date(2027, 1, 10)), kind

    assert clocks.moved(clock, "applications.grant_awarded", case) is None


@pytest.mark.parametrize(
    ("kind", "turns", "states"),
    [
        ("applications.standing_told", clocks.TURNS, APPLICATION_STATES),
        ("payments.claim_standing_told", clocks.TURNS_OF_CLAIMS, CLAIM_STATES),
    ],
)
def test_a_standing_that_is_told_says_whose_turn_it_is(
    kind: str, turns: dict[str, str], states: tuple[str, ...]
) -> None:
    older = a_clock("A1", turn="outside", person="aino")
    assert set(turns) <= set(states)
    for state, turn in turns.items():
        data = {"number": "A1", "authority": "ITA", "state": state, "handler": None, "due_on": TODAY}
        clock = clocks.moved(older, kind, data)
        assert clock is not None
        assert (clock.turn, clock.person, clock.due_on) == (turn, None, TODAY)


# ---- patience ----


@given(st.integers(1, 60))
def test_patience_grows_and_ends_after_four_days(tries: int) -> None:
    mail, now, waits = a_mail(), NOW, []
    for _ in range(tries):
        mail = mail.taken(mail.address, now).put_off("smtp 451", now)
        if mail.state == "failed":
            break
        assert mail.next_try_at is not None
        waits.append(mail.next_try_at - now)
        now = mail.next_try_at

    assert waits == sorted(waits)
    assert now - NOW <= GIVEN_UP_AFTER + max(waits, default=timedelta())
    assert mail.state == "waiting" or now - NOW >= GIVEN_UP_AFTER


def test_a_mails_name_depends_on_whom_and_why_alone() -> None:
    assert mail_id_for("satu", "fact-1/complete") == mail_id_for("satu", "fact-1/complete")
    assert mail_id_for("satu", "fact-1/complete") != mail_id_for("veikko", "fact-1/complete")


# ---- the way out ----


def test_without_a_server_mail_lies_in_a_directory_or_waits() -> None:
    assert isinstance(post_in({"MAIL_DIR": "/var/mail-here"}).way, Directory)
    assert post_in({}).way is None


def test_outside_this_machine_mail_never_goes_in_the_clear() -> None:
    server = post_in({"SMTP_URL": "smtp://u:p%40ss@mail.example:587", "MAIL_FROM": "a@example.fi"}).way

    assert isinstance(server, SmtpServer)
    assert (server.tls, server.user, server.password) == ("always", "u", "p@ss")
    for wrong in ("smtp://mail.example?tls=never", "smtp://mail.example?tls=offered", "http://mail.example", "smtp://"):
        with pytest.raises(WrongMailSettings):
            post_in({"SMTP_URL": wrong, "MAIL_FROM": "a@example.fi"})


def test_a_password_that_the_protocol_cannot_carry_is_told_at_the_start_and_not_at_each_mail() -> None:
    with pytest.raises(WrongMailSettings, match="ASCII"):
        post_in({"SMTP_URL": "smtps://anna:s%C3%A4l%C3%A4@posti.example", "MAIL_FROM": "palvelu@tuki.example"})


def test_a_server_needs_a_sender() -> None:
    with pytest.raises(WrongMailSettings):
        post_in({"SMTP_URL": "smtps://mail.example"})


TRANSFERRED = {
    "number": "A80655",
    "business_id": "9137024-1",
    "authority": "KES",
    "given_by": "ITA",
    "reason": "Hanke toteutetaan Jyväskylässä.",
    "due_on": date(2027, 2, 23),
}


def test_of_a_transfer_the_company_is_always_told_whose_the_case_is_now() -> None:
    [told] = TIDINGS["applications.case_transferred"](TRANSFERRED)

    assert (told.to, told.words, told.authority) == ("company", "transferred", "KES")
    assert choices.when_told(told.kind, {told.kind: "never"}) == "at_once"


def test_after_a_transfer_it_is_the_turn_of_the_other_authoritys_handlers_and_of_none_by_name() -> None:
    moved = clocks.moved(a_clock("A80655", person="aino"), "applications.case_transferred", TRANSFERRED)

    assert moved is not None
    assert (moved.authority, moved.turn, moved.person, moved.due_on) == ("KES", "handler", None, date(2027, 2, 23))
