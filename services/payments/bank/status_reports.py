"""pain.002: what the bank says about a payment file, as a whole and payment by payment."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.bank.elements import Element, cents, euros, needed, needed_day, part, parts, text
from services.payments.domain.bank_news import Report, StatusReport
from services.payments.domain.errors import NotABankAnswer

_REASON = ("StsRsnInf/Rsn/Cd", "StsRsnInf/Rsn/Prtry")
_AMOUNT = ("OrgnlTxRef/Amt/InstdAmt", "OrgnlTxRef/InstdAmt")


def read_status_report(message: Element) -> StatusReport:
    """Raises NotABankAnswer when a required part is missing."""
    original = part(message, "OrgnlGrpInfAndSts")
    if original is None:
        raise NotABankAnswer(missing="OrgnlGrpInfAndSts")
    count, amount = text(original, "OrgnlNbOfTxs"), text(original, "OrgnlCtrlSum")
    return StatusReport(
        message_id=needed(message, "GrpHdr/MsgId"),
        created=needed(message, "GrpHdr/CreDtTm"),
        on=needed_day(message, "GrpHdr/CreDtTm"),
        original=needed(original, "OrgnlMsgId"),
        count=int(count) if count and count.isdecimal() else None,
        amount=cents(amount, "OrgnlCtrlSum") if amount else None,
        reports=(
            Report(status=text(original, "GrpSts"), reason=text(original, *_REASON)),
            *_payment_informations(message),
        ),
    )


def _payment_informations(message: Element) -> Iterator[Report]:
    for information in parts(message, "OrgnlPmtInfAndSts"):
        payment_info_id = needed(information, "OrgnlPmtInfId")
        yield Report(
            status=text(information, "PmtInfSts"),
            payment_info_id=payment_info_id,
            reason=text(information, *_REASON),
        )
        for transaction in parts(information, "TxInfAndSts"):
            yield _transaction(transaction, payment_info_id)


def _transaction(transaction: Element, payment_info_id: str) -> Report:
    return Report(
        status=needed(transaction, "TxSts"),
        payment_info_id=payment_info_id,
        end_to_end_id=needed(transaction, "OrgnlEndToEndId"),
        reason=text(transaction, *_REASON),
        amount=euros(transaction, *_AMOUNT),
    )
