"""The form that a call asks: sections and questions as data, and which of them are asked with some answers.

Four built-in sections bring the standard questions that the rules of aid read (`reading`); two bring a table each.
A call without a form of its own has the standard form. What is hidden by a condition stays in the draft, but
counts for nothing, stops nothing and is not part of what is filed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.applications.domain.conditions import Condition, amount_of, holds
from services.applications.domain.typed_answers import STANDARD_SHAPE, Answers, Shape

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    code: str
    names: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    key: str
    kind: str
    labels: Texts
    required: bool = True
    options: tuple[Option, ...] = ()
    sum: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`least` and `most` are bounds of a number as plain text; `from_register` a fact of the customer register."""

    key: str
    kind: str
    labels: Texts
    help: Texts = field(default_factory=dict)
    examples: Texts = field(default_factory=dict)
    required: bool = True
    when: Condition | None = None
    longest: int | None = None
    least: str | None = None
    most: str | None = None
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    most_rows: int | None = None
    from_register: str | None = None

    @property
    def is_rows(self) -> bool:
        return self.kind in ("table", "choices")

    @property
    def column_keys(self) -> tuple[str, ...]:
        """Of a question with several answers each answer is a row with its code."""
        return ("code",) if self.kind == "choices" else tuple(column.key for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    path: str = ""
    builtin: str | None = None
    names: Texts = field(default_factory=dict)
    intro: Texts = field(default_factory=dict)
    when: Condition | None = None
    questions: tuple[Question, ...] = ()

    @property
    def standard(self) -> tuple[str, ...]:
        """Keys of the standard questions that it brings."""
        return STANDARD_KEYS.get(self.builtin or "", ())

    @property
    def keys(self) -> tuple[str, ...]:
        return (*self.standard, *(question.key for question in self.questions))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    sections: tuple[Section, ...]

    @property
    def questions(self) -> Iterator[Question]:
        return (question for section in self.sections for question in section.questions)

    @property
    def shape(self) -> Shape:
        """Keys of texts and columns of tables: what answers to this form may have."""
        placed = {key for section in self.sections for key in section.standard}
        texts = [key for key in STANDARD_SHAPE.texts if key in placed]
        tables = {key: columns for key, columns in STANDARD_SHAPE.tables.items() if key in placed}
        for question in self.questions:
            if question.is_rows:
                tables[question.key] = question.column_keys
            else:
                texts.append(question.key)
        return Shape(texts=tuple(texts), tables=tables)


STANDARD_KEYS: Mapping[str, tuple[str, ...]] = {
    "basics": STANDARD_SHAPE.texts,
    "costs": ("costs",),
    "financing": ("financing",),
    "indicators": ("indicators",),
}
ALWAYS_ASKED = tuple(STANDARD_KEYS)


def form_from(data: Mapping[str, Any] | None) -> Form | None:
    """The definition out of its plain data, as the contract and the column have it."""
    if data is None:
        return None
    return Form(sections=tuple(_section(section) for section in data["sections"]))


def hidden_keys(form: Form, answers: Answers) -> frozenset[str]:
    """Questions that are not asked with these answers. A hidden answer counts as blank for those after it."""
    known: Answers = {}
    hidden: set[str] = set()
    for section in form.sections:
        if not holds(section.when, known):
            hidden.update(section.keys)
            continue
        known |= {key: answers[key] for key in section.standard if key in answers}
        for question in section.questions:
            if not holds(question.when, known):
                hidden.add(question.key)
            elif question.key in answers:
                known[question.key] = answers[question.key]
    return frozenset(hidden)


def counted(form: Form, answers: Answers) -> Answers:
    """The answers that count: those of the questions that are asked."""
    hidden = hidden_keys(form, answers)
    return {key: value for key, value in answers.items() if key not in hidden} if hidden else answers


def sums(form: Form, answers: Answers) -> dict[str, str]:
    """ "table.column" → the sum of a column that the form adds up, "1234.50"."""
    known = counted(form, answers)
    return {
        f"{question.key}.{column.key}": str(amount_of(f"{question.key}.{column.key}", known))
        for question in form.questions
        for column in question.columns
        if column.sum
    }


def from_register(form: Form, facts: Mapping[str, str]) -> dict[str, str]:
    """Answers that the customer register gives, where it knows the fact."""
    asked = ((question.key, question.from_register) for question in form.questions if question.from_register)
    return {key: facts[fact] for key, fact in asked if facts.get(fact, "").strip()}


def _section(data: Mapping[str, Any]) -> Section:
    return Section(**{**data, "questions": tuple(_question(question) for question in data.get("questions", ()))})


def _question(data: Mapping[str, Any]) -> Question:
    return Question(
        **{
            **data,
            "options": _options(data),
            "columns": tuple(Column(**{**column, "options": _options(column)}) for column in data.get("columns", ())),
        }
    )


def _options(data: Mapping[str, Any]) -> tuple[Option, ...]:
    return tuple(Option(**option) for option in data.get("options", ()))
