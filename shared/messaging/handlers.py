"""What a room's methods are for: they answer a request, hear a fact, or run regularly.

The decorators only mark the method and leave it as it was written, so a test may call it with a
Work of its own. `shared.messaging.room_service.RoomService` finds the marks and opens the transactions.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from shared.contracts.terms import Event, Operation

Method = TypeVar("Method", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Answers:
    """`opens` finds the cases that the request opens, for the gate; None when it is about no single case.

    `stands_on` finds the people on whose part in them the deed stands.
    """

    operation: Operation
    transaction: bool
    opens: Callable[..., Collection[str]] | None = None
    unanswered: bool = False
    stands_on: Callable[..., Collection[str]] | None = None


@dataclass(frozen=True, slots=True)
class Hears:
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class HearsAll:
    rooms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Regularly:
    seconds: float
    transaction: bool


Mark = Answers | Hears | HearsAll | Regularly


def answers(
    operation: Operation,
    *,
    transaction: bool = True,
    opens: Callable[..., Collection[str]] | None = None,
    unanswered: bool = False,
    stands_on: Callable[..., Collection[str]] | None = None,
) -> Callable[[Method], Method]:
    """The method answers `operation`: `(self, work, **request) -> mapping or object`.

    `request` has been loaded by `operation.takes`; what is returned is dumped by `operation.gives`.
    The role has been looked at; the case, the company and the authority are the method's to look at
    (`work.asker`). Refuse by raising a `DomainError`: everything done in `work` is undone.

    A command runs in one transaction with its announcements and, where the asker sent an idempotency
    key, its answer: asked again it gets the first answer and does nothing. A query gets a transaction
    that cannot write. A serialization failure or deadlock runs the method again: nothing outside
    `work` may be changed.

    With `transaction=False` the method is `(self, asker, **request)` and opens `self.office.work(asker)`
    itself, as often as it likes: for slow things that must not hold a transaction. Such a command is not
    protected by the idempotency key unless its own work is (`shared.messaging.idempotency`).

    `opens` is for what belongs to a case and officials may ask for: `(work, **request) -> numbers` of the cases,
    after looking at the authority. The method is then reached by an official whom nothing disqualifies from them
    (`shared.messaging.gate`); `unanswered` lets past whoever has not answered, and stops only the disqualified.
    `stands_on` is `(work, **request) -> people` whose earlier part the deed builds upon: none may be disqualified.
    """
    return _mark(Answers(operation, transaction, opens, unanswered, stands_on))


def hears(*events: Event) -> Callable[[Method], Method]:
    """The method hears these facts: `(self, work, fact: Envelope, data)`; name every living version.

    `data` has been loaded by the schema of the fact's own version. What is done in `work` commits
    together with the note that the fact was heard, so it takes effect once. Facts of one aggregate
    come in the order they happened; between aggregates and rooms there is no order. An exception
    undoes the work and the fact is heard again later; after the last attempt it is parked.
    `work.asker` is the house itself, caused by the fact.
    """
    return _mark(Hears(events))


def hears_all(*rooms: str) -> Callable[[Method], Method]:
    """The method hears every fact of these rooms, many in one transaction: `(self, work, facts)`.

    `facts` are Envelopes with their data as sent, in order per aggregate, at least one. A room that
    hears all has one such method and no `hears`.
    """
    return _mark(HearsAll(rooms))


def regularly(*, seconds: float, transaction: bool = True) -> Callable[[Method], Method]:
    """The method `(self, work)` runs every so many seconds, in one replica of the room at a time.

    With `transaction=False` it is `(self, asker)` and opens its own transactions. A failure is logged
    and the next round comes as usual.
    """
    return _mark(Regularly(seconds, transaction))


def marked(cls: type, kind: type[Mark]) -> Iterator[tuple[str, Any]]:
    """(method name, mark) for every method of the class with a mark of this kind."""
    for name, method in inspect.getmembers(cls, inspect.isfunction):
        mark = getattr(method, "mark", None)
        if isinstance(mark, kind):
            yield name, mark


def _mark(mark: Mark) -> Callable[[Method], Method]:
    def put(method: Method) -> Method:
        setattr(method, "mark", mark)  # noqa: B010  a function has no such attribute for the type checker
        return method

    return put
