"""The time for review as the letter tells it, by both ways of sending, by the same rule that makes decisions final."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from services.documents.letters.words import Words
from shared.dates import helsinki_day
from shared.rules.review_times import ReviewTime, review_time
from shared.rules.service_of_decision import Way

# Members of a municipality may seek review too, and their time runs from the public display.
SHOWN_TO_MUNICIPALITIES = frozenset({"council_municipal_review", "council_municipal_appeal"})


def times_of(appeal: Mapping[str, Any], sent_on: date) -> list[ReviewTime]:
    """Sent electronically and by letter on that day; a letter of ours is sent on the day of the decision."""
    displayed_on = sent_on if appeal["route"] in SHOWN_TO_MUNICIPALITIES else None
    return [review_time(way, sent_on, appeal["days"], displayed_on) for way in (Way.ELECTRONIC, Way.LETTER)]


def rows_of(words: Words, appeal: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """When the decision counts as served, the last day, and from when on it is final."""
    for time in times_of(appeal, helsinki_day(data["decided_at"])):
        facts = {"sent": time.sent_on, "served": time.served_on, "last": time.last_day, "final": time.final_from}
        yield words.say(f"appeal.{time.way}"), words.say("appeal.days_text", **facts)
