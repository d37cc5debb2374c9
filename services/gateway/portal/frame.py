"""What every page shows around its own content: who, where, which language, what time it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import current_app, request, url_for
from flask_babel import gettext, ngettext

from services.gateway import texts
from services.gateway.identity import current_asker, current_session, session_has_ended
from services.gateway.language import NAMES, language_now
from services.gateway.portal.forms import new_key
from services.gateway.portal.navigation import places_for
from services.gateway.portal.pages import portal
from services.gateway.portal.people import name_of
from shared.asker import STAFF, Role
from shared.reference import authorities, municipalities, regions

LAST_HOURS = timedelta(hours=3)  # from then on minutes are told
PRESSING_DAYS = 14  # a nearer deadline is marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """The signed-in person as the header names them; `may_switch` when there is another role to choose.

    A company's person may always: the mandate register may know more companies than we do.
    """

    name: str
    acting_for: str
    role: str
    dense: bool
    may_switch: bool
    settings: str


def now() -> datetime:
    """The server's time: what deadlines are measured by, and what the pages say."""
    return current_asker().at or datetime.now(UTC)


def me() -> Me | None:
    session = current_session()
    if session is None:
        return None
    role = current_asker().role
    return Me(
        name=session["name"],
        acting_for=_acting_for(session["capacity"]),
        role=texts.words("role", role, language_now()),
        dense=role in STAFF,
        may_switch=role is Role.COMPANY or len(session["capacities"]) > 1,
        settings=_settings_of(role),
    )


def _settings_of(role: Role) -> str:
    """The page of one's own settings; an auditor has none."""
    if role is Role.AUDITOR:
        return ""
    return "portal.own_settings" if role is Role.COMPANY else "portal.staff_settings"


def authority_name(code: str) -> str:
    """The authority's name in the page's language; Finnish and Swedish names are official, English is a help."""
    known = authorities.BY_CODE.get(code)
    return known.names[language_now()] if known else code


def municipality_name(code_or_name: str) -> str:
    """In the reader's language; what was typed before there was a list to choose from stays as it was typed."""
    found = municipalities.municipality(code_or_name) if code_or_name else None
    return found.names[language_now()] if found else code_or_name


def municipality_code(code_or_name: str) -> str:
    """The list's code of what stands in the field, so that it is found chosen there."""
    found = municipalities.municipality(code_or_name) if code_or_name else None
    return found.code if found else code_or_name


def municipality_options() -> tuple[tuple[str, str], ...]:
    return municipalities.in_order(language_now())


def region_name(code: str) -> str:
    known = regions.BY_CODE.get(code)
    return known.names[language_now()] if known else code


def words(kind: str, code: str | None) -> str:
    """A code in the page's language: words("state", "draft")."""
    return "" if code is None else texts.words(kind, code, language_now())


def in_language(names: Mapping[str, str]) -> str:
    """One of a text's three languages: the page's own."""
    return names.get(language_now()) or names["fi"]


def source_text(source: str) -> str:
    """Where a number comes from: paragraphs of law parted by semicolons, a decision, an identifier."""
    return "; ".join(texts.source(one, language_now()) for one in source.split("; "))


def step_text(step: Mapping[str, Any]) -> str:
    """One row of "why this sum?" as a sentence."""
    return texts.step(step["what"], step["facts"], language_now())


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLeft:
    """Time until a moment: whole days, the last day in hours, the last three hours in minutes (then `soon`)."""

    days: int
    hours: int
    minutes: int | None
    over: bool

    @property
    def soon(self) -> bool:
        return self.minutes is not None

    @property
    def pressing(self) -> bool:
        return self.days < PRESSING_DAYS

    def __str__(self) -> str:
        if self.minutes == 0:
            return gettext("less than a minute")
        if self.minutes is not None:
            return gettext("%(minutes)s min", minutes=self.minutes)
        if self.days == 0:
            return ngettext("%(num)s hour", "%(num)s hours", self.hours)
        return ngettext("%(num)s day", "%(num)s days", self.days)

    @property
    def remaining(self) -> str:
        """The same as a statement: "8 days left"."""
        if self.minutes == 0:
            return gettext("less than a minute left")
        if self.minutes is not None:
            return gettext("%(minutes)s min left", minutes=self.minutes)
        if self.days == 0:
            return ngettext("%(num)s hour left", "%(num)s hours left", self.hours)
        return ngettext("%(num)s day left", "%(num)s days left", self.days)


def time_left(ends: datetime) -> TimeLeft:
    left = ends - now()
    close = timedelta(0) < left <= LAST_HOURS
    return TimeLeft(
        days=max(0, left.days),
        hours=max(0, int(left.total_seconds() // 3600)),
        minutes=int(left.total_seconds() // 60) if close else None,
        over=left <= timedelta(0),
    )


def here_with(**changes: object) -> str:
    """This page's address with some words of its query changed; None takes one away."""
    kept = {name: value for name, value in {**query_here(), **changes}.items() if value is not None}
    return url_for(str(request.endpoint), **{**kept, **(request.view_args or {})})


def query_here() -> dict[str, list[str]]:
    """The words of this page's query, for another address. Left out is what `url_for` would take as an order of its
    own: a link that somebody sends (`?_scheme=javascript`) must not turn ours elsewhere."""
    words = request.args.to_dict(flat=False)
    return {name: values for name, values in words.items() if name != "endpoint" and not name.startswith("_")}


portal.add_app_template_filter(region_name, "region")
portal.add_app_template_global(municipality_code)
portal.add_app_template_global(municipality_options)


@portal.app_context_processor
def around_the_page() -> dict[str, Any]:
    settings = current_app.extensions["settings"]
    return {
        "language": language_now(),
        "language_links": _language_links(),
        "me": me(),
        "bar": places_for(current_asker().role),
        "demo": settings.demo,
        "now": now(),
        "session_ended": session_has_ended(),
        "words": words,
        "sentence": lambda code, facts=None: texts.sentence(code, facts or {}, language_now()),
        "in_language": in_language,
        "step_text": step_text,
        "source_text": source_text,
        "new_key": new_key,
        "authorities": authorities.AUTHORITIES,
        "name_of": name_of,
        "here_with": here_with,
        "query_here": query_here,
        "time_left": time_left,
        "authority_name": authority_name,
        "region_name": region_name,
        "municipality_name": municipality_name,
    }


def _acting_for(capacity: dict[str, Any]) -> str:
    if capacity["business_id"]:
        return str(capacity["undertaking_name"] or capacity["business_id"])
    return authority_name(capacity["authority"]) if capacity["authority"] else ""


def _language_links() -> list[tuple[str, str, str]]:
    """(code, name, address of this same page in that language)."""
    return [(code, name, _here_in(code)) for code, name in NAMES.items()]


def _here_in(code: str) -> str:
    arguments = {**query_here(), **(request.view_args or {}), "kieli": code}
    return url_for(request.endpoint, **arguments) if request.endpoint else f"?kieli={code}"
