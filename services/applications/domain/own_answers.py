"""What is wrong with the answers to a call's own questions. Nothing is asked of a hidden one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from stdnum.fi import ytunnus

from services.applications.domain.forms import Column, Form, Option, Question, hidden_keys
from services.applications.domain.reading import MOST_AMOUNT
from services.applications.domain.typed_answers import Answers, is_blank
from shared.errors import Fault
from shared.money import ZERO, Money
from shared.reference.municipalities import municipality
from shared.typed import Unreadable, read_day, read_money

LONGEST: Mapping[str, int] = {"long_text": 10_000}
LONGEST_LINE = 300
HUNDRED = Money.eur("100.00")


def wrong_own_answers(form: Form, answers: Answers) -> Iterator[Fault]:
    """A fault for each answer that is missing or can't be right, in the order of the form."""
    hidden = hidden_keys(form, answers)
    for question in form.questions:
        if question.key in hidden:
            continue
        value = answers.get(question.key)
        if question.kind == "table":
            yield from _wrong_rows(question, value or [])
        elif question.kind == "choices":
            yield from _wrong_choices(question, value or [])
        else:
            yield from _wrong_text(question.key, question, value or "")


def _wrong_rows(question: Question, rows: list[dict[str, str]]) -> Iterator[Fault]:
    filled = [(at, row) for at, row in enumerate(rows) if not is_blank(row)]
    if not filled and question.required:
        yield Fault(question.key, "required")
    if question.most_rows is not None and len(filled) > question.most_rows:
        yield Fault(question.key, "too_many_rows", {"most": str(question.most_rows)})
    for at, row in filled:
        for column in question.columns:
            yield from _wrong_text(f"{question.key}.{at}.{column.key}", column, row.get(column.key, ""))


def _wrong_choices(question: Question, rows: list[dict[str, str]]) -> Iterator[Fault]:
    codes = [(at, row.get("code", "").strip()) for at, row in enumerate(rows) if not is_blank(row)]
    if not codes and question.required:
        yield Fault(question.key, "required")
    for at, code in codes:
        if not _is_option(code, question.options):
            yield Fault(f"{question.key}.{at}.code", "unknown_option")


def _wrong_text(path: str, asked: Question | Column, text: str) -> Iterator[Fault]:
    """Of one field: the first thing wrong with it."""
    text = text.strip()
    if text:
        yield from CHECKS.get(asked.kind, _wrong_length)(path, asked, text)
    elif asked.required:
        yield Fault(path, "required")


def _wrong_length(path: str, asked: Question | Column, text: str) -> Iterator[Fault]:
    longest = getattr(asked, "longest", None) or LONGEST.get(asked.kind, LONGEST_LINE)
    if len(text) > longest:
        yield Fault(path, "too_long", {"most": str(longest)})


def _wrong_municipality(path: str, asked: Question | Column, text: str) -> Iterator[Fault]:
    """By its code or its name. What the customer register says is the register's, and stays as it is."""
    if municipality(text) is None and not getattr(asked, "from_register", None):
        yield Fault(path, "unknown_municipality")


def _wrong_choice(path: str, asked: Question | Column, text: str) -> Iterator[Fault]:
    if not _is_option(text, asked.options):
        yield Fault(path, "unknown_option")


def _wrong_yes_no(path: str, asked: Question | Column, text: str) -> Iterator[Fault]:
    if text not in ("yes", "no"):
        yield Fault(path, "unknown_option")


def _wrong_business_id(path: str, asked: Question | Column, text: str) -> Iterator[Fault]:
    if not ytunnus.is_valid(text):
        yield Fault(path, "not_a_business_id")


def _wrong_number(path: str, asked: Question | Column, text: str) -> Iterator[Fault]:
    try:
        number = read_money(text)
    except Unreadable as error:
        yield Fault(path, error.rule, {"most": str(MOST_AMOUNT)} if error.rule == "too_large" else {})
        return
    least, most = _bound(asked, "least", ZERO), _bound(asked, "most", _most_of(asked.kind))
    if number < least:
        if least == ZERO:
            yield Fault(path, "negative")
        else:
            yield Fault(path, "below_least", {"least": _plain(least)})
    elif number > most:
        yield Fault(path, "too_large", {"most": _plain(most)})


def _wrong_day(path: str, asked: Question | Column, text: str) -> Iterator[Fault]:
    try:
        read_day(text)
    except Unreadable as error:
        yield Fault(path, error.rule)


def _bound(asked: Any, name: str, otherwise: Money) -> Money:
    text = getattr(asked, name, None)
    return read_money(text) if text is not None else otherwise


def _most_of(kind: str) -> Money:
    return HUNDRED if kind == "percent" else MOST_AMOUNT


def _plain(bound: Money) -> str:
    return str(bound).removesuffix(".00")


def _is_option(code: str, options: Sequence[Option]) -> bool:
    return any(option.code == code for option in options)


CHECKS: Mapping[str, Callable[[str, Question | Column, str], Iterator[Fault]]] = {
    "number": _wrong_number,
    "money": _wrong_number,
    "percent": _wrong_number,
    "day": _wrong_day,
    "choice": _wrong_choice,
    "yes_no": _wrong_yes_no,
    "business_id": _wrong_business_id,
    "municipality": _wrong_municipality,
}
