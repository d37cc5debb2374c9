"""Payment files, payments and the bank's answers in PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, RowMapping, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from services.payments import mapping
from services.payments.domain.payments import Payment
from services.payments.ports import Batch, BatchName, HeardAnswer
from services.payments.tables import BANK_ANSWERS, BATCH_NUMBERS, BATCHES, PAYMENTS, Reading, update_many
from shared.errors import NotFound

_NAME = (BATCHES.c.batch_id, BATCHES.c.authority, BATCHES.c.message_id, BATCHES.c.payment_info_id)

_OF_CLAIM, _OF_BATCHES, _BY_PAYMENT = (
    Reading(PAYMENTS, column, "claim_id", "attempt") for column in ("claim_id", "batch_id", "payment_id")
)


class PostgresBatches:
    def __init__(self, session: Session) -> None:
        self.session = session

    def next_number(self, year: int) -> int:
        # The row stays locked until commit: numbers have no gaps, and two files never share one.
        counted = upsert(BATCH_NUMBERS).values(year=year, last=1)
        counted = counted.on_conflict_do_update(index_elements=["year"], set_={"last": BATCH_NUMBERS.c.last + 1})
        return int(self.session.execute(counted.returning(BATCH_NUMBERS.c.last)).scalar_one())

    def add(self, batch: Batch) -> None:
        order = batch.order
        self.session.execute(
            insert(BATCHES).values(
                batch_id=order.batch_id,
                authority=order.debtor.authority,
                message_id=order.message_id,
                payment_info_id=order.payment_info_id,
                state="made",
                payments=len(order.payments),
                amount=order.amount,
                execute_on=order.execute_on,
                sha256=batch.sha256,
                made_by=order.made_by,
                made_at=order.made_at,
                xml=batch.xml,
            )
        )

    def xml(self, batch_id: str) -> bytes:
        found = self.session.execute(select(BATCHES.c.xml).where(BATCHES.c.batch_id == batch_id)).scalar()
        if found is None:
            raise NotFound
        return bytes(found)

    def named(self, ids: Collection[str], *, lock: bool = False) -> tuple[BatchName, ...]:
        return self._where(or_(BATCHES.c.message_id.in_(ids), BATCHES.c.payment_info_id.in_(ids)), lock)

    def of(self, batch_ids: Collection[str], *, lock: bool = False) -> tuple[BatchName, ...]:
        return self._where(BATCHES.c.batch_id.in_(batch_ids), lock)

    def state(self, batch_id: str, state: str) -> None:
        self.session.execute(update(BATCHES).where(BATCHES.c.batch_id == batch_id).values(state=state))

    def _where(self, condition: ColumnElement[bool], lock: bool) -> tuple[BatchName, ...]:
        statement = select(*_NAME).where(condition).order_by(BATCHES.c.batch_id)
        rows = self.session.execute(statement.with_for_update() if lock else statement).mappings()
        return tuple(BatchName(**row) for row in rows)


class PostgresPayments:
    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, payments: Sequence[Payment]) -> None:
        self.session.execute(insert(PAYMENTS), [mapping.payment_row(payment) for payment in payments])

    def of_claim(self, claim_id: str) -> tuple[Payment, ...]:
        return _to_payments(_OF_CLAIM.rows(self.session, [claim_id]))

    def of_batches(self, batch_ids: Collection[str]) -> tuple[Payment, ...]:
        return _to_payments(_OF_BATCHES.rows(self.session, batch_ids))

    def several(self, payment_ids: Collection[str]) -> tuple[Payment, ...]:
        return _to_payments(_BY_PAYMENT.rows(self.session, payment_ids))

    def put(self, payments: Sequence[Payment]) -> None:
        update_many(self.session, PAYMENTS, [mapping.fate_row(payment) for payment in payments], "payment_id")


def _to_payments(rows: Iterable[RowMapping]) -> tuple[Payment, ...]:
    return tuple(mapping.to_payment(row) for row in rows)


class PostgresBankAnswers:
    def __init__(self, session: Session) -> None:
        self.session = session

    def first_time(self, answer: HeardAnswer) -> bool:
        noted = upsert(BANK_ANSWERS).values(mapping.answer_row(answer)).on_conflict_do_nothing()
        return self.session.execute(noted.returning(BANK_ANSWERS.c.answer_id)).first() is not None

    def effect(self, answer: HeardAnswer) -> None:
        effect = {"applied": answer.applied, "about": list(answer.payments)}
        self.session.execute(update(BANK_ANSWERS).where(BANK_ANSWERS.c.answer_id == answer.answer_id).values(effect))

    def get(self, answer_id: str) -> HeardAnswer:
        rows = self.session.execute(select(BANK_ANSWERS).where(BANK_ANSWERS.c.answer_id == answer_id)).mappings()
        if (row := rows.first()) is None:
            raise NotFound
        return mapping.to_answer(row)
