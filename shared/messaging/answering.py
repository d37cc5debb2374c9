"""From a request to its reply: who may ask, is it well formed, one transaction, one answer per key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import structlog
from eventlet import Timeout
from marshmallow import ValidationError
from sqlalchemy.orm.exc import StaleDataError

from shared.contracts import health, parking
from shared.contracts.terms import Kind, Operation
from shared.errors import ChangedMeanwhile, DomainError, NotForYou
from shared.messaging.faults import invalid_fields
from shared.messaging.gate import Gate, gate_of
from shared.messaging.handlers import Answers, marked
from shared.messaging.idempotency import KeyedCommand, first_answer, keep_answer
from shared.messaging.schemas import schema_of
from shared.messaging.wire import Reply, Request, ServiceAway
from shared.storage.failures import is_database_away, run_again_when_disturbed
from shared.telemetry import REQUESTS

if TYPE_CHECKING:
    from shared.messaging.room_service import RoomService

log = structlog.get_logger(__name__)


class UnknownOperation(LookupError):
    """The room has no method for it: the asker is of another version, or has the wrong door."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one operation is answered."""

    operation: Operation
    method_name: str
    transaction: bool
    gate: Gate | None = None


def desks_of(service_class: type[RoomService]) -> Mapping[str, Desk]:
    """Every operation the room answers, by address: the operators' and the room's own."""
    room = service_class.name
    shared = [Desk(op, op.name, op.kind is Kind.QUERY) for op in (*parking.operations(room), health.operation(room))]
    own = [Desk(mark.operation, name, mark.transaction, gate_of(mark)) for name, mark in marked(service_class, Answers)]
    return {desk.operation.address: desk for desk in (*shared, *own)}


def answer(service: RoomService, request: Request) -> Reply:
    """Never raises: what goes wrong is a reply too, and in the log under the reference given to the asker."""
    with structlog.contextvars.bound_contextvars(
        room=service.name, operation=request.operation, correlation_id=request.asker.correlation_id
    ):
        reply, outcome = _reply(service, request)
        REQUESTS.labels(service.name, request.operation.rpartition(".")[2], outcome).inc()
        return reply


def _reply(service: RoomService, request: Request) -> tuple[Reply, str]:
    try:
        return Reply(answer=_answer(service, request)), "answered"
    except DomainError as refusal:
        return Reply(refusal=refusal), "refused"
    except StaleDataError:
        return Reply(refusal=ChangedMeanwhile()), "refused"
    except ServiceAway as away:
        log.warning("another_room_away", error=str(away))
        return Reply(away=True), "away"
    except (Exception, Timeout) as error:  # the asker gets a reference, never the innards; the log gets the rest
        if is_database_away(error):
            log.warning("database_away", error=type(error).__name__)
            return Reply(away=True), "away"
        reference = uuid4().hex[:12]
        log.exception("request_failed", reference=reference)
        return Reply(fault=reference), "failed"


def _answer(service: RoomService, request: Request) -> dict[str, Any]:
    desk = service.desks.get(request.operation)
    if desk is None:
        raise UnknownOperation(request.operation)
    if request.asker.role not in desk.operation.roles:
        raise NotForYou()
    desk.operation.must_be_within_the_rights_of(request.asker)
    method = getattr(service, desk.method_name)
    data = _loaded(desk.operation, request.data)
    if desk.gate:
        desk.gate.let_through(service.office, request.asker, data)
    if not desk.transaction:
        return _dumped(desk.operation, method(request.asker, **data))
    return run_again_when_disturbed(lambda: _in_one_transaction(service, desk, method, request, data))


def _in_one_transaction(
    service: RoomService, desk: Desk, method: Callable[..., Any], request: Request, data: Mapping[str, Any]
) -> dict[str, Any]:
    asker, changes = request.asker, desk.operation.kind is Kind.COMMAND
    with service.office.work(asker, read_only=not changes) as work:
        if not (changes and asker.idempotency_key):
            return _dumped(desk.operation, method(work, **data))
        command = KeyedCommand.of(asker.person, asker.idempotency_key, request.operation, request.data)
        given = first_answer(work.session, service.name, command)
        if given is None:
            given = _dumped(desk.operation, method(work, **data))
            keep_answer(work.session, service.name, command, given)
        return given


def _loaded(operation: Operation, data: Mapping[str, Any]) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = schema_of(operation.takes).load(data)
    except ValidationError as error:
        raise invalid_fields(error) from error
    return loaded


def _dumped(operation: Operation, result: Any) -> dict[str, Any]:
    dumped: dict[str, Any] = schema_of(operation.gives).dump(result)
    return dumped
