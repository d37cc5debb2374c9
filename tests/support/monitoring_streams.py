"""Random lives of cases, and their streams put in another order."""

from __future__ import annotations

from collections import defaultdict
from random import Random
from typing import Any

from hypothesis import strategies as st

from shared.messaging.envelope import Envelope
from tests.support.monitoring_builders import DATA, a_fact, numbered

APPLICATION_ENDS = (
    (),
    ("case_taken",),
    ("case_taken", "decision_proposed", "proposal_returned", "decision_proposed", "grant_awarded"),
    ("case_taken", "decision_proposed", "grant_awarded"),
    ("case_taken", "decision_proposed", "grant_refused"),
    ("application_withdrawn",),
)
CLAIM_WAY = ("claim_submitted", "claim_verified", "payment_proposed")
CLAIM_ENDS = (
    (),
    ("payment_returned", "payment_proposed"),
    ("claim_released", "payment_proposed"),
    ("payment_decided",),
    ("payment_decided", "payment_ordered", "payment_settled"),
    ("payment_decided", "payment_ordered", "payment_failed"),
    ("payment_decided", "payment_ordered", "payment_settled", "payment_failed"),
    ("payment_decided", "payment_ordered", "payment_failed", "payment_ordered", "payment_settled"),
)


@st.composite
def cases_lives(draw: st.DrawFn) -> list[Envelope]:
    """Up to three cases, each with up to three claims and their documents, one stream after another."""
    facts: list[Envelope] = []
    for place in range(draw(st.integers(min_value=1, max_value=3))):
        facts += draw(_a_case(f"A{place}"))
    return numbered(facts)


@st.composite
def _a_case(draw: st.DrawFn, number: str) -> list[Envelope]:
    kinds = ("application_submitted", *draw(st.sampled_from(APPLICATION_ENDS)))
    facts = [_of(f"applications.{kind}", number=number) for kind in kinds]
    facts.append(_of("documents.letter_written", document_id=f"{number}-L", subject=f"application/{number}"))
    if draw(st.booleans()):
        facts.append(_of("payments.grant_account_opened", number=number))
    for claim in range(draw(st.integers(min_value=0, max_value=3))):
        facts += draw(_a_claim(number, f"{number}-M{claim}"))
    return facts


@st.composite
def _a_claim(draw: st.DrawFn, number: str, claim_id: str) -> list[Envelope]:
    way = CLAIM_WAY[: draw(st.integers(min_value=1, max_value=len(CLAIM_WAY)))]
    ends = draw(st.sampled_from(CLAIM_ENDS)) if way == CLAIM_WAY else ()
    cents = draw(st.integers(min_value=1, max_value=10**9))
    amount = f"{cents // 100}.{cents % 100:02}"
    ids = {"number": number, "claim_id": claim_id, "claimed": amount, "payable": amount, "amount": amount}
    facts = []
    for place, kind in enumerate((*way, *ends)):
        payment = f"{claim_id}-P{place if kind == 'payment_ordered' else _ordered_at((*way, *ends), place)}"
        facts.append(_of(f"payments.{kind}", **ids, payment_id=payment))
    facts.append(_of("documents.document_stored", document_id=f"{claim_id}-D", subject=f"claim/{claim_id}"))
    return facts


def _ordered_at(kinds: tuple[str, ...], place: int) -> int:
    return max((at for at, kind in enumerate(kinds[:place]) if kind == "payment_ordered"), default=0)


def _of(kind: str, **data: Any) -> Envelope:
    return a_fact(kind, **{key: value for key, value in data.items() if key in DATA[kind]})


def interleaved(facts: list[Envelope], chance: Random) -> list[Envelope]:
    """The same facts with each stream in order and the streams mixed."""
    streams: defaultdict[str, list[Envelope]] = defaultdict(list)
    for fact in facts:
        streams[fact.subject].append(fact)
    waiting, mixed = list(streams.values()), []
    while waiting:
        stream = chance.choice(waiting)
        mixed.append(stream.pop(0))
        waiting = [left for left in waiting if left]
    return mixed
