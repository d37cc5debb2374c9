"""What a bank's answer says, apart from its XML: reports on files, entries on our account, and whom they concern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.payments.domain.errors import AmountDiffers, AnswerForAnotherFile, UnknownBankStatus
from services.payments.domain.payments import FAILED, Payment, PaymentState, Word
from shared.money import Money, total

# ISO 20022 external payment group and transaction status codes, and what each means for a payment of ours.
# None: the bank has it and says no more. RV..: the payee's name did not match, a person at the bank's end waits.
STATUS: Mapping[str, PaymentState | None] = {
    "RCVD": None,
    "ACTC": None,
    "PATC": None,
    "PART": None,
    "RCVC": None,
    "RVNA": None,
    "RVNC": None,
    "ACCP": PaymentState.ACCEPTED,
    "ACFC": PaymentState.ACCEPTED,
    "ACFW": PaymentState.ACCEPTED,
    "ACSP": PaymentState.ACCEPTED,
    "ACWC": PaymentState.ACCEPTED,
    "ACWP": PaymentState.ACCEPTED,
    "ACPD": PaymentState.ACCEPTED,
    "PDNG": PaymentState.PENDING,
    "BLCK": PaymentState.PENDING,
    "RVCM": PaymentState.PENDING,
    "RVMC": PaymentState.PENDING,
    "RVNM": PaymentState.PENDING,
    "ACSC": PaymentState.SETTLED,
    "ACCC": PaymentState.SETTLED,
    "RJCT": PaymentState.REJECTED,
    "CANC": PaymentState.REJECTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A status of a whole file, one payment information, or one payment, by the ids we gave.

    `payment_info_id` and `end_to_end_id` None: the level above. `status` None: only levels below are told.
    """

    status: str | None
    payment_info_id: str | None = None
    end_to_end_id: str | None = None
    reason: str | None = None
    amount: Money | None = None


@dataclass(frozen=True, kw_only=True)
class StatusReport:
    """pain.002. `original` is the MsgId of the file it is about; `count` and `amount` what the bank saw in it."""

    message_id: str
    created: str
    on: date
    original: str
    reports: tuple[Report, ...]
    count: int | None = None
    amount: Money | None = None

    kind = "pain.002"
    account = ""

    def about(self) -> str:
        return self.original


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One booked entry or one transaction of it. Without `end_to_end_id` it is the debit of a whole batch."""

    amount: Money | None
    on: date
    reference: str | None
    returned: bool
    reason: str | None = None
    end_to_end_id: str | None = None
    message_id: str | None = None
    payment_info_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Notification:
    """camt.054: booked entries of one or more accounts."""

    message_id: str
    created: str
    account: str
    entries: tuple[Entry, ...]

    kind = "camt.054"

    def end_to_end_ids(self) -> set[str]:
        return {entry.end_to_end_id for entry in self.entries if entry.end_to_end_id}

    def ids(self) -> set[str]:
        """What whole batches are called in it, by MsgId or PmtInfId."""
        named = (name for entry in self.entries for name in (entry.message_id, entry.payment_info_id))
        return {name for name in named if name}

    def about(self) -> str:
        return ", ".join(sorted(self.ids() | self.end_to_end_ids())[:3])


BankMessage = StatusReport | Notification


def words_of_report(report: StatusReport, payment_info_id: str, payments: Sequence[Payment]) -> Iterator[Word]:
    """The word on each payment of the file: its own, else its payment information's, else the file's.

    Raises UnknownBankStatus, AnswerForAnotherFile for a payment not in the file, and AmountDiffers
    where the bank saw another file than we sent.
    """
    _same_file(report, payments)
    own = {row.end_to_end_id: row for row in report.reports if row.end_to_end_id}
    if strangers := own.keys() - {payment.payment_id for payment in payments}:
        raise AnswerForAnotherFile(original=min(strangers))
    above = [row for row in report.reports if not row.end_to_end_id and row.status]
    group = next((row for row in above if row.payment_info_id == payment_info_id), None) or next(
        (row for row in above if row.payment_info_id is None), None
    )
    for payment in payments:
        if row := own.get(payment.payment_id, group):
            yield _word(payment.payment_id, row, report.on)


def words_of_entries(
    entries: Iterable[Entry], batches: Mapping[str, Sequence[Payment]], known: Mapping[str, Payment]
) -> Iterator[Word]:
    """The words of booked entries about payments of ours; entries of other business are passed over.

    `batches`: payments by our MsgId and by our PmtInfId; `known`: payments by EndToEndId.
    Raises AmountDiffers when a batch's debit is not the sum of its payments that were not rejected.
    """
    for entry in entries:
        if entry.end_to_end_id:
            if entry.end_to_end_id in known:
                yield _booked(entry.end_to_end_id, entry, entry.amount)
            continue
        batch = batches.get(entry.payment_info_id or "") or batches.get(entry.message_id or "") or ()
        yield from _batch_booked(entry, batch)


def _batch_booked(entry: Entry, batch: Sequence[Payment]) -> Iterator[Word]:
    sent = [payment for payment in batch if payment.state is not PaymentState.REJECTED]
    ours = total(payment.amount for payment in sent)
    if batch and entry.amount is not None and entry.amount != ours:
        raise AmountDiffers(about=entry.payment_info_id or entry.message_id, bank=entry.amount, ours=ours)
    for payment in sent:
        yield _booked(payment.payment_id, entry, None)


def _booked(end_to_end_id: str, entry: Entry, amount: Money | None) -> Word:
    return Word(
        end_to_end_id=end_to_end_id,
        state=PaymentState.RETURNED if entry.returned else PaymentState.SETTLED,
        reason=entry.reason,
        amount=amount,
        on=entry.on,
        reference=entry.reference,
        booked=True,
    )


def _word(end_to_end_id: str, row: Report, on: date) -> Word:
    if row.status is None or row.status not in STATUS:
        raise UnknownBankStatus(status=row.status, about=end_to_end_id)
    state = STATUS[row.status]
    reason = row.reason if state in FAILED or state is PaymentState.PENDING else None
    return Word(end_to_end_id=end_to_end_id, state=state, reason=reason, amount=row.amount, on=on)


def _same_file(report: StatusReport, payments: Sequence[Payment]) -> None:
    ours = total(payment.amount for payment in payments)
    if report.amount is not None and report.amount != ours:
        raise AmountDiffers(about=report.original, bank=report.amount, ours=ours)
    if report.count is not None and report.count != len(payments):
        raise AmountDiffers(about=report.original, bank=f"{report.count} payments", ours=f"{len(payments)} payments")
