"""What the business register says: asked once, kept with its evidence, served as last said when it is silent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from services.customers.domain.errors import NotInRegister, RegisterAway, RegisterNotSetUp
from services.customers.domain.register_data import KeptAnswer, RegisterData
from services.customers.domain.undertakings import Undertaking
from services.customers.ports import BusinessRegister, Opened, RegisterSilent, Told, Work
from services.customers.use_cases.acts import must_be_own
from shared.asker import Role
from shared.contracts import customers as contract
from shared.errors import NotFound

NOT_AGAIN_WITHIN = timedelta(minutes=1)
"""Asking anew by a button is one question a minute: the register serves the whole country."""

Reading = Callable[[Told, datetime], RegisterData]


def look_up(
    opened: Opened, register: BusinessRegister | None, reading: Reading, *, business_id: str, fresh_for: timedelta
) -> RegisterData:
    """What is kept while it is fresh, else what the register says now, else what it said last and that it is old.

    Raises NotInRegister, and RegisterAway or RegisterNotSetUp where nothing is kept. An auditor reads what is kept.
    """
    with opened() as work:
        must_be_own(work.asker, business_id)
        kept, now, asker = work.register_answers.latest(business_id), work.now, work.asker
    if kept and kept.is_fresh(now, fresh_for):
        return kept
    if asker.role is Role.AUDITOR:
        if kept is None:
            raise NotFound(what="register_data")
        return kept.as_last_said()
    told = _told(register, business_id, kept)
    if told is None:
        assert kept is not None  # noqa: S101  _told raises when there is neither
        return kept.as_last_said()
    with opened() as work:
        return keep(work, told, reading)


def fetch(opened: Opened, register: BusinessRegister | None, reading: Reading, *, business_id: str) -> RegisterData:
    """Ask the register now, unless it was asked a moment ago."""
    return look_up(opened, register, reading, business_id=business_id, fresh_for=NOT_AGAIN_WITHIN)


def answer_as_it_came(work: Work, business_id: str, digest: str) -> KeptAnswer:
    """What a decision names as its evidence, letter by letter. Raises NotFound."""
    kept = work.register_answers.with_digest(business_id, digest)
    if kept is None:
        raise NotFound(what="register_answer")
    return kept


def known_or_none(
    opened: Opened, register: BusinessRegister | None, reading: Reading, *, business_id: str, fresh_for: timedelta
) -> RegisterData | None:
    """For whoever can do without: a register's silence does not stop a person from acting for the company."""
    try:
        return look_up(opened, register, reading, business_id=business_id, fresh_for=fresh_for)
    except (NotInRegister, RegisterAway, RegisterNotSetUp):
        return None


def keep(work: Work, told: Told, reading: Reading) -> RegisterData:
    """Keep the answer as it came. The customer register bears the name that the business register gives."""
    data = reading(told, work.now)
    work.register_answers.add(data, told.raw)
    known = work.undertakings.get(data.business_id)
    if known and known.name != data.name:
        work.undertakings.rename(data.business_id, data.name)
    work.announce(
        contract.REGISTER_DATA_FETCHED,
        data.business_id,
        business_id=data.business_id,
        name=data.name,
        form_code=data.form_code,
        business_line=data.business_line.code if data.business_line else None,
        business_line_set=data.business_line.code_set if data.business_line else None,
        vat_liable=data.vat_liable,
        situations=[situation.kind for situation in data.situations],
        ended_on=data.ended_on,
        digest=data.digest,
        fetched_at=data.fetched_at,
    )
    return data


def register_unless_known(work: Work, *, business_id: str, name: str, data: RegisterData | None) -> None:
    """A company whose first person comes is entered from the business register, so that nobody types it."""
    if work.undertakings.get(business_id):
        return
    entered = Undertaking(
        business_id=business_id,
        name=data.name if data else name,
        language=work.asker.language if work.asker.language in ("fi", "sv") else "fi",
        municipality=data.city.title() if data else "",
        registered_at=work.now,
        registered_by=work.asker.person,
    )
    if work.undertakings.add(entered):
        work.announce(
            contract.UNDERTAKING_REGISTERED,
            business_id,
            business_id=business_id,
            name=entered.name,
            language=entered.language,
        )


def search(
    register: BusinessRegister | None, summary: Callable[[Mapping[str, Any]], dict[str, Any]], *, name: str
) -> dict[str, Any]:
    """Companies by name, straight from the register. Raises RegisterAway or RegisterNotSetUp."""
    if register is None:
        raise RegisterNotSetUp(register="business")
    try:
        found, total = register.named(name)
    except RegisterSilent as silent:
        raise RegisterAway(register=silent.register) from silent
    return {"items": [summary(company) for company in found], "total": total}


def _told(register: BusinessRegister | None, business_id: str, kept: RegisterData | None) -> Told | None:
    """None where what is kept has to do."""
    if register is None:
        if kept:
            return None
        raise RegisterNotSetUp(register="business")
    try:
        told = register.company(business_id)
    except RegisterSilent as silent:
        if kept:
            return None
        raise RegisterAway(register=silent.register) from silent
    if told is None:
        raise NotInRegister(business_id=business_id)
    return told
