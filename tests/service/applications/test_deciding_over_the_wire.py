"""Assessment, many decisions at once, envelopes explained and decisions proved, through the room's real door."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from shared.contracts import applications as contract
from shared.messaging.settings import BusSettings
from shared.messaging.wire import Reply
from shared.storage.database import Database
from tests.service.applications.conftest import Ask
from tests.storage.applications.conftest import works_of
from tests.support import applications_builders as an
from tests.support.deciding_builders import DecidingJourney, a_choosing_call, an_assessment
from tukivayla import cli
from tukivayla.settings import Settings

pytestmark = pytest.mark.postgres


@pytest.fixture
def journey(room_database: Database) -> DecidingJourney:
    journey = DecidingJourney(works_of(room_database))
    journey.publish(a_choosing_call())
    journey.fund("25000.00")
    return journey


def done(ask: Ask, operation: Any, asker: Any, data: dict[str, Any] | None = None) -> dict[str, Any]:
    answer = Reply.from_bytes(ask(operation, asker, data or {}).to_bytes()).opened()
    assert operation.gives().validate(answer) == {}
    return answer


def declare(ask: Ask, asker: Any, *numbers: str) -> None:
    for number in numbers:
        done(ask, contract.DECLARE_INTEREST, asker, {"number": number, "answer": "none"})


def proposed(journey: DecidingJourney) -> str:
    number = journey.assessed()
    journey.put_forward(number)
    return number


def test_an_assessment_travels_whole_and_its_gates_with_it(ask: Ask, journey: DecidingJourney) -> None:
    number = journey.submitted_in("IS-2026-14")
    declare(ask, an.HANDLER, number)
    done(ask, contract.TAKE_CASE, an.HANDLER, {"number": number, "version": 4})

    saved = done(
        ask, contract.SAVE_ASSESSMENT, an.HANDLER, {"number": number, "version": 0, "answers": an_assessment()}
    )
    seen = done(ask, contract.GET_ASSESSMENT, an.AUDITOR, {"number": number})

    assert saved == seen
    assert seen["ready"] is True
    assert seen["room"]["free"] == "300000.00"
    assert {gate["code"] for gate in seen["gates"]} <= set(contract.GATES)
    assert seen["selection"]["least_points"] == 6


def test_many_are_signed_each_by_itself_and_one_that_fails_keeps_none_of_the_others(
    ask: Ask, journey: DecidingJourney
) -> None:
    """25 000 euros hold two awards of 10 700; the fourth was changed meanwhile, the fifth is not there."""
    numbers = [proposed(journey) for _ in range(4)]
    journey.save(numbers[3], 1, staff="23")
    items = [{"number": number, "version": 6} for number in (*numbers, "A99999")]
    declare(ask, an.DECIDER, *numbers)

    decider = replace(an.DECIDER, idempotency_key="paatosnippu-1")
    rows = done(ask, contract.DECIDE_MANY, decider, {"items": items})["items"]

    assert [row["done"] for row in rows] == [True, True, False, False, False]
    assert [row["code"] for row in rows[2:]] == ["authority_short", "wrong_state", "not_found"]
    assert [row["aid"] for row in rows[:2]] == ["10700.00", "10700.00"]
    assert journey.look(numbers[2])["state"] == "proposed"


def test_the_same_bundle_sent_again_signs_nothing_twice(ask: Ask, journey: DecidingJourney) -> None:
    number = proposed(journey)
    items = [{"number": number, "version": 6}]
    declare(ask, an.DECIDER, number)
    decider = replace(an.DECIDER, idempotency_key="paatosnippu-2")

    first = done(ask, contract.DECIDE_MANY, decider, {"items": items})
    again = done(ask, contract.DECIDE_MANY, decider, {"items": items})

    assert first == again
    assert first["items"][0]["done"] is True


def test_nobody_signs_what_they_prepared_in_a_bundle_either(ask: Ask, journey: DecidingJourney) -> None:
    number = proposed(journey)
    preparer = replace(an.DECIDER, person=an.HANDLER.person)
    declare(ask, preparer, number)

    row = done(ask, contract.DECIDE_MANY, preparer, {"items": [{"number": number, "version": 6}]})["items"][0]
    listed = done(ask, contract.LIST_DECIDABLE, preparer)

    assert (row["done"], row["code"]) == (False, "prepared_by_you")
    assert [one["mine"] for one in listed["items"]] == [True]


def test_a_case_that_the_decision_maker_has_not_declared_on_is_left_out_of_the_bundle(
    ask: Ask, journey: DecidingJourney
) -> None:
    number = proposed(journey)

    listed = done(ask, contract.LIST_DECIDABLE, an.DECIDER)["items"]
    row = done(ask, contract.DECIDE_MANY, an.DECIDER, {"items": [{"number": number, "version": 6}]})["items"][0]

    assert [one["declared"] for one in listed] == [False]
    assert (row["done"], row["code"]) == (False, "declare_first")


def test_what_waits_to_be_decided_is_listed_to_its_own_authority_only(ask: Ask, journey: DecidingJourney) -> None:
    number = proposed(journey)

    own = done(ask, contract.LIST_DECIDABLE, an.DECIDER)
    elsewhere = done(ask, contract.LIST_DECIDABLE, replace(an.DECIDER, authority="POH"))

    assert [(one["number"], one["aid"], one["mine"]) for one in own["items"]] == [(number, "10700.00", False)]
    assert elsewhere["items"] == []


def test_every_euro_of_an_envelope_is_explained_by_its_entries(ask: Ask, journey: DecidingJourney) -> None:
    numbers = [proposed(journey), proposed(journey)]
    for number in numbers:
        journey.decide(number)

    envelope = done(ask, contract.LIST_ENVELOPES, an.HANDLER)["items"][0]
    entries = done(ask, contract.LIST_ENVELOPE_ENTRIES, an.HANDLER, {"envelope_id": envelope["envelope_id"]})
    one = done(ask, contract.LIST_ENVELOPE_ENTRIES, an.AUDITOR, {"number": numbers[0]})
    none = done(ask, contract.LIST_ENVELOPE_ENTRIES, an.HANDLER, {"envelope_id": "no such"})

    assert entries["bound"] == envelope["reserved"] == "21400.00"
    assert sorted(entry["number"] for entry in entries["items"]) == sorted(numbers)
    assert (one["bound"], one["total"]) == ("10700.00", 1)
    assert (none["bound"], none["items"]) == ("0.00", [])


def test_an_auditor_sees_what_the_decision_rests_on_and_proves_it(ask: Ask, journey: DecidingJourney) -> None:
    number = proposed(journey)
    journey.decide(number)

    reckonings = done(ask, contract.LIST_RECKONINGS, an.AUDITOR, {"number": number})["items"]
    proof = done(ask, contract.REPLAY_DECISION, an.AUDITOR, {"number": number})

    assert [one["kind"] for one in reckonings] == ["decision", "proposal"]
    assert all(finding["version"] and finding["source"] for finding in reckonings[0]["findings"])
    assert (proof["holds"], proof["digest"]) == (True, reckonings[0]["digest"])


class TestCommandLine:
    """`tukivayla decision replay`."""

    @pytest.fixture(autouse=True)
    def settings(self, room_database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        url = room_database.engine.url.render_as_string(hide_password=False).replace("+psycopg2", "")
        urls = dict.fromkeys(("customers", "documents", "applications", "payments", "monitoring"), url)
        known = Settings(
            database_urls=urls,
            bus=BusSettings(),
            blob_dir=tmp_path,
            trail_dir=tmp_path,
            service_address="",
            demo=False,
            log_json=False,
            pool_size=2,
        )
        monkeypatch.setattr(cli, "settings_or_exit", lambda: known)

    def test_decisions_that_hold_exit_0_and_say_so(self, journey: DecidingJourney) -> None:
        number = proposed(journey)
        journey.decide(number)

        every = CliRunner().invoke(cli.main, ["decision", "replay", "--all"])
        one = CliRunner().invoke(cli.main, ["decision", "replay", number, "--json"])

        assert (every.exit_code, every.output) == (0, "1 decisions hold, 0 do not; 0 are older than stored inputs.\n")
        told = json.loads(one.output)
        assert (one.exit_code, told["holds"], told["aid"], told["differences"]) == (0, True, "10700.00", [])

    def test_a_decision_that_was_meddled_with_exits_1_and_is_named_to_the_cent(
        self, journey: DecidingJourney, room_database: Database
    ) -> None:
        number = proposed(journey)
        journey.decide(number)
        with room_database.transaction() as session:
            meddling = """UPDATE applications.reckonings SET results = results || '{"aid": "10700.01"}'"""
            session.execute(text(meddling + " WHERE kind = 'decision'"))

        told = CliRunner().invoke(cli.main, ["decision", "replay", "--all"])

        assert told.exit_code == 1
        assert f"{number}: 10700.01 euros" in told.output
        assert "results.aid: '10700.01' stored, '10700.00' now" in told.output

    def test_a_case_without_a_decision_is_a_sentence_and_no_trace(self, journey: DecidingJourney) -> None:
        told = CliRunner().invoke(cli.main, ["decision", "replay", proposed(journey)])

        assert told.exit_code == 1
        assert "Refused: not_found" in told.output

    def test_neither_numbers_nor_all_is_asked_back(self) -> None:
        assert CliRunner().invoke(cli.main, ["decision", "replay"]).exit_code == 2
