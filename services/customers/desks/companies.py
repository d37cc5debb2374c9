"""Register data, mandates, roles in companies, API keys, ownership.

What asks a register outside opens its own transactions, one before and one after: nobody else waits for a lock while
a register is slow. So does what tells a secret once, so that the answer is not kept for its idempotency key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any
from uuid import uuid4

from services.customers import company_lists as lists
from services.customers.post.configured import post
from services.customers.registers import configured
from services.customers.registers.ytj_reading import register_data as reading
from services.customers.registers.ytj_reading import summary
from services.customers.storage import CustomersWork
from services.customers.use_cases import (
    api_keys,
    company_choices,
    company_people,
    disagreements,
    mandates,
    ownership,
    register_data,
)
from shared.asker import Asker
from shared.contracts import customers as contract
from shared.messaging.service import answers, regularly

HOURLY = 3600.0


class CompaniesDesk:
    """Mixed into the room's service: methods marked `@answers`, `@hears`, `@regularly`, and no rules."""

    office: Any

    # ---- the business register ----

    @answers(contract.GET_REGISTER_DATA, transaction=False)
    def get_register_data(self, asker: Asker, business_id: str) -> Any:
        registers = configured.registers()
        return register_data.look_up(
            self._opened(asker), registers.business, reading, business_id=business_id, fresh_for=registers.fresh_for
        )

    @answers(contract.GET_REGISTER_ANSWER)
    def get_register_answer(self, work: CustomersWork, business_id: str, digest: str) -> Any:
        return register_data.answer_as_it_came(work, business_id, digest)

    @answers(contract.FETCH_REGISTER_DATA, transaction=False)
    def fetch_register_data(self, asker: Asker, business_id: str) -> Any:
        register = configured.registers().business
        return register_data.fetch(self._opened(asker), register, reading, business_id=business_id)

    @answers(contract.SEARCH_BUSINESS_REGISTER, transaction=False)
    def search_business_register(self, asker: Asker, name: str) -> Any:
        return register_data.search(configured.registers().business, summary, name=name)

    @answers(contract.REPORT_DISAGREEMENT)
    def report_disagreement(self, work: CustomersWork, **asked: Any) -> Any:
        return disagreements.report_disagreement(work, **asked)

    @answers(contract.SETTLE_DISAGREEMENT)
    def settle_disagreement(self, work: CustomersWork, **asked: Any) -> Any:
        return disagreements.settle_disagreement(work, **asked)

    @answers(contract.LIST_DISAGREEMENTS)
    def list_disagreements(self, work: CustomersWork, **asked: Any) -> Any:
        return lists.disagreements(work.session, work.asker, **asked)

    # ---- the mandate register ----

    @answers(contract.BEGIN_MANDATE_CHECK, transaction=False)
    def begin_mandate_check(self, asker: Asker, person_id: str, **asked: Any) -> Any:
        return mandates.begin_mandate_check(
            self._opened(replace(asker, person=person_id)),
            configured.registers().mandates,
            demo=self.office.database.demo,
            person_id=person_id,
            **asked,
        )

    @answers(contract.FINISH_MANDATE_CHECK, transaction=False)
    def finish_mandate_check(self, asker: Asker, person_id: str, **asked: Any) -> Any:
        registers, opened = configured.registers(), self._opened(replace(asker, person=person_id))

        def look_up(business_id: str) -> Any:
            return register_data.known_or_none(
                opened, registers.business, reading, business_id=business_id, fresh_for=registers.fresh_for
            )

        check = mandates.finish_mandate_check(opened, registers.mandates, look_up, person_id=person_id, **asked)
        return lists.described_check(check)

    @answers(contract.LIST_MANDATE_CHECKS)
    def list_mandate_checks(self, work: CustomersWork, **asked: Any) -> Any:
        return lists.mandate_checks(work.session, work.asker, **asked)

    # ---- people ----

    @answers(contract.LIST_COMPANY_PEOPLE)
    def list_company_people(self, work: CustomersWork, business_id: str) -> Any:
        return self._people(work, business_id)

    @answers(contract.LIST_COMPANY_ACTS)
    def list_company_acts(self, work: CustomersWork, **asked: Any) -> Any:
        return lists.acts(work.session, work.asker, **asked)

    @answers(contract.INVITE_PERSON, transaction=False)
    def invite_person(self, asker: Asker, **asked: Any) -> Any:
        with self._opened(asker)() as work:
            invitation, code = company_people.invite_person(work, made_with=made_with(asker), **asked)
            return told(invitation) | {"code": code}

    @answers(contract.WITHDRAW_INVITATION)
    def withdraw_invitation(self, work: CustomersWork, invitation_id: str) -> Any:
        return company_people.withdraw_invitation(work, invitation_id=invitation_id)

    @answers(contract.SEE_INVITATION, transaction=False)
    def see_invitation(self, asker: Asker, code: str) -> Any:
        with self._opened(asker)() as work:
            return company_people.see_invitation(work, code=code)

    @answers(contract.ACCEPT_INVITATION, transaction=False)
    def accept_invitation(self, asker: Asker, person_id: str, code: str) -> Any:
        with self._opened(replace(asker, person=person_id))() as work:
            return company_people.accept_invitation(work, post().front_page, person_id=person_id, code=code)

    @answers(contract.CHANGE_PERSONS_ROLE)
    def change_persons_role(self, work: CustomersWork, **asked: Any) -> Any:
        company_people.change_persons_role(work, post().front_page, **asked)
        return self._people(work, work.asker.business_id or "")

    @answers(contract.END_PERSON)
    def end_person(self, work: CustomersWork, **asked: Any) -> Any:
        company_people.end_person(work, **asked)
        return self._people(work, work.asker.business_id or "")

    @answers(contract.SET_COMPANY_PREFERENCES)
    def set_company_preferences(self, work: CustomersWork, **asked: Any) -> Any:
        return company_choices.set_preferences(work, **asked)

    @answers(contract.ASK_RELEASE)
    def ask_release(self, work: CustomersWork) -> Any:
        return told(company_choices.ask_release(work, post().front_page))

    @answers(contract.SETTLE_RELEASE)
    def settle_release(self, work: CustomersWork, **asked: Any) -> Any:
        return told(company_choices.settle_release(work, post().front_page, **asked))

    @regularly(seconds=HOURLY)
    def let_releases_lapse(self, work: CustomersWork) -> None:
        company_choices.let_releases_lapse(work, post().front_page)

    @answers(contract.GET_COMPANY_PREFERENCES)
    def get_company_preferences(self, work: CustomersWork, business_id: str) -> Any:
        return company_choices.get_preferences(work, business_id=business_id)

    def _people(self, work: CustomersWork, business_id: str) -> Mapping[str, Any]:
        acted = lists.last_acts(work.session, business_id)
        return company_people.company_people(work, acted, business_id=business_id)

    # ---- API keys ----

    @answers(contract.CREATE_API_KEY, transaction=False)
    def create_api_key(self, asker: Asker, **asked: Any) -> Any:
        with self._opened(asker)() as work:
            key, token = api_keys.create_api_key(work, made_with=made_with(asker), **asked)
            return told(key) | {"usable": key.is_usable(work.now), "token": token}

    @answers(contract.REVOKE_API_KEY)
    def revoke_api_key(self, work: CustomersWork, key_id: str) -> Any:
        return told(api_keys.revoke_api_key(work, key_id=key_id)) | {"usable": False}

    @answers(contract.LIST_API_KEYS)
    def list_api_keys(self, work: CustomersWork, business_id: str) -> Any:
        keys = api_keys.list_api_keys(work, business_id=business_id)
        return {"items": [told(key) | {"usable": key.is_usable(work.now)} for key in keys]}

    # A question that once a minute also notes that the key was used.
    @answers(contract.OPEN_API_KEY, transaction=False)
    def open_api_key(self, asker: Asker, token: str) -> Any:
        with self._opened(asker)() as work:
            return api_keys.open_api_key(work, token=token)

    # ---- ownership ----

    @answers(contract.RECORD_OWNERSHIP)
    def record_ownership(self, work: CustomersWork, **asked: Any) -> Any:
        link = ownership.record_ownership(work, **asked)
        return lists.described_link(link, lists.names_of(work.session, link.owner, link.owned))

    @answers(contract.LIST_OWNERSHIP)
    def list_ownership(self, work: CustomersWork, business_id: str) -> Any:
        return lists.ownership(work.session, work.asker, business_id=business_id)

    def _opened(self, asker: Asker) -> Any:
        def opened() -> AbstractContextManager[CustomersWork]:
            work: AbstractContextManager[CustomersWork] = self.office.work(asker)
            return work

        return opened


def made_with(asker: Asker) -> str:
    """What tells one request from another: its idempotency key, of which only a digest is kept."""
    return hashlib.sha256((asker.idempotency_key or uuid4().hex).encode()).hexdigest()


def told(thing: Any) -> dict[str, Any]:
    """A record as a mapping: the contract's schema picks what it tells, never a digest."""
    named = {name: getattr(thing, name) for name in type(thing).__dataclass_fields__}
    return named | ({"expires_at": thing.expires_at} if hasattr(thing, "expires_at") else {})
