"""Typed fields read one by one; each that cannot be read leaves a fault and the rest go on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from shared.errors import Fault
from shared.money import ZERO, Money
from shared.typed import Unreadable, read_day, read_money

T = TypeVar("T")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
MOST_ON_A_LINE = Money.eur("99999999.99")  # 9 999 such lines still make a sum that Money holds
DEEPEST = 6  # a claim is lines of fields of readings
HEAD = frozenset({"period_first", "period_last", "account", "lines"})
LINE = frozenset(
    {"category", "description", "supplier", "supplier_id", "invoice_number", "incurred_on", "paid_on"}
    | {"net", "vat", "gross", "claimed", "document_id", "read", "confirmed"}
)


class Fields:
    """A mapping of what was typed at one path, and the faults found in it so far."""

    def __init__(self, typed: Any, path: str = "", faults: list[Fault] | None = None) -> None:
        self.faults: list[Fault] = [] if faults is None else faults
        self.path = path
        self.typed: Mapping[str, Any] = typed if isinstance(typed, Mapping) else {}

    def inside(self, path: str, typed: Any) -> Fields:
        """The fields one level down; their faults come to the same list."""
        return Fields(typed, path, self.faults)

    def fault(self, name: str, rule: str, **facts: str) -> None:
        self.faults.append(Fault(f"{self.path}.{name}" if self.path else name, rule, facts))

    def rows(self, name: str) -> Sequence[Any]:
        found = self.typed.get(name)
        return found if isinstance(found, list) else ()

    def text(self, name: str, *, most: int, required: bool = False) -> str | None:
        """The text without spaces around it; "" when nothing was typed and nothing needs to be."""
        found = self.typed.get(name)
        if found is None or (isinstance(found, str) and not found.strip()):
            if not required:
                return ""
            self.fault(name, "required")
        elif not isinstance(found, str):
            self.fault(name, "not_text")
        elif len(found.strip()) > most:
            self.fault(name, "too_long", most=str(most))
        else:
            return found.strip()
        return None

    def day(self, name: str) -> date | None:
        return self._read(name, read_day)

    def money(self, name: str, *, blank: Money | None = None) -> Money | None:
        """Euros, zero or more; nothing typed is `blank`, or a fault where there is no such."""
        if blank is not None and not self.typed.get(name):
            return blank
        amount = self._read(name, read_money)
        if amount is not None and amount < ZERO:
            self.fault(name, "negative")
            return None
        if amount is not None and amount > MOST_ON_A_LINE:
            self.fault(name, "too_large", most=str(MOST_ON_A_LINE))
            return None
        return amount

    def _read(self, name: str, read: Callable[[str], T]) -> T | None:
        text = self.text(name, most=60, required=True)
        if text is None:
            return None
        try:
            return read(text)
        except Unreadable as unreadable:
            facts = {"most": str(MOST_ON_A_LINE)} if unreadable.rule == "too_large" else {}
            self.fault(name, unreadable.rule, **facts)
            return None


def unknown(typed: Mapping[str, Any]) -> Iterator[Fault]:
    """Fields that a claim has not: a misspelt one would be kept and never read, and nobody would know."""
    yield from (Fault(str(name), "unknown_field") for name in typed if name not in HEAD)
    lines = typed.get("lines")
    for index, line in enumerate(lines if isinstance(lines, list) else ()):
        if isinstance(line, Mapping):
            yield from (Fault(f"lines.{index}.{name}", "unknown_field") for name in line if name not in LINE)


def unstorable(typed: Any, path: str = "", depth: int = 0) -> Iterator[Fault]:
    """What of a draft no database can keep: control characters, half characters, numbers that are none."""
    if depth > DEEPEST:
        yield Fault(path, "too_deep")
    elif isinstance(typed, Mapping):
        for name, value in typed.items():
            yield from unstorable(name, path, depth + 1)
            yield from unstorable(value, f"{path}.{name}" if path else str(name), depth + 1)
    elif isinstance(typed, list):
        for index, value in enumerate(typed):
            yield from unstorable(value, f"{path}.{index}", depth + 1)
    elif isinstance(typed, str):
        if _UNSTORABLE.search(typed):
            yield Fault(path, "control_characters")
    elif not isinstance(typed, int | None):
        # A JSON number with decimals has no exact cents, and some are no numbers at all.
        yield Fault(path, "not_text")
