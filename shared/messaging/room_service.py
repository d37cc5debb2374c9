"""What every room's service class starts from: a counter for requests, a letterbox for facts.

A room's class has a name, an office and marked methods (`shared.messaging.handlers`), nothing else:

    class PaymentsService(RoomService):
        name = "payments"
        office = Office(PaymentsWork)

        @answers(payments.SUBMIT_CLAIM)
        def submit_claim(self, work, **request): ...

        @hears(applications.GRANT_AWARDED)
        def on_grant_awarded(self, work, fact, data): ...
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from shared.asker import Asker
from shared.messaging import health, parking
from shared.messaging.answering import Desk, answer, desks_of
from shared.messaging.entrypoints import every, facts_queue, requests_queue, rounds
from shared.messaging.hearing import Ears, Hearing, ears_of
from shared.messaging.inbox import Inbox
from shared.messaging.rounds import make_round
from shared.messaging.wire import Reply, Request
from shared.storage.work import Work

POLL_SECONDS = 1.0
SWEEP_SECONDS = 5.0
PRUNE_SECONDS = 3600.0


class RoomService:
    """Subclass it once per room. `name` is the room; `office` an `Office` of the room's own Work."""

    name: str
    office: Any
    desks: ClassVar[Mapping[str, Desk]]
    ears: ClassVar[Ears]

    def __init_subclass__(cls) -> None:
        cls.desks = desks_of(cls)
        cls.ears = ears_of(cls)

    @requests_queue
    def answer(self, request: Request) -> Reply:
        """Answer by the method marked with the request's operation, or by one of the operators' below."""
        return answer(self, request)

    @facts_queue
    def take_facts(self, bodies: Sequence[bytes], careful: bool) -> None:
        """Take what came from the bus; returns when each is applied, waiting or parked."""
        self.inbox.receive(bodies, careful=careful)

    @every(POLL_SECONDS)
    def settle_due_facts(self) -> None:
        self.inbox.settle_due()

    @every(SWEEP_SECONDS)
    def settle_stranded_facts(self) -> None:
        self.inbox.settle_stranded()

    @every(PRUNE_SECONDS)
    def forget_old_facts(self) -> None:
        self.inbox.forget(days=self.office.settings.keep_days)

    @rounds
    def go_round(self, method_name: str) -> None:
        """Run one method marked `regularly`."""
        make_round(self, method_name)

    @property
    def inbox(self) -> Inbox:
        return Inbox(self.office.database, self.office.work_kind, Hearing(self), self.office.settings)

    # The operators' requests, the same in every room (`shared.contracts.parking`, `shared.contracts.health`).

    def list_parked(self, work: Work, **request: Any) -> Mapping[str, Any]:
        return parking.list_parked(work.session, self.name, **request)

    def show_parked(self, work: Work, *, message_id: str) -> Mapping[str, Any]:
        return parking.show_parked(work.session, self.name, message_id)

    def replay_parked(self, asker: Asker, *, message_id: str) -> Mapping[str, Any]:
        return parking.replay(self.inbox, message_id, by=asker.person)

    def discard_parked(self, asker: Asker, *, message_id: str, reason: str) -> Mapping[str, Any]:
        return parking.discard(self.inbox, message_id, by=asker.person, reason=reason)

    def health(self, work: Work) -> Mapping[str, Any]:
        return health.of_room(work.session, self.name)
