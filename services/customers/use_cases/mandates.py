"""Asking the mandate register whom a person may act for: begun, chosen there, concluded here, recorded either way."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from services.customers.demo import DEMO_ISSUER, identity_code_of
from services.customers.domain.errors import IdentityCodeNeeded, RegisterAway, RegisterNotSetUp
from services.customers.domain.mandate_checks import Concluded, MandateCheck
from services.customers.domain.mandate_rules import HOLDS_FOR, Organisation
from services.customers.domain.people import Mandate
from services.customers.domain.register_data import RegisterData
from services.customers.ports import MandateRegister, Opened, RegisterRefused, RegisterSilent, Visit, Work
from services.customers.use_cases.acts import note_act
from services.customers.use_cases.people import person
from services.customers.use_cases.register_data import register_unless_known
from shared.contracts import customers as contract
from shared.errors import NotFound

CANCELLED = frozenset({"access_denied", "user_cancel", "cancelled"})

LookUp = Callable[[str], RegisterData | None]


def begin_mandate_check(
    opened: Opened,
    register: MandateRegister | None,
    *,
    demo: bool,
    person_id: str,
    identity_code: str,
    returning: str,
    language: str,
) -> dict[str, Any]:
    """Where the person goes to choose the company. The identity code is used here and forgotten.

    Raises RegisterNotSetUp, IdentityCodeNeeded, or RegisterAway; a failure to ask is recorded as one.
    """
    if register is None:
        raise RegisterNotSetUp(register="mandates")
    with opened() as work:
        known = person(work, person_id)
    code = identity_code_of(known.subject) if demo and known.issuer == DEMO_ISSUER else identity_code
    if not code:
        raise IdentityCodeNeeded()
    try:
        visit = register.visit(code)
    except RegisterSilent:
        _record_failure(opened, person_id, returning, "register_away")
        raise RegisterAway(register="mandates") from None
    except RegisterRefused:
        _record_failure(opened, person_id, returning, "register_refused")
        raise RegisterAway(register="mandates") from None
    with opened() as work:
        check = _begun(work, person_id, returning, visit)
    return {"check_id": check.check_id, "address": register.choosing_address(visit, returning, language)}


def finish_mandate_check(
    opened: Opened,
    register: MandateRegister | None,
    look_up: LookUp,
    *,
    check_id: str,
    person_id: str,
    code: str,
    error: str,
) -> MandateCheck:
    """The person is back. What the register says is recorded whether it proves anything or not.

    Raises RegisterNotSetUp, NotFound for another person's check, CheckOver for one that is over: a code is used once.
    """
    if register is None:
        raise RegisterNotSetUp(register="mandates")
    with opened() as work:
        begun = work.mandate_checks.get_locked(check_id)
        if begun is None:
            raise NotFound(what="mandate_check")
        check = begun.taken_by(person_id, work.now)
        work.mandate_checks.save(check)
    if error or not code:
        return _failed(opened, check, "cancelled" if error in CANCELLED else "register_error")
    try:
        request_id, organisations = register.organisations(check.register_session, code, check.returning)
    except RegisterSilent:
        return _failed(opened, check, "register_away")
    except RegisterRefused:
        return _failed(opened, check, "register_refused")
    known = {each.business_id: look_up(each.business_id) for each in organisations if each.complete}
    with opened() as work:
        return _concluded(work, register, check, request_id, organisations, known)


def _begun(work: Work, person_id: str, returning: str, visit: Visit) -> MandateCheck:
    check = MandateCheck(
        check_id=secrets.token_urlsafe(16),
        person_id=person_id,
        register_session=visit.session,
        request_id=visit.request_id,
        returning=returning,
        begun_at=work.now,
    )
    work.mandate_checks.begin(check)
    return check


def _record_failure(opened: Opened, person_id: str, returning: str, why: str) -> None:
    with opened() as work:
        begun = _begun(work, person_id, returning, Visit(session="", user="", request_id=""))
        _record(work, begun.taken_by(person_id, work.now).failed(why))


def _failed(opened: Opened, check: MandateCheck, why: str) -> MandateCheck:
    with opened() as work:
        failed = check.failed(why)
        _record(work, failed)
        return failed


def _concluded(
    work: Work,
    register: MandateRegister,
    check: MandateCheck,
    request_id: str,
    organisations: tuple[Organisation, ...],
    known: dict[str, RegisterData | None],
) -> MandateCheck:
    results = []
    for organisation in organisations:
        data = known.get(organisation.business_id)
        rights = register.rules.rights(organisation, association=bool(data and data.is_association))
        results.append(Concluded(organisation=organisation, rights=rights))
        if rights:
            register_unless_known(work, business_id=organisation.business_id, name=organisation.name, data=data)
        _give(work, check.person_id, organisation, rights)
    concluded = check.concluded(request_id, tuple(results))
    _record(work, concluded)
    return concluded


def _give(work: Work, person_id: str, organisation: Organisation, rights: tuple[str, ...]) -> None:
    """Rights of this asking for twelve hours. No rights end those of an earlier asking, at once, and also what the
    person was still told by a word that had lapsed.

    An answer that is not complete says nothing, so it ends nothing either.
    """
    company = work.undertakings.get(organisation.business_id)
    if company is None or not (rights or _has_from_register(work, person_id, organisation)):
        return
    mandate = Mandate(
        business_id=company.business_id,
        undertaking_name=company.name,
        rights=rights,
        source="register",
        until=work.now + HOLDS_FOR,
    )
    work.people.give_mandate(person_id, mandate, by="register", at=work.now)
    work.announce(
        contract.MANDATE_GIVEN,
        company.business_id,
        person_id=person_id,
        business_id=company.business_id,
        rights=rights,
    )
    note_act(work, company.business_id, "mandate_checked", person_id=person_id)


def _has_from_register(work: Work, person_id: str, organisation: Organisation) -> bool:
    return organisation.complete and any(
        mandate.source == "register" and mandate.is_told_at(work.now)
        for mandate in person(work, person_id).mandates_of(organisation.business_id)
    )


def _record(work: Work, check: MandateCheck) -> None:
    """Success and failure alike go to the audit trail."""
    work.mandate_checks.save(check)
    work.announce(
        contract.MANDATE_CHECKED,
        check.person_id,
        check_id=check.check_id,
        person_id=check.person_id,
        request_id=check.request_id,
        state=check.state,
        why=check.why,
        organisations=[
            {
                "business_id": each.organisation.business_id,
                "complete": each.organisation.complete,
                "roles": each.organisation.roles,
                "rights": each.rights,
            }
            for each in check.organisations
        ],
    )
