"""A bank's answer read from XML: pain.002 or camt.054 of any version, by local names."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from services.payments.bank.notifications import read_notification
from services.payments.bank.status_reports import read_status_report
from services.payments.domain.bank_news import BankMessage
from services.payments.domain.errors import NotABankAnswer, NotXml

_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")
_READERS: dict[str, Callable[[etree._Element], BankMessage]] = {
    "CstmrPmtStsRpt": read_status_report,
    "BkToCstmrDbtCdtNtfctn": read_notification,
}


def read_answer(xml: str) -> BankMessage:
    """Raises NotXml, and NotABankAnswer for another kind of message or one with a part missing."""
    document = _parse(xml)
    for child in document.iterchildren("{*}*"):
        reader = _READERS.get(etree.QName(child).localname)
        if reader:
            return reader(child)
    raise NotABankAnswer(root=etree.QName(document).localname)


def _parse(xml: str) -> etree._Element:
    # Entities, the network and document types are off: no bank's file needs them, attacks do.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        # The text was decoded by whoever received it, so an encoding that the file declares no longer holds.
        document = etree.fromstring(_DECLARATION.sub("", xml).strip().encode("utf-8"), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise NotXml from error
    if document.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # the stubs know an older form
        raise NotXml
    return document
