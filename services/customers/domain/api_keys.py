"""API keys: for one company, as one person, never more than that person may do now."""

from __future__ import annotations

import hmac
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from services.customers.domain.company import code_digest
from services.customers.domain.errors import ApiKeyNotValid, SigningKeyIsAnothers
from services.customers.domain.people import Capacity
from shared.dates import HELSINKI, helsinki_day
from shared.errors import Fault, InvalidFields

LASTS_AT_MOST = timedelta(days=366)
USE_NOTED_EVERY = timedelta(minutes=1)
PREFIX = "tkv"
SIGNS = "sign"
_TOKEN = re.compile(r"tkv_([0-9a-f]{16})_([A-Za-z0-9_-]{43})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """`digest` is SHA-256 of a secret of 256 random bits; the secret itself is nowhere.

    `expires_on` is its last day.
    """

    key_id: str
    name: str
    business_id: str
    person_id: str
    rights: tuple[str, ...]
    digest: str
    made_with: str
    created_by: str
    created_at: datetime
    expires_on: date
    revoked_at: datetime | None = None
    revoked_by: str | None = None
    last_used_at: datetime | None = None

    @property
    def last_moment(self) -> datetime:
        """The midnight that ends the last day, in Finland."""
        return datetime.combine(self.expires_on + timedelta(days=1), time(), tzinfo=HELSINKI)

    def is_usable(self, now: datetime) -> bool:
        return self.revoked_at is None and helsinki_day(now) <= self.expires_on

    def opened_by(self, secret: str, now: datetime) -> None:
        """Raises ApiKeyNotValid: a wrong secret, revoked, or past its last day. All look alike from outside."""
        matches = hmac.compare_digest(self.digest, code_digest(secret))
        if not (matches and self.is_usable(now)):
            raise ApiKeyNotValid()

    def narrowed(self, capacity: Capacity) -> Capacity:
        """What the person may do now, less what the key was not given. One that somebody else made does not sign."""
        given = {*self.rights, "read"} - (set() if self.created_by == self.person_id else {SIGNS})
        kept = tuple(right for right in capacity.rights if right in given)
        return replace(capacity, rights=kept)

    def revoked(self, by: str, now: datetime) -> ApiKey:
        """Again, it stays as it was."""
        return self if self.revoked_at else replace(self, revoked_at=now, revoked_by=by)

    def use_is_worth_noting(self, now: datetime) -> bool:
        return self.last_used_at is None or now - self.last_used_at >= USE_NOTED_EVERY


def must_sign_as_oneself(rights: Collection[str], person_id: str, by: str) -> None:
    """Raises SigningKeyIsAnothers: with a key in another's name one person would give two persons' signatures."""
    if SIGNS in rights and person_id != by:
        raise SigningKeyIsAnothers()


def must_end_soon_enough(expires_on: date, today: date) -> None:
    """A key lives for a year at most, and not into the past."""
    if expires_on < today:
        raise InvalidFields(faults=[Fault("expires_on", "day_is_past", {"today": today.isoformat()})])
    last = today + LASTS_AT_MOST
    if expires_on > last:
        raise InvalidFields(faults=[Fault("expires_on", "too_far_away", {"last": last.isoformat()})])


def token_of(key_id: str, secret: str) -> str:
    return f"{PREFIX}_{key_id}_{secret}"


def parts_of(token: str) -> tuple[str, str]:
    """(key id, secret). Raises ApiKeyNotValid for what is no key of ours."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        raise ApiKeyNotValid()
    return found[1], found[2]
