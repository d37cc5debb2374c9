"""Addresses of a draft's pages: the company's own, and an official's who types in what came on paper.

Both fill in the same form; where its pages lie follows from who is looking.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from services.gateway.identity import current_asker
from services.gateway.portal.company.parts import ATTACHMENTS, Part
from services.gateway.portal.pages import portal
from services.gateway.portal.people import names
from shared.asker import Role

OF_COMPANY = {
    "case": "portal.case",
    "part": "portal.form_part",
    "count": "portal.count_form_part",
    "attachments": "portal.attachments",
    "add": "portal.add_attachment",
    "remove": "portal.remove_attachment",
    "check": "portal.check",
    "versions": "portal.versions",
}
OF_OFFICIAL = {
    "case": "portal.paper_application",
    "part": "portal.paper_part",
    "count": "portal.count_paper_part",
    "attachments": "portal.paper_attachments",
    "add": "portal.add_paper_attachment",
    "remove": "portal.remove_paper_attachment",
    "check": "portal.check_paper",
    "versions": "portal.staff_versions",
}


def is_official() -> bool:
    return current_asker().role is not Role.COMPANY


def draft_address(page: str, number: str, **more: Any) -> str:
    """The address of one of a draft's pages, for whoever is looking."""
    pages = OF_OFFICIAL if is_official() else OF_COMPANY
    return url_for(pages[page], number=number, **more)


def case_address(number: str) -> str:
    return draft_address("case", number)


def part_address(part: Part, number: str, **more: Any) -> str:
    """The address of a part's page; attachments have a page of their own kind."""
    if part is ATTACHMENTS:
        return draft_address("attachments", number)
    return draft_address("part", number, path=part.path, **more)


def crumbs_of(draft: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The way to a draft's pages."""
    first = (
        [
            (url_for("portal.queue"), _("Work queue")),
            (url_for("portal.paper_applications"), _("Applications on paper")),
        ]
        if is_official()
        else [(url_for("portal.own_applications"), _("Applications"))]
    )
    return [*first, (case_address(draft["number"]), draft["title"] or draft["number"])]


def room_now() -> str:
    """The place in the bar that a draft's pages belong to."""
    return "portal.queue" if is_official() else "portal.own_applications"


def names_of(people: Iterable[str]) -> str:
    """Names of people, one after another."""
    known = names(people)
    return ", ".join(known.get(person, person) for person in people)


portal.add_app_template_global(names_of)
portal.add_app_template_global(part_address)
portal.add_app_template_global(draft_address)
