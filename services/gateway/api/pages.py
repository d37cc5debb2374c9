"""The API's documents: OpenAPI and AsyncAPI for programs, one page without scripts for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, render_template

from services.gateway import asyncapi, openapi, policy, texts
from services.gateway.api.documented import ABOUT
from shared.fields import LANGUAGES

METHODS = ("get", "post", "put", "delete")

blueprint = Blueprint("api_pages", __name__, url_prefix="/api", template_folder="templates")
problems = Blueprint("problems", __name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of the page."""

    method: str
    path: str
    summary: str
    description: str
    roles: str


@blueprint.get("/openapi.json")
@policy.open_to_all()
def openapi_json() -> Response:
    return _kept("openapi.json", lambda: openapi.document(_app()))


@blueprint.get("/asyncapi.json")
@policy.open_to_all()
def asyncapi_json() -> Response:
    return _kept("asyncapi.json", asyncapi.document)


@blueprint.get("/docs")
@policy.open_to_all()
def docs() -> str:
    document = openapi.document(_app())
    descriptions = {tag["name"]: tag["description"] for tag in document["tags"]}
    groups: dict[str, list[Shown]] = {descriptions[name]: [] for name in descriptions}
    for tag, shown in _rows(document):
        groups[descriptions[tag]].append(shown)
    return render_template("api_docs.html", about=ABOUT, groups=groups)


@problems.get("/problems/<code>")
@policy.open_to_all()
def problem(code: str) -> Response:
    """Where a problem document's `type` leads: what the code means, in each language."""
    if not texts.has_sentence(code):
        abort(404)
    return jsonify(code=code, meaning={language: texts.sentence(code, {}, language) for language in LANGUAGES})


def _rows(document: dict[str, Any]) -> Iterator[tuple[str, Shown]]:
    for path, methods in document["paths"].items():
        for method in METHODS:
            if operation := methods.get(method):
                roles = ", ".join(operation.get("x-roles", ("everyone",)))
                told = (operation.get("summary", ""), operation.get("description", ""))
                yield operation["tags"][0], Shown(method.upper(), path, *told, roles)


def _kept(name: str, make: Callable[[], dict[str, Any]]) -> Response:
    """Made once in a process: it can't change while the program runs."""
    kept: dict[str, str] = _app().extensions.setdefault("api_documents", {})
    if name not in kept:
        kept[name] = json.dumps(make(), ensure_ascii=False)
    return Response(kept[name], mimetype="application/json")


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined, no-any-return]  # the proxy's own app
