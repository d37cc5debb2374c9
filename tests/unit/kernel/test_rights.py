"""What a representative may have done in the company's name: the contract says it, the room holds to it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.monitoring.domain.trail import Head, continued
from shared.asker import Asker, Role
from shared.contracts.applications import GET_APPLICATION, SAVE_DRAFT, SUBMIT
from shared.contracts.customers import TAKE_KEPT
from shared.errors import MayNotPrepare, MayNotSign
from shared.messaging.envelope import Envelope

READER: frozenset[str] = frozenset()
EDITOR = frozenset({"prepare"})
SIGNATORY = frozenset({"prepare", "sign"})


def a_representative(rights: frozenset[str]) -> Asker:
    return Asker(person="p-1", role=Role.COMPANY, business_id="9137024-1", rights=rights)


@pytest.mark.parametrize("rights", [READER, EDITOR])
def test_nobody_without_the_right_to_sign_binds_the_company(rights: frozenset[str]) -> None:
    with pytest.raises(MayNotSign):
        SUBMIT.must_be_within_the_rights_of(a_representative(rights))


def test_a_signatory_binds_the_company() -> None:
    SUBMIT.must_be_within_the_rights_of(a_representative(SIGNATORY))


def test_a_reader_changes_nothing_of_the_company() -> None:
    with pytest.raises(MayNotPrepare):
        SAVE_DRAFT.must_be_within_the_rights_of(a_representative(READER))


def test_an_editor_prepares_and_a_reader_reads() -> None:
    SAVE_DRAFT.must_be_within_the_rights_of(a_representative(EDITOR))
    GET_APPLICATION.must_be_within_the_rights_of(a_representative(READER))


def test_a_readers_own_lost_form_is_their_own() -> None:
    TAKE_KEPT.must_be_within_the_rights_of(a_representative(READER))


def test_an_official_needs_no_right_of_a_company() -> None:
    SUBMIT.must_be_within_the_rights_of(Asker(person="o-1", role=Role.OPERATOR))


def test_rights_and_the_key_that_was_used_travel_with_the_question() -> None:
    asker = Asker(person="p-1", role=Role.COMPANY, business_id="9137024-1", rights=SIGNATORY, via="k-1")
    assert Asker.from_wire(asker.to_wire()) == asker


def test_a_question_of_an_older_sender_has_no_rights() -> None:
    wire = a_representative(SIGNATORY).to_wire()
    del wire["rights"], wire["via"]
    assert Asker.from_wire(wire).rights == READER


def a_fact(via: str) -> Envelope:
    return Envelope(
        id="e-1",
        source="/applications",
        type="applications.application_submitted",
        version=1,
        subject="application/A80655",
        sequence=1,
        time=datetime(2026, 11, 22, 10, 0, tzinfo=UTC),
        actor="p-1",
        role="company",
        authority=None,
        correlation_id="c",
        causation_id="",
        data={"number": "A80655"},
        via=via,
    )


def test_the_trail_seals_and_shows_which_key_was_used() -> None:
    (entry,) = continued(Head(), [a_fact("k-1").to_wire()])
    assert '"via":"k-1"' in entry.canonical
    assert entry.fact.via == "k-1"
    assert Envelope.from_wire(a_fact("k-1").to_wire()).via == "k-1"


def test_what_was_done_by_hand_is_sealed_as_it_always_was() -> None:
    (entry,) = continued(Head(), [a_fact("").to_wire()])
    assert "via" not in entry.canonical
    assert entry.fact.via == ""
