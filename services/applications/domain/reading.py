"""Reading the answers: the plan that can be made out of them, and a fault for each thing that can't be read.

Reading never fails: what can't be read counts as nothing and is named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.applications.domain.plans import CATEGORIES, SOURCES, Cost, Financing, Plan, Target
from services.applications.domain.typed_answers import Answers, is_blank
from shared.errors import Fault
from shared.money import ZERO, Money
from shared.reference.municipalities import municipality
from shared.typed import Unreadable, read_day, read_money

MOST_AMOUNT = Money.eur("999999999.99")  # one row; two hundred of these still add up inside Money
LONGEST: Mapping[str, int] = {
    "title": 300,
    "summary": 10_000,
    "municipality": 100,
    "contact_name": 200,
    "contact_email": 254,  # RFC 5321 4.5.3.1.3
    "contact_phone": 40,
}
MUST_BE_FILLED = ("title", "summary", "region", "starts_on", "ends_on", "contact_name", "contact_email")

_EMAIL = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+")
_YEAR = re.compile(r"[12][0-9]{3}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    plan: Plan
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _Reader:
    """Reads one text after another and keeps the faults in the order of the form."""

    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: str, rule: str, **facts: str) -> None:
        self.faults.append(Fault(path, rule, facts))

    def text(self, answers: Answers, key: str) -> str:
        text = str(answers.get(key, "")).strip()
        if not text:
            if key in MUST_BE_FILLED:
                self.fault(key, "required")
        elif len(text) > LONGEST.get(key, len(text)):
            self.fault(key, "too_long", most=str(LONGEST[key]))
        elif key == "contact_email" and not _EMAIL.fullmatch(text):
            self.fault(key, "not_an_email")
        return text

    def day(self, answers: Answers, key: str) -> date | None:
        text = self.text(answers, key)
        try:
            return read_day(text) if text else None
        except Unreadable as error:
            self.fault(key, error.rule)
            return None

    def municipality(self, answers: Answers, key: str) -> str:
        """Statistics Finland's code. What was typed as a name, before there was a list to choose from, counts as its
        code; a name that nobody has stays as it was typed, with a fault."""
        text = self.text(answers, key)
        found = municipality(text) if text else None
        if text and found is None:
            self.fault(key, "unknown_municipality")
        return found.code if found else text

    def number(self, path: str, text: str) -> Money:
        """A number of at most two decimals that is not below zero; zero when it can't be read."""
        try:
            number = read_money(text)
        except Unreadable as error:
            self._fault_of_number(path, error.rule if text.strip() else "required")
            return ZERO
        if ZERO <= number <= MOST_AMOUNT:
            return number
        self._fault_of_number(path, "negative" if number < ZERO else "too_large")
        return ZERO

    def _fault_of_number(self, path: str, rule: str) -> None:
        facts = {"most": str(MOST_AMOUNT)} if rule == "too_large" else {}
        self.fault(path, rule, **facts)

    def one_of(self, path: str, text: str, known: tuple[str, ...], rule: str) -> str:
        if text.strip() in known:
            return text.strip()
        self.fault(path, rule if text.strip() else "required")
        return ""

    def year(self, path: str, text: str) -> int:
        if _YEAR.fullmatch(text.strip()):
            return int(text)
        self.fault(path, "not_a_year" if text.strip() else "required")
        return 0


def read(answers: Answers) -> Reading:
    """What the answers say. Faults: required, too_long, not_an_email, not_a_year, negative, unknown_category,
    unknown_source, unknown_municipality, and the rules of `shared.typed`."""
    reader = _Reader()
    plan = Plan(
        title=reader.text(answers, "title"),
        summary=reader.text(answers, "summary"),
        region=reader.text(answers, "region"),
        municipality=reader.municipality(answers, "municipality"),
        starts_on=reader.day(answers, "starts_on"),
        ends_on=reader.day(answers, "ends_on"),
        contact_name=reader.text(answers, "contact_name"),
        contact_email=reader.text(answers, "contact_email"),
        contact_phone=reader.text(answers, "contact_phone"),
        costs=_costs(answers, reader),
        financing=_financing(answers, reader),
        indicators=_indicators(answers, reader),
    )
    return Reading(plan=plan, faults=tuple(reader.faults))


def _rows(answers: Answers, key: str) -> list[tuple[str, dict[str, str]]]:
    """(path, row) of the rows that have something in them; the path keeps the row's place in the form."""
    return [(f"{key}.{at}", row) for at, row in enumerate(answers.get(key, ())) if not is_blank(row)]


def _costs(answers: Answers, reader: _Reader) -> tuple[Cost, ...]:
    return tuple(_cost(path, row, reader) for path, row in _rows(answers, "costs"))


def _cost(path: str, row: dict[str, str], reader: _Reader) -> Cost:
    description = row["description"].strip()
    if len(description) > 300:
        reader.fault(f"{path}.description", "too_long", most="300")
    return Cost(
        category=reader.one_of(f"{path}.category", row["category"], CATEGORIES, "unknown_category"),
        description=description,
        year=reader.year(f"{path}.year", row["year"]),
        amount=reader.number(f"{path}.amount", row["amount"]),
    )


def _financing(answers: Answers, reader: _Reader) -> tuple[Financing, ...]:
    return tuple(
        Financing(
            source=reader.one_of(f"{path}.source", row["source"], SOURCES, "unknown_source"),
            year=reader.year(f"{path}.year", row["year"]),
            amount=reader.number(f"{path}.amount", row["amount"]),
        )
        for path, row in _rows(answers, "financing")
    )


def _indicators(answers: Answers, reader: _Reader) -> tuple[Target, ...]:
    return tuple(
        Target(code=row["code"].strip(), target=_quantity(f"{path}.target", row["target"], reader))
        for path, row in _rows(answers, "indicators")
    )


def _quantity(path: str, text: str, reader: _Reader) -> str:
    """A target as a plain number: "12", "2.5". Money's spelling rules serve: two decimals are enough for people."""
    number = str(reader.number(path, text))
    return number.removesuffix(".00") if number.endswith(".00") else number.rstrip("0")
