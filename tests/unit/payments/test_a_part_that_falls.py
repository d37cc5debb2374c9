"""Who turns out to be disqualified has had no part: what they did in a claim falls, until the claim is decided.

Hallintolaki 434/2003 27 §. Nobody is asked here; the room hears who it is.
"""

from __future__ import annotations

import pytest

from services.payments import use_cases
from shared.asker import Asker, Role
from tests.support import payments_builders as a

OTHER_VERIFIER = Asker(person="valtteri.valvoja", role=Role.VERIFIER, authority="ITA")


def hears_of(journey, person: Asker) -> None:
    journey.do(a.HOUSE, use_cases.undo_part, a.NUMBER, person.person)


def released(desk) -> list[tuple[str, str, str]]:
    return [(told["claim_id"], told["person"], told["state"]) for told in desk.announced("claim_released")]


def test_a_proposal_falls_with_its_presenter_and_the_verification_stands(journey, desk):
    claim_id = journey.proposed()

    hears_of(journey, a.HANDLER)

    claim = journey.claim(claim_id, a.AUDITOR)
    assert (claim["state"], claim["decision"], claim["verified_by"]) == ("verified", None, a.VERIFIER.person)
    assert released(desk) == [(claim_id, a.HANDLER.person, "verified")]


@pytest.mark.parametrize("come_to", ["verified", "proposed"])
def test_a_verification_falls_with_its_verifier_and_with_it_what_stood_on_it(journey, desk, come_to):
    claim_id = getattr(journey, come_to)()

    hears_of(journey, a.VERIFIER)

    claim = journey.claim(claim_id, a.AUDITOR)
    assert (claim["state"], claim["decision"], claim["accepted"]) == ("submitted", None, None)
    assert [(line["accepted"], line["cut_reason"]) for line in claim["lines"]] == [(None, None)]
    assert released(desk) == [(claim_id, a.VERIFIER.person, "submitted")]


def test_another_verifies_and_the_claim_goes_on_within_the_same_term(journey):
    claim_id = journey.verified()
    due_on = journey.claim(claim_id, a.AUDITOR)["due_on"]
    hears_of(journey, a.VERIFIER)

    journey.verify(claim_id, version=5, asker=OTHER_VERIFIER)

    claim = journey.claim(claim_id, a.AUDITOR)
    assert (claim["state"], claim["verified_by"]) == ("verified", OTHER_VERIFIER.person)
    assert claim["due_on"] == due_on


def test_heard_twice_it_falls_once(journey, desk):
    journey.proposed()

    hears_of(journey, a.HANDLER)
    hears_of(journey, a.HANDLER)

    assert len(released(desk)) == 1


def test_nothing_falls_of_what_is_decided_nor_of_what_others_did(journey, desk):
    decided = journey.approved()
    begun = journey.submitted(a.typed_line(invoice_number="2027-99"))

    for person in (a.VERIFIER, a.HANDLER, a.DECIDER, OTHER_VERIFIER):
        hears_of(journey, person)

    assert journey.claim(decided, a.AUDITOR)["state"] == "approved"
    assert journey.claim(begun, a.AUDITOR)["state"] == "submitted"
    assert released(desk) == []
