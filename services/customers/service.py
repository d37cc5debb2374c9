"""Customers at the bus: what it answers, hears and does regularly."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from services.customers import queries, use_cases
from services.customers.desks.companies import CompaniesDesk
from services.customers.desks.mail import MailDesk, tell_of
from services.customers.settings import session_limits
from services.customers.storage import CustomersWork
from shared.asker import Asker
from shared.contracts import applications, documents, payments
from shared.contracts import customers as contract
from shared.messaging.envelope import Envelope
from shared.messaging.service import Office, RoomService, answers, hears, regularly

DAILY = 24 * 3600.0


class CustomersService(CompaniesDesk, MailDesk, RoomService):
    name = "customers"
    office = Office(CustomersWork)
    limits = session_limits(os.environ)

    @answers(contract.REGISTER_UNDERTAKING)
    def register_undertaking(self, work: CustomersWork, **asked: Any) -> Any:
        return use_cases.register_undertaking(work, **asked)

    @answers(contract.GET_UNDERTAKING)
    def get_undertaking(self, work: CustomersWork, business_id: str) -> Any:
        return use_cases.get_undertaking(work, business_id=business_id)

    @answers(contract.LIST_UNDERTAKINGS)
    def list_undertakings(self, work: CustomersWork, **asked: Any) -> Any:
        return queries.undertakings(work.session, **asked)

    @answers(contract.WELCOME)
    def welcome(self, work: CustomersWork, **asked: Any) -> Any:
        return use_cases.welcome(work, demo=self.office.database.demo, **asked)

    @answers(contract.GIVE_MANDATE)
    def give_mandate(self, work: CustomersWork, **asked: Any) -> Any:
        return use_cases.give_mandate(work, **asked)

    @answers(contract.GIVE_POST)
    def give_post(self, work: CustomersWork, **asked: Any) -> Any:
        return use_cases.give_post(work, **asked)

    @answers(contract.GET_PERSON)
    def get_person(self, work: CustomersWork, person_id: str) -> Any:
        return use_cases.get_person(work, person_id=person_id)

    @answers(contract.BEGIN_SESSION)
    def begin_session(self, work: CustomersWork, **asked: Any) -> Any:
        return use_cases.begin_session(work, self.limits, demo=self.office.database.demo, **asked)

    # A question that once a minute also writes: it moves the idle hour on, so it opens its own transaction.
    @answers(contract.GET_SESSION, transaction=False)
    def get_session(self, asker: Asker, session_id: str) -> Any:
        with self.office.work(asker) as work:
            return use_cases.get_session(work, self.limits, session_id=session_id)

    @answers(contract.END_SESSION)
    def end_session(self, work: CustomersWork, session_id: str) -> Any:
        return use_cases.end_session(work, session_id=session_id)

    @answers(contract.NAME_PEOPLE)
    def name_people(self, work: CustomersWork, person_ids: list[str]) -> Any:
        return queries.names(work.session, person_ids)

    @answers(contract.DEMO_PEOPLE)
    def demo_people(self, work: CustomersWork) -> Any:
        return use_cases.demo_people(work, demo=self.office.database.demo)

    @answers(contract.LIST_CONTACTS)
    def list_contacts(self, work: CustomersWork, **asked: Any) -> Any:
        return queries.contacts(work.session, work.asker, **asked)

    @answers(contract.KEEP_POST)
    def keep_post(self, work: CustomersWork, path: str, fields_: Mapping[str, Any], kept_for: str) -> Any:
        return use_cases.keep_post(work, path=path, fields=fields_, kept_for=kept_for)

    @answers(contract.TAKE_KEPT)
    def take_kept(self, work: CustomersWork, kept_id: str) -> Any:
        kept = use_cases.take_kept(work, kept_id=kept_id)
        return {"kept_id": kept.kept_id, "path": kept.path, "fields_": kept.fields, "kept_at": kept.kept_at}

    @hears(
        applications.APPLICATION_SUBMITTED,
        applications.APPLICATION_WITHDRAWN,
        applications.CASE_TRANSFERRED,
        applications.GRANT_AWARDED,
        applications.GRANT_REFUSED,
        payments.CLAIM_SUBMITTED,
        payments.PAYMENT_DECIDED,
        payments.PAYMENT_SETTLED,
        payments.PAYMENT_FAILED,
        documents.LETTER_WRITTEN,
    )
    def on_contact(self, work: CustomersWork, fact: Envelope, data: Mapping[str, Any]) -> None:
        use_cases.record_contact(work, fact, data)
        tell_of(work, fact, data)

    @regularly(seconds=DAILY)
    def forget_old(self, work: CustomersWork) -> None:
        use_cases.forget_old(work)
