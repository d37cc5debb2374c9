"""The read model from facts: what a case looks like, in whatever order its streams come."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.monitoring.domain.case_states import CaseState
from services.monitoring.domain.facts import read
from services.monitoring.domain.projection import PROJECTIONS, project, touched_by
from services.monitoring.domain.rows import CaseRow, ClaimLinesRow, ClaimRow, PaymentRow, Row, Rows, SubjectRow, key_of
from shared.contracts import EVENTS
from shared.messaging.envelope import Envelope
from shared.money import ZERO, Money
from tests.support.monitoring_builders import CLAIM, COMPANY, LIFE, NOW, NUMBER, a_fact, a_life, numbered
from tests.support.monitoring_streams import cases_lives, interleaved


def projected(facts: list[Envelope]) -> Rows:
    rows = Rows()
    for fact in facts:
        project(rows, read(fact.to_wire()))
    return rows


def the_case(facts: list[Envelope]) -> CaseRow:
    return projected(facts).get(CaseRow, NUMBER)


def claims_of(*outcomes: list[str]) -> list[Envelope]:
    """An awarded case with a claim for each list of fact kinds."""
    facts = a_life(until="applications.grant_awarded")
    for place, kinds in enumerate(outcomes):
        ids = {"claim_id": f"M{place}", "payment_id": f"P{place}"}
        for kind in kinds:
            fact = a_fact(f"payments.{kind}")
            facts.append(a_fact(f"payments.{kind}", **{key: ids[key] for key in ids if key in fact.data}))
    return numbered(facts)


PAID = [
    "claim_submitted",
    "claim_verified",
    "payment_proposed",
    "payment_decided",
    "payment_ordered",
    "payment_settled",
]


@pytest.mark.parametrize(
    ("until", "state"),
    [
        ("applications.application_submitted", "submitted"),
        ("applications.case_taken", "in_assessment"),
        ("applications.decision_proposed", "proposed"),
        ("applications.grant_awarded", "approved"),
        ("payments.claim_submitted", "claimed"),
        ("payments.claim_verified", "claimed"),
        ("payments.payment_proposed", "claimed"),
        ("payments.payment_decided", "in_payment"),
        ("payments.payment_ordered", "in_payment"),
        ("payments.payment_settled", "paid"),
    ],
)
def test_a_case_is_in_the_state_its_life_has_reached(until: str, state: str) -> None:
    assert the_case(a_life(until=until)).state == state


def test_a_paid_case_has_its_sums_and_its_place() -> None:
    case = the_case(a_life())
    sums = {name: str(getattr(case, name)) for name in ("aid_sought", "awarded", "claimed", "approved", "paid")}
    assert sums == {
        "aid_sought": "5000.00",
        "awarded": "4000.00",
        "claimed": "1200.00",
        "approved": "500.00",
        "paid": "500.00",
    }
    assert (case.authority, case.fund, case.region, case.business_id) == ("ITA", "ERDF", "10", COMPANY)
    assert case.last_event_at == NOW + timedelta(hours=len(LIFE) - 1)


def test_the_claim_that_needs_somebody_most_gives_the_state() -> None:
    assert the_case(claims_of(PAID, PAID[:1])).state == "claimed"
    assert the_case(claims_of(PAID, PAID[:5])).state == "in_payment"
    assert the_case(claims_of(PAID, [*PAID[:5], "payment_failed"], PAID[:1])).state == "payment_failed"


def test_a_claim_on_which_nothing_is_payable_leaves_the_case_as_it_was() -> None:
    facts = claims_of(PAID[:3])
    facts.append(a_fact("payments.payment_decided", claim_id="M0", outcome="rejected", payable="0.00"))
    case = the_case(numbered(facts))
    assert (case.state, case.approved) == ("approved", ZERO)


def test_a_payment_the_bank_sent_back_is_not_paid() -> None:
    case = the_case(claims_of([*PAID, "payment_failed"]))
    assert (case.state, case.paid) == ("payment_failed", ZERO)


def test_a_payment_settled_after_a_failure_is_paid_once() -> None:
    facts = claims_of([*PAID, "payment_failed"])
    again = {"claim_id": "M0", "payment_id": "P0b"}
    facts += [a_fact("payments.payment_ordered", **again), a_fact("payments.payment_settled", **again)]
    case = the_case(numbered(facts))
    assert (case.state, case.paid) == ("paid", Money.eur("500.00"))


def test_a_returned_proposal_is_assessed_again() -> None:
    facts = [*a_life(until="applications.decision_proposed"), a_fact("applications.proposal_returned")]
    assert the_case(facts).state == "in_assessment"


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("applications.completion_requested", "in_completion"),
        ("applications.hearing_requested", "in_hearing"),
        ("applications.opinion_requested", "on_opinion"),
    ],
)
def test_a_case_that_waits_for_somebody_says_for_what(kind: str, state: str) -> None:
    assert the_case([*a_life(until="applications.case_taken"), a_fact(kind)]).state == state


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("applications.completion_requested", "applications.completion_answered"),
        ("applications.completion_requested", "applications.request_expired"),
        ("applications.hearing_requested", "applications.hearing_answered"),
        ("applications.opinion_requested", "applications.opinion_recorded"),
    ],
)
def test_an_answer_or_the_clock_puts_the_case_back_in_the_assessment(asked: str, answered: str) -> None:
    facts = [*a_life(until="applications.case_taken"), a_fact(asked), a_fact(answered)]

    assert the_case(facts).state == "in_assessment"


def test_a_decided_case_stays_decided_while_its_party_is_heard_before_a_later_act() -> None:
    heard = [
        a_fact("applications.hearing_requested", waits=False),
        a_fact("applications.request_expired", resumed=False),
    ]

    assert the_case([*a_life(until="applications.grant_awarded"), *heard]).state == "approved"


def test_a_completed_case_has_the_figures_of_the_completed_file() -> None:
    asked, answered = a_fact("applications.completion_requested"), a_fact("applications.completion_answered")

    case = the_case([*a_life(until="applications.case_taken"), asked, answered])

    assert (case.title, case.region, str(case.aid_sought)) == ("Uusi hitsaussolu ja robotti", "11", "4500.00")


def test_an_answer_that_came_after_the_proposal_moves_nothing() -> None:
    late = a_fact("applications.completion_answered", late=True, resumed=False, took_effect=False)

    case = the_case([*a_life(until="applications.decision_proposed"), late])

    assert (case.state, case.title) == ("proposed", "Uusi hitsaussolu")


def test_a_refusal_and_a_withdrawal_end_a_case() -> None:
    facts = a_life(until="applications.decision_proposed")
    assert the_case([*facts, a_fact("applications.grant_refused")]).state == "rejected"
    assert the_case([*facts, a_fact("applications.application_withdrawn")]).state == "withdrawn"


def test_a_payment_shows_before_its_application_has_been_heard_of() -> None:
    facts = [fact for fact in a_life() if fact.source == "/payments"]
    rows = projected(facts)
    payment, case = rows.get(PaymentRow, f"{NUMBER}-P1"), rows.get(CaseRow, NUMBER)
    assert (payment.state, payment.settled_on, payment.business_id) == ("settled", date(2026, 8, 5), COMPANY)
    assert (case.state, case.paid, case.authority) == ("paid", Money.eur("500.00"), "")


def test_verdicts_lie_beside_the_lines_they_judge() -> None:
    lines = projected(a_life()).get(ClaimLinesRow, CLAIM)
    assert [line["line"] for line in lines.submitted] == [verdict["line"] for verdict in lines.verdicts] == [1, 2]


@pytest.mark.parametrize(("state", "judged"), [("verified", [1, 2]), ("submitted", [])])
def test_what_a_disqualified_person_did_in_a_claim_is_no_longer_counted(state: str, judged: list[int]) -> None:
    """A proposal of theirs falls and the verdicts stand; their own verdicts fall with all that stood on them."""
    rows = projected([*a_life(until="payments.payment_proposed"), a_fact("payments.claim_released", state=state)])

    assert rows.get(ClaimRow, CLAIM).state == state
    assert [verdict["line"] for verdict in rows.get(ClaimLinesRow, CLAIM).verdicts] == judged
    assert rows.get(CaseRow, NUMBER).state == "claimed"


def test_every_stream_of_a_case_knows_whose_it_is() -> None:
    rows = projected(a_life())
    owners = {key: rows.get(SubjectRow, key).belongs_to for kind, key in rows.all if kind is SubjectRow}
    assert owners == {
        f"grant/{NUMBER}": f"application/{NUMBER}",
        f"claim/{CLAIM}": f"application/{NUMBER}",
        f"document/{NUMBER}-D1": f"claim/{CLAIM}",
        f"document/{NUMBER}-D2": f"application/{NUMBER}",
    }


def test_a_kind_or_version_nobody_knows_changes_nothing() -> None:
    rows = projected([replace(a_fact("applications.grant_awarded"), version=99)])
    assert rows.all == {}


def test_every_fact_that_tells_of_a_case_is_projected() -> None:
    told = {(event.type, event.version) for event in EVENTS.values() if "number" in event.schema().fields}
    assert told <= PROJECTIONS.keys()


@pytest.mark.parametrize("kind", [kind for kind, _version in PROJECTIONS])
def test_a_projection_reads_only_rows_that_are_fetched_for_it(kind: str) -> None:
    fact = read(a_fact(kind).to_wire())
    fetched = set(touched_by(fact))
    asked: set[tuple[type[Row], str]] = set()

    class Watched(Rows):
        def get(self, kind: Any, key: str) -> Any:
            if (kind, key) not in self.all:
                asked.add((kind, key))
            return super().get(kind, key)

    project(Watched(), fact)
    assert asked <= fetched


@settings(max_examples=60, deadline=None)
@given(cases_lives(), st.randoms(use_true_random=False))
def test_the_read_model_is_the_same_in_whatever_order_the_streams_come(lives: list[Envelope], chance: Any) -> None:
    assert projected(interleaved(lives, chance)).all == projected(lives).all


@settings(max_examples=60, deadline=None)
@given(cases_lives())
def test_a_cases_sums_are_those_of_its_claims(lives: list[Envelope]) -> None:
    rows = projected(lives)
    claims: defaultdict[str, list[ClaimRow]] = defaultdict(list)
    for row in rows.all.values():
        if isinstance(row, ClaimRow):
            claims[row.number].append(row)
    for row in rows.all.values():
        if isinstance(row, CaseRow):
            of_case = claims[key_of(row)]
            for name in ("claimed", "approved", "paid"):
                assert getattr(row, name) == sum((getattr(claim, name) for claim in of_case), ZERO)
            assert row.deciding + row.paying + row.failed_claims + row.paid_claims <= len(of_case)


@pytest.mark.parametrize(
    ("fact", "state"),
    [
        ("applications.grant_amended", "approved"),
        ("applications.decision_corrected", "approved"),
        ("applications.grant_cancelled", "cancelled"),
        ("applications.project_closed", "closed"),
    ],
)
def test_later_acts_change_what_is_granted_and_where_the_case_is(fact: str, state: str) -> None:
    case = the_case(numbered([*a_life(until="applications.grant_awarded"), a_fact(fact)]))

    assert (case.state, str(case.awarded)) == (state, "4400.00")


def test_a_disqualified_handlers_proposal_falls_and_the_case_is_assessed_anew() -> None:
    facts = a_life(until="applications.decision_proposed")
    assert the_case(facts).application_state == CaseState.PROPOSED
    released = numbered([*facts, a_fact("applications.case_released")])
    assert the_case(released).application_state == CaseState.IN_ASSESSMENT


def test_a_case_given_to_a_colleague_stays_where_it_was() -> None:
    facts = numbered([*a_life(until="applications.case_taken"), a_fact("applications.case_assigned")])
    assert the_case(facts).application_state == CaseState.IN_ASSESSMENT


def test_a_proposal_that_fell_brings_the_case_back_to_its_handler() -> None:
    facts = numbered([*a_life(until="applications.decision_proposed"), a_fact("applications.proposal_fell")])
    assert the_case(facts).application_state == CaseState.IN_ASSESSMENT


def test_a_transferred_case_is_counted_at_the_authority_that_got_it() -> None:
    case = the_case([*a_life(until="applications.case_taken"), a_fact("applications.case_transferred")])

    assert (case.authority, case.state) == ("KES", "submitted")
