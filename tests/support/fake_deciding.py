"""Assessments, figures and proofs for the fake rooms: made once by the real rules, then told of any case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from services.applications import use_cases
from shared.asker import Asker
from shared.contracts import applications as a
from shared.contracts.terms import Operation
from shared.errors import NotFound
from shared.messaging.schemas import schema_of
from shared.money import Money
from tests.support import applications_builders as an

Data = dict[str, Any]
Answer = Callable[[Asker, Data], Any]

MOVED_AT = datetime(2026, 10, 2, 9, 30, tzinfo=UTC)


@cache
def canned() -> dict[str, Data]:
    """One small firm's de minimis case, assessed, proposed and decided."""
    from tests.support.applications_fakes import Desk
    from tests.support.deciding_builders import DecidingJourney, a_choosing_call

    journey = DecidingJourney(Desk().work)
    journey.publish(a_choosing_call())
    journey.fund("100000.00")
    earlier = {"granted_on": "1.3.2025", "amount": "40 000", "authority": "Finnvera", "regulation": "2023/2831"}
    number = journey.assessed(earlier_aid=[{**earlier, "business_id": "", "name": ""}])
    open_case = journey.see(number)
    journey.put_forward(number)
    journey.decide(number)
    return {
        "assessment": _told(a.GET_ASSESSMENT, open_case),
        "reckonings": _told(a.LIST_RECKONINGS, journey.do(an.AUDITOR, use_cases.list_reckonings, number)),
        "proof": _told(a.REPLAY_DECISION, journey.do(an.AUDITOR, use_cases.replay_decision, number)),
        "room": _told(a.GET_AID_ROOM, journey.do(an.AUDITOR, use_cases.get_aid_room, "9104416-3")),
    }


class FakeDeciding:
    """`own` gives the asker's application by its number or refuses; `applications` are all of them."""

    def __init__(self, own: Callable[[Asker, str], Data], applications: Mapping[str, Data]) -> None:
        self.own, self.applications = own, applications
        self.saved: dict[str, Data] = {}

    def answers(self) -> dict[Operation, Answer]:
        return {
            a.GET_ASSESSMENT: lambda asker, data: self._assessment(asker, data["number"]),
            a.SAVE_ASSESSMENT: self._save,
            a.LIST_RECKONINGS: self._reckonings,
            a.REPLAY_DECISION: self._proof,
            a.LIST_DECIDABLE: self._decidable,
            a.DECIDE_MANY: self._decide_many,
            a.LIST_ENVELOPE_ENTRIES: lambda asker, data: {
                "items": [entry()],
                "total": 1,
                "bound": Money.eur("12000.00"),
            },
            a.GET_AID_ROOM: lambda asker, data: canned()["room"],
        }

    def _assessment(self, asker: Asker, number: str) -> Data:
        case = self.own(asker, number)
        found = {**canned()["assessment"], "number": number, "case_version": case["version"]}
        return {**found, **self.saved.get(number, {})}

    def _save(self, asker: Asker, data: Data) -> Data:
        found = self._assessment(asker, data["number"])
        self.saved[data["number"]] = {"answers": data["answers"], "version": found["version"] + 1}
        return self._assessment(asker, data["number"])

    def _reckonings(self, asker: Asker, data: Data) -> Data:
        self.own(asker, data["number"])
        return {"items": [{**one, "number": data["number"]} for one in canned()["reckonings"]["items"]]}

    def _proof(self, asker: Asker, data: Data) -> Data:
        if self.own(asker, data["number"])["decision"] is None:
            raise NotFound(what="decision")
        return {**canned()["proof"], "number": data["number"]}

    def _decidable(self, asker: Asker, data: Data) -> Data:
        rows = [
            waiting(case, mine=asker.person in (case["handler"], case["proposal"]["proposed_by"]))
            for case in self.applications.values()
            if case["state"] == "proposed" and (asker.authority in (None, case["authority"]))
        ]
        return {"items": rows, "total": len(rows)}

    def _decide_many(self, asker: Asker, data: Data) -> Data:
        return {"items": [self._signed(asker, one["number"]) for one in data["items"]]}

    def _signed(self, asker: Asker, number: str) -> Data:
        refused = {"done": False, "state": None, "version": None, "aid": None}
        if number not in self.applications or self.own(asker, number)["state"] != "proposed":
            return {
                "number": number,
                **refused,
                "code": "wrong_state",
                "facts": {"state": "approved", "action": "decide"},
            }
        case = self.own(asker, number)
        done = {"done": True, "state": "approved", "version": case["version"] + 1, "aid": case["proposal"]["aid"]}
        return {"number": number, **done, "code": "", "facts": {}}


def waiting(case: Data, **changes: Any) -> Data:
    proposal = case["proposal"]
    return {
        **{name: case[name] for name in ("number", "version", "undertaking_name", "title", "aid_sought", "due_on")},
        "outcome": proposal["outcome"],
        "aid": proposal["aid"],
        "proposed_by": proposal["proposed_by"],
        "proposed_at": proposal["proposed_at"],
        "mine": False,
        "declared": True,
        **changes,
    }


def entry(**changes: Any) -> Data:
    return {
        "movement_id": 1,
        "envelope_id": "ITA/JTF/7/2026",
        "number": "A80412",
        "undertaking_name": "Saimaan Verstas Oy",
        "act": 1,
        "amount": Money.eur("12000.00"),
        "why": "award",
        "at": MOVED_AT,
        "by": "p-leena",
        **changes,
    }


def _told(operation: Operation, answer: Any) -> Data:
    schema = schema_of(operation.gives)
    told: Data = schema.load(schema.dump(answer))
    return told
