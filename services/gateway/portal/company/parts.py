"""The parts of an application form: which answers belong to which page, and how far each page is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.gateway import formats
from services.gateway.portal.forms import Form, fault_of
from services.gateway.portal.frame import in_language, municipality_name
from services.gateway.portal.pages import portal
from shared.errors import Fault, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One page of the form. `keys` are the answers it holds; `path` is its Finnish name in the address.

    `questions` are what the call's own form asks on it, besides the standard questions of its template.
    """

    path: str
    name: LazyString | str
    keys: tuple[str, ...]
    template: str
    columns: Mapping[str, tuple[str, ...]]
    questions: tuple[Mapping[str, Any], ...] = ()
    intro: str = ""

    def of(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """This part's answers, blanks filled in, so that two versions can be compared."""
        return {key: self._value(key, answers.get(key)) for key in self.keys}

    def _value(self, key: str, value: Any) -> Any:
        if key not in self.columns:
            return value or ""
        rows = [{name: row.get(name) or "" for name in self.columns[key]} for row in value or []]
        while rows and not any(rows[-1].values()):
            rows.pop()
        return rows

    def faults_in(self, faults: Iterable[Fault]) -> list[Fault]:
        return [fault for fault in faults if fault.path.split(".")[0] in self.keys]


TEMPLATES = {
    "basics": "company/part_basics.html",
    "costs": "company/part_costs.html",
    "financing": "company/part_financing.html",
    "indicators": "company/part_indicators.html",
}
OWN_TEMPLATE = "company/part_own.html"
STANDARD_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "costs": ("category", "description", "year", "amount"),
    "financing": ("source", "year", "amount"),
    "indicators": ("code", "target"),
}
ATTACHMENTS = Part(
    path="liitteet", name=_l("Attachments"), template="company/attachments.html", keys=("attachments",), columns={}
)


def typed_parts(application: Mapping[str, Any]) -> tuple[Part, ...]:
    """The pages of the call's form that are asked with these answers, in its order."""
    hidden = set(application["hidden"])
    parts = (_part(section) for section in application["call"]["sections"])
    return tuple(part for part in parts if not set(part.keys) <= hidden)


def all_parts(application: Mapping[str, Any]) -> tuple[Part, ...]:
    return (*typed_parts(application), ATTACHMENTS)


def part_at(path: str, application: Mapping[str, Any]) -> Part:
    """The page at the address. Raises NotFound when the form has none there, or does not ask it now."""
    found = next((part for part in typed_parts(application) if part.path == path), None)
    if found is None:
        raise NotFound(what="page")
    return found


def columns_of(question: Mapping[str, Any]) -> tuple[str, ...]:
    """Columns of a repeated row; a question with several answers is rows of one code."""
    if question["kind"] == "choices":
        return ("code",)
    return tuple(column["key"] for column in question["columns"])


def _part(section: Mapping[str, Any]) -> Part:
    questions = tuple(section["questions"])
    standard = {key: STANDARD_COLUMNS[key] for key in section["standard"] if key in STANDARD_COLUMNS}
    own = {one["key"]: columns_of(one) for one in questions if one["kind"] in ("table", "choices")}
    return Part(
        path=section["path"],
        name=in_language(section["names"]),
        keys=(*section["standard"], *(question["key"] for question in questions)),
        template=TEMPLATES.get(section["builtin"] or "", OWN_TEMPLATE),
        columns=standard | own,
        questions=questions,
        intro=in_language(section["intro"]) if section["intro"] else "",
    )


LABELS: dict[str, LazyString] = {
    "title": _l("Name of the project"),
    "summary": _l("What you do and why"),
    "region": _l("Region where the project is carried out"),
    "municipality": _l("Municipality"),
    "starts_on": _l("The project begins"),
    "ends_on": _l("The project ends"),
    "contact_name": _l("Contact person"),
    "contact_email": _l("E-mail"),
    "contact_phone": _l("Telephone"),
    "costs": _l("Costs"),
    "costs.category": _l("Cost category"),
    "costs.description": _l("What is bought or who works"),
    "costs.year": _l("Year"),
    "costs.amount": _l("Sum without VAT"),
    "financing": _l("Financing"),
    "financing.source": _l("Source"),
    "financing.year": _l("Year"),
    "financing.amount": _l("Sum"),
    "indicators": _l("Indicators"),
    "indicators.code": _l("Indicator"),
    "indicators.target": _l("Target"),
    "attachments": _l("Attachments"),
    "file": _l("File"),
}
SCAN = "scan"  # what came on paper, as it came
SCAN_NAMES = {"fi": "Saapunut hakemus", "sv": "Ansökan som kommit in", "en": "The application as it came"}


def labels_of(application: Mapping[str, Any]) -> dict[str, Any]:
    """Names of all fields: the standard ones in the portal's words, the call's own as the call names them."""
    found: dict[str, Any] = dict(LABELS)
    for section in application["call"]["sections"]:
        for question in section["questions"]:
            name = in_language(question["labels"])
            found |= {question["key"]: name, f"{question['key']}.code": name}
            found |= {f"{question['key']}.{one['key']}": in_language(one["labels"]) for one in question["columns"]}
    return found | _indicator_places(application)


def _indicator_places(application: Mapping[str, Any]) -> dict[str, str]:
    """An indicator's row has its name on the page, and no number."""
    form, indicators = Form(labels={}, typed=application["answers"]), application["call"]["indicators"]
    places = {indicator_place(form, one["code"], at): in_language(one["names"]) for at, one in enumerate(indicators)}
    return {
        f"indicators.{place}.target": f"{name}, {str(LABELS['indicators.target']).lower()}"
        for place, name in places.items()
    }


def asked_at(application: Mapping[str, Any], path: str) -> Mapping[str, Any] | None:
    """The call's own question, or the column of one, at a path without row numbers."""
    key, _dot, column = path.partition(".")
    for section in application["call"]["sections"]:
        for question in section["questions"]:
            if question["key"] == key:
                if not column or question["kind"] == "choices":
                    return dict(question)
                return next((dict(one) for one in question["columns"] if one["key"] == column), None)
    return None


def said(asked: Mapping[str, Any] | None, value: str) -> str:
    """An answer as people read it: a choice by its name, a sum as money, a day as a day."""
    if asked is None or not value:
        return value
    kind = asked["kind"]
    if kind in ("choice", "choices"):
        names = {option["code"]: option["names"] for option in asked["options"]}
        return in_language(names[value]) if value in names else value
    if kind == "yes_no":
        return str({"yes": _("Yes"), "no": _("No")}.get(value, value))
    if kind == "municipality":
        return municipality_name(value)
    if kind == "money":
        return str(formats.as_money(value))
    if kind == "day":
        return str(formats.as_day(value))
    return f"{value} %" if kind == "percent" else value


def option_pairs(asked: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(option["code"], in_language(option["names"])) for option in asked["options"]]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of the call's own form as it was answered: text, or the rows of a table with their headings."""

    label: str
    text: str
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def own_answers(application: Mapping[str, Any]) -> list[tuple[Part, list[Answered]]]:
    """What the call's own questions were answered, part by part; what is not asked is not there."""
    hidden = set(application["hidden"])
    found = []
    for part in typed_parts(application):
        asked = [question for question in part.questions if question["key"] not in hidden]
        if asked:
            found.append((part, [_answered(question, application["answers"]) for question in asked]))
    return found


def _answered(question: Mapping[str, Any], answers: Mapping[str, Any]) -> Answered:
    label, value = in_language(question["labels"]), answers.get(question["key"])
    if question["kind"] not in ("table", "choices"):
        return Answered(label, said(question, str(value or "")))
    given: list[dict[str, str]] = value or []
    if question["kind"] == "choices":
        return Answered(label, ", ".join(said(question, row.get("code", "")) for row in given))
    columns = question["columns"]
    rows = tuple(tuple(said(one, row.get(one["key"], "")) for one in columns) for row in given if any(row.values()))
    return Answered(label, "", tuple(in_language(one["labels"]) for one in columns), rows)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a part is: `kind` is the shape of its tag, `text` its words."""

    kind: str
    text: str


def faults_of(application: Mapping[str, Any]) -> list[Fault]:
    """What would stop the application from being filed."""
    return named(application["faults"], application)


def named(faults: Iterable[Fault | Mapping[str, Any]], application: Mapping[str, Any]) -> list[Fault]:
    """Faults with indicators and attachments named as the call names them."""
    call = application["call"]
    names = {rule["kind"]: rule["names"] for rule in call["attachments"]} | {SCAN: SCAN_NAMES}
    names |= {indicator["code"]: indicator["names"] for indicator in call["indicators"]}
    return [_named(fault_of(fault), names) for fault in faults]


def _named(fault: Fault, names: Mapping[str, Mapping[str, str]]) -> Fault:
    facts = {
        fact: in_language(names[value]) if fact in ("kind", "code") and value in names else value
        for fact, value in fault.facts.items()
    }
    return Fault(fault.path, fault.rule, facts)


def progress(part: Part, application: Mapping[str, Any]) -> Progress:
    faults = part.faults_in(faults_of(application))
    if not faults and not _waits_for_costs(part, application):
        return Progress("ok", _("done"))
    if _is_untouched(part, application):
        return Progress("", _("not started"))
    return Progress("go", ngettext("%(num)s thing to do", "%(num)s things to do", len(faults)))


def after(part: Part, application: Mapping[str, Any]) -> Part | None:
    """The part that comes next."""
    paths = [one.path for one in all_parts(application)]
    place = paths.index(part.path) + 1 if part.path in paths else len(paths)
    return all_parts(application)[place] if place < len(paths) else None


def mark_of(answers: Any) -> str:
    """A short mark of answers: tells whether somebody else has changed them since the page was made."""
    return hashlib.sha256(json.dumps(answers, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def _waits_for_costs(part: Part, application: Mapping[str, Any]) -> bool:
    """Without costs there is nothing to finance yet, which is not the same as done."""
    untouched = "financing" in part.keys and _is_untouched(part, application)
    return untouched and not any(STANDARD_ROWS.of(application["answers"]).values())


def _is_untouched(part: Part, application: Mapping[str, Any]) -> bool:
    if part is ATTACHMENTS:
        return not application["attachments"]
    # What came from the register by itself, nobody has begun.
    registered = {question["key"] for question in part.questions if question["from_register"]}
    return not any(value for key, value in part.of(application["answers"]).items() if key not in registered)


def indicator_place(form: Form, code: str, otherwise: int) -> int:
    """The row that already holds the indicator, or the place that it has in the call."""
    rows = form.rows("indicators")
    found = next((at for at, row in enumerate(rows) if row.get("code") == code), None)
    return otherwise if found is None else found


STANDARD_ROWS = Part(path="", name="", keys=("costs",), template="", columns=STANDARD_COLUMNS)

portal.add_app_template_global(indicator_place)
portal.add_app_template_global(option_pairs)
portal.add_app_template_global(own_answers)
