"""Through any order of acts the envelope binds what the terms of the case grant, and never less than nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.applications.domain.acts import digest_of
from shared.errors import DomainError
from tests.support import applications_builders as an
from tests.support.afterwards_journeys import Afterwards, costs
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey

AMOUNTS = st.integers(1, 45_000).map(lambda euros: f"{euros}.{euros % 100:02}")
DAY = date(2027, 3, 1)

ACTS = st.one_of(
    st.tuples(st.just("amend"), AMOUNTS),
    st.tuples(st.just("refuse_amendment"), AMOUNTS),
    st.tuples(st.just("correct"), AMOUNTS),
    st.tuples(st.just("take_back"), st.just("0.00")),
    st.tuples(st.just("review"), AMOUNTS),
    st.tuples(st.just("pay"), AMOUNTS),
    st.tuples(st.just("order"), AMOUNTS),
    st.tuples(st.just("final"), AMOUNTS),
    st.tuples(st.sampled_from(["cancel", "close", "suspend", "resume"]), st.just("0.00")),
)


def do(after: Afterwards, number: str, deed: str, amount: str, turn: int) -> None:
    changes: dict[str, Any] = {"changes": {"costs": costs(amount)}}
    agreed = {"consent": True}
    last = after.kept(number).acts[-1].ordinal if after.version(number) > 1 else 1
    if deed in ("amend", "refuse_amendment"):
        shown = after.ask_amendment(number, on=DAY, change_on=date(2027, 4, 1), costs=costs(amount))
        verdict = "approve" if deed == "amend" else "reject"
        after.done(number, "amendment", about=len(shown["amendments"]), verdict=verdict, on=DAY)
    elif deed == "correct":
        after.done(number, "correction_of_fact", about=last, ground="facts", on=DAY, **changes, **agreed)
    elif deed == "take_back":
        wanted = {"about": last, "ground": "law", "changes": {"outcome": "reject"}}
        after.done(number, "correction_of_fact", on=DAY, **wanted, **agreed)
    elif deed == "review":
        shown = after.ask_review(number, last, on=DAY)
        given = {"changes": {"costs": costs(amount), "outcome": "approve"}}
        wanted = {"about": len(shown["reviews"]), "verdict": "change"}
        after.done(number, "review_decision", on=DAY, **wanted, **given)
    elif deed in ("pay", "order", "final"):
        left = after.acts(number)["terms"].aid - after.acts(number)["payments"]["paid"]
        sum_paid = str(min(left, left.eur(amount)))
        kind = "final" if deed == "final" else "interim"
        if left.cents > 0:
            paid_on = None if deed == "order" else DAY
            after.claim(number, f"{number}-{turn}", sum_paid, kind=kind, paid_on=paid_on)
    else:
        kind = {"cancel": "cancellation", "close": "closure", "suspend": "suspension", "resume": "resumption"}[deed]
        after.done(number, kind, ground="given_up" if deed == "cancel" else "", on=DAY)


@settings(max_examples=60, deadline=None)
@given(deeds=st.lists(ACTS, max_size=9))
def test_the_envelope_balances_through_any_order_of_acts(deeds: list[tuple[str, str]]) -> None:
    journey = Journey(Desk().work)
    journey.publish(an.a_call())
    journey.fund("25000.00")
    after = Afterwards(journey)
    number = after.granted()

    for turn, (deed, amount) in enumerate(deeds):
        try:
            do(after, number, deed, amount, turn)
        except DomainError:
            waits = [act for act in after.acts(number)["acts"] if act["state"] == "proposed"]
            for act in waits:
                after.decide(number, act["act"], verdict="return", note="Ei näin.")
        shown = after.acts(number)
        assert shown["bound"] == shown["terms"].aid == journey.look(number)["aid_decided"]
        assert str(shown["bound"]) == after.envelope()[1]
        assert shown["payments"]["paid"] <= shown["terms"].aid

    case = after.acts(number)
    assert [act["act"] for act in case["acts"]] == list(range(1, len(case["acts"]) + 1))
    assert all(entry["amount"].cents != 0 for entry in case["entries"])
    if after.version(number) > 1:
        kept = after.kept(number)
        assert all(digest_of(number, act) == act.digest for act in kept.acts if act.is_decided)
