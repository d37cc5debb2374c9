"""A call with a form of its own, and answers that may be filed in it: only the fact that matters shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.applications.domain.calls import AttachmentRule, Call
from services.applications.domain.forms import Column, Form, Option, Question, Section
from tests.support import applications_builders as an


def question(key: str, kind: str = "text", **facts: Any) -> Question:
    return replace(Question(key=key, kind=kind, labels=an.in_three(key)), **facts)


def option(code: str) -> Option:
    return Option(code=code, names=an.in_three(code))


def column(key: str, kind: str = "text", **facts: Any) -> Column:
    return replace(Column(key=key, kind=kind, labels=an.in_three(key)), **facts)


def standard(*names: str) -> tuple[Section, ...]:
    return tuple(Section(builtin=name) for name in names or ("costs", "financing", "indicators"))


def section(*questions: Question, path: str = "investointi", **facts: Any) -> Section:
    return replace(Section(path=path, names=an.in_three(path), questions=questions), **facts)


def form(*questions: Question, **facts: Any) -> Form:
    """The standard form with one section of the call's own after the basics."""
    return Form(sections=(Section(builtin="basics"), section(*questions, **facts), *standard()))


PURPOSE = question("purpose", "choice", options=(option("energy"), option("capacity")))
SAVING = question("saving", "number", when={"equals": ["purpose", "energy"]}, most="1000")
PARTNER = question(
    "partner",
    "table",
    required=False,
    columns=(column("name"), column("share", "money", sum=True, required=False)),
)
PERMIT = AttachmentRule(
    kind="permit",
    names=an.in_three("Lupa"),
    required=False,
    required_when={"above": ["costs.amount", "50000"]},
    formats=("pdf",),
    most_bytes=1_000_000,
)


def own_call(**facts: Any) -> Call:
    """`a_call` that asks the purpose and, of those who save energy, how much; a permit above 50 000 euros."""
    return an.a_call(
        **{
            "form": form(PURPOSE, SAVING, PARTNER),
            "attachments": (*an.a_call().attachments, PERMIT),
            **facts,
        }
    )


def own_answers(**facts: Any) -> dict[str, Any]:
    return an.complete_answers(**{"purpose": "capacity", **facts})
