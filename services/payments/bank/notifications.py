"""camt.054: entries booked on our account, one payment each or a whole batch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from services.payments.bank.elements import Element, day, euros, needed, needed_day, part, parts, text
from services.payments.domain.bank_news import Entry, Notification
from services.payments.domain.errors import NotABankAnswer

_NO_ID = "NOTPROVIDED"


def read_notification(message: Element) -> Notification:
    """Every booked entry of every account in the message. Raises NotABankAnswer when a required part is missing."""
    notifications = tuple(parts(message, "Ntfctn"))
    if not notifications:
        raise NotABankAnswer(missing="Ntfctn")
    accounts = {text(each, "Acct/Id/IBAN", "Acct/Id/Othr/Id") or "" for each in notifications}
    return Notification(
        message_id=needed(message, "GrpHdr/MsgId"),
        created=needed(message, "GrpHdr/CreDtTm"),
        account=" ".join(sorted(accounts)),
        entries=tuple(entry for each in notifications for row in parts(each, "Ntry") for entry in _booked(row)),
    )


def _booked(row: Element) -> Iterator[Entry]:
    if text(row, "Sts/Cd", "Sts") != "BOOK":
        return
    details = list(parts(row, "NtryDtls/TxDtls"))
    named = [each for each in details if (text(each, "Refs/EndToEndId") or _NO_ID) != _NO_ID]
    if named:
        for each in named:
            if _concerns_us(row, each):
                yield _transaction(row, each, alone=len(details) == 1)
    elif _is_debit(row):
        yield _whole_batch(row)


def _is_debit(row: Element) -> bool:
    return text(row, "CdtDbtInd") == "DBIT" and text(row, "RvslInd") != "true"


def _concerns_us(row: Element, details: Element) -> bool:
    """A debit, or money coming back. Other credits are somebody else's payments to us."""
    return _is_debit(row) or _is_return(row, details)


def _is_return(row: Element, details: Element) -> bool:
    if text(row, "CdtDbtInd") != "CRDT":
        return False
    return part(details, "RtrInf") is not None or text(row, "RvslInd") == "true"


def _transaction(row: Element, details: Element, *, alone: bool) -> Entry:
    amount = euros(details, "Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt")
    return Entry(
        amount=euros(row, "Amt") if amount is None and alone else amount,
        on=_day(row),
        reference=text(details, "Refs/AcctSvcrRef") or text(row, "AcctSvcrRef", "NtryRef"),
        returned=_is_return(row, details),
        reason=text(details, "RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry"),
        end_to_end_id=needed(details, "Refs/EndToEndId"),
    )


def _whole_batch(row: Element) -> Entry:
    return Entry(
        amount=euros(row, "NtryDtls/Btch/TtlAmt", "Amt"),
        on=_day(row),
        reference=text(row, "AcctSvcrRef", "NtryRef"),
        returned=False,
        message_id=text(row, "NtryDtls/Btch/MsgId", "NtryDtls/TxDtls/Refs/MsgId"),
        payment_info_id=text(row, "NtryDtls/Btch/PmtInfId", "NtryDtls/TxDtls/Refs/PmtInfId"),
    )


def _day(row: Element) -> date:
    return day(row, "BookgDt/Dt", "BookgDt/DtTm") or needed_day(row, "ValDt/Dt", "ValDt/DtTm")
