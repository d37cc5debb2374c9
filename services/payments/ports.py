"""What the use cases need from outside: repositories, the moment, the asker, a way to announce."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from services.payments.domain.batches import PaymentOrder
from services.payments.domain.claims import Claim
from services.payments.domain.cost_lines import CostLine
from services.payments.domain.grants import Grant
from services.payments.domain.payments import Payment
from shared.asker import Asker
from shared.contracts.terms import Event


class Grants(Protocol):
    def open(self, grant: Grant) -> bool:
        """False when the account is open already; then nothing changes."""

    def get(self, number: str, *, lock: bool = False) -> Grant:
        """Raises NotFound. Locked, nobody else changes the account before this work ends."""

    def several(self, numbers: Collection[str], *, lock: bool = False) -> dict[str, Grant]: ...

    def put(self, *grants: Grant) -> None: ...


class Claims(Protocol):
    def add(self, claim: Claim, grant: Grant) -> None: ...

    def get(self, claim_id: str, *, lock: bool = False) -> Claim:
        """Raises NotFound."""

    def several(self, claim_ids: Collection[str], *, lock: bool = False) -> dict[str, Claim]: ...

    def undecided(self, number: str) -> Sequence[Claim]:
        """The grant's claims that are verified or proposed, locked."""

    def draft(self, claim: Claim) -> None:
        """Keep the draft as typed."""

    def put(self, *claims: Claim) -> None:
        """Keep everything but what was typed, which no longer changes."""


class Lines(Protocol):
    def file(self, claim: Claim, lines: Sequence[CostLine]) -> None: ...

    def of(self, claim_id: str) -> tuple[CostLine, ...]: ...

    def verify(self, claim_id: str, lines: Iterable[CostLine]) -> None:
        """Keep the verdicts and findings."""

    def claimed_elsewhere(self, claim_id: str) -> frozenset[int]:
        """The claim's lines whose invoice or document the authority had been claimed before, or has accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A payment file that was made. `xml` is byte for byte what the digest covers."""

    order: PaymentOrder
    sha256: str
    xml: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchName:
    """Whose file it is and what the bank calls it."""

    batch_id: str
    authority: str
    message_id: str
    payment_info_id: str


class Batches(Protocol):
    def next_number(self, year: int) -> int: ...

    def add(self, batch: Batch) -> None: ...

    def xml(self, batch_id: str) -> bytes:
        """The file byte for byte. Raises NotFound."""

    def named(self, ids: Collection[str], *, lock: bool = False) -> tuple[BatchName, ...]:
        """Batches by their MsgId or PmtInfId."""

    def of(self, batch_ids: Collection[str], *, lock: bool = False) -> tuple[BatchName, ...]: ...

    def state(self, batch_id: str, state: str) -> None: ...


class Payments(Protocol):
    def add(self, payments: Sequence[Payment]) -> None: ...

    def of_claim(self, claim_id: str) -> tuple[Payment, ...]: ...

    def of_batches(self, batch_ids: Collection[str]) -> tuple[Payment, ...]: ...

    def several(self, payment_ids: Collection[str]) -> tuple[Payment, ...]: ...

    def put(self, payments: Sequence[Payment]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardAnswer:
    """A bank's answer that was taken in. `created` as the bank wrote it; `payments` the ids it was about."""

    answer_id: str
    message: str
    message_id: str
    account: str
    created: str
    sha256: str
    xml: bytes
    by: str
    at: datetime
    applied: int = 0
    payments: tuple[str, ...] = ()


class BankAnswers(Protocol):
    def first_time(self, answer: HeardAnswer) -> bool:
        """Note the answer; False when the same file is noted already. A second one at once waits for the first."""

    def effect(self, answer: HeardAnswer) -> None:
        """Keep what it changed."""

    def get(self, answer_id: str) -> HeardAnswer: ...


class Standings(Protocol):
    """Claims whose standing is still to be told."""

    def take(self) -> str | None:
        """One of them, struck off the list with this transaction; one that another process has is passed over."""


class Work(Protocol):
    """One transaction: what is read, changed and announced in it stands or falls together."""

    @property
    def asker(self) -> Asker: ...

    @property
    def now(self) -> datetime: ...

    @property
    def grants(self) -> Grants: ...

    @property
    def claims(self) -> Claims: ...

    @property
    def lines(self) -> Lines: ...

    @property
    def batches(self) -> Batches: ...

    @property
    def payments(self) -> Payments: ...

    @property
    def standings(self) -> Standings: ...

    @property
    def bank_answers(self) -> BankAnswers: ...

    def announce(self, event: Event, subject_id: str, **data: Any) -> Any: ...
