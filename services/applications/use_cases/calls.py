"""Calls: published by the operator, read by everyone."""

from __future__ import annotations

from typing import Any

from services.applications.domain.calls import Call, Indicator, attachment_rule_from, must_be_publishable
from services.applications.domain.errors import CallInUse
from services.applications.domain.forms import form_from
from services.applications.domain.selection import selection_from
from services.applications.ports import Work
from services.applications.screens import Screen, call_screen


def publish_call(work: Work, **terms: Any) -> Screen:
    """Publish a call or correct one that nobody has answered yet. The same call again changes nothing.

    Raises CallInUse when applications have been started on other terms; InvalidFields for terms that can't work.
    """
    call = _call(terms)
    must_be_publishable(call)
    published = work.calls.locked(call.call_id)
    if published != call:
        if published and work.calls.is_answered(call.call_id):
            raise CallInUse(call_id=call.call_id)
        work.calls.put(call)
    return call_screen(call, work.now)


def get_call(work: Work, call_id: str) -> Screen:
    return call_screen(work.calls.get(call_id), work.now)


def _call(terms: dict[str, Any]) -> Call:
    parts = {
        "regions": tuple(terms["regions"]),
        "categories": tuple(terms["categories"]),
        "legal_basis": tuple(terms["legal_basis"]),
        "indicators": tuple(Indicator(**indicator) for indicator in terms["indicators"]),
        "attachments": tuple(attachment_rule_from(rule) for rule in terms["attachments"]),
        "form": form_from(terms.get("form")),
        "selection": selection_from(terms.get("selection")),
        "conditions": tuple(terms.get("conditions", ())),
    }
    return Call(**{**terms, **parts})
