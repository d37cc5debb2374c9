"""The business register's client against answers of its recorded shape: nothing outside is called."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pytest

from services.customers.domain.register_data import RegisterData, Situation
from services.customers.ports import RegisterSilent
from services.customers.registers.ytj import BusinessRegister, YtjSettings
from services.customers.registers.ytj_reading import day_in, register_data, summary
from tests.support.replaying import RECORDED, Answer, Replay, recorded, replaying

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
OURS = "9137024-1"
BUSY = Answer("Too many requests", 429, {"Retry-After": "0"}, "text/plain")
AWAY = Answer('{"timestamp": "2026-11-22 10:00:00", "message": "x", "errorcode": 503}', 503)


class Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def a_register(replay: Replay, clock: Callable[[], float] | None = None, retries: int = 0) -> BusinessRegister:
    settings = YtjSettings(address=replay.address, patience=0.5, retries=retries)
    return BusinessRegister(settings, clock or Clock())


def read(name: str, business_id: str = OURS) -> RegisterData:
    with replaying(recorded(name)) as replay:
        told = a_register(replay).company(business_id)
    assert told
    return register_data(told, NOW)


def test_the_company_is_asked_by_its_business_id() -> None:
    with replaying(recorded("company.json")) as replay:
        a_register(replay).company(OURS)
    assert [(asked.method, asked.target) for asked in replay.asked] == [("GET", f"/companies?businessId={OURS}")]


def test_the_name_is_the_current_main_name_and_not_an_earlier_or_parallel_one() -> None:
    assert read("company.json").name == "Mallimetalli Esimerkki Oy"


def test_the_form_is_known_by_its_description_in_each_language() -> None:
    data = read("company.json")
    assert data.form == {"fi": "Osakeyhtiö", "sv": "Aktiebolag", "en": "Limited company"}


def test_the_line_of_business_keeps_its_classification() -> None:
    line = read("company.json").business_line
    assert line
    assert (line.code, line.code_set, line.names["fi"]) == ("25530", "TOIMI4", "Metallin työstö")


def test_the_visiting_address_comes_first_and_its_town_in_finnish() -> None:
    visiting, postal = read("company.json").addresses
    assert str(visiting) == "c/o Mallikas, Keksitynkatu 5 B 12a, 50100 MIKKELI"
    assert (postal.kind, postal.line, postal.city) == ("postal", "PL 17", "MIKKELI")
    assert read("company.json").municipality_code == "491"


def test_liable_to_vat_is_who_has_an_entry_that_is_open() -> None:
    assert read("company.json").vat_id == "FI91370241"
    assert read("bankrupt.json", "9803252-8").vat_id is None


def test_only_open_proceedings_are_an_alarm() -> None:
    assert read("company.json").situations == ()
    since = date(2026, 3, 2)
    assert read("bankrupt.json", "9803252-8").situations == (
        Situation(kind="bankruptcy", since=since),
        Situation(kind="liquidation", since=since),
    )


def test_what_is_not_told_is_missing_and_what_nobody_knows_is_passed_over() -> None:
    data = read("bare.json", "9211050-5")
    assert (data.name, data.form, data.business_line, data.ended_on, data.vat_liable) == (
        "9211050-5", {}, None, None, False,
    )  # fmt: skip
    assert [(address.line, address.city) for address in data.addresses] == [("Kuja 1, Kylä", "BORGÅ")]


def test_an_association_is_known_by_its_form() -> None:
    assert read("association.json", "9618189-6").is_association
    assert not read("company.json").is_association


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2026-08-19", date(2026, 8, 19)),
        ("2026-08-19T10:04:06", date(2026, 8, 19)),
        ("2024-11-21 01:49:24", date(2024, 11, 21)),
        ("2026-03-02T09:15:00+02:00", date(2026, 3, 2)),
        ("", None),
        (None, None),
        ("eilen", None),
    ],
)
def test_days_come_in_three_forms(told: Any, day: date | None) -> None:
    assert day_in(told) == day


def test_the_answer_is_kept_as_it_came_with_its_digest() -> None:
    with replaying(recorded("company.json")) as replay:
        told = a_register(replay).company(OURS)
    body = (RECORDED / "company.json").read_text()
    assert told
    assert (told.raw, told.digest) == (body, sha256(body.encode()).hexdigest())


def test_not_found_is_an_empty_list_and_no_error() -> None:
    with replaying(recorded("not_found.json")) as replay:
        assert a_register(replay).company(OURS) is None


def test_an_answer_about_another_company_is_not_about_this_one() -> None:
    with replaying(recorded("bankrupt.json")) as replay:
        assert a_register(replay).company(OURS) is None


def test_a_refusal_that_passes_is_tried_again() -> None:
    with replaying(BUSY, AWAY, recorded("company.json")) as replay:
        assert a_register(replay, retries=2).company(OURS)
    assert len(replay.asked) == 3


def test_a_register_that_asks_for_half_a_minute_gets_it() -> None:
    clock = Clock()
    with replaying(Answer("Too many", 429, {"Retry-After": "30"}, "text/plain"), recorded("company.json")) as replay:
        register = a_register(replay, clock, retries=2)
        with pytest.raises(RegisterSilent):
            register.company(OURS)
        assert len(replay.asked) == 1
        clock.seconds += 29
        with pytest.raises(RegisterSilent):
            register.company(OURS)
        assert len(replay.asked) == 1
        clock.seconds += 2
        assert register.company(OURS)


def test_a_silent_register_is_left_alone_longer_each_time() -> None:
    clock = Clock()
    with replaying(AWAY) as replay:
        register = a_register(replay, clock)
        for pause in (2, 4, 8, 16, 16):
            with pytest.raises(RegisterSilent):
                register.company(OURS)
            clock.seconds += pause - 0.1
            with pytest.raises(RegisterSilent):
                register.company(OURS)
            clock.seconds += 0.2
    assert len(replay.asked) == 5


@pytest.mark.parametrize(
    "answer", [Answer("[]"), Answer("no json"), Answer("", 400), Answer("\xff", kind="text/plain")]
)
def test_an_answer_that_cannot_be_read_is_silence(answer: Answer) -> None:
    with replaying(answer) as replay, pytest.raises(RegisterSilent):
        a_register(replay).company(OURS)


def test_nobody_at_the_address_is_silence() -> None:
    with replaying(AWAY) as replay:
        pass
    with pytest.raises(RegisterSilent):
        a_register(replay).company(OURS)


def a_page(first: int, last: int, total: int | None) -> Answer:
    companies = [
        {"businessId": {"value": f"{9_000_000 + serial}-x"}, "names": [{"name": f"Yritys {serial}", "type": "1"}]}
        for serial in range(first, last)
    ]
    counted = {} if total is None else {"totalResults": total}
    return Answer(json.dumps({"companies": companies} | counted))


def test_pages_are_read_until_as_many_as_the_register_counts() -> None:
    with replaying(a_page(0, 100, 150), a_page(100, 150, 150), a_page(0, 100, 150)) as replay:
        found, total = a_register(replay).named("Yritys")
    assert (len(found), total) == (150, 150)
    assert [asked.target.rpartition("=")[2] for asked in replay.asked] == ["1", "2"]


def test_a_register_that_answers_its_first_page_again_does_not_make_a_search_endless() -> None:
    with replaying(a_page(0, 100, 10_000)) as replay:
        found, total = a_register(replay).named("Yritys")
    assert (len(found), total) == (100, 10_000)
    assert len(replay.asked) == 5


def test_without_a_count_one_page_is_all() -> None:
    with replaying(a_page(0, 3, None)) as replay:
        assert a_register(replay).named("Yritys")[1] == 3
    assert len(replay.asked) == 1


def test_one_line_of_a_search_tells_which_company_it_is() -> None:
    with replaying(recorded("company.json")) as replay:
        (found,), _ = a_register(replay).named("malli")
    assert summary(found) == {
        "business_id": OURS,
        "name": "Mallimetalli Esimerkki Oy",
        "form": {"fi": "Osakeyhtiö", "sv": "Aktiebolag", "en": "Limited company"},
        "city": "MIKKELI",
        "ended_on": None,
    }
