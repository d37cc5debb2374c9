"""Whoever handles a case says first that nothing disqualifies them from it, in whatever room they open it.

Hallintolaki 434/2003 27–30 §; asetus (EU) 2021/1060 art. 71(4) and Annex XI. Each room is asked through its own door
about one case: the paper, the letter, the claim, the payment's way and the trail.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import pytest

from shared.asker import DECLARES, Asker, Role
from shared.contracts import applications, documents, monitoring, payments
from shared.contracts.terms import Kind, Operation
from shared.messaging.answering import desks_of
from shared.messaging.wire import Reply, ServiceAway
from tests.support import applications_builders as an
from tests.support import payments_builders as a
from tests.support.houses import ROOMS, House

pytestmark = pytest.mark.postgres

SHUT = {"declare_first", "interest_waits", "disqualified"}
_serial = count(1)


@dataclass(frozen=True)
class Town:
    """The house with a case in it, and the names by which each room knows what belongs to the case."""

    house: House
    names: dict[str, str]

    def comes(self, asker: Asker, operation: Operation) -> Reply:
        """The official comes to this door of the case."""
        return self.house.reply(operation, asker, **self._asked(operation))

    def _asked(self, operation: Operation) -> dict[str, Any]:
        """What each door is asked with. A deed may be too late for its claim: the gate is in front of that."""
        verdicts = {"lines": [{"line": 1, "accepted": "1000.00"}]}
        deeds = {
            payments.VERIFY_CLAIM: {"version": 3, **verdicts},
            payments.PROPOSE_PAYMENT: {"version": 3},
            payments.DECIDE_PAYMENT: {"version": 3, "verdict": "sign"},
            documents.TRANSLATE_LETTER: {"language": "sv", "texts": {"x": "y"}},
            documents.GET_PAGE_PICTURE: {"page": 1},
        }
        if operation is documents.STORE_DOCUMENT:
            return self.house.to_store(self.names["subject"])
        wanted = operation.takes().fields
        named = {name: value for name, value in self.names.items() if name in wanted}
        if operation is documents.GET_ARCHIVED:
            named["document_id"] = self.names["printed"]
        return named | deeds.get(operation, {})


@pytest.fixture(scope="module")
def town(house: House) -> Town:
    paid, filed = house.claim(), house.claim(a.typed_line(invoice_number="2027-16"))
    house.approve(paid)
    payment_id = house.pay(paid)
    invoice = house.store(f"claim/{filed}", "invoice")
    letter = house.print_letters()
    names = {
        "number": a.NUMBER,
        "claim_id": filed,
        "payment_id": payment_id,
        "document_id": invoice,
        "subject": f"application/{a.NUMBER}",
        "letter_id": letter["letter_id"],
        "printed": letter["document_id"],
    }
    return Town(house, names)


def gated() -> Iterator[tuple[Operation, Role]]:
    """Every door of a case in the other rooms, as each role that may come to it."""
    for room in ("documents", "payments", "monitoring"):
        for desk in desks_of(ROOMS[room][0]).values():
            if desk.gate and not desk.gate.unanswered:
                yield from ((desk.operation, role) for role in sorted(desk.operation.roles & DECLARES))


DOORS = [pytest.param(op, role, id=f"{op.address} {role}") for op, role in gated()]


def somebody(role: Role, authority: str = "ITA") -> Asker:
    """An official who has not been in the house before."""
    return Asker(person=f"{role}-{next(_serial)}", role=role, authority=authority)


def code(reply: Reply) -> str:
    return reply.refusal.code if reply.refusal else ""


@pytest.mark.parametrize(("operation", "role"), DOORS)
def test_an_official_who_has_not_answered_is_asked_to_answer_first(town: Town, operation: Operation, role: Role):
    refusal = town.comes(somebody(role), operation).refusal

    assert refusal is not None
    assert (refusal.code, refusal.facts) == ("declare_first", {"number": a.NUMBER})


@pytest.mark.parametrize(("operation", "role"), DOORS)
def test_whom_nothing_disqualifies_comes_in_with_the_next_request(town: Town, operation: Operation, role: Role):
    official = somebody(role)
    town.house.declare(official)

    reply = town.comes(official, operation)

    assert code(reply) not in SHUT | {"not_for_you", "not_found"}
    if operation.kind is Kind.QUERY:
        assert reply.answer is not None


@pytest.mark.parametrize(("operation", "role"), DOORS)
def test_a_conflict_told_shuts_every_door_at_once(town: Town, operation: Operation, role: Role):
    """Nothing has been delivered from room to room: the door asks where the answer is kept."""
    official = somebody(role)
    town.house.declare(official)
    town.comes(official, operation)
    town.house.declare(official, "conflict", ground="employment")

    assert code(town.comes(official, operation)) == "disqualified"


@pytest.mark.parametrize(("operation", "role"), DOORS)
def test_another_authoritys_official_is_not_asked_but_sent_away(town: Town, operation: Operation, role: Role):
    assert code(town.comes(somebody(role, "POH"), operation)) == "not_for_you"


def test_a_doubt_keeps_the_case_shut_until_the_superior_lifts_it(town: Town):
    verifier, superior = somebody(Role.VERIFIER), somebody(Role.DECISION_MAKER)
    town.house.declare(verifier, "unsure", note="Serkkuni on yhtiössä töissä.")
    assert code(town.comes(verifier, payments.GET_CLAIM)) == "interest_waits"

    lifted = {"person": verifier.person, "verdict": "lifted", "reason": "Serkku ei ole laheinen (28 § 2 mom.)."}
    town.house.ask(applications.RESOLVE_INTEREST, superior, number=a.NUMBER, **lifted)

    assert code(town.comes(verifier, payments.GET_CLAIM)) == ""


def test_one_answer_is_for_one_person_in_all_rooms(town: Town):
    handler, colleague = somebody(Role.HANDLER), somebody(Role.HANDLER)
    town.house.declare(handler)

    doors = [payments.GET_CLAIM, documents.GET_DOCUMENT, documents.LIST_LETTERS, monitoring.CASE_TRAIL]

    assert {code(town.comes(handler, door)) for door in doors} == {""}
    assert {code(town.comes(colleague, door)) for door in doors} == {"declare_first"}


@pytest.mark.parametrize(
    ("operation"), [op for op, role in gated() if Role.AUDITOR in op.roles and role is Role.HANDLER]
)
def test_an_auditor_takes_no_part_and_is_not_asked(town: Town, operation: Operation):
    assert town.comes(Asker(person="tarmo", role=Role.AUDITOR), operation).answer is not None


def test_a_company_opens_its_own_without_any_gate(town: Town):
    doors = [payments.GET_CLAIM, payments.GET_GRANT, documents.GET_DOCUMENT, monitoring.CASE_TRAIL]

    assert {code(town.comes(a.COMPANY, door)) for door in doors} == {""}


def test_an_operator_needs_no_cases_content(town: Town):
    operator = Asker(person="pekka", role=Role.OPERATOR, authority="ITA")

    doors = [payments.GET_CLAIM, payments.GET_GRANT, documents.OPEN_DOCUMENT, documents.GET_LETTER]

    assert {code(town.comes(operator, door)) for door in [*doors, monitoring.CASE_TRAIL]} == {"not_for_you"}


def test_what_nobody_can_vouch_for_stays_shut(town: Town):
    """The room that keeps the answers is away: an official waits, a company and an auditor go on."""
    handler = somebody(Role.HANDLER)
    town.house.declare(handler)
    town.house.away.add("applications")
    try:
        with pytest.raises(ServiceAway):
            town.comes(handler, documents.OPEN_DOCUMENT).opened()
        assert town.comes(a.COMPANY, documents.OPEN_DOCUMENT).answer
        assert town.comes(a.AUDITOR, documents.OPEN_DOCUMENT).answer
    finally:
        town.house.away.clear()
    assert town.comes(handler, documents.OPEN_DOCUMENT).answer


def test_a_list_still_names_the_cases_and_not_what_is_planned_in_them(town: Town):
    """The queue says who the cases are about; the plan of costs is opened with the grant."""
    handler = somebody(Role.HANDLER)

    [listed] = town.house.ask(payments.LIST_GRANTS, handler)["items"]
    assert (listed["undertaking_name"], listed["costs"]) == ("Saimaan Levypaja Oy", [])
    town.house.declare(handler)
    assert len(town.comes(handler, payments.GET_GRANT).opened()["costs"]) == 3


# ---- what is nobody's case yet ----


def test_paper_is_typed_in_without_an_answer_since_it_is_nobodys_case_yet(town: Town):
    handler = somebody(Role.HANDLER)
    arrived = {"channel": "paper", "arrived_at": an.NOON.isoformat(), "reason": "Yhteys puuttuu."}
    owner = {"business_id": a.COMPANY.business_id, "undertaking_name": "Saimaan Levypaja Oy", "language": "fi"}
    entered = town.house.ask(
        applications.ENTER_PAPER, replace(handler, at=an.NOON), call_id="IS-2026-14", **owner, **arrived
    )
    subject = f"application/{entered['number']}"

    stored = town.house.ask(documents.STORE_DOCUMENT, handler, **town.house.to_store(subject))

    assert town.house.ask(documents.OPEN_DOCUMENT, handler, document_id=stored["document_id"])["subject"] == subject


def test_a_paper_in_a_companys_draft_is_not_there_for_an_official_who_knows_its_id(town: Town):
    begun = {"call_id": "IS-2026-14", "undertaking_name": "Saimaan Levypaja Oy", "language": "fi"}
    draft = town.house.ask(applications.OPEN_APPLICATION, replace(a.COMPANY, at=an.NOON), **begun)
    document_id = town.house.store(f"application/{draft['number']}", "attachment")

    reply = town.house.reply(documents.GET_DOCUMENT, somebody(Role.HANDLER), document_id=document_id)

    assert code(reply) == "not_found"


# ---- the payer ----


def approved(house: House) -> str:
    claim_id = house.claim(a.typed_line(invoice_number=f"2027-{next(_serial)}p"))
    house.approve(claim_id)
    return claim_id


def test_a_payment_file_carries_out_what_others_signed_and_asks_for_no_answer(town: Town):
    payer = somebody(Role.PAYER)

    batch = town.house.ask(payments.MAKE_BATCH, payer, claim_ids=[approved(town.house)], total="400.00")

    assert batch["decided"] == {
        "claims": 1,
        "payable": "400.00",
        "shares": [{"source": "eu", "amount": "240.00"}, {"source": "state", "amount": "160.00"}],
    }
    assert town.house.ask(payments.GET_BATCH, payer, batch_id=batch["batch_id"])["decided"] == batch["decided"]
    assert code(town.comes(payer, payments.GET_CLAIM)) == "declare_first"


@pytest.mark.parametrize(("answered", "refused"), [("conflict", "disqualified"), ("unsure", "interest_waits")])
def test_a_payer_with_a_conflict_or_a_doubt_pays_nothing_of_the_case(town: Town, answered: str, refused: str):
    payer = somebody(Role.PAYER)
    town.house.declare(payer, answered)

    reply = town.house.reply(payments.MAKE_BATCH, payer, claim_ids=[approved(town.house)], total="400.00")

    assert (code(reply), reply.refusal and reply.refusal.facts) == (refused, {"number": a.NUMBER})


# ---- a conflict that comes up in the middle ----


def begun(house: House) -> tuple[str, Asker, Asker]:
    """A claim that one official has verified and another presented."""
    verifier, presenter = somebody(Role.VERIFIER), somebody(Role.HANDLER)
    claim_id = house.claim(a.typed_line(invoice_number=f"2027-{next(_serial)}k"))
    house.declare(verifier)
    house.declare(presenter)
    house.verify(claim_id, verifier)
    house.propose(claim_id, presenter)
    return claim_id, verifier, presenter


def seen(house: House, claim_id: str) -> dict[str, Any]:
    return house.ask(payments.GET_CLAIM, a.AUDITOR, claim_id=claim_id)


def test_the_proposal_of_a_presenter_who_is_disqualified_falls_and_another_presents(town: Town):
    claim_id, _, presenter = begun(town.house)

    town.house.declare(presenter, "conflict", ground="gain_or_loss")
    town.house.deliver("applications")

    assert (seen(town.house, claim_id)["state"], seen(town.house, claim_id)["decision"]) == ("verified", None)
    told = town.house.announced("payments", "claim_released")[-1]
    assert (told["claim_id"], told["person"], told["state"]) == (claim_id, presenter.person, "verified")
    town.house.propose(claim_id, a.HANDLER, version=6)
    assert seen(town.house, claim_id)["decision"]["proposed_by"] == a.HANDLER.person


def test_costs_verified_by_one_who_is_disqualified_wait_for_another_verifier(town: Town):
    claim_id, verifier, _ = begun(town.house)

    town.house.declare(verifier, "conflict", ground="represents")
    town.house.deliver("applications")

    claim = seen(town.house, claim_id)
    assert (claim["state"], claim["accepted"], claim["verified_by"]) == ("submitted", None, None)
    assert [line["accepted"] for line in claim["lines"]] == [None]
    town.house.verify(claim_id, a.VERIFIER, version=6)
    assert seen(town.house, claim_id)["state"] == "verified"


def test_nothing_is_signed_on_a_disqualified_persons_part_before_the_room_has_even_heard(town: Town):
    """The conflict is told in one room; the decision is signed in another in the same second."""
    claim_id, _, presenter = begun(town.house)
    decider = somebody(Role.DECISION_MAKER)
    town.house.declare(decider)
    town.house.declare(presenter, "conflict")

    signing = {"claim_id": claim_id, "version": 5, "verdict": "sign"}
    refusal = town.house.reply(payments.DECIDE_PAYMENT, decider, **signing).refusal

    assert refusal
    assert (refusal.code, refusal.facts["person"]) == ("part_disqualified", presenter.person)
    returning = {"claim_id": claim_id, "version": 5, "verdict": "return"}
    assert town.house.ask(payments.DECIDE_PAYMENT, decider, **returning)["state"] == "verified"


def test_a_doubt_that_the_superior_confirms_undoes_the_part_too(town: Town):
    claim_id, _, presenter = begun(town.house)
    town.house.declare(presenter, "unsure")
    town.house.deliver("applications")
    assert seen(town.house, claim_id)["state"] == "proposed"

    confirmed = {"person": presenter.person, "verdict": "confirmed", "reason": "Esteellinen 28 § 1 mom. 3 k."}
    town.house.ask(applications.RESOLVE_INTEREST, somebody(Role.DECISION_MAKER), number=a.NUMBER, **confirmed)
    town.house.deliver("applications")

    assert seen(town.house, claim_id)["state"] == "verified"


def test_the_same_conflict_heard_twice_undoes_once_and_what_is_decided_stands(town: Town):
    claim_id, _, presenter = begun(town.house)
    town.house.declare(presenter, "conflict")
    for _ in range(2):
        town.house.deliver("applications")
    released = [one for one in town.house.announced("payments", "claim_released") if one["claim_id"] == claim_id]
    assert len(released) == 1

    decided = approved(town.house)
    late = replace(a.HANDLER, person=seen(town.house, decided)["decision"]["proposed_by"])
    town.house.declare(late, "conflict")
    town.house.deliver("applications")
    assert seen(town.house, decided)["state"] == "approved"
