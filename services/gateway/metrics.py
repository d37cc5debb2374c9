"""Counts and times by route, for Prometheus. Routes are templates: no case, company or person is in a label."""

from __future__ import annotations

import os

from flask import Flask, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from services.gateway import policy
from services.gateway.access_log import elapsed, route

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
REQUESTS = Counter("tukivayla_http_requests", "HTTP requests answered", ("method", "route", "status"))
SECONDS = Histogram("tukivayla_http_seconds", "Time to answer", ("method", "route"), buckets=BUCKETS)


def measure(app: Flask) -> None:
    app.after_request(_count)
    app.add_url_rule("/metrics", view_func=metrics)


@policy.open_to_all()
def metrics() -> Response:
    return Response(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def _count(response: Response) -> Response:
    REQUESTS.labels(request.method, route(), response.status_code).inc()
    SECONDS.labels(request.method, route()).observe(elapsed())
    return response


def _registry() -> CollectorRegistry:
    """All worker processes together, where there are several (PROMETHEUS_MULTIPROC_DIR)."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    whole = CollectorRegistry()
    MultiProcessCollector(whole)
    return whole
