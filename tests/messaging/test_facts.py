"""What a room hears, in which order, how often; the same in memory and over RabbitMQ."""

from __future__ import annotations

import pytest

from tests.support.eventually import eventually
from tests.support.restaurant import Restaurant, sold

pytestmark = pytest.mark.postgres


def test_what_is_sold_is_cooked_and_booked_once(house: Restaurant) -> None:
    process = house.open()
    for _ in range(20):
        process.ask("sell", table="1", dish="soup")

    all_in_order = {"table/1": list(range(1, 21))}
    eventually(lambda: house.served() == house.booked() == all_in_order)
    eventually(lambda: house.number("SELECT count(*) FROM till.outbox WHERE sent_at IS NULL") == 0)


def test_a_fact_that_comes_twice_takes_effect_once(house: Restaurant) -> None:
    process = house.open()
    process.publish(sold("1", 1), sold("1", 1), sold("1", 2))
    process.publish(sold("1", 2), sold("1", 1), sold("1", 3, "cake"))

    eventually(lambda: "cake" in house.plates("1"))

    assert house.served() == {"table/1": [1, 2, 3]}
    assert house.parked() == []


def test_facts_of_one_table_are_heard_in_their_order_however_they_come(house: Restaurant) -> None:
    process = house.open()
    process.publish(*(sold("1", number) for number in (3, 1, 5, 2, 4)))

    eventually(lambda: len(house.plates("1")) == 5)
    eventually(lambda: len(house.booked().get("table/1", [])) == 5)

    assert house.served() == house.booked() == {"table/1": [1, 2, 3, 4, 5]}


def test_two_versions_of_a_fact_live_side_by_side(house: Restaurant) -> None:
    process = house.open()
    process.ask("sell", table="1", dish="soup")
    process.ask("sell", table="1", dish="soup", wishes="no salt")

    eventually(lambda: len(house.plates("1")) == 2)

    wishes = house.rows("SELECT wishes FROM kitchen.plates ORDER BY number")
    assert [row.wishes for row in wishes] == ["", "no salt"]


def test_what_cannot_be_done_is_parked_and_the_others_flow_on(house: Restaurant) -> None:
    process = house.open()
    process.ask("sell", table="1", dish="poison")
    for number in range(5):
        process.ask("sell", table="1", dish=f"dish {number}")
        process.ask("sell", table="2", dish=f"dish {number}")

    eventually(house.parked)
    eventually(lambda: house.plates("2") == [f"dish {number}" for number in range(5)])
    eventually(lambda: house.booked()["table/1"] == [1, 2, 3, 4, 5, 6])  # a room that can is not held up

    assert house.plates("1") == [], "later facts of the same table wait behind the parked one"
    (parked,) = house.parked()
    assert (parked.reason, parked.attempts, parked.sequence) == ("failed", 3, 1)
    assert "nobody can cook poison" in parked.detail


def test_an_operator_sees_mends_and_replays_and_those_behind_follow(house: Restaurant) -> None:
    process = house.open()
    for dish in ("poison", "cake", "coffee"):
        process.ask("sell", table="1", dish=dish)
    eventually(house.parked)

    listed = process.ask("list_parked", room="kitchen", role="operator")["answer"]
    assert listed["total"] == 1
    (item,) = listed["items"]
    assert (item["subject"], item["waits_behind"], item["type"]) == ("table/1", 2, "till.sold")
    shown = process.ask("show_parked", room="kitchen", role="operator", message_id=item["message_id"])["answer"]
    assert shown["body"]["data"] == {"dish": "poison"}

    house.change("INSERT INTO kitchen.mended (dish) VALUES ('poison')")
    outcome = process.ask("replay_parked", room="kitchen", role="operator", message_id=item["message_id"])

    assert outcome["answer"] == {"message_id": item["message_id"], "status": "applied"}
    assert house.plates("1") == ["poison", "cake", "coffee"]


def test_a_discarded_fact_never_takes_effect_and_those_behind_follow(house: Restaurant) -> None:
    process = house.open()
    for dish in ("soup", "poison", "cake"):
        process.ask("sell", table="1", dish=dish)
    (parked,) = eventually(house.parked)

    outcome = process.ask(
        "discard_parked", room="kitchen", role="operator", message_id=parked.message_id, reason="not food"
    )

    assert outcome["answer"]["status"] == "discarded"
    assert house.plates("1") == ["soup", "cake"]
    (kept,) = house.rows("SELECT detail FROM kitchen.inbox WHERE state = 'discarded'")
    assert "discarded by P1: not food" in kept.detail


def test_only_an_operator_may_touch_parked_facts(house: Restaurant) -> None:
    process = house.open()
    refused = process.ask("discard_parked", room="kitchen", role="handler", message_id="1", reason="because")
    assert (refused["refusal"], refused["family"]) == ("not_for_you", "Forbidden")


def test_a_missing_fact_is_waited_for_then_told_and_released_when_it_comes(house: Restaurant) -> None:
    process = house.open(gap_limit=0.5)
    process.publish(sold("1", 1), sold("1", 3), sold("1", 4))

    (parked,) = eventually(house.parked)
    assert (parked.sequence, parked.reason) == (3, "gap")
    assert house.served() == {"table/1": [1]}

    process.publish(sold("1", 2))
    eventually(lambda: house.served() == {"table/1": [1, 2, 3, 4]})
    assert house.parked() == []


def test_an_operator_may_go_on_without_a_fact_that_never_comes(house: Restaurant) -> None:
    process = house.open(gap_limit=0.3)
    process.publish(sold("1", 2), sold("1", 3))
    (parked,) = eventually(house.parked)

    process.ask("replay_parked", room="kitchen", role="operator", message_id=parked.message_id)
    assert house.served() == {"table/1": [2, 3]}

    process.publish(sold("1", 1))
    (late,) = eventually(house.parked)
    assert (late.sequence, late.reason) == (1, "overtaken"), "too late, but not lost from sight"


def test_what_nobody_can_read_is_parked_as_it_came(house: Restaurant) -> None:
    process = house.open()
    process.publish("{not json", sold("1", 1))

    (parked,) = eventually(house.parked)
    assert parked.reason == "unreadable"
    assert parked.body == {"text": "{not json"}
    eventually(lambda: house.plates("1") == ["soup"])


@pytest.mark.parametrize(
    ("version", "data", "reason"), [(9, {"dish": "soup"}, "unknown_version"), (1, {"dish": 7}, "contract_broken")]
)
def test_what_no_schema_fits_is_parked_at_once(house: Restaurant, version: int, data: object, reason: str) -> None:
    process = house.open()
    process.publish(sold("1", 1, version=version, data=data), sold("1", 2, "cake"))

    (parked,) = eventually(house.parked)
    assert (parked.reason, parked.attempts) == (reason, 1)
    assert house.plates("1") == [], "the next one of the table waits"


def test_a_fact_nobody_handles_still_takes_its_place(house: Restaurant) -> None:
    process = house.open()
    process.publish(sold("1", 1), sold("1", 2, type="till.drawer_opened"), sold("1", 3))

    eventually(lambda: house.served() == {"table/1": [1, 3]})
    assert house.parked() == []


def test_regular_work_runs_by_itself(house: Restaurant) -> None:
    house.open(["till"])
    eventually(lambda: house.number("SELECT count(*) FROM till.ticks") >= 3)
    assert {row.asker for row in house.rows("SELECT asker FROM till.ticks")} == {"system"}
