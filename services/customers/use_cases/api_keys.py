"""API keys: made by a signatory, told once, opened by each request, revoked at once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from services.customers.domain.api_keys import ApiKey, must_end_soon_enough, must_sign_as_oneself, parts_of, token_of
from services.customers.domain.company import code_digest, member_in, must_be_by_own_hand
from services.customers.domain.errors import ApiKeyNotValid, MoreThanThePersonMay, NotYourCapacity
from services.customers.domain.people import company_capacity_id
from services.customers.ports import Work
from services.customers.use_cases.acts import must_be_own, note_act, own_company
from shared.asker import Role
from shared.contracts import customers as contract
from shared.dates import helsinki_day
from shared.errors import NotFound


def create_api_key(
    work: Work, *, name: str, person_id: str | None, rights: Sequence[str], expires_on: date, made_with: str
) -> tuple[ApiKey, str]:
    """(the key, its token). Sent again with the same key, the token is not told a second time.

    Raises InvalidFields for the last day, NotFound for a person who does not act for the company,
    MoreThanThePersonMay, SigningKeyIsAnothers, and OwnHandNeeded when a program asks.
    """
    must_be_by_own_hand(work.asker)
    business_id = own_company(work.asker)
    must_end_soon_enough(expires_on, helsinki_day(work.now))
    holder = member_in(work.people.members(business_id, work.now), person_id or work.asker.person)
    if not set(rights) - {"read"} <= set(holder.rights):
        raise MoreThanThePersonMay()
    must_sign_as_oneself(rights, holder.person_id, work.asker.person)
    secret = secrets.token_urlsafe(32)
    key = ApiKey(
        key_id=secrets.token_hex(8),
        name=name,
        business_id=business_id,
        person_id=holder.person_id,
        rights=tuple(sorted(set(rights))),
        digest=code_digest(secret),
        made_with=made_with,
        created_by=work.asker.person,
        created_at=work.now,
        expires_on=expires_on,
    )
    if earlier := work.api_keys.add(key):
        return earlier, ""
    note_act(work, business_id, "api_key_created", subject=key.key_id)
    work.announce(
        contract.API_KEY_CREATED,
        business_id,
        key_id=key.key_id,
        business_id=business_id,
        person_id=key.person_id,
        rights=key.rights,
        expires_on=key.expires_on,
    )
    return key, token_of(key.key_id, secret)


def revoke_api_key(work: Work, *, key_id: str) -> ApiKey:
    """From the next request on the key opens nothing; again, it stays revoked. Raises NotFound for another's."""
    must_be_by_own_hand(work.asker)
    known = work.api_keys.get(key_id)
    if known is None or (work.asker.role is Role.COMPANY and known.business_id != work.asker.business_id):
        raise NotFound(what="api_key")
    revoked = known.revoked(work.asker.person, work.now)
    if revoked is not known:
        work.api_keys.save(revoked)
        note_act(work, known.business_id, "api_key_revoked", subject=key_id)
        work.announce(
            contract.API_KEY_REVOKED,
            known.business_id,
            key_id=key_id,
            business_id=known.business_id,
            person_id=known.person_id,
        )
    return revoked


def list_api_keys(work: Work, *, business_id: str) -> Sequence[ApiKey]:
    must_be_own(work.asker, business_id)
    return work.api_keys.of(business_id)


def open_api_key(work: Work, *, token: str) -> dict[str, Any]:
    """What a request with this key acts as: its person's capacity now, less what the key was not given.

    Raises ApiKeyNotValid alike for unknown, revoked, lapsed, and for a person who acts for the company no more.
    """
    key_id, secret = parts_of(token)
    key = work.api_keys.get(key_id)
    if key is None:
        raise ApiKeyNotValid()
    key.opened_by(secret, work.now)
    holder = work.people.get(key.person_id)
    if holder is None:
        raise ApiKeyNotValid()
    try:
        capacity = key.narrowed(holder.acting_as(company_capacity_id(key.business_id), work.now))
    except NotYourCapacity as lost:
        raise ApiKeyNotValid() from lost
    if not capacity.rights:
        raise ApiKeyNotValid()
    if key.use_is_worth_noting(work.now):
        work.api_keys.save(replace(key, last_used_at=work.now))
    return {
        "session_id": f"key:{key.key_id}",
        "person_id": holder.person_id,
        "name": holder.name,
        "language": holder.language,
        "capacity": capacity,
        "capacities": [capacity],
        "began_at": key.created_at,
        "expires_at": key.last_moment,
        "via": key.key_id,
    }
