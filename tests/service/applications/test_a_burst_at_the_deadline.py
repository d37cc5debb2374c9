"""The last second of a call: five hundred send at once, some of them twice, and none is lost, doubled or late."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.applications import use_cases
from services.applications.storage import ApplicationsWork
from shared.asker import Asker, Role
from shared.contracts import applications as contract
from shared.messaging.wire import Reply
from shared.storage.database import Database
from tests.service.applications.conftest import Ask
from tests.support import applications_builders as an

pytestmark = pytest.mark.postgres

MANY = 500
TWICE = 3  # each third presses again with the same key; each fifth with another
AT_ONCE = 16
LAST_SECOND = an.CLOSES - timedelta(seconds=1)


def company(place: int, key: str | None = None) -> Asker:
    return Asker(
        person=f"hakija.{place}",
        role=Role.COMPANY,
        business_id="9104416-3",
        rights=frozenset({"prepare", "sign"}),
        idempotency_key=key,
        at=LAST_SECOND,
    )


def drafts(database: Database) -> list[str]:
    """Complete drafts of five hundred people, made in one transaction."""
    with database.work(ApplicationsWork, replace(an.OPERATOR, at=an.NOON)) as work:
        use_cases.publish_call(work, **an.terms_of(an.a_call(attachments=())))
    numbers = []
    for place in range(MANY):
        with database.work(ApplicationsWork, replace(company(place), at=an.NOON)) as work:
            number = use_cases.open_application(work, "IS-2026-14", "Saimaan Levypaja Oy", "fi")["number"]
            use_cases.save_draft(work, number, 1, an.complete_answers())
            numbers.append(number)
    return numbers


def presses(numbers: list[str]) -> list[tuple[str, Asker]]:
    """Who sends what with which key: the second presses stand far from the first, and among the others'."""
    once = [(number, company(place, f"laheta-{number}")) for place, number in enumerate(numbers)]
    again = [one for place, one in enumerate(once) if place % TWICE == 0]
    anew = [
        (number, replace(asker, idempotency_key=f"uudestaan-{number}"))
        for place, (number, asker) in enumerate(once)
        if place % 5 == 0
    ]
    return once[: MANY // 2] + again + once[MANY // 2 :] + anew + again


def test_five_hundred_at_once_are_filed_once_each(ask: Ask, room_database: Database) -> None:
    numbers = drafts(room_database)
    sent = presses(numbers)

    def press(one: tuple[str, Asker]) -> tuple[str, str, Reply]:
        number, asker = one
        reply = ask(contract.SUBMIT, asker, {"number": number, "version": 2})
        return number, asker.idempotency_key or "", reply

    with ThreadPoolExecutor(AT_ONCE) as people:
        replies = list(people.map(press, sent))

    refused = Counter(reply.refusal.code for _, _, reply in replies if reply.refusal)
    by_key: dict[tuple[str, str], list[Any]] = {}
    for number, key, reply in replies:
        by_key.setdefault((number, key), []).append(reply.answer or getattr(reply.refusal, "code", reply.fault))
    filed = {number for number, _, reply in replies if reply.answer}
    assert filed == set(numbers)
    assert set(refused) <= {"already_submitted"}
    assert all(answers.count(answers[0]) == len(answers) for answers in by_key.values())
    with room_database.engine.connect() as connection:
        states = connection.execute(
            text(
                "SELECT count(*), count(DISTINCT number), min(submitted_at) = max(submitted_at), min(version), "
                "max(version) FROM applications.applications WHERE state = 'submitted'"
            )
        ).one()
        told = connection.execute(
            text(
                "SELECT count(*), count(DISTINCT body->>'subject') FROM applications.outbox "
                "WHERE routing_key = 'applications.application_submitted.v1'"
            )
        ).one()
        kept = connection.execute(
            text("SELECT count(*) FROM applications.application_versions WHERE deed = 'filed'")
        ).scalar_one()
    assert tuple(states) == (MANY, MANY, True, 3, 3)
    assert tuple(told) == (MANY, MANY)
    assert kept == MANY


def test_who_came_in_before_the_call_closed_is_in_time_though_the_turn_comes_after(
    ask: Ask, room_database: Database
) -> None:
    """The door says when the request came; the room's own clock is past the deadline by then."""
    number = drafts_of_one(room_database)
    queued = replace(company(0), at=an.CLOSES + timedelta(seconds=40), received_at=LAST_SECOND)

    reply = ask(contract.SUBMIT, queued, {"number": number, "version": 2})

    assert reply.refusal is None
    assert (reply.answer or {})["submitted_at"] == LAST_SECOND.isoformat()


@pytest.mark.parametrize(
    "received_at", [None, an.CLOSES, an.CLOSES - timedelta(minutes=20), an.CLOSES + timedelta(hours=1)]
)
def test_who_came_after_it_is_late_whatever_is_said(ask: Ask, room_database: Database, received_at: Any) -> None:
    number = drafts_of_one(room_database)
    late = replace(company(0), at=an.CLOSES + timedelta(seconds=40), received_at=received_at)

    reply = ask(contract.SUBMIT, late, {"number": number, "version": 2})

    assert reply.refusal is not None
    assert reply.refusal.code == "call_closed"


def drafts_of_one(database: Database) -> str:
    with database.work(ApplicationsWork, replace(an.OPERATOR, at=an.NOON)) as work:
        use_cases.publish_call(work, **an.terms_of(an.a_call(attachments=())))
    with database.work(ApplicationsWork, replace(company(0), at=an.NOON)) as work:
        number: str = use_cases.open_application(work, "IS-2026-14", "Saimaan Levypaja Oy", "fi")["number"]
        use_cases.save_draft(work, number, 1, an.complete_answers())
    return number
