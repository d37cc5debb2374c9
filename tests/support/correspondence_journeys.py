"""A case that waits for somebody's answer, brought there through the same use cases that people go through."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from services.applications.domain.correspondence.requests import Kind, PartyRequest
from services.applications.use_cases import correspondence
from shared.asker import Asker, Role, the_house
from tests.support import applications_builders as an
from tests.support.applications_journeys import Journey

DUE = date(2026, 9, 29)  # a Tuesday, two weeks after NOON
AFTER_DUE = an.later(days=16)
CO_FINANCIER = "Etelä-Savon maakunnan yhteistyöryhmä"
PREPARER = Asker(
    person="veikko.valmistelija", role=Role.COMPANY, rights=frozenset({"prepare"}), business_id="9104416-3"
)


def ask_completion(journey: Journey, *keys: str, kinds: tuple[str, ...] = (), due_on: date = DUE) -> str:
    """The number of a case in completion; its request is the first one, at version 1."""
    number = journey.taken()
    asked = "Tarkenna yhteenvetoa: mitä laitteella tehdään?"
    journey.do(
        an.HANDLER,
        correspondence.ask_completion,
        number,
        5,
        asked=asked,
        due_on=due_on,
        keys=list(keys or ("summary",)),
        attachment_kinds=list(kinds),
    )
    return number


def ask_hearing(journey: Journey, due_on: date = DUE) -> str:
    number = journey.taken()
    journey.do(
        an.HANDLER,
        correspondence.ask_hearing,
        number,
        5,
        asked="Voit lausua seuraavista seikoista ennen päätöstä.",
        facts=["Laite on tilattu ennen hakemuksen jättämistä."],
        document_ids=["D-1"],
        due_on=due_on,
    )
    return number


def save(journey: Journey, number: str, version: int = 1, *, now: datetime | None = None, **typed: Any) -> Any:
    return journey.do(an.COMPANY, correspondence.save_reply, number, 1, version, now=now, **typed)


def answer(journey: Journey, number: str, version: int, *, now: datetime | None = None) -> Any:
    return journey.do(an.COMPANY, correspondence.answer_completion, number, 1, version, now=now)


def let_time_pass(journey: Journey, number: str, place: int = 1, now: datetime = AFTER_DUE) -> bool:
    return bool(journey.do(the_house("clock"), correspondence.run_out_one, number, place, now=now))


def request_of(journey: Journey, number: str, asker: Asker = an.COMPANY, now: datetime | None = None) -> Any:
    return journey.do(asker, correspondence.get_request, number, 1, now=now)


def a_request(**facts: Any) -> PartyRequest:
    plain: dict[str, Any] = {
        "number": "A80655",
        "place": 1,
        "kind": "completion",
        "asked": "Tarkenna.",
        "asked_by": an.HANDLER.person,
        "asked_at": an.NOON,
        "language": "fi",
        "due_on": DUE,
        "due_first": DUE,
        "keys": ("summary",),
    }
    merged = {**plain, **facts}
    return PartyRequest(**{**merged, "kind": Kind(merged["kind"])})
