"""The bank answers: payments are accepted, settled, rejected or returned."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.payments.bank.answers import read_answer
from services.payments.domain.bank_news import (
    BankMessage,
    StatusReport,
    words_of_entries,
    words_of_report,
)
from services.payments.domain.errors import AnswerForAnotherFile
from services.payments.domain.payments import Payment, Word
from services.payments.ports import BatchName, HeardAnswer, Work
from services.payments.use_cases.settlement import Change, settle
from services.payments.views import View, payment_view
from shared.errors import NotForYou


def import_bank_answer(work: Work, xml: str) -> View:
    """Apply a pain.002 or camt.054; the same file again changes nothing. All of it is applied, or nothing.

    Raises NotXml, NotABankAnswer, AnswerForAnotherFile, AmountDiffers, UnknownBankStatus,
    ContradictsEarlierAnswer, and NotForYou for another authority's file.
    """
    message = read_answer(xml)
    answer = _heard(work, message, xml)
    first_time = work.bank_answers.first_time(answer)
    batches = _batches_about(work, message)
    if not first_time:
        return _repeated(work, work.bank_answers.get(answer.answer_id))
    payments = work.payments.of_batches({batch.batch_id for batch in batches})
    words = _words(message, batches, payments)
    told = _told(payments, words)
    changes = [change for change in told if change.is_news]
    settle(work, payments, changes)
    answer = replace(answer, applied=len(changes), payments=tuple(change.now.payment_id for change in told))
    work.bank_answers.effect(answer)
    return _view(answer, [change.now for change in told], first_time=True)


def _heard(work: Work, message: BankMessage, xml: str) -> HeardAnswer:
    """The answer's identity: what the bank called it, about which account, when, and its every byte."""
    raw = xml.encode("utf-8")
    digest = hashlib.sha256(raw).hexdigest()
    return HeardAnswer(
        answer_id=f"{message.kind}:{message.message_id[:80]}:{digest[:16]}",
        message=message.kind,
        message_id=message.message_id,
        account=message.account,
        created=message.created,
        sha256=digest,
        xml=raw,
        by=work.asker.person,
        at=work.now,
    )


def _batches_about(work: Work, message: BankMessage) -> tuple[BatchName, ...]:
    """Our files that the message is about, locked: answers about one file are taken in one after another."""
    if isinstance(message, StatusReport):
        batches = work.batches.named({message.original}, lock=True)
    else:
        batches = work.batches.of(_batches_booked(work, message.ids(), message.end_to_end_ids()), lock=True)
    if not batches:
        raise AnswerForAnotherFile(original=message.about())
    if any(batch.authority != work.asker.authority for batch in batches):
        raise NotForYou
    return batches


def _batches_booked(work: Work, ids: set[str], end_to_end_ids: set[str]) -> set[str]:
    whole = {batch.batch_id for batch in work.batches.named(ids)} if ids else set()
    return whole | {payment.batch_id for payment in work.payments.several(end_to_end_ids)}


def _words(message: BankMessage, batches: Iterable[BatchName], payments: Sequence[Payment]) -> list[Word]:
    of_batch = {batch: [payment for payment in payments if payment.batch_id == batch.batch_id] for batch in batches}
    if isinstance(message, StatusReport):
        ((batch, sent),) = of_batch.items()
        return list(words_of_report(message, batch.payment_info_id, sent))
    by_name = {name: sent for batch, sent in of_batch.items() for name in (batch.message_id, batch.payment_info_id)}
    return list(words_of_entries(message.entries, by_name, {payment.payment_id: payment for payment in payments}))


def _told(payments: Iterable[Payment], words: Sequence[Word]) -> list[Change]:
    """Each payment the message speaks of, before and after its words."""
    before = {payment.payment_id: payment for payment in payments}
    after: dict[str, Payment] = {}
    for word in words:
        name = word.end_to_end_id
        after[name] = after.get(name, before[name]).heard(word)
    return [Change(before=before[name], now=payment) for name, payment in after.items()]


def _repeated(work: Work, answer: HeardAnswer) -> View:
    return _view(replace(answer, applied=0), work.payments.several(answer.payments), first_time=False)


def _view(answer: HeardAnswer, payments: Sequence[Payment], *, first_time: bool) -> View:
    return {
        "answer_id": answer.answer_id,
        "message": answer.message,
        "first_time": first_time,
        "applied": answer.applied,
        "unchanged": len(payments) - answer.applied,
        "payments": [payment_view(payment) for payment in payments],
    }
