"""Assessment, gates, the figures of a proposal, decisions many at once, replay."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.applications import queries, use_cases
from services.applications.storage import ApplicationsWork
from shared.asker import Asker
from shared.contracts import applications as contract
from shared.contracts.customers import OWNERSHIP_RECORDED, REGISTER_DATA_FETCHED
from shared.messaging.answering import answer
from shared.messaging.envelope import Envelope
from shared.messaging.service import answers, hears
from shared.messaging.wire import Request


class DecidingDesk:
    """Mixed into the room's service: methods marked `@answers`, `@hears`, `@regularly`, and no rules."""

    @hears(OWNERSHIP_RECORDED)
    def on_ownership_recorded(self, work: ApplicationsWork, fact: Envelope, data: dict[str, Any]) -> None:
        use_cases.know_ownership(work, data)

    @hears(REGISTER_DATA_FETCHED)
    def on_register_data_fetched(self, work: ApplicationsWork, fact: Envelope, data: dict[str, Any]) -> None:
        use_cases.know_register(work, data)

    @answers(contract.GET_ASSESSMENT)
    def get_assessment(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.get_assessment(work, **request)

    @answers(contract.SAVE_ASSESSMENT)
    def save_assessment(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.save_assessment(work, **request)

    @answers(contract.LIST_RECKONINGS)
    def list_reckonings(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.list_reckonings(work, **request)

    @answers(contract.REPLAY_DECISION)
    def replay_decision(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.replay_decision(work, **request)

    @answers(contract.LIST_DECIDABLE)
    def list_decidable(self, work: ApplicationsWork, **request: Any) -> Any:
        return queries.list_decidable(work.session, work.asker, **request)

    @answers(contract.LIST_ENVELOPE_ENTRIES)
    def list_envelope_entries(self, work: ApplicationsWork, **request: Any) -> Any:
        return queries.list_envelope_entries(work.session, work.asker, **request)

    @answers(contract.GET_AID_ROOM)
    def get_aid_room(self, work: ApplicationsWork, **request: Any) -> Any:
        return use_cases.get_aid_room(work, **request)

    @answers(contract.DECIDE_MANY, transaction=False)
    def decide_many(self, asker: Asker, *, items: list[dict[str, Any]]) -> Any:
        """Each proposal in a transaction of its own, with a key of its own: one that fails keeps none of the others."""
        return {"items": [self._signed(asker, one["number"], one["version"]) for one in items]}

    def _signed(self, asker: Asker, number: str, version: int) -> dict[str, Any]:
        key = f"{asker.idempotency_key}:{number}" if asker.idempotency_key else None
        signing = Request(
            operation=contract.DECIDE.address,
            asker=replace(asker, idempotency_key=key),
            data={"number": number, "version": version, "verdict": "sign", "note": ""},
        )
        reply = answer(self, signing)  # type: ignore[arg-type]  # mixed into a RoomService
        if reply.answer is not None:
            decided = reply.answer
            return {
                "number": number,
                "done": True,
                "state": decided["state"],
                "version": decided["version"],
                "aid": _aid(decided),
                "code": "",
                "facts": {},
            }
        refusal = reply.refusal
        return {
            "number": number,
            "done": False,
            "state": None,
            "version": None,
            "aid": None,
            "code": refusal.code if refusal else "away",
            "facts": dict(refusal.facts) if refusal else {},
        }


def _aid(decided: dict[str, Any]) -> Any:
    """The answer has been dumped already: its sum is text, and is dumped as it is."""
    return decided["aid_decided"]
