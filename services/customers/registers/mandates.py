"""The mandate register: Suomi.fi e-Authorizations (valtuudet), web API, acting for organisations ("ypa").

Five steps: the person is registered by their identity code; they choose the organisation on the register's own page;
they come back with a code; the code becomes a token; the token and the session give the roles. The identity code
stands in the first address, so that address is told to nobody: no retry, no log line, no exception that bears it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

import requests
from stdnum.exceptions import ValidationError as NotAnIdentifier
from stdnum.fi import ytunnus

from services.customers.domain.mandate_rules import MandateRules, Organisation
from services.customers.ports import RegisterRefused, RegisterSilent, Visit

CHECKSUM_HEADER = "X-AsiointivaltuudetAuthorization"
SECRET_PATH = "/user/register/"  # noqa: S105  the address that has the identity code in it, not a secret itself
TEXT_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateSettings:
    """What the agency gives a service: its address, client id, the key of the checksum, the OAuth secret.

    `page_address` is how the person's browser reaches it, where that differs from how we do.
    """

    address: str
    client_id: str
    checksum_key: str = field(repr=False)
    oauth_secret: str = field(repr=False)
    page_address: str = ""
    patience: float = 4.0
    rules: MandateRules = field(default_factory=MandateRules)


class NoIdentityCodes(logging.Filter):
    """urllib3 writes addresses into its log; the one with an identity code is never written."""

    def filter(self, record: logging.LogRecord) -> bool:
        return SECRET_PATH not in record.getMessage()


logging.getLogger("urllib3.connectionpool").addFilter(NoIdentityCodes())


class MandateRegister:
    """Raises RegisterSilent when it does not answer, RegisterRefused when it says no."""

    def __init__(self, settings: MandateSettings, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._settings = settings
        self._clock = clock

    @property
    def rules(self) -> MandateRules:
        return self._settings.rules

    def visit(self, identity_code: str) -> Visit:
        """Step 1. The code goes out in the address and is forgotten."""
        request_id = str(uuid4())
        path = f"/service/ypa{SECRET_PATH}{quote(self._settings.client_id, safe='')}/{quote(identity_code, safe='')}"
        answer = self._read(self._got(path, request_id))
        session, user = answer.get("sessionId"), answer.get("userId")
        if not (isinstance(session, str) and isinstance(user, str)):
            raise RegisterRefused("unreadable")
        return Visit(session=session, user=user, request_id=request_id)

    def choosing_address(self, visit: Visit, returning: str, language: str) -> str:
        """Step 2: the register's page, for the person's browser."""
        asked = {
            "client_id": self._settings.client_id,
            "response_type": "code",
            "redirect_uri": returning,
            "user": visit.user,
            "lang": language,
        }
        return f"{self._settings.page_address or self._settings.address}/oauth/authorize?{urlencode(asked)}"

    def organisations(self, session: str, code: str, returning: str) -> tuple[str, tuple[Organisation, ...]]:
        """Steps 4 and 5: (request id, every organisation the person chose)."""
        token = self._token(code, returning)
        request_id = str(uuid4())
        path = f"/service/ypa/api/organizationRoles/{quote(session, safe='')}"
        items = self._got(path, request_id, token)
        if not isinstance(items, list):
            raise RegisterRefused("unreadable")
        return request_id, tuple(_organisation(item) for item in items)

    def _token(self, code: str, returning: str) -> str:
        asked = {"code": code, "grant_type": "authorization_code", "redirect_uri": returning}
        answer = self._read(
            self._sent(
                requests.Request(
                    "POST",
                    f"{self._settings.address}/oauth/token",
                    params=asked,  # in the address, not in the body: so the interface has it
                    auth=(self._settings.client_id, self._settings.oauth_secret),
                )
            )
        )
        token = answer.get("access_token")
        if not isinstance(token, str) or not token:
            raise RegisterRefused("unreadable")
        return token

    def _got(self, path: str, request_id: str, token: str = "") -> Any:
        request = requests.Request("GET", f"{self._settings.address}{path}", params={"requestId": request_id})
        if token:
            request.headers["Authorization"] = f"Bearer {token}"
        return self._sent(request, checked=True)

    def _sent(self, request: requests.Request, *, checked: bool = False) -> Any:
        with requests.Session() as http:
            prepared = http.prepare_request(request)
            if checked:
                prepared.headers[CHECKSUM_HEADER] = self.checksum(prepared.path_url)
            try:
                answered = http.send(prepared, timeout=self._settings.patience, allow_redirects=False)
            except requests.RequestException:
                # Its text bears the address, and the address may bear an identity code.
                raise RegisterSilent("mandates") from None
        if answered.status_code >= 500 or answered.status_code == 429:
            raise RegisterSilent("mandates")
        if answered.status_code != 200:
            raise RegisterRefused(str(answered.status_code))
        try:
            return answered.json()
        except ValueError:
            raise RegisterRefused("unreadable") from None

    def checksum(self, path_as_sent: str) -> str:
        """`clientId timestamp base64(HMAC-SHA256(key, path + " " + timestamp))`; the path with its query, as sent."""
        timestamp = self._clock().isoformat(timespec="seconds")
        signed = hmac.new(
            self._settings.checksum_key.encode(), f"{path_as_sent} {timestamp}".encode(), hashlib.sha256
        ).digest()
        return f"{self._settings.client_id} {timestamp} {base64.b64encode(signed).decode()}"

    @staticmethod
    def _read(answer: Any) -> dict[str, Any]:
        if not isinstance(answer, dict):
            raise RegisterRefused("unreadable")
        return answer


def _organisation(item: Any) -> Organisation:
    """One item of the answer. Only a true `complete` proves; an id that is none refuses the whole answer."""
    if not isinstance(item, dict):
        raise RegisterRefused("unreadable")
    try:
        compact = ytunnus.validate(str(item.get("identifier", "")))
    except NotAnIdentifier:
        raise RegisterRefused("unreadable") from None
    roles = item.get("roles")
    told = roles if isinstance(roles, list) else []
    return Organisation(
        business_id=f"{compact[:7]}-{compact[7:]}",
        name=str(item.get("name") or "").strip()[:TEXT_MOST] or f"{compact[:7]}-{compact[7:]}",
        complete=item.get("complete") is True,
        roles=tuple(role[:TEXT_MOST] for role in told if isinstance(role, str) and role),
    )
