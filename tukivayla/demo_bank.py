"""A bank for demonstration and tests: it reads a payment file and writes the answers a bank would send.

Everything follows from the file itself, so the same file gets the same answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from lxml import etree

STATUS_REPORT, NOTIFICATION = "pain.002", "camt.054"
_NAMESPACES = {
    STATUS_REPORT: "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10",
    NOTIFICATION: "urn:iso:std:iso:20022:tech:xsd:camt.054.001.08",
}
_NOBODY: Mapping[str, str] = MappingProxyType({})


class NotAPaymentFile(ValueError):
    """What should be a payment file has no such part."""


@dataclass(frozen=True, slots=True)
class _Transfer:
    end_to_end_id: str
    amount: str


@dataclass(frozen=True, slots=True)
class _File:
    message_id: str
    payment_info_id: str
    created: str
    execute_on: str
    account: str
    schema: str
    transfers: tuple[_Transfer, ...]

    @property
    def total(self) -> str:
        return str(sum(Decimal(transfer.amount) for transfer in self.transfers))


def answer(
    pain001_xml: str,
    *,
    kind: str = STATUS_REPORT,
    rejected: Mapping[str, str] = _NOBODY,
    status: str = "ACSC",
    without: Collection[str] = (),
) -> str:
    """The bank's answer to a payment file; `rejected` are reason codes by EndToEndId.

    pain.002: those are rejected, the others have `status` (ACSC settled, ACCP accepted, PDNG waiting).
    camt.054: every payment is booked on our account, and those come back as returns.
    Payments in `without` are not spoken of, as those that an earlier answer rejected are never booked.
    """
    file = _read(pain001_xml)
    told = tuple(transfer for transfer in file.transfers if transfer.end_to_end_id not in without)
    write = {STATUS_REPORT: _status_report, NOTIFICATION: _notification}[kind]
    root = etree.Element("Document", nsmap={None: _NAMESPACES[kind]})  # type: ignore[dict-item]  # the default one
    digest = hashlib.sha256(f"{file.message_id}{sorted(rejected.items())}{status}{sorted(without)}".encode())
    write(root, file, told, rejected, status, digest.hexdigest()[:12].upper())
    return etree.tostring(root, encoding="unicode", pretty_print=True)


def _read(xml: str) -> _File:
    document = etree.fromstring(xml.encode("utf-8"), etree.XMLParser(resolve_entities=False, no_network=True))
    transfers = tuple(
        _Transfer(_text(each, "PmtId/EndToEndId"), _text(each, "Amt/InstdAmt"))
        for each in document.iterfind(".//{*}CdtTrfTxInf")
    )
    information = _part(document, "CstmrCdtTrfInitn/PmtInf")
    day = _part(information, "ReqdExctnDt")
    return _File(
        message_id=_text(document, "CstmrCdtTrfInitn/GrpHdr/MsgId"),
        payment_info_id=_text(information, "PmtInfId"),
        created=_text(document, "CstmrCdtTrfInitn/GrpHdr/CreDtTm"),
        execute_on="".join(str(part) for part in day.itertext()).strip(),
        account=_text(information, "DbtrAcct/Id/IBAN"),
        schema=str(etree.QName(document).namespace).rpartition(":")[2],
        transfers=transfers,
    )


def _status_report(
    root: etree._Element,
    file: _File,
    told: tuple[_Transfer, ...],
    rejected: Mapping[str, str],
    status: str,
    digest: str,
) -> None:
    report = _add(root, "CstmrPmtStsRpt")
    header = _add(report, "GrpHdr")
    _add(header, "MsgId", text=f"BANK-R-{digest}")
    _add(header, "CreDtTm", text=f"{file.execute_on}T09:30:00+02:00")
    original = _add(report, "OrgnlGrpInfAndSts")
    _add(original, "OrgnlMsgId", text=file.message_id)
    _add(original, "OrgnlMsgNmId", text=file.schema)
    _add(original, "OrgnlNbOfTxs", text=str(len(file.transfers)))
    _add(original, "OrgnlCtrlSum", text=file.total)
    _add(original, "GrpSts", text="PART" if rejected or len(told) < len(file.transfers) else status)
    information = _add(report, "OrgnlPmtInfAndSts")
    _add(information, "OrgnlPmtInfId", text=file.payment_info_id)
    for transfer in told:
        reason = rejected.get(transfer.end_to_end_id)
        one = _add(information, "TxInfAndSts")
        _add(one, "OrgnlEndToEndId", text=transfer.end_to_end_id)
        _add(one, "TxSts", text="RJCT" if reason else status)
        if reason:
            _add(one, "StsRsnInf", "Rsn", "Cd", text=reason)
        _add(one, "OrgnlTxRef", "Amt", "InstdAmt", text=transfer.amount).set("Ccy", "EUR")


def _notification(
    root: etree._Element,
    file: _File,
    told: tuple[_Transfer, ...],
    rejected: Mapping[str, str],
    status: str,
    digest: str,
) -> None:
    message = _add(root, "BkToCstmrDbtCdtNtfctn")
    header = _add(message, "GrpHdr")
    _add(header, "MsgId", text=f"BANK-N-{digest}")
    _add(header, "CreDtTm", text=f"{file.execute_on}T18:00:00+02:00")
    notification = _add(message, "Ntfctn")
    _add(notification, "Id", text=f"N-{digest}")
    _add(notification, "CreDtTm", text=f"{file.execute_on}T18:00:00+02:00")
    _add(notification, "Acct", "Id", "IBAN", text=file.account)
    for number, transfer in enumerate(told, start=1):
        _entry(notification, file, transfer, f"{digest}{number:05}", None)
        if reason := rejected.get(transfer.end_to_end_id):
            _entry(notification, file, transfer, f"{digest}{number:05}R", reason)


def _entry(
    notification: etree._Element, file: _File, transfer: _Transfer, reference: str, returned: str | None
) -> None:
    entry = _add(notification, "Ntry")
    _add(entry, "Amt", text=transfer.amount).set("Ccy", "EUR")
    _add(entry, "CdtDbtInd", text="CRDT" if returned else "DBIT")
    _add(entry, "Sts", "Cd", text="BOOK")
    _add(entry, "BookgDt", "Dt", text=file.execute_on)
    _add(entry, "ValDt", "Dt", text=file.execute_on)
    _add(entry, "AcctSvcrRef", text=reference)
    domain = _add(entry, "BkTxCd", "Domn")
    _add(domain, "Cd", text="PMNT")
    family = _add(domain, "Fmly")
    _add(family, "Cd", text="ICDT")
    _add(family, "SubFmlyCd", text="RRTN" if returned else "ESCT")
    details = _add(entry, "NtryDtls", "TxDtls")
    references = _add(details, "Refs")
    _add(references, "PmtInfId", text=file.payment_info_id)
    _add(references, "EndToEndId", text=transfer.end_to_end_id)
    if returned:
        _add(details, "RtrInf", "Rsn", "Cd", text=returned)


def _add(parent: etree._Element, *path: str, text: str | None = None) -> etree._Element:
    """Elements one inside the other; the innermost is answered and has the text."""
    element = parent
    for name in path:
        element = etree.SubElement(element, name)
    element.text = text
    return element


def _text(element: etree._Element, path: str) -> str:
    return _part(element, path).text or ""


def _part(element: etree._Element, path: str) -> etree._Element:
    found = element.find("/".join(f"{{*}}{name}" for name in path.split("/")))
    if found is None:
        raise NotAPaymentFile(path)
    return found
