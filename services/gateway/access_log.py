"""One line a request: what was asked, by which role, how it went, how long it took. No addresses, no persons."""

from __future__ import annotations

from time import perf_counter

import structlog
from flask import Flask, Response, g, request

from services.gateway.identity import correlation_id

log = structlog.get_logger()
QUIET = ("/health/", "/metrics")


def write(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def route() -> str:
    """The address as a template ("/api/v1/claims/<claim_id>"): whose claim it was is the trail's business."""
    return str(request.url_rule) if request.url_rule else "(none)"


def elapsed() -> float:
    """Seconds since the request came; 0 when it was refused before it began."""
    return perf_counter() - g.began if "began" in g else 0.0


def _begin() -> None:
    g.began = perf_counter()


def _end(response: Response) -> Response:
    if not request.path.startswith(QUIET):
        log.info(
            "request",
            method=request.method,
            route=route(),
            status=response.status_code,
            ms=round(elapsed() * 1000, 1),
            role=g.asker.role.value if "asker" in g else None,
            correlation_id=correlation_id(),
        )
    return response
