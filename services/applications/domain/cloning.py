"""An earlier application's answers in a new call's form: what the new form knows, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.applications.domain.attachments import Attachment
from services.applications.domain.call_forms import form_of
from services.applications.domain.calls import Call
from services.applications.domain.conditions import is_filled
from services.applications.domain.drafting import LeftOut
from services.applications.domain.forms import Form, Option
from services.applications.domain.typed_answers import Answers, is_blank
from shared.typed import Unreadable, read_day

SHOWN = 300  # characters of what was left out


@dataclass(slots=True)
class _Copy:
    call: Call
    form: Form
    answers: Answers = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)

    def leave(self, key: str, why: str, value: str) -> None:
        self.left_out.append(LeftOut(key=key, why=why, value=value.strip()[:SHOWN]))


def copied(answers: Answers, attachments: Iterable[Attachment], call: Call) -> tuple[Answers, tuple[LeftOut, ...]]:
    """The answers that the call's form knows, and each thing that was not copied with its reason.

    Attachments are never copied: they were made for another project, and the company chooses them anew.
    """
    copy = _Copy(call=call, form=form_of(call))
    shape = copy.form.shape
    options = {question.key: question.options for question in copy.form.questions}
    asked = [key for section in copy.form.sections for key in section.keys]
    for key in dict.fromkeys((*asked, *sorted(answers))):
        value = answers.get(key)
        if not is_filled(value):
            continue
        if key in shape.tables and isinstance(value, list):
            copy.answers[key] = list(_rows(copy, key, value, shape.tables[key]))
        elif key in shape.texts and isinstance(value, str):
            _text(copy, key, value, options.get(key, ()))
        else:
            copy.leave(key, "not_asked", _said(value))
    for attachment in attachments:
        copy.leave("attachments", "attachment", attachment.file_name)
    return {key: value for key, value in copy.answers.items() if is_filled(value)}, tuple(copy.left_out)


def _text(copy: _Copy, key: str, value: str, options: Sequence[Option]) -> None:
    if options and value.strip() not in {option.code for option in options}:
        copy.leave(key, "not_an_option", value)
    elif not _is_in_call(copy.call, key, value):
        copy.leave(key, "not_in_call", value)
    else:
        copy.answers[key] = value


def _rows(copy: _Copy, key: str, rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> Iterator[dict[str, str]]:
    indicators = {indicator.code for indicator in copy.call.indicators}
    for row in rows:
        if is_blank(row):
            continue
        if key == "indicators" and row.get("code", "").strip() not in indicators:
            copy.leave(key, "not_in_call", " ".join(row.values()))
            continue
        yield _row(copy, key, row, columns)


def _row(copy: _Copy, key: str, row: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    """The row with the new form's columns; a choice that is not there any more is left blank."""
    kept = {column: row.get(column, "") for column in columns}
    for column, text in kept.items():
        codes = _codes(copy, key, column)
        if text.strip() and codes is not None and text.strip() not in codes:
            copy.leave(key, "not_in_call" if key == "costs" else "not_an_option", text)
            kept[column] = ""
    return kept


def _codes(copy: _Copy, key: str, column: str) -> frozenset[str] | None:
    if (key, column) == ("costs", "category"):
        return frozenset(copy.call.categories)
    question = next((question for question in copy.form.questions if question.key == key), None)
    if question is None:
        return None
    if question.kind == "choices":
        return frozenset(option.code for option in question.options)
    found = next((one for one in question.columns if one.key == column), None)
    return frozenset(option.code for option in found.options) if found and found.options else None


def _is_in_call(call: Call, key: str, value: str) -> bool:
    """Whether an answer is possible in the call: its regions, its time."""
    if key == "region":
        return value.strip() in call.regions
    if key in ("starts_on", "ends_on"):
        try:
            return read_day(value) in call.period
        except Unreadable:
            return True  # copied as it was typed; the new form says what is wrong with it
    return True


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(" ".join(text for text in row.values() if text) for row in value)
    return str(value)
