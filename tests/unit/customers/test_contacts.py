"""What counts as a contact between a company and an authority."""

from __future__ import annotations

from services.customers.domain.contacts import CONTACTS, Contact
from services.customers.use_cases import record_contact
from shared.contracts import EVENTS
from tests.support.customers_fakes import FakeWork
from tests.support.monitoring_builders import COMPANY, NOW, NUMBER, a_fact


def test_a_decision_is_a_contact_of_its_application() -> None:
    work, fact = FakeWork(), a_fact("applications.grant_awarded")
    record_contact(work, fact, fact.data)
    assert list(work.contacts.rows.values()) == [
        Contact(
            event_id=fact.id,
            at=NOW,
            what="grant_awarded",
            subject=f"application/{NUMBER}",
            authority="ITA",
            business_id=COMPANY,
        )
    ]


def test_a_letter_is_a_contact_of_the_case_it_is_about() -> None:
    work, fact = FakeWork(), a_fact("documents.letter_written")
    record_contact(work, fact, fact.data)
    assert [contact.subject for contact in work.contacts.rows.values()] == [f"application/{NUMBER}"]


def test_the_same_fact_heard_twice_is_one_contact() -> None:
    work, fact = FakeWork(), a_fact("payments.payment_settled")
    record_contact(work, fact, fact.data)
    record_contact(work, fact, fact.data)
    assert len(work.contacts.rows) == 1


def test_every_kind_of_contact_is_a_fact_that_names_its_company() -> None:
    schemas = {event.type: event.schema() for event in EVENTS.values()}
    assert all("business_id" in schemas[fact_type].fields for fact_type in CONTACTS)


def test_what_officials_do_among_themselves_is_no_contact() -> None:
    inner = {"applications.case_taken", "applications.decision_proposed", "payments.claim_verified"}
    assert not inner & CONTACTS.keys()
