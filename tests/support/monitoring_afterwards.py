"""Facts of what follows a decision, as monitoring hears them: one of each kind, of the case that is awarded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def afterwards(number: str, company: str, decided: Mapping[str, Any], award: Mapping[str, Any]) -> dict[str, Any]:
    """`decided` is what every decision carries, `award` the data of the case's award."""
    of_case = {"number": number, "business_id": company, "authority": "ITA"}
    act = {
        **decided,
        **{name: award[name] for name in ("cost_model", "costs", "eligible_costs", "aid_rate", "eu_share")},
        **{name: award[name] for name in ("period_first", "period_last", "conditions", "indicators", "outcome")},
        "act": 2,
        "kind": "amendment",
        "about": 1,
        "verdict": "approve",
        "ground": "",
        "changes": [{"what": "aid", "before": "4500.00", "after": "4400.00"}],
        "aid_before": "4500.00",
        "aid": "4400.00",
        "bound": [],
        "digest": "a" * 64,
    }
    review = {
        **of_case,
        "review": 1,
        "act": 1,
        "kind": "review",
        "in_time": True,
        "last_day": "2026-05-04",
        "arrived_at": "2026-04-20T09:00:00+00:00",
    }
    return {
        "applications.act_proposed": {
            **of_case,
            "act": 2,
            "kind": "amendment",
            "aid": "4400.00",
            "proposed_by": "handler-1",
        },
        "applications.act_returned": {
            **of_case,
            "act": 2,
            "kind": "amendment",
            "returned_by": "decision-maker-1",
            "note": "Perustele.",
        },
        "applications.decision_corrected": {**act, "kind": "correction_of_fact"},
        "applications.grant_amended": act,
        "applications.tranche_granted": {**act, "kind": "tranche", "year": 2027},
        "applications.grant_suspended": {**act, "kind": "suspension"},
        "applications.grant_resumed": {**act, "kind": "resumption"},
        "applications.grant_cancelled": {**act, "kind": "cancellation"},
        "applications.project_closed": {**act, "kind": "closure", "final_paid_on": "2027-12-15"},
        "applications.review_decided": {**act, "kind": "review_decision", "verdict": "uphold"},
        "applications.review_requested": review,
        "applications.review_recorded": {**review, "kind": "appeal"},
        "applications.court_ruled": {**of_case, "review": 1, "act": 1, "ruling": "dismissed", "ruled_on": "2026-12-01"},
        "applications.decision_sent": {
            **of_case,
            "act": 1,
            "sent_on": "2026-04-01",
            "channel": "electronic",
            "served_on": "2026-04-04",
            "last_day": "2026-05-04",
            "anew": False,
        },
        "applications.finality_reached": {**of_case, "act": 1, "kind": "award", "final_on": "2026-05-05"},
        "applications.amendment_requested": {
            **of_case,
            "amendment": 1,
            "changes": ["period_last"],
            "change_on": "2026-08-01",
            "digest": "b" * 64,
            "filed_at": "2026-06-01T09:00:00+00:00",
        },
        "applications.amendment_withdrawn": {**of_case, "amendment": 1},
        "applications.channel_chosen": {**of_case, "channel": "letter"},
        "payments.grant_account_changed": {
            **of_case,
            "act": 2,
            "kind": "amendment",
            "aid_before": "4500.00",
            "aid": "4400.00",
            "standing": "open",
        },
    }
