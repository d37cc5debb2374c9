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

from services.gateway.portal.forms import Form, fault_of
from services.gateway.portal.frame import in_language
from services.gateway.portal.pages import portal
from shared.errors import Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One page of the form. `keys` are the answers it holds; `path` is its Finnish name in the address."""

    path: str
    name: LazyString
    keys: tuple[str, ...]
    template: str
    columns: Mapping[str, tuple[str, ...]]

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


BASICS = Part(
    path="perustiedot",
    name=_l("Basic information"),
    template="company/part_basics.html",
    keys=(
        "title",
        "summary",
        "region",
        "municipality",
        "starts_on",
        "ends_on",
        "contact_name",
        "contact_email",
        "contact_phone",
    ),
    columns={},
)
COSTS = Part(
    path="kustannukset",
    name=_l("Cost estimate"),
    template="company/part_costs.html",
    keys=("costs",),
    columns={"costs": ("category", "description", "year", "amount")},
)
FINANCING = Part(
    path="rahoitus",
    name=_l("Financing plan"),
    template="company/part_financing.html",
    keys=("financing",),
    columns={"financing": ("source", "year", "amount")},
)
INDICATORS = Part(
    path="mittarit",
    name=_l("Indicators"),
    template="company/part_indicators.html",
    keys=("indicators",),
    columns={"indicators": ("code", "target")},
)
ATTACHMENTS = Part(
    path="liitteet", name=_l("Attachments"), template="company/attachments.html", keys=("attachments",), columns={}
)

TYPED = (BASICS, COSTS, FINANCING, INDICATORS)
ALL = (*TYPED, ATTACHMENTS)
BY_PATH = {part.path: part for part in TYPED}

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


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a part is: `kind` is the shape of its tag, `text` its words."""

    kind: str
    text: str


def faults_of(application: Mapping[str, Any]) -> list[Fault]:
    """What would stop the application from being filed; indicators and attachments named as the call names them."""
    call = application["call"]
    names = {rule["kind"]: rule["names"] for rule in call["attachments"]}
    names |= {indicator["code"]: indicator["names"] for indicator in call["indicators"]}
    return [_named(fault_of(fault), names) for fault in application["faults"]]


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


def after(part: Part) -> Part | None:
    """The part that comes next."""
    place = ALL.index(part) + 1
    return ALL[place] if place < len(ALL) else None


def mark_of(answers: Any) -> str:
    """A short mark of answers: tells whether somebody else has changed them since the page was made."""
    return hashlib.sha256(json.dumps(answers, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def _waits_for_costs(part: Part, application: Mapping[str, Any]) -> bool:
    """Without costs there is nothing to finance yet, which is not the same as done."""
    return part is FINANCING and _is_untouched(FINANCING, application) and _is_untouched(COSTS, application)


def _is_untouched(part: Part, application: Mapping[str, Any]) -> bool:
    if part is ATTACHMENTS:
        return not application["attachments"]
    return not any(part.of(application["answers"]).values())


def indicator_place(form: Form, code: str, otherwise: int) -> int:
    """The row that already holds the indicator, or the place that it has in the call."""
    rows = form.rows("indicators")
    found = next((at for at, row in enumerate(rows) if row.get("code") == code), None)
    return otherwise if found is None else found


portal.add_app_template_global(indicator_place)
