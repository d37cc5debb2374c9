"""A decided case as the askers see it. The company does not see what is still being prepared (laki 621/1999 6 §)."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from services.applications.domain.acts import Act
from services.applications.domain.decided_cases import DecidedCase
from services.applications.domain.movements import Movement
from services.applications.domain.reached import Reached
from services.applications.domain.tranches import years_to_come
from services.applications.ports import Work
from services.applications.use_cases.correspondence.hearing import hearing_screen
from shared.asker import Role
from shared.dates import helsinki_day

Screen = dict[str, Any]


def decided_screen(work: Work, reached: Reached) -> Screen:
    case, today = reached.decided, helsinki_day(work.now)
    is_company = work.asker.role is Role.COMPANY
    acts = [act for act in case.acts if act.is_decided or not is_company]
    state = case.project_state(today)
    final = case.final_claim
    return {
        "number": case.number,
        "version": case.version,
        "business_id": case.business_id,
        "undertaking_name": reached.application.undertaking_name,
        "title": reached.application.title,
        "authority": case.authority,
        "language": reached.application.language,
        "cost_model": reached.call.cost_model,
        "channel": case.channel.value,
        "project_state": state.value if state else None,
        "terms": case.terms,
        "acts": [act_screen(case, act, today) for act in acts],
        "reviews": [_plain(review) | {"review": review.ordinal} for review in case.reviews],
        "amendments": [
            _plain(amendment) | {"amendment": amendment.ordinal, "wished": amendment.wish}
            for amendment in case.amendments
        ],
        "entries": [movement_screen(movement) for movement in case.movements],
        "bound": case.bound,
        "payments": {
            "paid": case.paid,
            "waiting": case.waiting,
            "final_claim": final.claim_id if final else None,
            "final_paid_on": case.final_paid_on,
        },
        "tranche_years": years_to_come(case.terms) if case.is_granted else (),
        "hearing": hearing_screen(work, case.number, since=case.last_decided_at),
    }


def act_screen(case: DecidedCase, act: Act, today: date) -> Screen:
    return _plain(act) | {
        "act": act.ordinal,
        "kind": act.kind.value,
        "state": act.state.value,
        "finality": case.finality(act.ordinal, today).value if act.is_decided else "not_sent",
    }


def movement_screen(movement: Movement) -> Screen:
    return {
        "envelope_id": movement.envelope_id,
        "amount": movement.amount,
        "act": movement.act,
        "why": movement.why,
        "at": movement.at,
    }


def _plain(thing: Any) -> Screen:
    return {field.name: getattr(thing, field.name) for field in fields(thing)}
