"""Forms: what was typed, as it was typed, and what is wrong with it.

A field's name is its path in the answers ("costs.0.amount"), and the same path is its id on the page and
the place a room's fault names. So a fault finds its field, and the summary's link finds it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from flask import request
from flask_babel import LazyString, gettext

from services.gateway import texts
from services.gateway.identity import use_idempotency_key
from services.gateway.language import language_now
from services.gateway.portal.people import with_names
from services.gateway.problems import of_refusal, of_silence
from shared.errors import Conflict, DomainError, Fault, Forbidden, Gone, Invalid
from shared.messaging.wire import ServiceAway

ROWS_MOST = 500
_ROW_BUTTON = re.compile(r"([a-z_]{1,20})\.(add|remove)\.([0-9]{1,3})", re.ASCII)
OUR_OWN = frozenset({"idempotency_key", "csrf_token", "version", "seen", "next", "save", "stay", "row"})


def new_key() -> str:
    return uuid4().hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """`typed` is shown back letter by letter. `labels` name fields by path, rows by the path without number, and with
    it where a row has a name of its own (`indicators.0.target`)."""

    labels: Mapping[str, LazyString]
    typed: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    refusal: str = ""
    key: str = field(default_factory=new_key)
    version: int | None = None
    seen: str = ""
    restored: bool = False

    def value(self, path: str) -> str:
        """What stands in the field, or nothing."""
        found: Any = self.typed
        for step in path.split("."):
            found = _step(found, step)
        return "" if found is None else str(found)

    def rows(self, name: str) -> list[Any]:
        found = self.typed.get(name)
        return found if isinstance(found, list) else []

    def label(self, path: str) -> str:
        """The field's own label: `costs.0.amount` → "Amount"."""
        return str(self.labels.get(_without_numbers(path), path))

    def place(self, path: str) -> str:
        """The field's name in the summary: "Row 1, amount", or the row's own name where `labels` has one."""
        if path in self.labels:
            return str(self.labels[path])
        number = next((int(step) + 1 for step in path.split(".") if step.isdigit()), None)
        if number is None:
            return self.label(path)
        return gettext("Row %(number)s, %(field)s", number=number, field=self.label(path).lower())

    def error(self, path: str) -> str:
        """The first thing wrong with the field, as a sentence."""
        fault = next((fault for fault in self.faults if fault.path == path), None)
        return sentence_of(fault) if fault else ""

    def errors(self) -> list[tuple[str, str, str]]:
        """(path, place, sentence) of every fault, in the page's order of fields where the page has the field."""
        return [(fault.path, self.place(fault.path), sentence_of(fault)) for fault in self.faults]

    def with_faults(self, faults: Iterable[Fault | Mapping[str, Any]]) -> Form:
        return replace(self, faults=tuple(fault_of(fault) for fault in faults))

    def refused(self, refusal: DomainError) -> Form:
        """The same form after the room said no: everything typed stays."""
        said = "" if refusal.faults else texts.sentence(refusal.code, with_names(refusal.facts), language_now())
        return replace(self, faults=refusal.faults, refusal=said)


def sentence_of(fault: Fault) -> str:
    return texts.sentence(fault.rule, fault.facts, language_now())


def fault_of(fault: Fault | Mapping[str, Any]) -> Fault:
    """Faults come as objects from refusals and as plain data in answers."""
    if isinstance(fault, Fault):
        return fault
    return Fault(fault["path"], fault["rule"], fault.get("facts", {}))


def as_typed() -> dict[str, Any]:
    """The posted fields as answers: dotted names become rows and groups, nothing is read or tidied."""
    return nested({name: request.form[name] for name in request.form})


def nested(fields: Mapping[str, str]) -> dict[str, Any]:
    """{"costs.0.amount": "1"} → {"costs": [{"amount": "1"}]}; rows keep their order, gaps close."""
    answers: dict[str, Any] = {}
    rows: dict[str, dict[int, dict[str, str]]] = {}
    for name, value in fields.items():
        first, _, rest = name.partition(".")
        number, _, column = rest.partition(".")
        if first in OUR_OWN:
            continue
        if not rest:
            answers[first] = value
        elif column and number.isdigit() and int(number) < ROWS_MOST:
            rows.setdefault(first, {}).setdefault(int(number), {})[column] = value
    return answers | {name: [row for _, row in sorted(numbered.items())] for name, numbered in rows.items()}


@dataclass(frozen=True, slots=True)
class RowButton:
    """ "Add a row" or "Remove this row": `place` is the row's number from 0."""

    table: str
    act: str
    place: int


def row_button() -> RowButton | None:
    """The row button that was pressed: its value is "costs.add.3" or "costs.remove.2"."""
    found = _ROW_BUTTON.fullmatch(request.form.get("row", ""))
    return RowButton(found[1], found[2], int(found[3])) if found else None


def take_key(*parts: str) -> str:
    """Make the form's hidden key this request's idempotency key.

    `parts` tell apart what one page may send more than once (a draft saved again with other words).
    """
    key = "-".join((request.form.get("idempotency_key", "") or new_key(), *parts))
    use_idempotency_key(key)
    return key


def posted_version() -> int:
    """The version the page was made from; 1 when the field is missing or spoiled, so that the room refuses."""
    sent = request.form.get("version", "")
    return int(sent) if sent.isdigit() and len(sent) < 10 else 1


def _without_numbers(path: str) -> str:
    return ".".join(step for step in path.split(".") if not step.isdigit())


def _step(found: Any, step: str) -> Any:
    if isinstance(found, Mapping):
        return found.get(step)
    if isinstance(found, list) and step.isdigit() and int(step) < len(found):
        return found[int(step)]
    return None


@dataclass(slots=True)
class Tried:
    """What became of a form that was sent: itself again, with the refusal, and the status to answer with."""

    form: Form
    status: int = 200


@contextmanager
def refusing(form: Form) -> Iterator[Tried]:
    """Turn a room's no, or its silence, into the form's own errors, so that what was typed is shown again.

    The block returns from the view when all went well; after it, show `tried.form` with `tried.status`.
    """
    tried = Tried(form=form)
    try:
        yield tried
    except (Invalid, Conflict, Gone, Forbidden) as refusal:
        tried.form = form.refused(refusal)
        tried.status = of_refusal(refusal).status
    except ServiceAway as silence:
        problem = of_silence(silence)
        tried.form = replace(form, refusal=texts.sentence(problem.code, {}, language_now()))
        tried.status = problem.status
