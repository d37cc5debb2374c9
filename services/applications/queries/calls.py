"""Calls for everyone: by stage, and by words that need not be spelt quite right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from services.applications.domain.searching import LIKE_ENOUGH, understood
from services.applications.records import CallRecord

C = CallRecord
Condition = ColumnElement[bool]

# `folded` takes these off in Python what was typed; calls are few, so their texts are folded as they are looked at.
WITH_MARKS, WITHOUT = "åäöéèüáóæøšž", "aaoeeuaoaosz"


def called(session: Session, search: str) -> list[Condition]:
    """What a search narrows calls to: each word in name, summary or id; if no call has them all, each almost there."""
    words = understood(search).words
    if not words:
        return []
    exactly = and_(*(_told().contains(word, autoescape=True) for word in words))
    if session.execute(select(C.call_id).where(exactly).limit(1)).first():
        return [exactly]
    return [and_(*(or_(*_alike(word)) for word in words))]


def _alike(word: str) -> Iterator[Condition]:
    yield _told().contains(word, autoescape=True)
    yield func.word_similarity(word, _told()) >= LIKE_ENOUGH


def _told() -> ColumnElement[str]:
    """All that a call says of itself, in every language, without case and marks."""
    texts: list[Any] = [C.call_id]
    texts += [column[language].astext for column in (C.names, C.summary) for language in ("fi", "sv", "en")]
    return func.translate(func.lower(func.concat_ws(" ", *texts)), WITH_MARKS, WITHOUT)
