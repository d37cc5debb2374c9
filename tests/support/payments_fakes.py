"""The same work in memory: what a use case may ask of its repositories, and no more."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from services.payments.domain.claims import UNDECIDED, Claim
from services.payments.domain.cost_lines import CostLine
from services.payments.domain.grants import Grant
from services.payments.domain.payments import LIVE, Payment
from services.payments.ports import Batch, BatchName, HeardAnswer
from shared.asker import Asker
from shared.contracts.terms import Event
from shared.errors import NotFound
from tests.support.payments_builders import NOON


@dataclass
class Tables:
    """What would be in the database."""

    grants: dict[str, Grant] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    lines: dict[str, tuple[CostLine, ...]] = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)
    batch_states: dict[str, str] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    payments: dict[str, Payment] = field(default_factory=dict)
    answers: dict[tuple[str, ...], HeardAnswer] = field(default_factory=dict)
    announced: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)


class FakeGrants:
    def __init__(self, tables: Tables) -> None:
        self.rows = tables.grants

    def open(self, grant: Grant) -> bool:
        return self.rows.setdefault(grant.number, grant) is grant

    def get(self, number: str, *, lock: bool = False) -> Grant:
        if number not in self.rows:
            raise NotFound
        return self.rows[number]

    def several(self, numbers: Collection[str], *, lock: bool = False) -> dict[str, Grant]:
        return {number: self.rows[number] for number in sorted(numbers) if number in self.rows}

    def put(self, *grants: Grant) -> None:
        self.rows.update({grant.number: grant for grant in grants})


class FakeClaims:
    def __init__(self, tables: Tables) -> None:
        self.rows = tables.claims

    def add(self, claim: Claim, grant: Grant) -> None:
        self.rows[claim.claim_id] = claim

    def get(self, claim_id: str, *, lock: bool = False) -> Claim:
        if claim_id not in self.rows:
            raise NotFound
        return self.rows[claim_id]

    def several(self, claim_ids: Collection[str], *, lock: bool = False) -> dict[str, Claim]:
        return {name: self.rows[name] for name in sorted(claim_ids) if name in self.rows}

    def undecided(self, number: str) -> Sequence[Claim]:
        return [claim for claim in self.rows.values() if claim.number == number and claim.state in UNDECIDED]

    def draft(self, claim: Claim) -> None:
        self.put(claim)

    def put(self, *claims: Claim) -> None:
        for claim in claims:
            assert claim.version == self.rows[claim.claim_id].version + 1, "every change is the next version"
            self.rows[claim.claim_id] = claim


class FakeLines:
    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.rows = tables.lines

    def file(self, claim: Claim, lines: Sequence[CostLine]) -> None:
        self.rows[claim.claim_id] = tuple(lines)

    def of(self, claim_id: str) -> tuple[CostLine, ...]:
        return self.rows.get(claim_id, ())

    def verify(self, claim_id: str, lines: Iterable[CostLine]) -> None:
        self.rows[claim_id] = tuple(lines)

    def claimed_elsewhere(self, claim_id: str) -> frozenset[int]:
        here = self.tables.claims[claim_id]
        return frozenset(
            mine.line
            for mine in self.rows[claim_id]
            for other_id, lines in self.rows.items()
            if self.tables.claims[other_id].authority == here.authority
            for other in lines
            if (other_id, other.line) != (claim_id, mine.line)
            and (
                self._same_invoice(here, mine, self.tables.claims[other_id], other)
                or self._same_document(here, mine, self.tables.claims[other_id], other)
            )
        )

    def _same_invoice(self, here: Claim, mine: CostLine, there: Claim, other: CostLine) -> bool:
        if mine.invoice_key is None or mine.invoice_key != other.invoice_key or (other.accepted and not other.claimed):
            return False
        if other.accepted is not None and not other.accepted:
            return False
        taken = bool(other.accepted) and there.claim_id != here.claim_id
        return taken or (*_filed(there), other.line) < (*_filed(here), mine.line)

    def _same_document(self, here: Claim, mine: CostLine, there: Claim, other: CostLine) -> bool:
        if mine.document_id is None or mine.document_id != other.document_id or there.claim_id == here.claim_id:
            return False
        return bool(other.accepted) or (other.accepted is None and _filed(there) < _filed(here))


def _filed(claim: Claim) -> tuple[datetime, str]:
    assert claim.submitted is not None
    return claim.submitted.at, claim.claim_id


class FakeBatches:
    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def next_number(self, year: int) -> int:
        self.tables.numbers[year] = self.tables.numbers.get(year, 0) + 1
        return self.tables.numbers[year]

    def add(self, batch: Batch) -> None:
        self.tables.batches[batch.order.batch_id] = batch
        self.tables.batch_states[batch.order.batch_id] = "made"

    def xml(self, batch_id: str) -> bytes:
        return self.tables.batches[batch_id].xml

    def named(self, ids: Collection[str], *, lock: bool = False) -> tuple[BatchName, ...]:
        return tuple(name for name in self._names() if {name.message_id, name.payment_info_id} & set(ids))

    def of(self, batch_ids: Collection[str], *, lock: bool = False) -> tuple[BatchName, ...]:
        return tuple(name for name in self._names() if name.batch_id in batch_ids)

    def state(self, batch_id: str, state: str) -> None:
        self.tables.batch_states[batch_id] = state

    def _names(self) -> Iterator[BatchName]:
        for batch_id, batch in sorted(self.tables.batches.items()):
            order = batch.order
            yield BatchName(
                batch_id=batch_id,
                authority=order.debtor.authority,
                message_id=order.message_id,
                payment_info_id=order.payment_info_id,
            )


class FakePayments:
    def __init__(self, tables: Tables) -> None:
        self.rows = tables.payments

    def add(self, payments: Sequence[Payment]) -> None:
        for payment in payments:
            live = [row for row in self.rows.values() if row.claim_id == payment.claim_id and row.state in LIVE]
            assert not live, "one live payment per claim"
            self.rows[payment.payment_id] = payment

    def of_claim(self, claim_id: str) -> tuple[Payment, ...]:
        return self._where(lambda payment: payment.claim_id == claim_id)

    def of_batches(self, batch_ids: Collection[str]) -> tuple[Payment, ...]:
        return self._where(lambda payment: payment.batch_id in batch_ids)

    def several(self, payment_ids: Collection[str]) -> tuple[Payment, ...]:
        return self._where(lambda payment: payment.payment_id in payment_ids)

    def put(self, payments: Sequence[Payment]) -> None:
        self.rows.update({payment.payment_id: payment for payment in payments})

    def _where(self, condition: Any) -> tuple[Payment, ...]:
        found = [payment for payment in self.rows.values() if condition(payment)]
        return tuple(sorted(found, key=lambda payment: (payment.claim_id, payment.attempt)))


class FakeBankAnswers:
    def __init__(self, tables: Tables) -> None:
        self.rows = tables.answers

    def first_time(self, answer: HeardAnswer) -> bool:
        key = (answer.message_id, answer.account, answer.created, answer.sha256)
        return self.rows.setdefault(key, answer) is answer

    def effect(self, answer: HeardAnswer) -> None:
        self.rows[answer.message_id, answer.account, answer.created, answer.sha256] = answer

    def get(self, answer_id: str) -> HeardAnswer:
        return next(answer for answer in self.rows.values() if answer.answer_id == answer_id)


class FakeWork:
    """One transaction over the tables. What is announced is checked against its contract, as the real one does."""

    def __init__(self, tables: Tables, asker: Asker, now: datetime) -> None:
        self.asker = asker
        self.now = now
        self.tables = tables
        self.grants = FakeGrants(tables)
        self.claims = FakeClaims(tables)
        self.lines = FakeLines(tables)
        self.batches = FakeBatches(tables)
        self.payments = FakePayments(tables)
        self.bank_answers = FakeBankAnswers(tables)

    def announce(self, event: Event, subject_id: str, **data: Any) -> None:
        wire = event.schema().dump(data)
        assert event.schema().validate(wire) == {}
        self.tables.announced.append((event.name, subject_id, wire))


class Desk:
    """The room in memory; a work that is refused leaves nothing behind."""

    def __init__(self) -> None:
        self.tables = Tables()

    @contextmanager
    def work(self, asker: Asker, now: datetime = NOON) -> Iterator[FakeWork]:
        before = {name: copy.copy(rows) for name, rows in vars(self.tables).items()}
        try:
            yield FakeWork(self.tables, replace(asker), now)
        except BaseException:
            for name, rows in before.items():
                getattr(self.tables, name).clear()
                _refill(getattr(self.tables, name), rows)
            raise

    def announced(self, name: str) -> list[dict[str, Any]]:
        return [data for event, _, data in self.tables.announced if event == name]


def _refill(rows: Any, before: Any) -> None:
    if isinstance(rows, dict):
        rows.update(before)
    else:
        rows.extend(before)
