"""What the fake rooms tell of what follows a decision: a grant that was corrected, reviewed and applied to change."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

from services.applications.domain.errors import NotDecidedYet
from shared.asker import Asker, Role
from shared.contracts import applications as a
from shared.money import ZERO
from tests.support import fake_case as case

Data = dict[str, Any]
SERVICE = {
    "sent_on": date(2026, 11, 20),
    "channel": "electronic",
    "served_on": date(2026, 11, 23),
    "last_day": date(2026, 12, 23),
    "final_from": date(2026, 12, 24),
    "why": "",
    "recorded_by": "system",
}
TERMS: Data = {
    "outcome": "approve_in_part",
    "aid": case.PROPOSAL["aid"],
    "eligible_costs": case.euros("102500.00"),
    "aid_rate": case.PROPOSAL["aid_rate"],
    "costs": case.ACCEPTED,
    "period_first": date(2027, 2, 1),
    "period_last": date(2027, 12, 31),
    "conditions": case.PROPOSAL["conditions"],
    "indicators": [{"code": "RCO01", "target": "1"}],
    "contact_name": "Aino Lehtonen",
    "contact_email": "aino.lehtonen@saimaanverstas.example",
    "contact_phone": "+358 40 000 0000",
    "reasoning": case.PROPOSAL["reasons"],
    "granted_to": None,
}


def act(ordinal: int, kind: str, **facts: Any) -> Data:
    return {
        "act": ordinal,
        "kind": kind,
        "state": "decided",
        "about": None,
        "verdict": "",
        "ground": "",
        "year": None,
        "reasons": case.PROPOSAL["reasons"],
        "terms": TERMS,
        "changes": [],
        "legal_basis": ["laki 757/2021"],
        "ruleset": case.PROPOSAL["ruleset"],
        "steps": case.PROPOSAL["steps"],
        "proposed_by": "p-pekka",
        "proposed_at": case.days_ago(3),
        "decided_by": "p-antti",
        "decided_at": case.days_ago(2),
        "return_note": None,
        "appeal": case.DECISION["appeal"],
        "digest": case.DIGEST,
        "corrected_by": None,
        "services": [SERVICE],
        "finality": "running",
        "became_final_on": None,
        **facts,
    }


def decided_case(number: str = "A80412") -> Data:
    """Three acts: the award, corrected by the second; the third is proposed and waits."""
    change = {"what": "period_last", "before": "2027-11-30", "after": "2027-12-31"}
    costs = {"what": "costs.equipment.2027", "before": "62000.00", "after": "60000.00"}
    waiting = dict.fromkeys(("decided_by", "decided_at", "appeal", "digest"))
    return {
        "number": number,
        "version": 4,
        "business_id": case.VERSTAS,
        "undertaking_name": "Saimaan Verstas Oy",
        "title": case.ANSWERS["title"],
        "authority": "ITA",
        "language": "fi",
        "cost_model": "actual",
        "channel": "electronic",
        "project_state": "running",
        "terms": TERMS,
        "acts": [
            act(1, "award", corrected_by=2),
            act(2, "correction_of_error", about=1, changes=[change], finality="under_review"),
            act(3, "amendment", about=1, verdict="approve", state="proposed", changes=[costs], services=[], **waiting)
            | {"finality": "not_sent"},
        ],
        "reviews": [
            {
                "review": 1,
                "act": 2,
                "kind": "review",
                "state": "pending",
                "by": "Saimaan Verstas Oy",
                "arrived_at": case.days_ago(1),
                "recorded_by": "p-aino",
                "last_day": date(2026, 12, 23),
                "in_time": True,
                "demand": "Suunnittelun tuntihinta on hyväksyttävä kokonaan.",
                "grounds": "Hinta on kilpailutettu.",
                "result": None,
                "decided_by_act": None,
                "ruled_on": None,
                "ruling_number": None,
            }
        ],
        "amendments": [
            {
                "amendment": 1,
                "state": "filed",
                "wished": {
                    "period_last": date(2028, 3, 31),
                    "costs": None,
                    "indicators": None,
                    "contact_name": None,
                    "contact_email": None,
                    "contact_phone": None,
                },
                "change_on": date(2027, 6, 1),
                "grounds": "Laitteen toimitus viivästyy.",
                "filed_by": "p-aino",
                "filed_at": case.days_ago(1),
                "digest": case.DIGEST,
                "decided_by_act": None,
            }
        ],
        "entries": [
            {
                "envelope_id": "ITA/JTF/7/2026",
                "amount": case.PROPOSAL["aid"],
                "act": 1,
                "why": "award",
                "at": case.days_ago(2),
            }
        ],
        "bound": case.PROPOSAL["aid"],
        "payments": {
            "paid": case.euros("17400.00"),
            "waiting": ZERO,
            "final_claim": None,
            "final_paid_on": None,
        },
        "tranche_years": [],
    }


CLOCKS = [
    {
        "kind": "durability",
        "ends_on": None,
        "stopped": False,
        "stopped_days": 0,
        "parts": [
            {
                "rule": "durability_sme",
                "starts_on": None,
                "ends_on": None,
                "source": "(EU) 2021/1060 art. 65",
                "facts": {"years": "3"},
            }
        ],
    },
    {
        "kind": "retention",
        "ends_on": None,
        "stopped": True,
        "stopped_days": 12,
        "parts": [
            {
                "rule": "state_aid",
                "starts_on": date(2026, 11, 20),
                "ends_on": date(2036, 11, 20),
                "source": "(EU) 651/2014 art. 12",
                "facts": {},
            }
        ],
    },
]


class FakeAfterwards:
    """`own` is the rooms' own: whose case it is, and whether it is there for the asker."""

    def __init__(self, own: Callable[[Asker, str], Data]) -> None:
        self.own = own
        self.cases: dict[str, Data] = {}

    def answers(self) -> dict[Any, Callable[[Asker, Data], Data]]:
        commands = (
            *(a.CHOOSE_CHANNEL, a.REQUEST_REVIEW, a.REQUEST_AMENDMENT, a.WITHDRAW_AMENDMENT, a.RECORD_REVIEW),
            *(a.RECORD_RULING, a.RECORD_SENDING, a.PROPOSE_ACT, a.DECIDE_ACT),
        )
        return {
            a.GET_ACTS: self.acts,
            a.GET_CLOCKS: lambda asker, data: {"number": data["number"], "items": CLOCKS},
            a.LIST_FOLLOW_UPS: lambda asker, data: {"items": [FOLLOW_UP], "total": 1},
            **dict.fromkeys(commands, self.acts),
        }

    def acts(self, asker: Asker, data: Data) -> Data:
        application = self.own(asker, data["number"])
        if application["decision"] is None:
            raise NotDecidedYet
        found = deepcopy(self.cases.get(data["number"]) or decided_case(data["number"]))
        if asker.role is Role.COMPANY:
            found["acts"] = [one for one in found["acts"] if one["state"] == "decided"]
        return found


FOLLOW_UP = {
    "number": "A80412",
    "undertaking_name": "Saimaan Verstas Oy",
    "title": case.ANSWERS["title"],
    "what": "amendment",
    "ordinal": 1,
    "kind": "",
    "since": case.days_ago(1),
    "by": "p-aino",
}
