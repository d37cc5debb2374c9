"""Saving a claim's draft: each page changes its own piece of the newest version, and overwrites nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from services.gateway.portal.company.claim_fields import HEAD, LINE, lines_of
from services.gateway.portal.company.conflicts import Clash, clash_page
from services.gateway.portal.company.parts import mark_of
from services.gateway.portal.forms import Form, take_key
from services.gateway.rooms import ask
from shared.contracts.payments import GET_CLAIM, SAVE_CLAIM
from shared.errors import ChangedMeanwhile, NotFound

TRIES = 3

Typed = dict[str, Any]


class ClaimClash(Clash):
    """A colleague changed this very piece of the claim meanwhile."""


def change_head(claim_id: str, form: Form) -> Typed:
    """The claim with the form's period and account. Raises ClaimClash."""
    mine = HEAD.of(form.typed)

    def change(claim: Typed) -> Typed:
        theirs = HEAD.of(claim["typed"])
        _must_be_as_seen(claim, theirs, mine, form, url_for("portal.save_claim_head", claim_id=claim_id))
        return {**claim["typed"], **mine}

    return changed(claim_id, change)


def change_line(claim_id: str, index: int, form: Form, extra: Typed | None = None) -> Typed:
    """The claim with this line as typed; `extra` is what is not typed: the document and what was read from it.

    Raises ClaimClash, and NotFound when there is no such place any more.
    """
    mine = LINE.of(form.typed)

    def change(claim: Typed) -> Typed:
        lines = list(lines_of(claim))
        if index > len(lines):
            raise NotFound(what="line")
        stored = lines[index] if index < len(lines) else {}
        action = url_for("portal.save_claim_line", claim_id=claim_id, place=index + 1)
        _must_be_as_seen(claim, LINE.of(stored), mine, form, action)
        lines[index : index + 1] = [{**stored, **mine, **(extra or {})}]
        return {**claim["typed"], "lines": lines}

    return changed(claim_id, change)


def without_line(claim_id: str, index: int, seen: str) -> Typed:
    """The claim without the line, when it is the line that was seen. Raises NotFound otherwise."""

    def change(claim: Typed) -> Typed:
        lines = list(lines_of(claim))
        if index >= len(lines) or mark_of(LINE.of(lines[index])) != seen:
            raise NotFound(what="line")
        del lines[index]
        return {**claim["typed"], "lines": lines}

    return changed(claim_id, change)


def changed(claim_id: str, change: Callable[[Typed], Typed]) -> Typed:
    """Save the change over the newest version; when somebody saves between, look again."""
    for attempt in range(TRIES):
        claim = ask(GET_CLAIM, claim_id=claim_id)
        typed = change(claim)
        if typed == claim["typed"]:
            return claim
        take_key(mark_of(typed), str(claim["version"]))
        try:
            saved = ask(SAVE_CLAIM, claim_id=claim_id, version=claim["version"], typed=typed)
        except ChangedMeanwhile:
            if attempt == TRIES - 1:
                raise
            continue
        return claim | saved | {"typed": typed}
    raise AssertionError("unreachable: the last try returns or raises")


def claim_clash_page(clash: ClaimClash, form: Form) -> Response:
    claim_id = clash.draft["claim_id"]
    crumbs = [
        (url_for("portal.own_projects"), _("Projects and payments")),
        (url_for("portal.claim", claim_id=claim_id), claim_id),
    ]
    return clash_page(clash, form, crumbs=crumbs, room="portal.own_projects")


def _must_be_as_seen(claim: Typed, theirs: Typed, mine: Typed, form: Form, action: str) -> None:
    is_newer = claim["version"] != form.version and mark_of(theirs) != form.seen
    if is_newer and theirs != mine:
        raise ClaimClash(claim, theirs, mine, action)
