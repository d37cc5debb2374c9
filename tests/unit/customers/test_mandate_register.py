"""The mandate register's client against answers of its recorded shape, and the checksum against one made by hand."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

import pytest

from services.customers.demo import identity_code_of
from services.customers.domain.mandate_rules import GRANT_TOPIC, MandateRules, Organisation, outcome
from services.customers.ports import RegisterRefused, RegisterSilent, Visit
from services.customers.registers.mandates import MandateRegister, MandateSettings
from tests.support.replaying import Answer, Replay, recorded, replaying

AT = datetime(2026, 11, 22, 12, 0, 5, tzinfo=timezone(timedelta(hours=2)))
CODE = identity_code_of("yritys")
BACK = "https://tuki.example.fi/valtuudet/paluu"
RULES = MandateRules()


def a_register(replay: Replay) -> MandateRegister:
    settings = MandateSettings(
        address=replay.address, client_id="palvelu 1", checksum_key="avain", oauth_secret="salaisuus", patience=0.5
    )
    return MandateRegister(settings, lambda: AT)


def an_organisation(*roles: str, complete: bool = True) -> Organisation:
    return Organisation(business_id="9137024-1", name="Malli Oy", complete=complete, roles=roles)


def test_the_checksum_is_the_one_made_by_hand() -> None:
    """The path with its query, a space, the time; HMAC-SHA256; base64."""
    with replaying(recorded("registered.json")) as replay:
        a_register(replay).visit(CODE)
    (asked,) = replay.asked
    text = f"{asked.target} 2026-11-22T12:00:05+02:00"
    by_hand = base64.b64encode(hmac.new(b"avain", text.encode(), hashlib.sha256).digest()).decode()
    assert asked.headers["X-Asiointivaltuudetauthorization"] == f"palvelu 1 2026-11-22T12:00:05+02:00 {by_hand}"


def test_a_fixed_checksum_does_not_change() -> None:
    """Computed once with another program from the interface's own description."""
    with replaying(recorded("token.json")) as replay:
        made = a_register(replay).checksum("/service/ypa/api/organizationRoles/s?requestId=r")
    assert made == "palvelu 1 2026-11-22T12:00:05+02:00 aTss5h+YyszGJ5/4CMw2G/C1x4fY6bkZV95S68Cj9wI="


def test_the_person_is_registered_by_the_code_and_a_request_id() -> None:
    with replaying(recorded("registered.json")) as replay:
        visit = a_register(replay).visit("010190A900+")
    path, _, query = replay.asked[0].target.partition("?")
    assert path == "/service/ypa/user/register/palvelu%201/010190A900%2B"
    assert parse_qs(query) == {"requestId": [visit.request_id]}
    assert (visit.session, visit.user) == ("c6a1f7b0", "u-77")


def test_the_person_goes_to_the_registers_own_page() -> None:
    with replaying(recorded("registered.json")) as replay:
        register = a_register(replay)
    address = urlsplit(register.choosing_address(Visit(session="s", user="u-77", request_id="r"), BACK, "sv"))
    assert address.path == "/oauth/authorize"
    assert parse_qs(address.query) == {
        "client_id": ["palvelu 1"],
        "response_type": ["code"],
        "redirect_uri": [BACK],
        "user": ["u-77"],
        "lang": ["sv"],
    }


def test_the_code_becomes_a_token_and_the_token_the_roles() -> None:
    with replaying(recorded("token.json"), recorded("roles.json")) as replay:
        request_id, organisations = a_register(replay).organisations("c6a1f7b0", "koodi", BACK)
    token, roles = replay.asked
    assert (token.method, urlsplit(token.target).path) == ("POST", "/oauth/token")
    assert parse_qs(urlsplit(token.target).query) == {
        "code": ["koodi"],
        "grant_type": ["authorization_code"],
        "redirect_uri": [BACK],
    }
    assert token.headers["Authorization"] == "Basic " + base64.b64encode(b"palvelu 1:salaisuus").decode()
    assert "X-Asiointivaltuudetauthorization" not in token.headers
    assert urlsplit(roles.target).path == "/service/ypa/api/organizationRoles/c6a1f7b0"
    assert parse_qs(urlsplit(roles.target).query) == {"requestId": [request_id]}
    assert roles.headers["Authorization"] == "Bearer opaque-token"
    assert "X-Asiointivaltuudetauthorization" in roles.headers
    assert [one.business_id for one in organisations] == ["9137024-1", "9211050-5", "9729225-6"]


def test_every_company_that_the_person_chose_is_kept_with_what_it_proves() -> None:
    with replaying(recorded("token.json"), recorded("roles.json")) as replay:
        _, organisations = a_register(replay).organisations("s", "koodi", BACK)
    assert [RULES.rights(one, association=False) for one in organisations] == [
        ("prepare", "sign"),
        ("prepare", "sign"),
        (),
    ]


@pytest.mark.parametrize("role", ["NIMKO", "TJ", "TJS", "ELI", "YHM", "PR", GRANT_TOPIC])
def test_these_roles_sign(role: str) -> None:
    assert RULES.rights(an_organisation(role), association=False) == ("prepare", "sign")


@pytest.mark.parametrize("role", ["PJ", "J"])
def test_the_board_alone_signs_only_for_an_association(role: str) -> None:
    assert RULES.rights(an_organisation(role), association=False) == ("prepare",)
    assert RULES.rights(an_organisation(role), association=True) == ("prepare", "sign")


def test_which_roles_sign_is_the_services_own_rule() -> None:
    strict = MandateRules(signing=frozenset({"NIMKO"}))
    assert strict.rights(an_organisation("TJ"), association=False) == ("prepare",)


def test_an_incomplete_answer_proves_nothing() -> None:
    assert RULES.rights(an_organisation("NIMKO", complete=False), association=False) == ()


def test_a_mandate_for_another_matter_is_none_for_grants() -> None:
    other = "http://valtuusrekisteri.suomi.fi/terveydenhuollon_asioiden_hoito"
    assert RULES.rights(an_organisation(other), association=False) == ()


def test_no_role_is_no_right() -> None:
    assert RULES.rights(an_organisation(), association=True) == ()


@pytest.mark.parametrize(
    ("organisations", "expected"),
    [
        ([], ("not_proved", "nothing_chosen")),
        ([(an_organisation(complete=False), ())], ("not_proved", "incomplete")),
        ([(an_organisation(), ())], ("not_proved", "no_right")),
        ([(an_organisation(), ()), (an_organisation("TJ"), ("prepare", "sign"))], ("granted", "")),
    ],
)
def test_a_check_says_why_nothing_was_granted(organisations: list, expected: tuple[str, str]) -> None:
    assert outcome(organisations) == expected


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_register_in_trouble_is_silent(status: int) -> None:
    with replaying(Answer("x", status)) as replay, pytest.raises(RegisterSilent):
        a_register(replay).visit(CODE)


@pytest.mark.parametrize(
    "answer",
    [
        Answer("x", 403),
        Answer("x", 302, {"Location": "https://elsewhere.example"}),
        Answer("[]"),
        Answer("no json"),
        Answer('{"sessionId": 1, "userId": null}'),
    ],
)
def test_what_is_no_answer_is_refused(answer: Answer) -> None:
    with replaying(answer) as replay, pytest.raises(RegisterRefused):
        a_register(replay).visit(CODE)


@pytest.mark.parametrize("answer", ['{"roles": []}', '[{"identifier": "9137024-2"}]', "[1]", '[{"name": "x"}]'])
def test_roles_of_nobody_are_refused(answer: str) -> None:
    with replaying(recorded("token.json"), Answer(answer)) as replay, pytest.raises(RegisterRefused):
        a_register(replay).organisations("s", "koodi", BACK)


def test_only_a_true_complete_is_complete() -> None:
    body = '[{"name": "Malli Oy", "identifier": "9137024-1", "complete": "true", "roles": ["TJ"]}]'
    with replaying(recorded("token.json"), Answer(body)) as replay:
        _, (one,) = a_register(replay).organisations("s", "koodi", BACK)
    assert not one.complete


@pytest.mark.parametrize("answer", [recorded("registered.json"), Answer("x", 503), Answer("x", 403)])
def test_the_identity_code_is_in_no_log_line(answer: Answer, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), replaying(answer) as replay, suppress(RegisterSilent, RegisterRefused):
        a_register(replay).visit(CODE)
    assert CODE not in caplog.text


def test_the_identity_code_is_in_no_exception_when_nobody_answers(caplog: pytest.LogCaptureFixture) -> None:
    with replaying(Answer()) as replay:
        pass
    with caplog.at_level(logging.DEBUG), pytest.raises(RegisterSilent) as raised:
        a_register(replay).visit(CODE)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
    assert CODE not in f"{raised.value!r}{caplog.text}"


def test_an_invented_identity_code_is_well_formed_and_nobodys() -> None:
    digits, check = CODE[:6] + CODE[7:10], CODE[10]
    assert len(CODE) == 11
    assert "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(digits) % 31] == check
    assert int(CODE[7:10]) >= 900
