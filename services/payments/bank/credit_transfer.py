"""The payment file as pain.001 XML. The same order always gives the same bytes.

The schemas come with the sepaxml package. Its own writer is not used: it takes ids and times from chance
and the clock, and our file must be the same whenever it is written again.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files

from lxml import etree

from services.payments.domain.batches import Debtor, PaymentOrder
from services.payments.domain.payments import Payment
from shared.dates import HELSINKI

SCHEMAS = ("pain.001.001.03", "pain.001.001.09")
_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:"
_FIRST_VERSION = "pain.001.001.03"


class FileDisagrees(ValueError):
    """The finished file does not pass its schema, or does not say what was ordered: never to be sent."""


def write(order: PaymentOrder) -> bytes:
    """The file for the bank, checked against its schema and against the order. Raises FileDisagrees."""
    schema = order.debtor.schema
    root = etree.Element("Document", nsmap={None: _NAMESPACE + schema})  # type: ignore[dict-item]  # None is the default namespace
    initiation = _add(root, "CstmrCdtTrfInitn")
    _group_header(initiation, order)
    _payment_information(initiation, order)
    xml = bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
    check(xml, order)
    return xml


def _group_header(parent: etree._Element, order: PaymentOrder) -> None:
    header = _add(parent, "GrpHdr")
    _add(header, "MsgId", text=order.message_id)
    _add(header, "CreDtTm", text=_local(order.made_at))
    _add(header, "NbOfTxs", text=str(len(order.payments)))
    _add(header, "CtrlSum", text=str(order.amount))
    party = _add(header, "InitgPty")
    _add(party, "Nm", text=order.debtor.name)
    other = _add(party, "Id", "OrgId", "Othr")
    _add(other, "Id", text=order.debtor.customer_id)
    _add(other, "SchmeNm", "Cd", text="BANK")


def _payment_information(parent: etree._Element, order: PaymentOrder) -> None:
    debtor = order.debtor
    information = _add(parent, "PmtInf")
    _add(information, "PmtInfId", text=order.payment_info_id)
    _add(information, "PmtMtd", text="TRF")
    _add(information, "BtchBookg", text="false")
    _add(information, "NbOfTxs", text=str(len(order.payments)))
    _add(information, "CtrlSum", text=str(order.amount))
    _add(information, "PmtTpInf", "SvcLvl", "Cd", text="SEPA")
    day = ("ReqdExctnDt",) if debtor.schema == _FIRST_VERSION else ("ReqdExctnDt", "Dt")
    _add(information, *day, text=order.execute_on.isoformat())
    _add(information, "Dbtr", "Nm", text=debtor.name)
    _add(information, "DbtrAcct", "Id", "IBAN", text=debtor.account)
    _add(information, "DbtrAgt", "FinInstnId", _bic_tag(debtor), text=debtor.bic)
    _add(information, "ChrgBr", text="SLEV")
    for payment in order.payments:
        _transfer(information, payment)


def _transfer(parent: etree._Element, payment: Payment) -> None:
    transfer = _add(parent, "CdtTrfTxInf")
    _add(transfer, "PmtId", "EndToEndId", text=payment.payment_id)
    _add(transfer, "Amt", "InstdAmt", text=str(payment.amount)).set("Ccy", "EUR")
    _add(transfer, "Cdtr", "Nm", text=payment.name)
    _add(transfer, "CdtrAcct", "Id", "IBAN", text=payment.account)
    _add(transfer, "RmtInf", "Ustrd", text=payment.message)


def _bic_tag(debtor: Debtor) -> str:
    return "BIC" if debtor.schema == _FIRST_VERSION else "BICFI"


def _local(moment: datetime) -> str:
    return moment.astimezone(HELSINKI).isoformat(timespec="seconds")


def _add(parent: etree._Element, *path: str, text: str | None = None) -> etree._Element:
    """Elements one inside the other; the innermost is answered and has the text."""
    element = parent
    for name in path:
        element = etree.SubElement(element, name)
    element.text = text
    return element


def check(xml: bytes, order: PaymentOrder) -> None:
    """Hold the bytes that will leave against the bank's schema and the order. Raises FileDisagrees."""
    document = etree.fromstring(xml)
    schema = _schema(order.debtor.schema)
    if not schema.validate(document):
        raise FileDisagrees(str(schema.error_log))
    _recount(document, order)


def _recount(document: etree._Element, order: PaymentOrder) -> None:
    """Count and add up once more what is in the file itself: the last look before money moves."""
    ids = [str(element.text) for element in document.iterfind(".//{*}EndToEndId")]
    amounts = [Decimal(str(element.text)) for element in document.iterfind(".//{*}InstdAmt")]
    controls = {str(element.text) for element in document.iterfind(".//{*}CtrlSum")}
    counts = {str(element.text) for element in document.iterfind(".//{*}NbOfTxs")}
    agrees = (
        ids == [payment.payment_id for payment in order.payments]
        and len(set(ids)) == len(ids)
        and controls == {str(sum(amounts))} == {str(order.amount)}
        and counts == {str(len(ids))}
    )
    if not agrees:
        raise FileDisagrees(f"{order.batch_id}: the file does not add up to what was ordered")


@cache
def _schema(name: str) -> etree.XMLSchema:
    source = files("sepaxml") / "schemas" / f"{name}.xsd"
    return etree.XMLSchema(etree.fromstring(source.read_bytes()))
