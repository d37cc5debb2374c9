"""What the business register says: fetched once, kept as evidence, served with its date, never overtyped."""

from __future__ import annotations

from hashlib import sha256

import pytest
from sqlalchemy import text

from services.customers.domain.errors import AlreadySettled, NotInRegister, RegisterAway
from shared.asker import Asker, Role
from shared.contracts import customers as contract
from shared.errors import ChangedMeanwhile, InvalidFields, MayNotPrepare, NotForYou, NotFound
from tests.support.customers_builders import HANDLER, OPERATOR, a_representative
from tests.support.customers_rooms import House
from tukivayla.standins.companies import BANKRUPT, ENDED

pytestmark = pytest.mark.postgres

MALLI, NOBODY = "9137024-1", "9100001-3"
US = a_representative(MALLI)
AUDITOR = Asker(person="auditor-1", role=Role.AUDITOR, authority="ITA")


def asked(house: House) -> int:
    return len(house.register.asked)


def test_the_register_is_asked_once_a_day(house: House) -> None:
    first = house.ask(contract.GET_REGISTER_DATA, US, business_id=MALLI)
    house.pass_by(hours=23)
    assert house.ask(contract.GET_REGISTER_DATA, HANDLER, business_id=MALLI) == first
    assert asked(house) == 1
    house.pass_by(hours=2)
    again = house.ask(contract.GET_REGISTER_DATA, US, business_id=MALLI)
    assert asked(house) == 2
    assert again["fetched_at"] > first["fetched_at"]


def test_a_button_asks_anew_but_not_twice_a_minute(house: House) -> None:
    for _ in range(3):
        house.ask(contract.FETCH_REGISTER_DATA, US, business_id=MALLI)
    assert asked(house) == 1
    house.pass_by(minutes=2)
    house.ask(contract.FETCH_REGISTER_DATA, US, business_id=MALLI)
    assert asked(house) == 2


def test_when_the_register_is_away_its_last_word_is_served_and_told_to_be_old(house: House) -> None:
    first = house.ask(contract.GET_REGISTER_DATA, US, business_id=MALLI)
    house.pass_by(days=3)
    house.register.set(status=503, times=99)
    then = house.ask(contract.GET_REGISTER_DATA, US, business_id=MALLI)
    assert then["stale"]
    assert then | {"stale": False} == first


def test_a_slow_register_is_an_away_register(house: House) -> None:
    house.register.set(slow_seconds=0.8)
    with pytest.raises(RegisterAway):
        house.ask(contract.GET_REGISTER_DATA, US, business_id=MALLI)


def test_a_company_that_is_not_there_is_said(house: House) -> None:
    with pytest.raises(NotInRegister):
        house.ask(contract.GET_REGISTER_DATA, HANDLER, business_id=NOBODY)


def test_every_answer_is_kept_letter_by_letter_with_its_digest(house: House) -> None:
    data = house.ask(contract.GET_REGISTER_DATA, US, business_id=MALLI)
    house.pass_by(days=2)
    house.ask(contract.GET_REGISTER_DATA, US, business_id=MALLI)
    with house.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT raw, digest, fetched_at FROM customers.register_answers ORDER BY fetched_at")
        ).all()
    assert [sha256(row.raw.encode()).hexdigest() for row in rows] == [row.digest for row in rows]
    assert rows[0].fetched_at == data["fetched_at"]
    assert len(rows) == 2


def test_an_auditor_opens_the_answer_that_a_decision_names_and_a_changed_one_is_found_out(house: House) -> None:
    data = house.ask(contract.GET_REGISTER_DATA, HANDLER, business_id=MALLI)
    named = {"business_id": MALLI, "digest": data["digest"]}

    answer = house.ask(contract.GET_REGISTER_ANSWER, AUDITOR, **named)
    assert (answer["fetched_at"], answer["unchanged"]) == (data["fetched_at"], True)
    assert sha256(answer["raw"].encode()).hexdigest() == data["digest"]

    with house.engine.begin() as connection:
        connection.execute(text("UPDATE customers.register_answers SET raw = replace(raw, 'Malli', 'Valli')"))
    assert not house.ask(contract.GET_REGISTER_ANSWER, AUDITOR, **named)["unchanged"]


def test_an_answer_that_was_never_given_is_not_there_and_a_company_opens_none(house: House) -> None:
    with pytest.raises(NotFound):
        house.ask(contract.GET_REGISTER_ANSWER, AUDITOR, business_id=MALLI, digest="0" * 64)
    with pytest.raises(NotForYou):
        house.ask(contract.GET_REGISTER_ANSWER, US, business_id=MALLI, digest="0" * 64)


def test_an_open_bankruptcy_is_announced(house: House) -> None:
    data = house.ask(contract.GET_REGISTER_DATA, HANDLER, business_id=BANKRUPT.business_id)
    assert [one["kind"] for one in data["situations"]] == ["bankruptcy"]
    (fact,) = house.announced("customers.register_data_fetched")
    assert (fact["data"]["situations"], fact["subject"]) == (["bankruptcy"], f"undertaking/{BANKRUPT.business_id}")


def test_a_company_that_has_ended_says_when(house: House) -> None:
    data = house.ask(contract.GET_REGISTER_DATA, HANDLER, business_id=ENDED.business_id)
    assert data["ended_on"].isoformat() == "2024-12-31"


def test_the_customer_register_takes_the_registers_name(house: House) -> None:
    house.ask(contract.REGISTER_UNDERTAKING, OPERATOR, business_id=MALLI, name="Malli Metalli", language="fi")
    house.ask(contract.GET_REGISTER_DATA, HANDLER, business_id=MALLI)
    company = house.ask(contract.GET_UNDERTAKING, HANDLER, business_id=MALLI)
    assert company["name"] == "Mallimetalli Esimerkki Oy"


def test_another_companys_register_data_is_not_there(house: House) -> None:
    with pytest.raises(NotFound):
        house.ask(contract.GET_REGISTER_DATA, US, business_id="9211050-5")
    assert asked(house) == 0


def test_an_auditor_reads_what_is_kept_and_fetches_nothing(house: House) -> None:
    with pytest.raises(NotFound):
        house.ask(contract.GET_REGISTER_DATA, AUDITOR, business_id=MALLI)
    house.ask(contract.GET_REGISTER_DATA, HANDLER, business_id=MALLI)
    house.pass_by(days=5)
    assert house.ask(contract.GET_REGISTER_DATA, AUDITOR, business_id=MALLI)["stale"]
    assert asked(house) == 1
    with pytest.raises(NotForYou):
        house.ask(contract.FETCH_REGISTER_DATA, AUDITOR, business_id=MALLI)


def test_the_register_is_searched_by_name(house: House) -> None:
    found = house.ask(contract.SEARCH_BUSINESS_REGISTER, HANDLER, name="mallimetalli")
    assert [(one["business_id"], one["city"]) for one in found["items"]] == [(MALLI, "MIKKELI")]


class TestDisagreeing:
    def report(self, house: House) -> dict:
        house.ask(contract.GET_REGISTER_DATA, US, business_id=MALLI)
        return house.ask(
            contract.REPORT_DISAGREEMENT, US, business_id=MALLI, about="address", should_be="Toinenkatu 1, Mikkeli"
        )

    def test_what_the_register_said_is_kept_beside_what_the_company_says(self, house: House) -> None:
        told = self.report(house)
        assert told["registered"].startswith("Keksitynkatu")
        assert (told["should_be"], told["state"]) == ("Toinenkatu 1, Mikkeli", "open")

    def test_the_data_itself_does_not_change(self, house: House) -> None:
        before = house.ask(contract.GET_REGISTER_DATA, US, business_id=MALLI)
        self.report(house)
        assert house.ask(contract.GET_REGISTER_DATA, US, business_id=MALLI) == before

    def test_an_official_settles_it_with_a_reason_that_the_company_sees(self, house: House) -> None:
        told = self.report(house)
        settled = {"disagreement_id": told["disagreement_id"], "outcome": "register_is_right", "version": 1}
        house.ask(contract.SETTLE_DISAGREEMENT, HANDLER, reason="Ote 20.11.2026.", **settled)
        (seen,) = house.ask(contract.LIST_DISAGREEMENTS, US)["items"]
        assert (seen["state"], seen["reason"], seen["settled_by"]) == ("settled", "Ote 20.11.2026.", "handler-1")

    def test_it_is_settled_once_and_by_a_page_that_is_fresh(self, house: House) -> None:
        told = self.report(house)
        settled = {"disagreement_id": told["disagreement_id"], "outcome": "noted", "reason": "Kirjattu."}
        with pytest.raises(ChangedMeanwhile):
            house.ask(contract.SETTLE_DISAGREEMENT, HANDLER, version=2, **settled)
        house.ask(contract.SETTLE_DISAGREEMENT, HANDLER, version=1, **settled)
        with pytest.raises(AlreadySettled):
            house.ask(contract.SETTLE_DISAGREEMENT, HANDLER, version=2, **settled)

    def test_a_reason_is_needed(self, house: House) -> None:
        told = self.report(house)
        with pytest.raises(InvalidFields):
            house.ask(
                contract.SETTLE_DISAGREEMENT,
                HANDLER,
                disagreement_id=told["disagreement_id"],
                outcome="noted",
                reason="",
                version=1,
            )

    def test_open_ones_come_first_for_officials_of_every_authority(self, house: House) -> None:
        self.report(house)
        found = house.ask(contract.LIST_DISAGREEMENTS, HANDLER, state=["open"])
        assert [one["business_id"] for one in found["items"]] == [MALLI]
        assert house.ask(contract.LIST_DISAGREEMENTS, HANDLER, state=["settled"])["total"] == 0

    def test_a_company_reports_of_itself_alone(self, house: House) -> None:
        house.ask(contract.GET_REGISTER_DATA, HANDLER, business_id="9211050-5")
        with pytest.raises(NotFound):
            house.ask(contract.REPORT_DISAGREEMENT, US, business_id="9211050-5", about="name", should_be="X Oy")

    def test_a_reader_and_an_auditor_report_and_settle_nothing(self, house: House) -> None:
        told = self.report(house)
        with pytest.raises(MayNotPrepare):
            house.ask(
                contract.REPORT_DISAGREEMENT,
                a_representative(MALLI, "person-2", "read"),
                business_id=MALLI,
                about="name",
                should_be="X Oy",
            )
        with pytest.raises(NotForYou):
            house.ask(
                contract.SETTLE_DISAGREEMENT,
                AUDITOR,
                disagreement_id=told["disagreement_id"],
                outcome="noted",
                reason="x",
                version=1,
            )
