"""What is asked and answered comes out at the other end as it went in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from shared.asker import Asker, Role
from shared.errors import ChangedMeanwhile, Conflict, DomainError, Fault, Forbidden, Gone, InvalidFields, Missing
from shared.messaging.wire import Reply, Request, ServiceAway, ServiceFault


class CeilingReached(Conflict):
    code = "ceiling_reached"


class CallClosed(Gone):
    code = "call_closed"


class Hidden(Missing):
    code = "hidden"


class TwoPairsOfEyes(Forbidden):
    code = "two_pairs_of_eyes"


def test_a_request_travels_whole() -> None:
    asker = Asker(
        person="P1",
        role=Role.HANDLER,
        authority="KES",
        correlation_id="c",
        idempotency_key="K",
        at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    )
    request = Request(operation="payments.submit_claim", asker=asker, data={"name": "Ääkköset Oy"})
    assert Request.from_bytes(request.to_bytes()) == request


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"operation": "x", "asker": {}, "data": {}}', b"\xff"])
def test_what_is_no_request_is_refused(body: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        Request.from_bytes(body)


@pytest.mark.parametrize("refusal", [CeilingReached, CallClosed, Hidden, TwoPairsOfEyes])
def test_a_refusal_keeps_its_family_code_facts_and_faults(refusal: type[DomainError]) -> None:
    sent = refusal(left="12.00", faults=[Fault("amount", "too_much", {"max": "12.00"})])
    with pytest.raises(refusal.__mro__[1]) as raised:
        Reply.from_bytes(Reply(refusal=sent).to_bytes()).opened()
    assert (raised.value.code, raised.value.facts) == (sent.code, {"left": "12.00"})
    assert raised.value.faults == sent.faults


def test_a_refusal_of_the_house_itself_keeps_its_class() -> None:
    with pytest.raises(ChangedMeanwhile):
        Reply.from_bytes(Reply(refusal=ChangedMeanwhile(by="P2")).to_bytes()).opened()
    with pytest.raises(InvalidFields):
        Reply.from_bytes(Reply(refusal=InvalidFields()).to_bytes()).opened()


def test_an_answer_a_fault_and_an_absence_are_told_apart() -> None:
    assert Reply.from_bytes(Reply(answer={"sum": "1.00"}).to_bytes()).opened() == {"sum": "1.00"}
    with pytest.raises(ServiceFault, match="abc"):
        Reply.from_bytes(Reply(fault="abc").to_bytes()).opened()
    with pytest.raises(ServiceAway):
        Reply.from_bytes(Reply(away=True).to_bytes()).opened()
