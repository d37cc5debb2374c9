"""A request gets its answer, its refusal or a word that nobody answers; the same in memory and over RabbitMQ."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest

from tests.support.restaurant import Restaurant

pytestmark = pytest.mark.postgres


def test_a_command_repeated_with_its_key_is_done_once_and_answered_alike(house: Restaurant) -> None:
    process = house.open(["till"], [])
    answers = [process.ask("sell", table="1", dish="soup", key="K1") for _ in range(3)]

    assert answers == [{"answer": {"number": 1}}] * 3
    assert process.ask("count") == {"answer": {"count": 1}}


def test_two_who_ask_at_once_with_one_key_get_the_first_answer(house: Restaurant) -> None:
    process = house.open(["till"], [])
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: process.ask("sell", table="1", dish="soup", key="K1"), range(24)))

    assert answers == [answers[0]] * 24
    assert process.ask("count") == {"answer": {"count": 1}}


def test_a_key_cannot_be_used_for_another_request(house: Restaurant) -> None:
    process = house.open(["till"], [])
    process.ask("sell", table="1", dish="soup", key="K1")
    other = process.ask("sell", table="1", dish="cake", key="K1")

    assert (other["refusal"], other["family"]) == ("key_used_for_another", "Invalid")
    assert process.ask("count") == {"answer": {"count": 1}}


def test_a_refusal_undoes_the_work_and_says_why(house: Restaurant) -> None:
    process = house.open(["till"], [])
    refused = process.ask("sell", table="1", dish="unicorn", key="K1")

    assert refused == {"refusal": "sold_out", "family": "Conflict", "facts": {"dish": "unicorn"}, "faults": []}
    assert house.number("SELECT count(*) FROM till.answers") == 0, "a refused command may be tried again"


def test_what_is_wrong_with_a_field_is_said_by_its_path_and_a_code(house: Restaurant) -> None:
    process = house.open(["till"], [])
    refused = process.ask("sell", table="1", dish="a dish with far too long a name")

    assert refused["refusal"] == "invalid_fields"
    assert refused["faults"] == [["dish", "too_long"]]


def test_who_may_not_ask_is_told_so(house: Restaurant) -> None:
    process = house.open(["till"], [])
    assert process.ask("sell", role="auditor", table="1", dish="soup")["refusal"] == "not_for_you"


def test_a_fault_of_ours_shows_a_reference_and_nothing_else(house: Restaurant) -> None:
    process = house.open(["till"], [])
    assert len(process.ask("break")["fault"]) == 12


def test_a_query_cannot_write(house: Restaurant) -> None:
    process = house.open(["till"], [])
    assert "fault" in process.ask("write_while_asked")
    assert process.ask("count") == {"answer": {"count": 0}}


def test_nobody_waits_longer_than_the_time_limit(house: Restaurant) -> None:
    process = house.open(["till"], [], rpc_seconds=0.5)
    began = monotonic()
    answer = process.ask("rest", seconds=3.0)

    assert "away" in answer
    assert monotonic() - began < 1.5
    assert process.ask("count") == {"answer": {"count": 0}}, "the line is free for the next one"


def test_a_room_that_never_ran_is_away_at_once(house: Restaurant) -> None:
    process = house.open(["till"], [])
    began = monotonic()
    answer = process.ask("health", room="kitchen", role="operator")

    assert "NoSuchRoom" in answer["away"]
    assert monotonic() - began < 1


def test_slow_requests_do_not_hold_up_the_others(house: Restaurant) -> None:
    process = house.open(["till"], [], max_workers=4)
    began = monotonic()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: process.ask("rest", seconds=0.5), range(4)))

    assert answers == [{"answer": {"count": 0}}] * 4
    assert monotonic() - began < 1.5


def test_a_room_tells_how_it_is(house: Restaurant) -> None:
    process = house.open(["till"], [])
    process.ask("sell", table="1", dish="soup")

    health = process.ask("health", role="operator")["answer"]

    assert (health["room"], health["unsent"], health["parked"], health["waiting"]) == ("till", 1, 0, 0)
