"""What is wrong with a call's own form: everything that would leave an applicant before a form that can't be filled.

A condition may look only at questions before it, so no two can wait for each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from services.applications.domain.call_forms import whole
from services.applications.domain.conditions import is_well_formed, references
from services.applications.domain.forms import ALWAYS_ASKED, Column, Form, Option, Question, Section
from services.applications.domain.plans import CATEGORIES, SOURCES
from services.applications.domain.standard_form import BUILTIN
from services.applications.domain.typed_answers import TABLES, TEXTS
from shared.errors import Fault
from shared.typed import Unreadable, read_money

if TYPE_CHECKING:
    from services.applications.domain.calls import Call

LANGUAGES = ("fi", "sv", "en")
NUMBERS = frozenset({"number", "money", "percent"})
WORDS = frozenset({"text", "long_text", "municipality", "business_id"})
# Names that the pages of an application already have beside its parts; a part so named could not be opened.
RESERVED_PATHS = frozenset(
    {
        "allekirjoitus",
        "asiakirjat",
        "hyvaksy",
        "kopioi",
        "kuuleminen",
        "laheta",
        "laske",
        "liitteet",
        "muutos",
        "muutokset",
        "oikaisu",
        "paatos",
        "peru",
        "tarkista",
        "taydennys",
        "todistus",
        "vastaanotto",
        "versiot",
        "viestit",
    }
)
# Field names of every form of the house, and answers that stand for something else.
RESERVED_KEYS = frozenset(
    {"attachments", "csrf_token", "file", "idempotency_key", "next", "reason", "row", "save", "seen", "stay", "version"}
)
STANDARD_NUMBERS = frozenset({"costs.amount", "costs.year", "financing.amount", "financing.year", "indicators.target"})
STANDARD_OPTIONS: Mapping[str, frozenset[str]] = {
    "costs": frozenset(CATEGORIES),
    "financing": frozenset(SOURCES),
}

_KEY = re.compile(r"[a-z][a-z_]{1,19}", re.ASCII)
_PATH = re.compile(r"[a-z][a-z0-9-]{1,29}", re.ASCII)


@dataclass(slots=True)
class _Known:
    """What a condition may look at so far: keys, numbers, and the codes of a question with options."""

    keys: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    options: dict[str, frozenset[str]] = field(default_factory=dict)

    def add_standard(self, keys: Sequence[str]) -> None:
        self.keys.update(keys)
        self.numbers.update(one for one in STANDARD_NUMBERS if one.split(".")[0] in keys)

    def add(self, question: Question) -> None:
        self.keys.add(question.key)
        if question.kind in NUMBERS:
            self.numbers.add(question.key)
        self.numbers.update(f"{question.key}.{column.key}" for column in question.columns if column.kind in NUMBERS)
        if question.kind in ("choice", "choices"):
            self.options[question.key] = frozenset(option.code for option in question.options)
        elif question.kind == "yes_no":
            self.options[question.key] = frozenset({"yes", "no"})


def objections_to_form(call: Call) -> Iterator[Fault]:
    """Everything wrong with the call's own form; nothing when it has the standard one."""
    if call.form is None:
        return
    yield from _wrong_places(call.form, bool(call.indicators))
    known, taken = _Known(), set(TEXTS) | set(TABLES) | RESERVED_KEYS
    for at, section in enumerate(call.form.sections):
        path = f"form.sections.{at}"
        yield from _wrong_section(path, section)
        yield from _wrong_condition(f"{path}.when", section.when, known)
        known.add_standard(section.standard)
        builtin = BUILTIN.get(section.builtin or "")
        for question in builtin.questions if builtin else ():
            taken.add(question.key)
            known.add(question)
        for place, question in enumerate(section.questions):
            yield from _wrong_question(f"{path}.questions.{place}", question, taken, known)
            taken.add(question.key)
            known.add(question)


def objections_to_attachments(call: Call) -> Iterator[Fault]:
    """Conditions on attachments may look at every question of the form."""
    known = _Known()
    for section in whole(call.form).sections:
        known.add_standard(section.standard)
        for question in section.questions:
            known.add(question)
    seen: set[str] = set()
    for at, rule in enumerate(call.attachments):
        if rule.kind in seen:
            yield Fault(f"attachments.{at}.kind", "twice")
        seen.add(rule.kind)
        yield from _wrong_condition(f"attachments.{at}.required_when", rule.required_when, known)
        yield from _wrong_texts(f"attachments.{at}.help", rule.help, must=False)


def _wrong_places(form: Form, has_indicators: bool) -> Iterator[Fault]:
    placed = [section.builtin for section in form.sections if section.builtin]
    for name in ALWAYS_ASKED:
        if name not in placed and (name != "indicators" or has_indicators):
            yield Fault("form.sections", "section_missing", {"section": name})
    seen_names: set[str] = set()
    seen_paths: set[str] = set()
    for at, section in enumerate(whole(form).sections):
        if section.builtin and section.builtin in seen_names:
            yield Fault(f"form.sections.{at}.builtin", "twice")
        elif section.path in seen_paths:
            yield Fault(f"form.sections.{at}.path", "twice")
        seen_names.add(section.builtin or "")
        seen_paths.add(section.path)


def _wrong_section(path: str, section: Section) -> Iterator[Fault]:
    own = section.builtin is None
    if section.builtin is not None and section.builtin not in BUILTIN:
        yield Fault(f"{path}.builtin", "unknown_section")
        return
    if own and not section.questions:
        yield Fault(f"{path}.questions", "required")
    if section.path in RESERVED_PATHS or not (_PATH.fullmatch(section.path) or (section.path == "" and not own)):
        yield Fault(f"{path}.path", "not_an_address")
    if section.builtin in ALWAYS_ASKED and section.when is not None:
        yield Fault(f"{path}.when", "always_asked")
    yield from _wrong_texts(f"{path}.names", section.names, must=own)
    yield from _wrong_texts(f"{path}.intro", section.intro, must=False)


def _wrong_question(path: str, question: Question, taken: set[str], known: _Known) -> Iterator[Fault]:
    if not _KEY.fullmatch(question.key):
        yield Fault(f"{path}.key", "not_a_key")
    elif question.key in taken:
        yield Fault(f"{path}.key", "twice")
    yield from _wrong_texts(f"{path}.labels", question.labels, must=True)
    yield from _wrong_texts(f"{path}.help", question.help, must=False)
    yield from _wrong_texts(f"{path}.examples", question.examples, must=False)
    yield from _wrong_condition(f"{path}.when", question.when, known)
    yield from _wrong_options(path, question.kind, question.options)
    yield from _wrong_columns(path, question)
    yield from _wrong_bounds(path, question)
    if question.from_register and question.kind not in WORDS:
        yield Fault(f"{path}.from_register", "not_for_this_kind", {"kind": question.kind})


def _wrong_options(path: str, kind: str, options: Sequence[Option]) -> Iterator[Fault]:
    chosen = kind in ("choice", "choices")
    if chosen != bool(options):
        yield Fault(f"{path}.options", "required" if chosen else "not_for_this_kind", {"kind": kind} if options else {})
    codes = [option.code for option in options]
    for at, option in enumerate(options):
        if option.code in codes[:at]:
            yield Fault(f"{path}.options.{at}.code", "twice")
        yield from _wrong_texts(f"{path}.options.{at}.names", option.names, must=True)


def _wrong_columns(path: str, question: Question) -> Iterator[Fault]:
    is_table = question.kind == "table"
    if is_table != bool(question.columns):
        facts = {"kind": question.kind} if question.columns else {}
        yield Fault(f"{path}.columns", "required" if is_table else "not_for_this_kind", facts)
    keys = [column.key for column in question.columns]
    for at, column in enumerate(question.columns):
        yield from _wrong_column(f"{path}.columns.{at}", column, keys[:at])


def _wrong_column(path: str, column: Column, before: Sequence[str]) -> Iterator[Fault]:
    if not _KEY.fullmatch(column.key):
        yield Fault(f"{path}.key", "not_a_key")
    elif column.key in before:
        yield Fault(f"{path}.key", "twice")
    if column.sum and column.kind not in ("money", "number"):
        yield Fault(f"{path}.sum", "not_for_this_kind", {"kind": column.kind})
    yield from _wrong_texts(f"{path}.labels", column.labels, must=True)
    yield from _wrong_options(path, column.kind, column.options)


def _wrong_bounds(path: str, question: Question) -> Iterator[Fault]:
    for name, kinds in (("least", NUMBERS), ("most", NUMBERS), ("longest", WORDS), ("most_rows", {"table"})):
        if getattr(question, name) is not None and question.kind not in kinds:
            yield Fault(f"{path}.{name}", "not_for_this_kind", {"kind": question.kind})
    bounds = []
    for name in ("least", "most"):
        text = getattr(question, name)
        if text is None:
            continue
        try:
            bounds.append(read_money(text))
        except Unreadable as error:
            yield Fault(f"{path}.{name}", error.rule)
    if len(bounds) == 2 and bounds[1] < bounds[0]:
        yield Fault(f"{path}.most", "most_below_least", {"least": str(bounds[0])})


def _wrong_condition(path: str, when: Any, known: _Known) -> Iterator[Fault]:
    if when is None:
        return
    if not is_well_formed(when):
        yield Fault(path, "not_a_condition")
        return
    for operator, key, values in references(when):
        if operator == "above":
            if key not in known.numbers:
                yield Fault(path, "no_number_before", {"key": key})
        elif key not in known.keys:
            yield Fault(path, "no_question_before", {"key": key})
        elif operator in ("equals", "one_of"):
            codes = known.options.get(key, STANDARD_OPTIONS.get(key))
            for value in values:
                if codes is not None and value not in codes:
                    yield Fault(path, "no_such_option", {"key": key, "value": value})


def _wrong_texts(path: str, texts: Mapping[str, str], *, must: bool) -> Iterator[Fault]:
    """A text in one language is needed in all three."""
    if not texts and not must:
        return
    for language in LANGUAGES:
        if not texts.get(language, "").strip():
            yield Fault(f"{path}.{language}", "translation_missing", {"language": language})
