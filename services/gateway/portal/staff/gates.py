"""The gates of a case in words, with the names of what the call asks, for every page that shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from services.gateway import formats, texts
from services.gateway.language import language_now
from services.gateway.portal.frame import in_language, words
from services.gateway.portal.pages import portal
from shared.money import Rate
from shared.rules import aid_ceiling, gates, gber, regional_aid, sme_size
from shared.rules.titles import title

# Shape and colour beside the word, as everywhere: green tick, red cross, waiting.
SHAPES: Mapping[str, str] = {
    "passed": "ok",
    "failed": "bad",
    "open": "wait",
    "not_applied": "",
    "overridden": "warn",
}
_PERCENTAGES = frozenset({aid_ceiling.RULE.name, gber.INTENSITY.name, regional_aid.RULE.name})
_NUMBER = re.compile(r"\d{1,3}(\.\d{1,4})?", re.ASCII)
# Facts that list codes of the call: shown by the call's own names.
_NAMED_BY = {"questions": "eligibility", "criteria": "criteria", "items": "checklist"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvidence:
    """What a gate rests on, as a sentence; `business_id` and `digest` where the register's answer can be opened."""

    text: str
    business_id: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGate:
    """A gate as the page shows it: `shape` beside `status` in words, and `why` as a sentence."""

    code: str
    name: str
    status: str
    status_words: str
    shape: str
    why: str
    source: str
    overridable: bool
    override: str
    findings: list[dict[str, Any]]
    evidence: list[ShownEvidence]


def shown_gates(gates_of_case: list[dict[str, Any]], selection: Mapping[str, Any] | None) -> list[ShownGate]:
    """Those that the call or the law asks, in their order; what is not asked of this aid is left out."""
    return [_shown(gate, selection or {}) for gate in gates_of_case if gate["status"] != "not_applied"]


def rule_title(name: str) -> str:
    """The rule's name for a person; a rule that has none is shown by its code."""
    return title(name, language_now())


def _shown(gate: Mapping[str, Any], selection: Mapping[str, Any]) -> ShownGate:
    facts = {name: _named(name, value, selection) for name, value in gate["facts"].items()}
    if "result" in facts:
        facts["result"] = words("opinion_result", facts["result"])
    return ShownGate(
        code=gate["code"],
        name=words("gate", gate["code"]),
        status=gate["status"],
        status_words=words("gate_status", gate["status"]),
        shape=SHAPES[gate["status"]],
        why=texts.told("gate_why", gate["why"], facts, language_now()),
        source=gate["source"],
        overridable=gate["overridable"],
        override=gate["override"],
        findings=gate["findings"],
        evidence=[_evidence(one) for one in gate.get("evidence", ())],
    )


def _evidence(one: Mapping[str, Any]) -> ShownEvidence:
    language = language_now()
    if one["kind"] == "register":
        moment = formats.moment(datetime.fromisoformat(one["told_at"]), language)
        told = _(
            "%(register)s, its own answer %(moment)s", register=words("evidence_source", one["source"]), moment=moment
        )
        return ShownEvidence(text=told, business_id=one["business_id"], digest=one["digest"])
    day = formats.day(date.fromisoformat(one["told_at"]), language)
    if one["kind"] == "ownership":
        source = words("ownership_source", one["source"])
        told = _("Recorded: %(link)s from %(day)s (%(source)s)", link=one["reference"], day=day, source=source)
        return ShownEvidence(text=told)
    return ShownEvidence(text=_("Typed by an official: %(source)s, %(day)s", source=one["source"], day=day))


def _named(fact: str, value: str, selection: Mapping[str, Any]) -> str:
    if fact not in _NAMED_BY:
        return value
    rows = selection.get(_NAMED_BY[fact]) or []
    known = {row["code"]: in_language(row["names"]) for row in rows}
    return ", ".join(known.get(code, code) for code in value.split(", "))


def result_text(finding: Mapping[str, Any]) -> str:
    """What a rule came to, as people write it: a sum, a percentage, a size, yes or no, or its own words."""
    rule, result = finding["rule"], str(finding["result"])
    if rule in _PERCENTAGES and _NUMBER.fullmatch(result):
        return formats.percent(Rate.of(result), language_now())
    if rule == sme_size.RULE.name:
        return words("enterprise_size", result)
    if result in ("yes", "no"):
        return str(_("yes") if result == "yes" else _("no"))
    if rule == gates.RULE.name:
        return words("recovery_result" if result == "outstanding" else "tax_result", result)
    return texts.shown("result", result, language_now())


portal.add_app_template_global(rule_title)
portal.add_app_template_global(result_text)
