"""Asking the other rooms on behalf of whoever is asking us."""

from __future__ import annotations

from typing import Any, Protocol

from flask import current_app

from services.gateway import policy
from services.gateway.identity import asker_for, current_asker
from shared.asker import Asker
from shared.contracts import Operation
from shared.contracts.customers import CHANGE_PERSONS_ROLE, END_PERSON, GIVE_MANDATE, GIVE_POST

# After these the person's open sessions are asked about anew: whoever left is out with the next request.
CHANGE_WHAT_A_PERSON_MAY = frozenset(
    operation.address for operation in (END_PERSON, CHANGE_PERSONS_ROLE, GIVE_MANDATE, GIVE_POST)
)


class Rooms(Protocol):
    """The way to the rooms: RPC in life, canned answers in tests.

    `data` is Python values as the contract's schema loads them; so is the answer. Raises the room's
    refusal (`shared.errors.DomainError`), ServiceAway or ServiceFault (`shared.messaging.wire`).
    """

    def ask(self, operation: Operation, asker: Asker, /, **data: Any) -> dict[str, Any]: ...


def ask(operation: Operation, **data: Any) -> dict[str, Any]:
    """Ask in the current request, as whoever is signed in.

    The route has declared the operation (`policy.asks`); asking for another is a mistake in our code
    and raises policy.NotDeclared. A command carries the request's idempotency key.
    Raises MayNotSign or MayNotPrepare before a room is asked, so that a page tells it even when the room is away.
    """
    policy.must_be_declared(operation)
    operation.must_be_within_the_rights_of(current_asker())
    answer = ask_as(asker_for(operation, current_asker()), operation, **data)
    if operation.address in CHANGE_WHAT_A_PERSON_MAY:
        current_app.extensions["sessions"].forget_person(data["person_id"])
    return answer


def ask_as(asker: Asker, operation: Operation, **data: Any) -> dict[str, Any]:
    """Ask as somebody else: as a visitor before sign-in, as the gateway itself for its health."""
    rooms: Rooms = current_app.extensions["rooms"]
    return rooms.ask(operation, asker, **data)
