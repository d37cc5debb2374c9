"""One desk a resource: routes said in a line each, with the operation they ask, from which all else follows.

The operation gives the policy (its roles), the schemas (what it takes and gives), the endpoint's name and the
documentation. What the address says is left out of the body; a version may come as `If-Match`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from flask import request
from flask_smorest import Blueprint

from services.gateway import policy
from services.gateway.api import versions
from services.gateway.api.reading import StrictParser
from services.gateway.api.schemas import is_empty, page_of, path_names, rest_of
from services.gateway.errors import IdempotencyKeyMissing
from services.gateway.identity import idempotency_key
from services.gateway.rooms import ask
from services.gateway.security import SAFE
from shared.contracts import Kind, Operation

PREFIX = "/api/v1"

Answered = tuple[dict[str, Any], int, dict[str, str]]
View = Callable[..., Any]

KEY_HEADER = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    "description": "A name for this deed: sent again, it gets the first answer and is not done twice.",
}
VERSION_HEADER = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": 'The version the change is based on, as its ETag said: "3". Or `version` in the body.',
}


class Desk(Blueprint):
    """A flask-smorest blueprint whose routes are made from operations."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, description: str, *, keys: bool = True) -> None:
        """`keys`: whether every change must carry an Idempotency-Key."""
        super().__init__(name, __name__, url_prefix=PREFIX, description=description)
        if keys:
            self.before_request(require_key)

    def lists(self, path: str, operation: Operation, summary: str) -> None:
        """GET of a list: filters, page, size and sort in the address; `Link` to the pages around."""

        def view(query: dict[str, Any], **address: Any) -> Answered:
            return page_with_links(ask(operation, **query, **address), query)

        schema = page_of(operation.gives)
        self._route("GET", path, operation, view, summary, schema, location="query")

    def shows(self, path: str, operation: Operation, summary: str) -> None:
        """GET of one thing; its version is the ETag."""

        def view(query: dict[str, Any], **address: Any) -> Answered:
            answer = ask(operation, **query, **address)
            return answer, 200, versions.tag(answer)

        self._route("GET", path, operation, view, summary, operation.gives, location="query")

    def does(
        self, method: str, path: str, operation: Operation, summary: str, *, makes: Callable[[Any], str] | None = None
    ) -> None:
        """A command. `makes` gives the address of what was made: then 201 with `Location`."""

        def view(body: dict[str, Any], **address: Any) -> Answered:
            if "version" in body:
                body["version"] = versions.expected(body["version"])
            answer = ask(operation, **body, **address)
            location = {"Location": quote(PREFIX + makes(answer))} if makes else {}
            return answer, 201 if makes else 200, versions.tag(answer) | location

        self._route(method, path, operation, view, summary, operation.gives, status=201 if makes else 200)

    def _route(
        self,
        method: str,
        path: str,
        operation: Operation,
        view: View,
        summary: str,
        schema: type[Any],
        *,
        status: int = 200,
        location: str = "json",
    ) -> None:
        view.__name__ = operation.name
        view.__doc__ = f"{summary}\n\n{operation.takes.__doc__ or ''}"
        takes = rest_of(operation, path_names(path))
        answering = self.answering(operation, status, schema)(policy.asks(operation)(view))
        if is_empty(takes):
            answering = _without_argument(answering)
        else:
            answering = self.arguments(takes, location=location)(answering)
        self.route(path, methods=[method])(answering)

    def answering(self, operation: Operation, status: int, schema: type[Any]) -> Callable[[View], View]:
        """The answer's schema, and in the documents who may ask and which headers are needed."""
        headers = self.headers(operation)

        def decorate(view: View) -> View:
            roles = sorted(role.value for role in view.access.roles)  # type: ignore[attr-defined]  # put there by policy
            described = self.doc(**{"x-roles": roles, "operationId": f"{operation.room}.{view.__name__}"})
            answered: View = self.response(status, schema)(view)
            if headers:
                answered = self.doc(parameters=headers)(answered)
            documented: View = described(answered)
            return documented

        return decorate

    @staticmethod
    def headers(operation: Operation) -> list[dict[str, Any]]:
        if operation.kind is Kind.QUERY:
            return []
        versioned = "version" in operation.takes().fields
        return [KEY_HEADER, VERSION_HEADER] if versioned else [KEY_HEADER]


def require_key() -> None:
    """A program's line may break between the deed and the answer: without a key it could never ask again."""
    if request.method not in SAFE and idempotency_key() is None:
        raise IdempotencyKeyMissing


def _without_argument(view: View) -> View:
    """For what takes nothing besides its address."""

    def called(**address: Any) -> Any:
        return view({}, **address)

    called.__dict__.update(view.__dict__)
    called.__name__, called.__doc__ = view.__name__, view.__doc__
    return called


def page_with_links(answer: dict[str, Any], query: dict[str, Any]) -> Answered:
    page, size = query.get("page", 1), query.get("size", answer["total"])
    return answer | {"page": page, "size": size}, 200, {"Link": _links(page, size, answer["total"])}


def _links(page: int, size: int, total: int) -> str:
    """RFC 8288: the pages around this one, with the same filters."""
    last = max(1, -(-total // max(1, size)))
    around = {"first": 1, "prev": page - 1, "next": page + 1, "last": last}
    here = quote(request.path)  # a header is Latin-1 at most; an address may be anything
    others = [(name, value) for name, value in request.args.items(multi=True) if name not in ("page", "size")]
    return ", ".join(
        f'<{here}?{urlencode([*others, ("page", number), ("size", size)])}>; rel="{name}"'
        for name, number in around.items()
        if 1 <= number <= last
    )
