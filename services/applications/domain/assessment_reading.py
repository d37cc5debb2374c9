"""What could be read of an assessment; what could not is named by its field and counts as not given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from services.applications.domain.assessed import (
    ACCOUNTS,
    FIGURES,
    NO,
    OPINIONS,
    RECOVERY_RESULTS,
    TAX_RESULTS,
    YEARS,
    YES,
    Answered,
    Assessed,
    Checked,
    DeclaredAid,
    Enterprise,
    Scored,
    Year,
)
from services.applications.domain.selection import Selection
from shared.errors import Fault
from shared.money import ZERO, Money
from shared.reference.municipalities import municipality
from shared.typed import Unreadable, read_day, read_money

T = TypeVar("T")

_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_DECIMAL = re.compile(r"\d{1,9}(?:[.,]\d{1,2})?", re.ASCII)


def read_assessment(typed: Mapping[str, Any], selection: Selection, today: date) -> Assessed:
    """Read what was typed against the call's criteria. Never fails."""
    reader = _Reader(typed, today)
    return Assessed(
        eligibility=reader.eligibility(frozenset(one.code for one in selection.eligibility)),
        scores=reader.scores({one.code: one.most for one in selection.criteria}),
        done=reader.checklist(frozenset(one.code for one in selection.checklist)),
        latest=reader.year(""),
        before=reader.year("_before"),
        owners_changed=bool(reader.yes_no("owners_changed")),
        public_share=reader.number("public_share", most=Decimal(100)) or Decimal(0),
        public_exception=reader.text("public_exception"),
        enterprises=reader.enterprises(),
        founded_on=reader.past_day("founded_on"),
        limited_liability=reader.yes_no("limited_liability") is not False,
        accounts=reader.moneys(ACCOUNTS),
        insolvent=reader.yes_no("insolvent"),
        rescue_aid=reader.yes_no("rescue_aid"),
        restructuring=reader.yes_no("restructuring"),
        last_year=reader.moneys(YEARS),
        year_before=reader.moneys(YEARS, "_before"),
        tax=reader.checked("tax", TAX_RESULTS),
        recovery=reader.checked("recovery", RECOVERY_RESULTS),
        works_started=reader.yes_no("works_started"),
        works_started_on=reader.day("works_started_on"),
        municipality=reader.municipality("municipality"),
        sector=reader.text("sector"),
        activity=reader.text("activity"),
        other_aid=reader.money("other_aid_amount", least=ZERO) or ZERO,
        other_aid_rate=reader.number("other_aid_rate", most=Decimal(100)),
        earlier_aid=reader.earlier_aid(),
        opinion=reader.opinion(),
        faults=tuple(reader.faults),
    )


class _Reader:
    """Reads texts into values and notes what can't be read, by the path of the field."""

    def __init__(self, typed: Mapping[str, Any], today: date) -> None:
        self.typed = typed
        self.today = today
        self.faults: list[Fault] = []

    def text(self, path: str) -> str:
        return self._at(path).strip()

    def municipality(self, path: str) -> str:
        """As typed: the rule of the areas finds it by its code or its name."""
        text = self.text(path)
        if text and municipality(text) is None:
            self.faults.append(Fault(path, "unknown_municipality"))
        return text

    def day(self, path: str) -> date | None:
        return self._read(path, read_day)

    def past_day(self, path: str) -> date | None:
        day = self.day(path)
        if day and day > self.today:
            self.faults.append(Fault(path, "in_the_future"))
            return None
        return day

    def money(self, path: str, least: Money | None = None) -> Money | None:
        amount = self._read(path, read_money)
        if amount is not None and least is not None and amount < least:
            self.faults.append(Fault(path, "negative"))
            return None
        return amount

    def moneys(self, names: Iterable[str], suffix: str = "") -> dict[str, Money]:
        read = {name: self.money(f"{name}{suffix}") for name in names}
        return {name: amount for name, amount in read.items() if amount is not None}

    def number(self, path: str, most: Decimal | None = None) -> Decimal | None:
        text = self.text(path).replace(" ", "").replace("\u00a0", "")
        if not text:
            return None
        if not _DECIMAL.fullmatch(text):
            self.faults.append(Fault(path, "not_a_number"))
            return None
        number = Decimal(text.replace(",", "."))
        if most is not None and number > most:
            self.faults.append(Fault(path, "too_large", {"most": str(most)}))
            return None
        return number

    def yes_no(self, path: str) -> bool | None:
        text = self.choice(path, (YES, NO))
        return None if text is None else text == YES

    def choice(self, path: str, known: tuple[str, ...]) -> str | None:
        text = self.text(path)
        if text and text not in known:
            self.faults.append(Fault(path, "unknown_choice"))
            return None
        return text or None

    def checked(self, name: str, results: tuple[str, ...]) -> Checked | None:
        on = self.past_day(f"{name}_checked_on")
        result = self.choice(f"{name}_result", results)
        source = self.text(f"{name}_source")
        for path, given in (
            (f"{name}_checked_on", self.text(f"{name}_checked_on")),
            (f"{name}_source", source),
            (f"{name}_result", self.text(f"{name}_result")),
        ):
            if not given and (self.text(f"{name}_checked_on") or source or result):
                self.faults.append(Fault(path, "required"))
        return Checked(on=on, source=source, result=result) if on and result and source else None

    def opinion(self) -> Checked | None:
        on, result = self.past_day("opinion_on"), self.choice("opinion_result", OPINIONS)
        if result and not on and not self.text("opinion_on"):
            self.faults.append(Fault("opinion_on", "required"))
        return Checked(on=on, source=self.text("opinion_ground"), result=result) if on and result else None

    def year(self, suffix: str, row: str = "") -> Year:
        return Year(
            staff=self.number(f"{row}staff{suffix}"),
            turnover=self.money(f"{row}turnover{suffix}", least=ZERO),
            balance=self.money(f"{row}balance{suffix}", least=ZERO),
        )

    def eligibility(self, asked: frozenset[str]) -> dict[str, Answered]:
        found: dict[str, Answered] = {}
        for row, path in self._rows("eligibility"):
            code, answer = self._code(row, path, asked), self.yes_no(f"{path}.answer")
            if answer is not None and code:
                basis = row.get("basis", "").strip()
                if not basis:
                    self.faults.append(Fault(f"{path}.basis", "required"))
                else:
                    found[code] = Answered(answer=answer, basis=basis)
        return found

    def scores(self, most: Mapping[str, int]) -> dict[str, Scored]:
        found: dict[str, Scored] = {}
        for row, path in self._rows("scores"):
            code, text = self._code(row, path, frozenset(most)), row.get("points", "").strip()
            if not text or not code:
                continue
            if not _WHOLE.fullmatch(text):
                self.faults.append(Fault(f"{path}.points", "not_a_whole_number"))
            elif int(text) > most[code]:
                self.faults.append(Fault(f"{path}.points", "too_large", {"most": str(most[code])}))
            elif not row.get("grounds", "").strip():
                self.faults.append(Fault(f"{path}.grounds", "required"))
            else:
                found[code] = Scored(points=int(text), grounds=row["grounds"].strip())
        return found

    def checklist(self, asked: frozenset[str]) -> frozenset[str]:
        rows = [(self._code(row, path, asked), self.yes_no(f"{path}.done")) for row, path in self._rows("checklist")]
        return frozenset(code for code, done in rows if code and done)

    def enterprises(self) -> tuple[Enterprise, ...]:
        found = []
        for row, path in self._rows("enterprises"):
            if not row.get("name", "").strip():
                self.faults.append(Fault(f"{path}.name", "required"))
            figures = self.year("", f"{path}.")
            share = self.number(f"{path}.share", most=Decimal(100))
            controls = self.yes_no(f"{path}.controls")
            for name, value in (("share", share), *((name, getattr(figures, name)) for name in FIGURES)):
                if value is None and not row.get(name, "").strip():
                    self.faults.append(Fault(f"{path}.{name}", "required"))
            if share is not None:
                found.append(
                    Enterprise(
                        name=row.get("name", "").strip(),
                        business_id=row.get("business_id", "").strip(),
                        share=share,
                        controls=bool(controls),
                        figures=figures,
                    )
                )
        return tuple(found)

    def earlier_aid(self) -> tuple[DeclaredAid, ...]:
        found = []
        for row, path in self._rows("earlier_aid"):
            granted_on, amount = self.past_day(f"{path}.granted_on"), self.money(f"{path}.amount", least=ZERO)
            for name in ("granted_on", "amount"):
                if not row.get(name, "").strip():
                    self.faults.append(Fault(f"{path}.{name}", "required"))
            if granted_on and amount is not None:
                found.append(
                    DeclaredAid(
                        business_id=row.get("business_id", "").strip(),
                        name=row.get("name", "").strip(),
                        granted_on=granted_on,
                        amount=amount,
                        authority=row.get("authority", "").strip(),
                        regulation=row.get("regulation", "").strip(),
                        same_as=row.get("same_as", "").strip(),
                    )
                )
        return tuple(found)

    def _code(self, row: Mapping[str, str], path: str, asked: frozenset[str]) -> str:
        code = row.get("code", "")
        if code not in asked:
            self.faults.append(Fault(f"{path}.code", "not_asked_in_call"))
            return ""
        return code

    def _rows(self, key: str) -> list[tuple[Mapping[str, str], str]]:
        rows = self.typed.get(key) or []
        filled = [(row, f"{key}.{at}") for at, row in enumerate(rows)]
        return [(row, path) for row, path in filled if any(text.strip() for text in row.values())]

    def _at(self, path: str) -> str:
        parts = path.split(".")
        if len(parts) == 1:
            return str(self.typed.get(path) or "")
        key, at, column = parts
        return str(self.typed[key][int(at)].get(column) or "")

    def _read(self, path: str, how: Callable[[str], T]) -> T | None:
        text = self._at(path).strip()
        if not text:
            return None
        try:
            return how(text)
        except Unreadable as error:
            self.faults.append(Fault(path, error.rule))
            return None
