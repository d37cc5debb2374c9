"""Versions of an application: who changed what and when, and two of them beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from markupsafe import Markup, escape

from services.gateway import formats, policy
from services.gateway.portal.company import parts
from services.gateway.portal.company.places import crumbs_of
from services.gateway.portal.frame import in_language, municipality_name, words
from services.gateway.portal.pages import COMPANY, portal
from services.gateway.portal.people import names
from services.gateway.portal.staff.desk import READERS, first_endpoint, first_place
from services.gateway.rooms import ask
from shared.contracts.applications import COMPARE_VERSIONS, GET_APPLICATION, LIST_VERSIONS

CODES = {"costs.category": "category", "financing.source": "financing_source"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One difference as it is read: where, and the old and new text with what went and came marked."""

    place: str
    kind: str
    change: Markup


@portal.get("/oma/asiat/<number>/versiot")
@policy.asks(GET_APPLICATION, LIST_VERSIONS, COMPARE_VERSIONS, only=COMPANY)
def versions(number: str) -> str:
    """The history of a draft, and two of its versions beside each other (`?a=1&b=3`)."""
    case = ask(GET_APPLICATION, number=number)
    return _page(case, "portal.versions", "portal.own_applications", crumbs_of(case))


@portal.get("/tyo/asiat/<number>/versiot")
@policy.asks(GET_APPLICATION, LIST_VERSIONS, COMPARE_VERSIONS, only=READERS)
def staff_versions(number: str) -> str:
    """What was filed and how it has been completed."""
    case = ask(GET_APPLICATION, number=number)
    return _page(case, "portal.staff_versions", first_endpoint(), [first_place()])


def _page(case: dict[str, Any], endpoint: str, room: str, crumbs: list[tuple[str, str]]) -> str:
    found = ask(LIST_VERSIONS, number=case["number"])["items"]
    names(version["by"] for version in found)
    first, second = _asked(found)
    compared = ask(COMPARE_VERSIONS, number=case["number"], first=first, second=second) if second else None
    labels = parts.labels_of(case)
    return render_template(
        "company/versions.html",
        case=case,
        endpoint=endpoint,
        room=room,
        crumbs=crumbs,
        versions=found,
        first=first,
        second=second,
        compared=compared,
        shown=[_shown(one, case, labels) for one in compared["differences"]] if compared else [],
        fields={version["place"]: _fields(version, labels) for version in found},
    )


def _asked(found: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """The two places asked for; otherwise the newest and the one before it."""
    places = [version["place"] for version in found]
    newest = places[0] if places else 0
    before = places[1] if len(places) > 1 else 0
    second = _place("b", places, newest)
    first = _place("a", [*places, 0], max((place for place in places if place < second), default=before))
    return (first, second) if first != second else (0, second)


def _place(name: str, known: Sequence[int], otherwise: int) -> int:
    asked = request.args.get(name, "")
    return int(asked) if asked.isdigit() and len(asked) < 8 and int(asked) in known else otherwise


def _fields(version: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    return ", ".join(str(labels.get(key, key)) for key in version["keys"])


def _shown(one: Mapping[str, Any], case: Mapping[str, Any], labels: Mapping[str, Any]) -> Shown:
    old, new = (_said(one, value, case) for value in (one["old"], one["new"]))
    change = marked_change(old, new) if _is_prose(one, case) else marked_whole(old, new)
    return Shown(place=_where(one, case, labels), kind=one["kind"], change=change)


def _is_prose(one: Mapping[str, Any], case: Mapping[str, Any]) -> bool:
    """Whether single words of it may be marked; half of a sum or of a choice says nothing."""
    path = f"{one['key']}.{one['column']}" if one["column"] else one["key"]
    asked = parts.asked_at(case, path)
    return path in ("title", "summary", "costs.description") or bool(asked and asked["kind"] in ("text", "long_text"))


def _where(one: Mapping[str, Any], case: Mapping[str, Any], labels: Mapping[str, Any]) -> str:
    """ "Costs, row 2, amount"; of an attachment its kind."""
    name = str(labels.get(one["key"], one["key"]))
    if one["key"] == "attachments":
        kinds = {rule["kind"]: rule["names"] for rule in case["call"]["attachments"]} | {parts.SCAN: parts.SCAN_NAMES}
        return f"{name}, {in_language(kinds[one['column']])}" if one["column"] in kinds else name
    row = one["row_is"] if one["row_is"] is not None else one["row_was"]
    if row is None:
        return name
    if one["column"] == "code" and one["key"] != "indicators":
        return name
    column = str(labels.get(f"{one['key']}.{one['column']}", one["column"])).lower()
    return _("%(table)s, row %(number)s, %(column)s", table=name, number=row + 1, column=column)


def _said(one: Mapping[str, Any], value: str, case: Mapping[str, Any]) -> str:
    """A code by its name, a sum as money; everything else as it was typed."""
    path = f"{one['key']}.{one['column']}" if one["column"] else one["key"]
    if not value:
        return ""
    if path in CODES:
        return words(CODES[path], value)
    if path == "municipality":
        return municipality_name(value)
    if path in ("costs.amount", "financing.amount"):
        return formats.as_money(value)
    if path == "indicators.code":
        return next((in_language(one["names"]) for one in case["call"]["indicators"] if one["code"] == value), value)
    return parts.said(parts.asked_at(case, path), value)


def marked_whole(old: str, new: str) -> Markup:
    went = Markup("<del>{}</del>").format(old) if old else Markup("")
    came = Markup("<ins>{}</ins>").format(new) if new else Markup("")
    return Markup(" ").join(piece for piece in (went, came) if piece)


def marked_change(old: str, new: str) -> Markup:
    """The words that went as `del`, those that came as `ins`, the same ones as they are."""
    before, after = old.split(), new.split()
    pieces = []
    for kind, left, right, first, last in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        went, came = escape(" ".join(before[left:right])), escape(" ".join(after[first:last]))
        if kind == "equal":
            pieces.append(came)
            continue
        pieces += [Markup("<del>{}</del>").format(went)] if went else []
        pieces += [Markup("<ins>{}</ins>").format(came)] if came else []
    return Markup(" ").join(pieces)
