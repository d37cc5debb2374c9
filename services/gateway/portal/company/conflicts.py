"""Two people wrote the same part: mine beside theirs, and nothing is thrown away without a choice."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from flask import Response, make_response, render_template
from markupsafe import Markup, escape

from services.gateway.portal.company.parts import mark_of
from services.gateway.portal.forms import Form, new_key
from services.gateway.portal.people import name_of


class Clash(Exception):
    """A colleague has saved other answers to the same part meanwhile."""

    def __init__(self, draft: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any], action: str) -> None:
        super().__init__(action)
        self.draft = draft
        self.theirs = theirs
        self.mine = mine
        self.action = action  # the address where the choice is saved


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One answer that differs: its field, both values as shown, and both as they would be posted."""

    path: str
    label: str
    theirs: str
    mine: str
    mine_marked: Markup
    theirs_marked: Markup


def clash_page(clash: Clash, form: Form, *, crumbs: list[tuple[str, str]], room: str) -> Response:
    """409: choose field by field; what is equal needs no choice and goes along hidden."""
    found = differences(clash.theirs, clash.mine, form)
    differing = {one.path for one in found}
    equal = [(path, value) for path, value in flat(clash.theirs).items() if path not in differing]
    page = render_template(
        "company/conflict.html",
        draft=clash.draft,
        action=clash.action,
        differences=found,
        equal=equal,
        by=name_of(clash.draft["saved_by"]),
        seen=mark_of(clash.theirs),
        key=new_key(),
        crumbs=crumbs,
        room=room,
    )
    return make_response(page, 409)


def differences(theirs: dict[str, Any], mine: dict[str, Any], form: Form) -> list[Difference]:
    left, right = flat(theirs), flat(mine)
    paths = [path for path in {**left, **right} if left.get(path, "") != right.get(path, "")]
    return [_difference(path, left.get(path, ""), right.get(path, ""), form) for path in paths]


def flat(answers: dict[str, Any]) -> dict[str, str]:
    """{"costs": [{"amount": "1"}]} → {"costs.0.amount": "1"}."""
    found: dict[str, str] = {}
    for key, value in answers.items():
        if isinstance(value, list):
            for at, row in enumerate(value):
                found |= {f"{key}.{at}.{name}": text for name, text in row.items()}
        else:
            found[key] = value
    return found


def _difference(path: str, theirs: str, mine: str, form: Form) -> Difference:
    return Difference(
        path=path,
        label=form.place(path),
        theirs=theirs,
        mine=mine,
        theirs_marked=marked_words(mine, theirs),
        mine_marked=marked_words(theirs, mine),
    )


def marked_words(other: str, this: str) -> Markup:
    """This text, with the words that the other one does not have marked as `ins`."""
    before, after = other.split(), this.split()
    pieces = []
    for kind, _, _, first, last in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        text = escape(" ".join(after[first:last]))
        if text:
            pieces.append(text if kind == "equal" else Markup("<ins>{}</ins>").format(text))
    return Markup(" ").join(pieces)
