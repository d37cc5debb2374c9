"""The form of a call as people fill it in, and the attachments that it needs with some answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from services.applications.domain.conditions import holds
from services.applications.domain.forms import Form, Section, counted
from services.applications.domain.standard_form import BUILTIN, STANDARD
from services.applications.domain.typed_answers import Answers

if TYPE_CHECKING:
    from services.applications.domain.calls import AttachmentRule, Call


def form_of(call: Call) -> Form:
    """The call's form, built-in sections with their names, addresses and tables; the standard form without one."""
    return whole(call.form)


def whole(form: Form | None) -> Form:
    if form is None:
        return STANDARD
    return Form(sections=tuple(_filled_in(section) for section in form.sections))


def needed(rules: Sequence[AttachmentRule], form: Form, answers: Answers) -> tuple[AttachmentRule, ...]:
    """The attachments that are needed with these answers."""
    known = counted(form, answers)
    return tuple(
        rule for rule in rules if rule.required or (rule.required_when is not None and holds(rule.required_when, known))
    )


def required_kinds(call: Call, answers: Answers) -> tuple[str, ...]:
    return tuple(rule.kind for rule in needed(call.attachments, form_of(call), answers))


def _filled_in(section: Section) -> Section:
    known = BUILTIN.get(section.builtin or "")
    if known is None:
        return section
    return replace(
        section,
        path=section.path or known.path,
        names=section.names or known.names,
        intro=section.intro or known.intro,
        questions=(*known.questions, *section.questions),
    )
