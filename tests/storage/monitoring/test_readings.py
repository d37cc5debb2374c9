"""What auditors, officials and companies read."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from services.monitoring import queries, readings
from services.monitoring.checkpointing import sign_head
from services.monitoring.signing import Signer
from services.monitoring.storage import MonitoringWork
from shared.asker import Asker, Role
from shared.errors import InvalidFields, NotForYou, NotFound
from shared.money import Money
from shared.storage.database import Database
from tests.support.monitoring_builders import (
    AUDITOR,
    CLAIM,
    COMPANY,
    HANDLER,
    NOW,
    NUMBER,
    OF_ANOTHER_AUTHORITY,
    PAYER,
    a_fact,
    a_life,
    a_representative,
)
from tests.support.monitoring_trails import record

pytestmark = pytest.mark.postgres

PAYMENT = f"{NUMBER}-P1"
OTHERS = {"business_id": "9211050-5", "authority": "KES", "region": "13", "undertaking_name": "Åbo Båt Ab"}


@pytest.fixture
def database(room_database: Database) -> Database:
    record(room_database, a_life())
    record(room_database, a_life("B1", until="applications.grant_awarded", **OTHERS))
    return room_database


def trail(database: Database, asker: Asker, number: str = NUMBER) -> list[dict[str, Any]]:
    with database.work(MonitoringWork, asker, read_only=True) as work:
        entries: list[dict[str, Any]] = readings.case_trail(work, number=number)["entries"]
        return entries


def trace(database: Database, asker: Asker = AUDITOR, payment_id: str = PAYMENT) -> dict[str, Any]:
    with database.work(MonitoringWork, asker, read_only=True) as work:
        return readings.trace_payment(work, payment_id=payment_id)


def cases(database: Database, **asked: Any) -> dict[str, Any]:
    usual = {"state": "", "authority": "", "region": "", "fund": "", "search": "", "page": 1, "size": 50, "sort": ""}
    with database.work(MonitoringWork, AUDITOR, read_only=True) as work:
        return queries.cases(work.session, **{**usual, **asked})


def payments(database: Database, asker: Asker = AUDITOR, **asked: Any) -> dict[str, Any]:
    usual = {"state": "", "number": "", "page": 1, "size": 50, "sort": ""}
    with database.work(MonitoringWork, asker, read_only=True) as work:
        return readings.payments(work, **{**usual, **asked})


def figures(database: Database, asker: Asker, authority: str = "") -> dict[str, Any]:
    with database.work(MonitoringWork, asker, read_only=True) as work:
        return readings.figures(work, authority=authority)


class TestTrailOfACase:
    def test_has_the_application_its_claims_payments_documents_and_letters_oldest_first(
        self, database: Database
    ) -> None:
        entries = trail(database, AUDITOR)
        assert [entry["type"] for entry in entries] == [fact.type for fact in a_life()]
        assert [entry["at"] for entry in entries] == sorted(entry["at"] for entry in entries)

    def test_tells_the_ground_and_the_sum_of_each_act(self, database: Database) -> None:
        awarded = next(entry for entry in trail(database, AUDITOR) if entry["type"] == "applications.grant_awarded")
        assert (awarded["basis"], awarded["amount"]) == ("laki 758/2021 10 §", Money.eur("4000.00"))

    def test_has_a_document_of_a_claim_though_it_came_before_the_claim(self, database: Database) -> None:
        record(database, [a_fact("documents.document_stored", document_id="E1", subject="claim/B1-M1")])
        record(database, [a_fact("payments.claim_submitted", claim_id="B1-M1", number="B1")])
        assert "document/E1" in {entry["subject"] for entry in trail(database, AUDITOR, "B1")}

    def test_shows_a_company_its_own_case_without_inner_preparation(self, database: Database) -> None:
        kinds = [entry["type"] for entry in trail(database, a_representative())]
        assert "applications.grant_awarded" in kinds
        assert not {"applications.decision_proposed", "payments.claim_verified", "payments.payment_proposed"} & set(
            kinds
        )

    def test_does_not_tell_a_company_that_another_case_exists(self, database: Database) -> None:
        for number in ("B1", "no such case"):
            with pytest.raises(NotFound) as refused:
                trail(database, a_representative(), number)
            assert refused.value.facts == {"what": "case", "number": number}

    def test_is_for_the_officials_of_its_own_authority(self, database: Database) -> None:
        assert trail(database, HANDLER)
        with pytest.raises(NotForYou):
            trail(database, OF_ANOTHER_AUTHORITY)

    def test_is_for_any_auditor_and_operator(self, database: Database) -> None:
        assert trail(database, AUDITOR, "B1")
        assert trail(database, Asker(person="o", role=Role.OPERATOR, authority="ITA"), "B1")

    def test_belongs_to_the_company_of_its_claims_while_the_application_is_not_heard_of(
        self, room_database: Database
    ) -> None:
        record(room_database, [fact for fact in a_life() if fact.source == "/payments"])
        assert trail(room_database, a_representative())
        assert trail(room_database, HANDLER)
        with pytest.raises(NotFound):
            trail(room_database, a_representative("9211050-5"))


class TestTraceOfAEuro:
    def test_goes_from_the_bank_back_to_the_application(self, database: Database) -> None:
        assert [entry["type"].partition(".")[2] for entry in trace(database)["steps"]] == [
            "payment_settled",
            "payment_ordered",
            "payment_decided",
            "claim_verified",
            "claim_submitted",
            "grant_awarded",
            "application_submitted",
        ]

    def test_has_each_cost_line_with_its_invoice_and_why_the_rest_was_cut(self, database: Database) -> None:
        lines = trace(database)["lines"]
        assert lines[0] == {
            "line": 1,
            "category": "equipment",
            "claimed": Money.eur("1000.00"),
            "accepted": Money.eur("1000.00"),
            "cut_reason": None,
            "invoice_number": "L-17",
            "document_id": f"{NUMBER}-D1",
            "sha256": "1" * 64,
        }
        assert (lines[1]["accepted"], lines[1]["cut_reason"], lines[1]["sha256"]) == (
            Money.eur("0.00"),
            "no_voucher",
            None,
        )

    def test_tells_the_payment_its_file_and_its_bank_day(self, database: Database) -> None:
        found = trace(database)
        told = {key: str(found[key]) for key in ("claim_id", "amount", "state", "settled_on", "file_sha256")}
        assert told == {
            "claim_id": CLAIM,
            "amount": "500.00",
            "state": "settled",
            "settled_on": "2026-08-05",
            "file_sha256": "f" * 64,
        }

    def test_proves_its_steps_by_the_chain_around_them(self, database: Database, tmp_path: Path) -> None:
        sign_head(database.engine, Signer(tmp_path), NOW)
        found = trace(database)
        proof = found["proof"]
        assert proof["holds"]
        assert proof["positions"] == [entry["position"] for entry in found["steps"]]
        assert proof["hashes"] == [entry["hash"] for entry in found["steps"]]
        assert (proof["head_position"], proof["signed_position"]) == (19, 19)

    def test_says_that_the_chain_does_not_hold_when_a_step_was_changed(self, database: Database) -> None:
        with database.engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(
                text(
                    "UPDATE monitoring.trail SET canonical = replace(canonical, '500.00', '900.00') WHERE position = 12"
                )
            )
        assert not trace(database)["proof"]["holds"]

    def test_has_only_the_steps_of_this_payment_when_an_earlier_one_failed(self, database: Database) -> None:
        again = {"claim_id": CLAIM, "payment_id": "P-again"}
        record(
            database,
            [
                a_fact("payments.payment_failed", claim_id=CLAIM, payment_id=PAYMENT),
                a_fact("payments.payment_ordered", **again),
                a_fact("payments.payment_settled", **again),
            ],
        )
        kinds = [entry["type"].partition(".")[2] for entry in trace(database, payment_id="P-again")["steps"]]
        assert kinds[:3] == ["payment_settled", "payment_ordered", "payment_decided"]
        assert trace(database)["steps"][0]["type"] == "payments.payment_failed"

    def test_is_for_payers_of_the_same_authority(self, database: Database) -> None:
        assert trace(database, PAYER)["payment_id"] == PAYMENT
        with pytest.raises(NotForYou):
            trace(database, Asker(person="p", role=Role.PAYER, authority="KES"))

    def test_of_an_unknown_payment_is_not_found(self, database: Database) -> None:
        with pytest.raises(NotFound):
            trace(database, payment_id="nothing")


class TestLists:
    def test_the_case_that_something_happened_to_last_comes_first(self, database: Database) -> None:
        assert [row["number"] for row in cases(database)["items"]] == [NUMBER, "B1"]

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"authority": "KES"}, ["B1"]),
            ({"region": "10"}, [NUMBER]),
            ({"state": "approved"}, ["B1"]),
            ({"fund": "JTF"}, []),
            ({"search": "båt"}, ["B1"]),
            ({"search": COMPANY}, [NUMBER]),
            ({"search": "100%"}, []),
            ({"sort": "undertaking_name"}, [NUMBER, "B1"]),
            ({"sort": "-undertaking_name"}, ["B1", NUMBER]),
            ({"sort": "paid", "size": 1, "page": 2}, [NUMBER]),
        ],
    )
    def test_cases_are_found_by_what_one_asks(
        self, database: Database, asked: dict[str, Any], found: list[str]
    ) -> None:
        assert [row["number"] for row in cases(database, **asked)["items"]] == found

    def test_the_total_counts_every_page(self, database: Database) -> None:
        assert cases(database, size=1)["total"] == 2

    def test_an_unknown_order_is_refused(self, database: Database) -> None:
        with pytest.raises(InvalidFields):
            cases(database, sort="colour")

    def test_a_case_known_from_payments_alone_shows_with_no_owner_yet(self, room_database: Database) -> None:
        record(room_database, [fact for fact in a_life() if fact.source == "/payments"])
        (row,) = cases(room_database)["items"]
        assert (row["business_id"], row["undertaking_name"], row["paid"]) == (None, "", Money.eur("500.00"))

    def test_payments_are_found_by_case_and_state(self, database: Database) -> None:
        assert [row["payment_id"] for row in payments(database, number=NUMBER, state="settled")["items"]] == [PAYMENT]
        assert payments(database, state="rejected")["total"] == 0

    def test_a_payer_sees_the_own_authoritys_payments(self, database: Database) -> None:
        assert payments(database, PAYER)["total"] == 1
        assert payments(database, Asker(person="p", role=Role.PAYER, authority="KES"))["total"] == 0


class TestFigures:
    def test_are_sums_by_authority_fund_and_region(self, database: Database) -> None:
        rows = figures(database, AUDITOR)["rows"]
        assert [(row["authority"], row["region"], row["cases"], str(row["paid"])) for row in rows] == [
            ("ITA", "10", 1, "500.00"),
            ("KES", "13", 1, "0.00"),
        ]

    def test_say_how_far_along_the_trail_they_go(self, database: Database) -> None:
        found = figures(database, AUDITOR)
        assert (found["position"], found["as_of"]) == (19, NOW + timedelta(hours=4))

    def test_of_an_official_are_the_own_authoritys(self, database: Database) -> None:
        assert {row["authority"] for row in figures(database, HANDLER)["rows"]} == {"ITA"}
        with pytest.raises(NotForYou):
            figures(database, HANDLER, "KES")

    def test_of_an_empty_house_are_none(self, room_database: Database) -> None:
        assert figures(room_database, AUDITOR) == {"rows": [], "position": 0, "as_of": None}


def test_anyone_can_check_an_entry_from_what_the_trail_shows(database: Database) -> None:
    with database.engine.connect() as connection:
        rows = connection.execute(text("SELECT canonical, previous, hash FROM monitoring.trail ORDER BY position"))
        for canonical, previous, digest in rows:
            assert hashlib.sha256(bytes(previous) + canonical.encode()).digest() == bytes(digest)
