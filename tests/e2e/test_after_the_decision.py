"""A granted case in the real house: its letter starts the time for review, an amendment moves its account, closure
frees what was not used; and the trail has every step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from shared.dates import helsinki_day
from shared.storage.database import right_now
from tests.support.embedded import Embedded
from tests.support.stages import cast_at
from tukivayla.demo.flow import Flow, Players, open_a_call
from tukivayla.demo.people import eventually

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    house = Embedded(tmp_path_factory.mktemp("afterwards") / "var")
    house.start()
    yield house
    house.stop()


@pytest.fixture(scope="module")
def cast(house: Embedded) -> Players:
    return cast_at(house.address)


def granted(cast: Players) -> Flow:
    today = helsinki_day(right_now())
    flow = Flow(cast, open_a_call(cast.operator, today=today), today)
    for step in ("apply", "attach", "submit", "take", "propose", "decide"):
        getattr(flow, step)()
    return flow


def acts(flow: Flow, person: Any) -> Any:
    return person.get(f"{flow.case}/acts")


def done(flow: Flow, **wanted: Any) -> Any:
    """Proposed by the handler, signed by the decision maker."""
    return decided_by(flow, flow.by.handler, flow.by.decision_maker, **wanted)


def decided_by(flow: Flow, presenter: Any, decider: Any, **wanted: Any) -> Any:
    version = acts(flow, flow.by.handler)["version"]
    proposed = presenter.post(f"{flow.case}/acts", {"version": version, "reasons": "Perustelu.", **wanted})
    ordinal = proposed["acts"][-1]["act"]
    signed = {"version": proposed["version"], "verdict": "sign"}
    return decider.post(f"{flow.case}/acts/{ordinal}/decision", signed)


def served(flow: Flow, ordinal: int) -> Any:
    """The sending of the act, once its letter has been written."""
    found = acts(flow, flow.by.company)["acts"][ordinal - 1]["services"]
    return found[-1] if found else None


def test_the_letter_starts_the_time_for_review_and_an_amendment_moves_the_account(cast: Players) -> None:
    flow = granted(cast)
    before = acts(flow, cast.company)["terms"]
    sent = eventually(lambda: served(flow, 1), what="the letter to be recorded")
    assert sent["served_on"] == (flow.today + timedelta(days=3)).isoformat()

    less = [{**row, "amount": "50000.00"} if at == 0 else row for at, row in enumerate(before["costs"])]
    asked = {
        "wished": {"costs": less},
        "change_on": (flow.today + timedelta(days=7)).isoformat(),
        "grounds": "Halpeni.",
    }
    version = acts(flow, cast.company)["version"]
    cast.company.post(f"{flow.case}/amendments", {"version": version, **asked})
    after = done(flow, kind="amendment", about=1, verdict="approve")["terms"]

    assert after["aid"] != before["aid"]
    grant = eventually(
        lambda: next((one for one in [cast.company.get(f"/grants/{flow.number}")] if one["aid"] == after["aid"]), None),
        what="the account to follow",
    )
    assert grant["costs"][0]["amount"] == "50000.00"
    eventually(lambda: served(flow, 2), what="the letter of the amendment to be recorded")


def test_review_is_sought_decided_and_seen_in_the_trail(cast: Players) -> None:
    flow = granted(cast)
    version = acts(flow, cast.company)["version"]
    sought = {"version": version, "demand": "Tuki on korotettava.", "grounds": "Kustannukset nousivat."}
    cast.company.post(f"{flow.case}/acts/1/review", sought)
    others = (flow.by.payment_presenter, flow.by.payment_decision_maker)
    for official in others:
        official.post(f"{flow.case}/interest", {"answer": "none"})
    shown = decided_by(flow, *others, kind="review_decision", about=1, verdict="uphold")

    assert [(one["result"], one["in_time"]) for one in shown["reviews"]] == [("uphold", True)]
    assert shown["acts"][1]["appeal"]["to"] == "ISHAO"
    eventually(lambda: served(flow, 2), what="the letter of the review decision to be recorded")
    wanted = {"applications.review_requested", "applications.act_proposed", "applications.review_decided"}
    eventually(
        lambda: wanted <= {entry["type"] for entry in cast.auditor.get(f"/cases/{flow.number}/trail")["entries"]},
        what="the trail to have it",
    )


def test_a_grant_that_is_given_up_frees_its_authority_and_takes_no_claims(cast: Players) -> None:
    flow = granted(cast)
    shown = done(flow, kind="cancellation", ground="given_up")

    assert (shown["project_state"], shown["bound"]) == ("cancelled", "0.00")
    eventually(
        lambda: cast.company.get(f"/grants/{flow.number}")["standing"] == "cancelled", what="the account to follow"
    )
    envelopes = cast.handler.get("/envelopes", size=200)["items"]
    priority = flow.call_id[-8:]
    assert [row["reserved"] for row in envelopes if row["priority"] == priority] == ["0.00"]
    parked = cast.operator.get("/parked/payments")["items"] + cast.operator.get("/parked/documents")["items"]
    assert parked == []
