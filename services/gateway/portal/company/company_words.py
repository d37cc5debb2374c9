"""Codes and people as the choices of a form, for templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.gateway.portal.frame import words
from services.gateway.portal.pages import portal


def fields_in_words(kind: str, codes: Iterable[str]) -> list[tuple[str, str]]:
    """(code, its words) for a list to choose from."""
    return [(code, words(kind, code)) for code in codes]


def choices_in_words(kind: str, codes: Iterable[str]) -> list[tuple[str, str, str]]:
    """The same for choices that are all visible; none has a hint."""
    return [(code, words(kind, code), "") for code in codes]


def names_of_people(people: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    return [(person["person_id"], person["name"]) for person in people]


@portal.app_context_processor
def in_templates() -> dict[str, Any]:
    return {
        "fields_in_words": fields_in_words,
        "choices_in_words": choices_in_words,
        "names_of_people": names_of_people,
    }
