"""What one room does with the facts it hears."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from marshmallow import ValidationError
from sqlalchemy.orm import Session
from structlog.contextvars import bound_contextvars

from shared.asker import Asker, the_house
from shared.contracts.terms import Event
from shared.messaging.envelope import Envelope
from shared.messaging.handlers import Hears, HearsAll, marked
from shared.messaging.schemas import schema_of
from shared.storage.database import Database
from shared.storage.work import Work

if TYPE_CHECKING:
    from shared.messaging.room_service import RoomService


class Unacceptable(Exception):
    """The fact can never be heard as it is. `reason` is a code for the operators, `detail` says more."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class Unreadable(Exception):
    """The body is no envelope of ours. `text` is what came, `id` a name made from it."""

    def __init__(self, body: bytes, why: str) -> None:
        super().__init__(why)
        self.text = body.decode("utf-8", errors="replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
        self.id = f"unreadable-{sha256(body).hexdigest()[:32]}"


@dataclass(frozen=True, slots=True)
class Ears:
    """Which method hears which fact: `by_type` maps type, then version, to (event, method name)."""

    by_type: Mapping[str, Mapping[int, tuple[Event, str]]] = field(default_factory=dict)
    everything: str = ""
    rooms: frozenset[str] = frozenset()


def ears_of(service_class: type[Any]) -> Ears:
    for name, mark in marked(service_class, HearsAll):
        return Ears(everything=name, rooms=frozenset(mark.rooms))
    by_type: dict[str, dict[int, tuple[Event, str]]] = {}
    for name, mark in marked(service_class, Hears):
        for event in mark.events:
            by_type.setdefault(event.type, {})[event.version] = (event, name)
    rooms = frozenset(event.room for versions in by_type.values() for event, _ in versions.values())
    return Ears(by_type=by_type, rooms=rooms)


def read_fact(body: bytes) -> Envelope:
    """Raises Unreadable."""
    try:
        return Envelope.from_wire(json.loads(body))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(body, f"{type(error).__name__}: {error}") from error


class Hearing:
    """One service instance's ears: looks whether facts can be heard, and has them heard."""

    def __init__(self, service: RoomService) -> None:
        self.room = service.name
        self._service = service
        self._ears = service.ears

    def data_of(self, fact: Envelope) -> dict[str, Any]:
        """The fact's data as its handler wants it, empty where nobody here hears it. Raises Unacceptable."""
        if self._ears.everything:
            return fact.data
        versions = self._ears.by_type.get(fact.type)
        if versions is None:
            return {}
        if fact.version not in versions:
            raise Unacceptable("unknown_version", f"version {fact.version}; known: {sorted(versions)}")
        try:
            loaded: dict[str, Any] = schema_of(versions[fact.version][0].schema).load(fact.data)
        except ValidationError as error:
            raise Unacceptable("contract_broken", json.dumps(error.messages, default=str)) from error
        return loaded

    def hear(
        self,
        database: Database,
        kind: type[Work],
        session: Session,
        facts: Sequence[tuple[Envelope, dict[str, Any]]],
    ) -> None:
        """Have the facts heard, in this order, in the session's transaction."""

        def work_for(fact: Envelope) -> Work:
            asker = caused_by(fact)
            return kind(session, asker, database.moment(asker))

        if self._ears.everything:
            envelopes = [fact for fact, _ in facts]
            getattr(self._service, self._ears.everything)(work_for(envelopes[-1]), envelopes)
            return
        for fact, data in facts:
            if versions := self._ears.by_type.get(fact.type):
                method = getattr(self._service, versions[fact.version][1])
                with bound_contextvars(room=self.room, message_id=fact.id, correlation_id=fact.correlation_id):
                    method(work_for(fact), fact, data)


def caused_by(fact: Envelope) -> Asker:
    return the_house(fact.correlation_id, causation_id=fact.id, at=fact.time)
