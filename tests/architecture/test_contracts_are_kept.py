"""What the contracts promise, the rooms do: each request has its desk, each fact its schema and a listener."""

from __future__ import annotations

import pytest

from shared.asker import DECLARES, Role
from shared.contracts import EVENTS, OPERATIONS, ROOMS
from shared.contracts.terms import Kind
from shared.messaging.answering import desks_of
from shared.messaging.hearing import ears_of
from shared.messaging.topology import HOUSE, facts_queue_of, requests_queue_of
from tukivayla.rooms import service_class


@pytest.mark.parametrize("room", ROOMS)
def test_every_request_of_a_contract_is_answered_and_nothing_else_is(room):
    promised = {address for address in OPERATIONS if address.startswith(f"{room}.")}

    answered = {address for address in desks_of(service_class(room)) if not address.endswith(".health")}

    assert answered == promised


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_hears_only_rooms_whose_facts_reach_it(room):
    assert ears_of(service_class(room)).rooms <= set(HOUSE.hears.get(room, ()))


def test_monitoring_hears_every_room_that_announces_anything():
    announcing = {event.room for event in EVENTS.values()}

    assert announcing <= set(HOUSE.hears["monitoring"])


def test_an_event_is_named_in_the_past_tense_of_one_room():
    for (kind, version), event in EVENTS.items():
        assert kind == f"{event.room}.{event.name}"
        assert version >= 1
        assert event.name.rsplit("_", 1)[-1].endswith(("d", "n", "fell", "sent", "set"))


def test_every_request_names_who_may_ask_it():
    assert [address for address, operation in OPERATIONS.items() if not operation.roles] == []


def test_a_visitor_may_change_nothing_but_their_own_sign_in_and_whom_they_act_for():
    changes = {
        address
        for address, operation in OPERATIONS.items()
        if operation.kind is Kind.COMMAND and "visitor" in operation.roles
    }

    assert changes == {
        "customers.welcome",
        "customers.begin_session",
        "customers.end_session",
        "customers.keep_post",
        "customers.begin_mandate_check",
        "customers.finish_mandate_check",
        "customers.accept_invitation",
    }


def test_an_auditor_may_change_nothing():
    changes = [
        address
        for address, operation in OPERATIONS.items()
        if operation.kind is Kind.COMMAND and "auditor" in operation.roles and address != "customers.take_kept"
    ]

    assert changes == []


# What an official may ask of the rooms that keep parts of a case, and is about no single one: lists say whose the
# cases are, a payment file and the bank's answer are of many. Whatever else there comes goes through the gate.
ABOUT_NO_SINGLE_CASE = {
    "documents.check_letter",  # by whoever holds the letter
    "documents.check_file",
    "payments.list_grants",
    "payments.list_claims",
    "payments.count_claims",
    "payments.list_batches",
    "payments.get_batch",
    "payments.get_batch_file",
    "payments.import_bank_answer",
    "payments.list_rules",
    "payments.calculate",
    "monitoring.list_payments",
    "monitoring.figures",
    "monitoring.list_rules",
    "monitoring.calculate",
}


@pytest.mark.parametrize("room", ["documents", "payments", "monitoring"])
def test_whatever_an_official_opens_of_a_case_is_behind_the_gate(room):
    """Hallintolaki 434/2003 27–30 §: a room that keeps anything of a case asks first (ADR 0020)."""
    desks = [desk for address, desk in desks_of(service_class(room)).items() if address in OPERATIONS]
    officials = {desk.operation.address: desk.gate for desk in desks if desk.operation.roles & DECLARES}

    without = {address for address, gate in officials.items() if gate is None}

    assert without == ABOUT_NO_SINGLE_CASE & officials.keys()


def test_the_gate_stands_in_front_of_nothing_that_officials_may_not_ask():
    """A gate that nobody comes to would be a mistake in the roles or in the desk."""
    gated = [desk.operation for room in ROOMS for desk in desks_of(service_class(room)).values() if desk.gate]

    assert [operation.address for operation in gated if not operation.roles & DECLARES] == []


def test_an_operator_opens_no_case():
    gated = [desk.operation for room in ROOMS for desk in desks_of(service_class(room)).values() if desk.gate]

    assert [one.address for one in gated if Role.OPERATOR in one.roles] == ["documents.scan_again"]


def test_renaming_a_queue_would_orphan_what_lies_in_it():
    assert {facts_queue_of(room) for room in ROOMS} == {f"facts.{room}.v1" for room in ROOMS}
    assert {requests_queue_of(room) for room in ROOMS} == {f"rpc.{room}" for room in ROOMS}
