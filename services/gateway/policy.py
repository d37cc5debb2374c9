"""Who may ask for what. The roles stand in the contracts (`Operation.roles`); here routes say what they ask.

`table(app)` is the whole policy, one row a route; an app with a route outside it does not start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeVar

from flask import Flask, current_app, request

from services.gateway.errors import ApiKeyNotValid, RoleMayNot, SignInNeeded
from services.gateway.identity import api_key_sent, current_asker
from shared.asker import EVERYONE, Role
from shared.contracts import Operation

View = TypeVar("View", bound=Callable[..., Any])

PEOPLE = EVERYONE - {Role.SYSTEM}
SIGNED_IN = PEOPLE - {Role.VISITOR}


class RouteWithoutPolicy(Exception):
    """A route says neither what it asks nor that it is open."""


class NotDeclared(Exception):
    """A view asked for an operation that its route has not declared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """`roles` may use the route; `operations` are the addresses it may ask for."""

    roles: frozenset[Role]
    operations: frozenset[str]


def asks(
    *operations: Operation, also: Iterable[Operation] = (), only: Iterable[Role] = PEOPLE
) -> Callable[[View], View]:
    """The view asks for these operations: only roles that may ask for all of them are let in.

    `also` may be asked too, where the role allows; it does not narrow. `only` narrows further.
    """
    shared = reduce(frozenset.intersection, (operation.roles for operation in operations), frozenset(only))
    asked = frozenset(operation.address for operation in (*operations, *also))
    return _mark(Access(roles=shared - {Role.SYSTEM}, operations=asked))


def open_to_all(*, also: Iterable[Operation] = ()) -> Callable[[View], View]:
    """Anybody may come, signed in or not."""
    return _mark(Access(roles=PEOPLE, operations=frozenset(operation.address for operation in also)))


def signed_in(*, also: Iterable[Operation] = ()) -> Callable[[View], View]:
    """Anybody who is signed in, in any role."""
    return _mark(Access(roles=SIGNED_IN, operations=frozenset(operation.address for operation in also)))


def _mark(access: Access) -> Callable[[View], View]:
    def put(view: View) -> View:
        setattr(view, "access", access)  # noqa: B010  a function has no such attribute for the type checker
        return view

    return put


def table(app: Flask) -> dict[str, Access]:
    """Endpoint → access, for every route. Raises RouteWithoutPolicy naming all that lack one."""
    found = {rule.endpoint: _access(app, rule.endpoint) for rule in app.url_map.iter_rules()}
    missing = sorted(endpoint for endpoint, access in found.items() if access is None)
    if missing:
        raise RouteWithoutPolicy(", ".join(missing))
    return {endpoint: access for endpoint, access in found.items() if access}


def _access(app: Flask, endpoint: str) -> Access | None:
    if endpoint == "static" or endpoint.endswith(".static"):
        return Access(roles=PEOPLE, operations=frozenset())
    return getattr(app.view_functions[endpoint], "access", None)


def enforce(app: Flask) -> None:
    """Look at the role before every view. Call when all routes are in place."""
    app.extensions["policy"] = table(app)
    app.before_request(refuse_who_may_not)


def refuse_who_may_not() -> None:
    access = _of_this_request()
    if access is None or access.roles >= PEOPLE:
        return
    role = current_asker().role
    if role in access.roles:
        return
    if role is Role.VISITOR:
        raise ApiKeyNotValid if api_key_sent() else SignInNeeded
    raise RoleMayNot(role=role, allowed=", ".join(sorted(access.roles)))


def must_be_declared(operation: Operation) -> None:
    access = _of_this_request()
    if access is None or operation.address not in access.operations:
        raise NotDeclared(f"{request.endpoint} asks for {operation.address}")


def _of_this_request() -> Access | None:
    rows: dict[str, Access] = current_app.extensions["policy"]
    return rows.get(request.endpoint or "")
