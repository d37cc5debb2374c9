"""Who is asking: the session behind the cookie or bearer token, and the language and ids of the request."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from threading import Lock
from time import monotonic
from typing import Any
from uuid import uuid4

from flask import Flask, Response, current_app, g, request
from itsdangerous import BadSignature, Signer

from services.gateway.errors import IdempotencyKeyMalformed
from services.gateway.settings import Settings
from shared.asker import Asker, Role
from shared.contracts import Kind, Operation
from shared.contracts.customers import GET_SESSION, OPEN_API_KEY
from shared.errors import Forbidden, Gone, Invalid, Missing
from shared.fields import LANGUAGES

SESSION_COOKIE = "tukivayla"
LANGUAGE_COOKIE = "kieli"
CORRELATION_HEADER = "X-Correlation-ID"
CLOCK_HEADER = "Tukivayla-At"  # another clock, for demonstrations
API_KEY_PREFIX = "tkv_"
API_PATH = "/api/v1/"

_CORRELATION = re.compile(r"[A-Za-z0-9._-]{8,64}")
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_MANY = 20_000


class Sessions:
    """Sessions seen lately in this process, so that a page costs no question of who it is.

    A session ended elsewhere is believed for `seconds` at most; one ended here is forgotten at once.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._seen: dict[str, tuple[float, dict[str, Any]]] = {}
        self._ended: set[str] = set()
        self._lock = Lock()

    def get(self, session_id: str) -> dict[str, Any] | None:
        until, session = self._seen.get(session_id, (0.0, None))
        return session if session and self._clock() < until else None

    def put(self, session: dict[str, Any]) -> None:
        with self._lock:
            if session["session_id"] in self._ended:
                return  # asked for just before it ended, answered just after
            if len(self._seen) >= _MANY:
                self._seen.clear()
            self._seen[session["session_id"]] = (self._clock() + self._seconds, session)

    def forget(self, session_id: str) -> None:
        with self._lock:
            if len(self._ended) >= _MANY:
                self._ended.clear()
            self._ended.add(session_id)
            self._seen.pop(session_id, None)

    def forget_person(self, person_id: str) -> None:
        """Every session of a person: the next request asks what they may do now."""
        with self._lock:
            for session_id in [key for key, (_, seen) in self._seen.items() if seen["person_id"] == person_id]:
                self._seen.pop(session_id)


def prepare(app: Flask, settings: Settings) -> None:
    app.extensions["settings"] = settings
    app.extensions["sessions"] = Sessions(settings.session_cache_seconds)
    app.extensions["signer"] = Signer(settings.secret_key, salt="session", digest_method=sha256)
    app.after_request(_remember)


# ---- who ----


def current_asker() -> Asker:
    """Whoever is asking now: the signed-in person in their role, or a visitor."""
    if "asker" not in g:
        g.asker = _asker(current_session())
    asker: Asker = g.asker
    return asker


def current_session() -> dict[str, Any] | None:
    """The session as `customers` gives it (contracts.customers.Session), or None for a visitor."""
    if "session" not in g:
        g.session = None  # stands if asking fails, so that the page that tells of it can be made
        g.session = _find_session()
    session: dict[str, Any] | None = g.session
    return session


def received_at() -> datetime:
    """When this request came in. What the rooms do for it may have to wait for its turn."""
    moment: datetime = g.setdefault("received_at", datetime.now(UTC))
    return moment


def session_has_ended() -> bool:
    """Whether the browser came with a session that no longer is: the page should say so."""
    current_session()
    return bool(g.get("session_ended"))


def right_has_ended() -> bool:
    """Whether the session is over because its person may no longer act as they did: signing in again is no help."""
    return session_has_ended() and g.get("session_over_because") == "capacity_lost"


def visitor() -> Asker:
    """The same request, asked as nobody in particular."""
    return Asker(
        person="visitor",
        role=Role.VISITOR,
        language=current_language(),
        correlation_id=correlation_id(),
        at=_demonstrated_time(),
        received_at=received_at(),
    )


def asker_for(operation: Operation, asker: Asker) -> Asker:
    """A command takes the request's idempotency key along; a query has no use for one."""
    return replace(asker, idempotency_key=idempotency_key()) if operation.kind is Kind.COMMAND else asker


def _asker(session: dict[str, Any] | None) -> Asker:
    if session is None:
        return visitor()
    capacity = session["capacity"]
    return Asker(
        person=session["person_id"],
        role=Role(capacity["role"]),
        authority=capacity["authority"],
        business_id=capacity["business_id"],
        rights=frozenset(capacity["rights"]),
        via=session.get("via", ""),
        language=current_language(),
        correlation_id=correlation_id(),
        at=_demonstrated_time(),
        received_at=received_at(),
    )


def _find_session() -> dict[str, Any] | None:
    if key := api_key_sent():
        return _ask_for_key(key)
    session_id = session_id_sent()
    if session_id is None:
        return None
    seen: Sessions = current_app.extensions["sessions"]
    known = seen.get(session_id)
    # What is known may be of before the session was used elsewhere and its end moved on: so ask before ending it.
    session = known if _goes_on(known) and not _changes_for_a_company(known) else _ask_for_session(session_id, seen)
    g.session_ended = session is None
    return session


def _changes_for_a_company(session: dict[str, Any] | None) -> bool:
    """Whoever left a company changes nothing of it any more, in whichever process they were remembered."""
    changes = request.method not in ("GET", "HEAD", "OPTIONS")
    return changes and session is not None and bool(session["capacity"]["business_id"])


def _goes_on(session: dict[str, Any] | None) -> bool:
    now = _demonstrated_time() or datetime.now(UTC)
    return session is not None and now < session["expires_at"]


def _ask_for_session(session_id: str, seen: Sessions) -> dict[str, Any] | None:
    asker = Asker(person="visitor", role=Role.VISITOR, correlation_id=correlation_id(), at=_demonstrated_time())
    try:
        session: dict[str, Any] = current_app.extensions["rooms"].ask(GET_SESSION, asker, session_id=session_id)
    except (Missing, Gone) as over:  # nobody's, signed out, idle too long, or its capacity taken back
        g.session_over_because = over.facts.get("why")
        return None
    seen.put(session)
    return session


def _ask_for_key(token: str) -> dict[str, Any] | None:
    """What the key acts as, asked every time: a key that is revoked opens nothing from then on."""
    asker = Asker(person="visitor", role=Role.VISITOR, correlation_id=correlation_id(), at=_demonstrated_time())
    try:
        opened: dict[str, Any] = current_app.extensions["rooms"].ask(OPEN_API_KEY, asker, token=token)
    except (Forbidden, Invalid):
        return None
    return opened


# ---- the token ----


def token_of(session_id: str) -> str:
    """What the browser's cookie and an API client's bearer header carry: the session's id, signed."""
    signer: Signer = current_app.extensions["signer"]
    return signer.sign(session_id).decode()


def session_id_sent() -> str | None:
    """The session id that came with the request, its signature checked; a forged one counts as none."""
    if "session_id" not in g:
        g.session_id = _unsigned(bearer_token() or request.cookies.get(SESSION_COOKIE))
    session_id: str | None = g.session_id
    return session_id


def bearer_token() -> str | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def api_key_sent() -> str | None:
    """The API key that came with a request to the API; on pages for people a key is nothing."""
    token = bearer_token()
    is_key = token is not None and token.startswith(API_KEY_PREFIX) and request.path.startswith(API_PATH)
    return token if is_key else None


def asked_by_cookie() -> bool:
    """Whether the browser sends its proof by itself, so that another site could make it do so."""
    return bearer_token() is None and SESSION_COOKIE in request.cookies


def _unsigned(token: str | None) -> str | None:
    if not token:
        return None
    try:
        return str(current_app.extensions["signer"].unsign(token).decode())
    except (BadSignature, UnicodeDecodeError):
        return None


def keep_signed_in(response: Response, session: dict[str, Any]) -> Response:
    """Give the browser the session's cookie. It lasts until the browser closes or the session ends."""
    settings: Settings = current_app.extensions["settings"]
    token = token_of(session["session_id"])
    response.set_cookie(SESSION_COOKIE, token, httponly=True, samesite="Lax", secure=settings.https)
    current_app.extensions["sessions"].put(session)
    return response


def forget_signed_in(response: Response) -> Response:
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="Lax")
    return response


# ---- the request's own marks ----


def current_language() -> str:
    """?kieli=, else the cookie, else the person's own, else what the browser prefers, else Finnish."""
    if "language" not in g:
        g.language = _language()
    language: str = g.language
    return language


def _language() -> str:
    asked = request.args.get("kieli") or request.cookies.get(LANGUAGE_COOKIE)
    if asked in LANGUAGES:
        return asked
    session = current_session()
    if session is not None:
        return str(session["language"])
    return request.accept_languages.best_match(LANGUAGES) or "fi"


def correlation_id() -> str:
    """The caller's own, where it is well-formed, else a new one. It goes to every room and every log line."""
    if "correlation_id" not in g:
        sent = request.headers.get(CORRELATION_HEADER, "")
        g.correlation_id = sent if _CORRELATION.fullmatch(sent) else uuid4().hex
    correlation: str = g.correlation_id
    return correlation


def idempotency_key() -> str | None:
    """The request's key, quoted or bare; a page may set its form's own by `use_idempotency_key`."""
    if "idempotency_key" not in g:
        sent = request.headers.get("Idempotency-Key")
        g.idempotency_key = None if sent is None else _well_formed_key(sent)
    key: str | None = g.idempotency_key
    return key


def use_idempotency_key(key: str | None) -> None:
    """From a form's hidden field: a form sent twice is then one deed."""
    g.idempotency_key = _well_formed_key(key) if key else None


def _well_formed_key(sent: str) -> str:
    key = sent.strip().removeprefix('"').removesuffix('"')
    if not _KEY.fullmatch(key):
        raise IdempotencyKeyMalformed
    return key


def _demonstrated_time() -> datetime | None:
    settings: Settings = current_app.extensions["settings"]
    if not settings.demo or CLOCK_HEADER not in request.headers:
        return None
    try:
        moment = datetime.fromisoformat(request.headers[CLOCK_HEADER])
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _remember(response: Response) -> Response:
    response.headers[CORRELATION_HEADER] = correlation_id()
    asked = request.args.get("kieli")
    if asked in LANGUAGES and asked != request.cookies.get(LANGUAGE_COOKIE):
        secure = current_app.extensions["settings"].https
        response.set_cookie(LANGUAGE_COOKIE, asked, max_age=365 * 86_400, samesite="Lax", secure=secure)
    # What portal.js asks by itself leaves the ended session's cookie: by it the form, once sent, is known and kept.
    by_script = request.accept_mimetypes.best == "application/json"
    if g.get("session_ended") and asked_by_cookie() and not by_script:
        forget_signed_in(response)
    return response
