"""Refusals as people and programs meet them: RFC 9457 problem documents in the asker's language.

A refusal's family gives the status, its code the sentence. The API answers a problem document; the portal
registers a page of its own for the same `Problem` (`app.extensions["problem_page"]`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from services.gateway import errors, texts
from services.gateway.identity import correlation_id, current_language
from services.gateway.settings import MEGABYTE
from shared.blobs import TooLarge
from shared.errors import Conflict, DomainError, Fault, Forbidden, Gone, Invalid, Missing
from shared.messaging.wire import ServiceAway, ServiceFault
from shared.pieces import ChecksumDiffers, PieceTooLong

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 5

# The nearest class of the refusal decides.
STATUS: dict[type[DomainError], int] = {
    errors.SignInNeeded: 401,
    errors.ApiKeyNotValid: 401,
    errors.Malformed: 400,
    errors.VersionMissing: 428,
    errors.NotThisType: 415,
    errors.NotMultipart: 415,
    errors.CsrfMissing: 400,
    errors.OtherTusVersion: 412,
    TooLarge: 413,
    PieceTooLong: 413,
    ChecksumDiffers: 460,  # of the protocol of uploads in pieces (tus 1.0)
    Missing: 404,
    Forbidden: 403,
    Conflict: 409,
    Invalid: 422,
    Gone: 410,
}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What went wrong, for a screen or a program. `reference` is what a person reads out on the phone."""

    status: int
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    reference: str
    retry_after: int | None = None


def handle(app: Flask) -> None:
    app.register_error_handler(DomainError, lambda error: answer(of_refusal(error)))
    app.register_error_handler(ServiceAway, lambda error: answer(of_silence(error)))
    app.register_error_handler(ServiceFault, lambda error: answer(of_fault(error.reference)))
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _of_the_unforeseen)


def of_refusal(error: DomainError) -> Problem:
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return Problem(status=status, code=error.code, facts=error.facts, faults=error.faults, reference=correlation_id())


def of_silence(error: ServiceAway) -> Problem:
    log.warning("room_away", why=str(error), correlation_id=correlation_id())
    return Problem(status=503, code="service_away", reference=correlation_id(), retry_after=RETRY_SECONDS)


def of_fault(reference: str) -> Problem:
    return Problem(status=500, code="fault", facts={"reference": reference}, reference=reference)


def _of_http(error: HTTPException) -> Response:
    """Werkzeug's and Flask's own refusals: no such address, method, host, too large a body, too many requests."""
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]  # a redirect is no problem
    if isinstance(error, RequestEntityTooLarge):
        most = request.max_content_length or 0
        problem = of_refusal(TooLarge(most=most // MEGABYTE))
    else:
        problem = Problem(status=error.code, code=f"status_{error.code}", reference=correlation_id())
    response = answer(problem)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After", "WWW-Authenticate"):
            response.headers[name] = value
    return response


def _of_the_unforeseen(error: Exception) -> Response:
    """The last net: the reason goes to the log, a reference to the person, and nothing else outside."""
    log.error("unforeseen", correlation_id=correlation_id(), endpoint=request.endpoint, exc_info=error)
    g.failed = True
    return answer(of_fault(correlation_id()))


def answer(problem: Problem) -> Response:
    page: Callable[[Problem], Response] | None = current_app.extensions.get("problem_page")
    wants_page = page is not None and not request.path.startswith(("/api/", "/health/", "/metrics"))
    response = page(problem) if page and wants_page else as_json(problem)
    if problem.retry_after:
        response.headers["Retry-After"] = str(problem.retry_after)
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="tukivayla"'
    response.headers["Cache-Control"] = "no-store"
    return response


def as_json(problem: Problem) -> Response:
    document = json.dumps(document_of(problem, current_language()), ensure_ascii=False)
    return Response(document, status=problem.status, mimetype=MEDIA_TYPE)


def document_of(problem: Problem, language: str) -> dict[str, Any]:
    document: dict[str, Any] = {
        "type": f"/problems/{problem.code}",
        "title": texts.sentence(f"status_{problem.status}", {}, language),
        "status": problem.status,
        "detail": texts.sentence(problem.code, problem.facts, language),
        "code": problem.code,
        "reference": problem.reference,
    }
    if problem.facts:
        document["facts"] = dict(problem.facts)
    if problem.faults:
        document["errors"] = [_error_of(fault, language) for fault in problem.faults]
    return document


def _error_of(fault: Fault, language: str) -> dict[str, Any]:
    return {
        "pointer": pointer(fault.path),
        "code": fault.rule,
        "detail": texts.sentence(fault.rule, fault.facts, language),
    } | ({"facts": dict(fault.facts)} if fault.facts else {})


def pointer(path: str) -> str:
    """RFC 6901 in a URI fragment: "costs.0.amount" is "#/costs/0/amount"."""
    escaped = (part.replace("~", "~0").replace("/", "~1") for part in path.split(".") if part)
    return "#" + "".join(f"/{part}" for part in escaped)
