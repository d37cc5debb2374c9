"""Parts of an ISO 20022 message, found by local names: namespaces change with every version, names do not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

from services.payments.domain.errors import NotABankAnswer
from shared.money import Money, NotMoney

Element = etree._Element
LONGEST = 35


def parts(element: Element, path: str) -> Iterator[Element]:
    """Descendants along a path of local names, "StsRsnInf/Rsn/Cd"."""
    return element.iterfind("/".join(f"{{*}}{name}" for name in path.split("/")))


def part(element: Element, path: str) -> Element | None:
    return next(parts(element, path), None)


def text(element: Element, *paths: str) -> str | None:
    """The text of the first of the paths that has one. ISO 20022 has no id, code or reference longer than LONGEST."""
    for path in paths:
        found = part(element, path)
        if found is not None and found.text and found.text.strip():
            return found.text.strip()[:LONGEST]
    return None


def needed(element: Element, *paths: str) -> str:
    """Raises NotABankAnswer when none of the paths has a text."""
    found = text(element, *paths)
    if found is None:
        raise NotABankAnswer(missing=paths[0])
    return found


def day(element: Element, *paths: str) -> date | None:
    """The calendar day of a date or a moment, as the bank wrote it."""
    found = text(element, *paths)
    if found is None:
        return None
    try:
        return date.fromisoformat(found[:10])
    except ValueError as error:
        raise NotABankAnswer(missing=paths[0]) from error


def needed_day(element: Element, *paths: str) -> date:
    found = day(element, *paths)
    if found is None:
        raise NotABankAnswer(missing=paths[0])
    return found


def euros(element: Element, *paths: str) -> Money | None:
    """An amount in whole cents of euro. Raises NotABankAnswer for another currency or no such amount."""
    for path in paths:
        found = part(element, path)
        if found is not None:
            if found.get("Ccy", "EUR") != "EUR":
                raise NotABankAnswer(missing=f"{path} EUR")
            return cents(found.text or "", path)
    return None


def cents(amount: str, path: str) -> Money:
    try:
        exact = Decimal(amount.strip()) * 100
        if not exact.is_finite() or exact != exact.to_integral_value():
            raise NotABankAnswer(missing=path)
        return Money(int(exact))
    except (InvalidOperation, NotMoney) as error:
        raise NotABankAnswer(missing=path) from error
