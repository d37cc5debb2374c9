"""What keeps a browser from being used against its owner: headers, form tokens, hosts, rate limits."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request, session
from flask_limiter import Limiter
from flask_wtf.csrf import CSRFProtect, generate_csrf, validate_csrf
from werkzeug.middleware.proxy_fix import ProxyFix
from wtforms import ValidationError

from services.gateway.errors import CsrfMissing, StrangeAddress
from services.gateway.identity import api_key_sent, asked_by_cookie, current_session, session_id_sent
from services.gateway.settings import Settings

CSRF_HEADER = "X-CSRF-Token"
CSRF_FIELD = "csrf_token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
VALUE_MOST = 2000

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A document that somebody sent in must not run anything under our name.
DOCUMENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def protect(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="lomake",  # only the form token and an unfinished sign-in live here
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        TRUSTED_HOSTS=list(settings.hosts),
        MAX_CONTENT_LENGTH=settings.body_most,
        MAX_FORM_MEMORY_SIZE=settings.body_most,
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a form may lie open over a long lunch
    )
    CSRFProtect(app)
    app.before_request(refuse_strange_addresses)
    app.before_request(refuse_forged_forms)
    app.after_request(lambda response: _with_headers(response, settings))
    if settings.proxies:
        # Believed only as many proxies as the settings say: otherwise anybody could name their own address.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )


def limit_rates(app: Flask, settings: Settings) -> Limiter:
    """A limit a person (or, before sign-in, an address). Health and metrics are not counted."""
    limiter = Limiter(
        key_func=_who_is_counted,
        default_limits=[settings.rate_limit],
        storage_uri="memory://",
        enabled=settings.rate_limits,
        headers_enabled=True,
    )
    limiter.init_app(app)
    app.extensions["rates"] = limiter  # its own decorators know it only weakly
    return limiter


def _who_is_counted() -> str:
    """A key that opens something is counted as itself; one that opens nothing by where it came from."""
    if api_key_sent() and (opened := current_session()):
        return str(opened["session_id"])
    return session_id_sent() or request.remote_addr or "unknown"


def refuse_strange_addresses() -> None:
    """NUL, half characters and over-long values have no honest use in an address; no room need see them."""
    values = (request.path, *(value for _, value in request.args.items(multi=True)))
    if any(len(value) > VALUE_MOST or _CONTROL.search(value) for value in values):
        raise StrangeAddress


def refuse_forged_forms() -> None:
    """A change that the browser would send by itself must prove that one of our own pages asked for it.

    A bearer token is never sent by itself. An API call without a cookie has nothing to misuse. An upload
    is read as it streams, so its token is looked at there (`uploads`).
    """
    if request.method in SAFE or not _could_be_forged():
        return
    token = request.headers.get(CSRF_HEADER)
    if token is None and _streams_its_form():
        return
    check_form_token(token or _token_in_form())


def check_form_token(token: str | None) -> None:
    """Raises CsrfMissing, unless the request cannot be forged or has been looked at before."""
    if g.get("form_is_ours") or not _could_be_forged():
        return
    if not _from_our_own_page():
        raise CsrfMissing
    try:
        validate_csrf(token)
    except ValidationError as error:
        raise CsrfMissing from error
    g.form_is_ours = True


def _could_be_forged() -> bool:
    return asked_by_cookie() or not request.path.startswith("/api/")


def _from_our_own_page() -> bool:
    """Browsers say where a form came from; what says nothing is no browser of these years."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def sent_by_our_own_page() -> bool:
    """Whether the browser itself says that the form came from a page of ours; silence is no proof."""
    return "Origin" in request.headers and _from_our_own_page()


def _token_in_form() -> str | None:
    """Only a form is looked into: any other body is the view's to read, as large as the view allows."""
    return request.form.get(CSRF_FIELD) if request.mimetype in FORMS else None


def _streams_its_form() -> bool:
    return getattr(current_app.view_functions.get(request.endpoint or ""), "reads_stream", False)


def form_token() -> str:
    """The proof a page puts in its forms (field `csrf_token`) or a script in its header (`X-CSRF-Token`)."""
    return str(generate_csrf())


def new_form_token() -> None:
    """At sign-in and sign-out: a token from before must not live on."""
    session.pop(CSRF_FIELD, None)
    g.pop(CSRF_FIELD, None)


def _with_headers(response: Response, settings: Settings) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    if settings.https:
        response.headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store" if session_id_sent() else "no-cache"
    return response
