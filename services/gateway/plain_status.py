"""Where a case is, in sentences: what is waited for, until when, what the reader does now, when a decision is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.gateway import formats
from services.gateway.sentences.correspondence import DEEDS, PROMISE, STATUS
from services.gateway.translations import catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """`promise` is empty where no decision is promised any more."""

    what: str
    todo: str
    promise: str


def said(status: Mapping[str, Any], language: str) -> Said:
    """The status (contracts.applications.PlainStatus) in the reader's language."""
    what, todo = status["what"], status["todo"]
    yours = f"{what}.you" if status["whom"] == "you" else what
    facts = {"until": _day(status["until"], language)}
    return Said(
        what=_filled(STATUS.get(yours, STATUS[what]), facts, language),
        todo=_filled(DEEDS[todo], facts, language),
        promise=_promise(status, language),
    )


def _promise(status: Mapping[str, Any], language: str) -> str:
    if status["promised_first"] is None:
        return ""
    facts = {
        "first": _day(status["promised_first"], language),
        "promised": _day(status["promised_on"], language),
        "days": str(status["waited_days"]),
    }
    if status["promised_on"] is None:
        return _filled(PROMISE["waits"], facts, language)
    return _filled(PROMISE["prolonged" if status["waited_days"] else "promised"], facts, language)


def _day(day: date | None, language: str) -> str:
    return formats.day(day, language) if day else formats.NOT_APPLICABLE


def _filled(source: str, facts: Mapping[str, str], language: str) -> str:
    return catalogue(language).gettext(source) % facts
