"""What the pages of a case show of its correspondence: where it is in words, what was asked, what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from services.gateway.identity import current_asker
from services.gateway.language import language_now
from services.gateway.plain_status import Said, said
from services.gateway.portal.correspondence.asked_fields import all_fields, in_words
from services.gateway.portal.pages import portal
from services.gateway.portal.people import names
from services.gateway.rooms import ask
from shared.asker import Role
from shared.contracts.applications import GET_CORRESPONDENCE
from shared.dates import HELSINKI


def correspondence_of(case: Mapping[str, Any]) -> dict[str, Any]:
    """For a template: `thread`, `said`, `may_ask`, `compared`. The page declares GET_CORRESPONDENCE."""
    thread = ask(GET_CORRESPONDENCE, number=case["number"])
    people = [name for one in thread["requests"] for name in (one["asked_by"], one["answered_by"])]
    names([*people, *(message["sent_by"] for message in thread["messages"])])
    asker = current_asker()
    return {
        "thread": thread,
        "said": said_now(thread["status"]),
        "may_ask": asker.role is Role.HANDLER and case["state"] == "in_assessment" and case["handler"] == asker.person,
        "compared": {one["place"]: compared(case, one) for one in thread["requests"] if one["after"]},
        "to_answer": [one for one in thread["requests"] if one["kind"] != "opinion" and one["state"] == "open"],
        "late": [one for one in thread["requests"] if one["kind"] != "opinion" and one["state"] == "expired"],
    }


def said_now(status: Mapping[str, Any]) -> Said:
    return said(status, language_now())


def compared(case: Mapping[str, Any], request: Mapping[str, Any]) -> list[dict[str, str]]:
    """The answers that the completion changed, before and after, in words."""
    before, after = request["before"]["answers"], request["after"]["answers"]
    return [
        {
            "label": str(one.label),
            "before": in_words(one, before.get(one.key)),
            "after": in_words(one, after.get(one.key)),
        }
        for one in all_fields(case["call"])
        if before.get(one.key) != after.get(one.key)
    ]


def end_of_day(day: date) -> datetime:
    """The moment when the day is over in Finland."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=HELSINKI)


def reply_path(kind: str) -> str:
    return "kuuleminen" if kind == "hearing" else "taydennys"


portal.add_app_template_filter(end_of_day)
portal.add_app_template_global(reply_path)
