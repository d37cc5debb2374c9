"""Sums and conditions of what is being typed, by the same code that counts at the filing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.applications.domain.call_forms import form_of
from services.applications.domain.forms import sums
from services.applications.domain.typed_answers import as_answers
from services.applications.ports import Work
from services.applications.screens import Screen, totals_screen
from services.applications.use_cases.access import case_for
from services.applications.use_cases.drafts import looked_through


def count_draft(work: Work, number: str, answers: Mapping[str, Any]) -> Screen:
    """Nothing is saved. Raises InvalidFields when these can't be a form's answers at all."""
    case = case_for(work, number)
    form = form_of(case.call)
    typed = as_answers(answers, form.shape)
    assessment = looked_through(replace(case, application=replace(case.application, answers=typed)), work)
    return {
        "totals": totals_screen(assessment.totals),
        "hidden": sorted(assessment.hidden),
        "required_kinds": assessment.required_kinds,
        "sums": sums(form, typed),
    }
