"""How acts and their changes are said on a page: names of terms, their values, and to whom one appeals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from services.gateway import formats, texts
from services.gateway.language import language_now
from services.gateway.portal.pages import portal
from services.gateway.portal.people import names
from services.gateway.rooms import ask
from shared.contracts.applications import COST_CATEGORIES, GET_ACTS, GET_CLOCKS
from shared.errors import NotFound
from shared.messaging.wire import ServiceAway
from shared.money import Money, total
from shared.reference import courts

_SUM = re.compile(r"-?\d+\.\d{2}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def acts_of(number: str) -> dict[str, Any]:
    """What has followed the decision, with the names of its people asked for at once."""
    case = ask(GET_ACTS, number=number)
    names(_people(case))
    return case


def clocks_of(number: str) -> list[dict[str, Any]]:
    """The clocks; a page opens without them when they can't be had."""
    try:
        items: list[dict[str, Any]] = ask(GET_CLOCKS, number=number)["items"]
    except (NotFound, ServiceAway):
        return []
    return items


def _people(case: Mapping[str, Any]) -> Iterable[str | None]:
    for act in case["acts"]:
        yield from (act["proposed_by"], act["decided_by"])
    yield from (amendment["filed_by"] for amendment in case["amendments"])
    yield from (review["recorded_by"] for review in case["reviews"])


def term_name(what: str) -> str:
    """ "costs.equipment.2027" → "Costs: machines and equipment 2027"."""
    language = language_now()
    name, _dot, rest = what.partition(".")
    said = texts.words("term", name, language)
    if not rest:
        return said
    first, _dot, more = rest.partition(".")
    named = texts.words("category", first, language) if name == "costs" else first
    return f"{said}: {named} {more}".rstrip()


def term_value(what: str, value: str) -> str:
    """A changed term's old or new value as people write it; nothing is a dash."""
    if not value:
        return formats.NOT_APPLICABLE
    if what == "outcome":
        return texts.words("outcome", value, language_now())
    if _SUM.fullmatch(value) and (what in ("aid", "eligible_costs") or what.startswith("costs.")):
        return formats.money(Money.eur(value))
    if _DAY.fullmatch(value):
        return formats.day(date.fromisoformat(value))
    return value


def reviewer_name(code: str) -> str:
    """The authority or the court that an instruction points to."""
    court = courts.BY_CODE.get(code)
    return court.names[language_now()] if court else texts.shown("authority", code, language_now())


def in_force(case: Mapping[str, Any]) -> dict[str, Any] | None:
    """The last decided act: whose terms are in force."""
    decided = [act for act in case["acts"] if act["state"] == "decided"]
    return decided[-1] if decided else None


portal.add_app_template_global(term_name)
portal.add_app_template_global(term_value)
portal.add_app_template_global(reviewer_name)


def categories() -> list[tuple[str, str]]:
    return [(code, texts.words("category", code, language_now())) for code in COST_CATEGORIES]


def act_options(acts: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Decided acts to choose from, the newest first."""
    said = ((act, texts.words("act_kind", act["kind"], language_now())) for act in acts)
    options = [(str(act["act"]), f"{act['act']}. {kind}, {formats.day(act['decided_at'])}") for act, kind in said]
    return options[::-1]


def ground_options(grounds: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, texts.words("act_ground", code, language_now())) for code in grounds]


def result_options(rulings: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, texts.words("review_result", code, language_now())) for code in rulings]


def sum_of(rows: Iterable[Mapping[str, Any]], name: str) -> Money:
    return total(row[name] for row in rows)


portal.add_app_template_global(categories)
portal.add_app_template_global(act_options)
portal.add_app_template_global(ground_options)
portal.add_app_template_global(result_options)
portal.add_app_template_filter(sum_of)
