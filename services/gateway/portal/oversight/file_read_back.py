"""A payment file read back from its own bytes: what the bank is really told, beside what we believe we told it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from shared.money import Money
from shared.typed import Unreadable, read_money


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReadBack:
    """`payees` names the payee of each payment id; `sha256` is of the very bytes that were read."""

    payees: Mapping[str, str]
    amounts: tuple[Money, ...]
    sha256: str


def read_back(xml: str) -> FileReadBack:
    """The transfers of a pain.001 file. A file that cannot be read has none, and so agrees with nothing."""
    content = xml.encode()
    transfers = _transfers(content)
    return FileReadBack(
        payees={_text(one, "EndToEndId"): _text(one, "Cdtr", "Nm") for one in transfers},
        amounts=tuple(_amount(one) for one in transfers),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _transfers(content: bytes) -> list[etree._Element]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return []
    return list(root.iter("{*}CdtTrfTxInf"))


def _amount(transfer: etree._Element) -> Money:
    try:
        return read_money(_text(transfer, "InstdAmt"))
    except Unreadable:
        return Money(0)


def _text(element: etree._Element, *path: str) -> str:
    """The text at the end of the path of names, each anywhere below the one before; nothing when it is not there."""
    for name in path:
        found = next(element.iter(f"{{*}}{name}"), None)
        if found is None:
            return ""
        element = found
    return element.text or ""
