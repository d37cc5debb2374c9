"""Facts of a case's life with fixed values, as envelopes; a test shows only what matters to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from shared.asker import Asker, Role
from shared.contracts import EVENTS
from shared.messaging.envelope import Envelope
from tests.support.monitoring_afterwards import afterwards

ALL_RIGHTS = frozenset({"prepare", "sign"})

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
NUMBER = "A80655"
CLAIM = "A80655-M1"
PAYMENT = "P-1"
COMPANY = "9137024-1"

AUDITOR = Asker(person="auditor-1", role=Role.AUDITOR, authority="ITA")
HANDLER = Asker(person="handler-1", role=Role.HANDLER, authority="ITA")
OF_ANOTHER_AUTHORITY = Asker(person="handler-2", role=Role.HANDLER, authority="KES")
PAYER = Asker(person="payer-1", role=Role.PAYER, authority="ITA")


def a_representative(business_id: str = COMPANY) -> Asker:
    return Asker(person="person-1", role=Role.COMPANY, rights=ALL_RIGHTS, business_id=business_id)


APPEAL = {"route": "state_review", "days": 30, "to": "ITA", "legal_basis": "valtionavustuslaki 34 §"}
LINES = [
    {
        "line": 1,
        "category": "equipment",
        "claimed": "1000.00",
        "incurred_on": "2026-05-04",
        "invoice_number": "L-17",
        "supplier_id": "9211050-5",
        "document_id": "D-1",
    },
    {
        "line": 2,
        "category": "travel",
        "claimed": "200.00",
        "incurred_on": "2026-05-06",
        "invoice_number": "",
        "supplier_id": "",
        "document_id": None,
    },
]
VERDICTS = [
    {"line": 1, "accepted": "1000.00", "cut": "0.00", "cut_reason": None},
    {"line": 2, "accepted": "0.00", "cut": "200.00", "cut_reason": "no_voucher"},
]
_DECIDED = {
    "number": NUMBER,
    "call_id": "H-1",
    "business_id": COMPANY,
    "undertaking_name": "Mallimetalli Esimerkki Oy",
    "authority": "ITA",
    "fund": "ERDF",
    "programme": "2021FI16FFPR001",
    "priority": "1",
    "specific_objective": "1.3",
    "region": "10",
    "language": "fi",
    "title": "Uusi hitsaussolu",
    "aid_sought": "5000.00",
    "reasons": "Hanke täyttää ehdot.",
    "legal_basis": ["laki 758/2021 10 §"],
    "appeal": APPEAL,
    "proposed_by": "handler-1",
    "decided_by": "decision-maker-1",
    "decided_at": "2026-04-01T09:00:00+00:00",
    "submitted_at": "2026-02-01T09:00:00+00:00",
    "ruleset": "2026-1",
    "steps": [],
}
_CLAIM = {"claim_id": CLAIM, "number": NUMBER, "authority": "ITA"}
_PAYMENT = {**_CLAIM, "payment_id": PAYMENT, "batch_id": "B-1", "amount": "500.00"}

_REQUEST = {"number": NUMBER, "business_id": COMPANY, "authority": "ITA", "handler": "handler-1", "place": 1}
_HANDED_ON = {"number": NUMBER, "authority": "ITA", "before": "handler-1"}
CASEWORK: dict[str, dict[str, Any]] = {
    "applications.interest_declared": {
        "number": NUMBER,
        "authority": "ITA",
        "person": "handler-1",
        "answer": "none",
    },
    "applications.interest_resolved": {
        "number": NUMBER,
        "authority": "ITA",
        "person": "handler-1",
        "verdict": "lifted",
        "resolved_by": "decision-maker-1",
    },
    "applications.case_assigned": {
        **_HANDED_ON,
        "handler": "handler-2",
        "assigned_by": "decision-maker-1",
        "why": "assigned",
        "reason": "Työtilanne",
    },
    "applications.case_released": {
        **_HANDED_ON,
        "released_by": "handler-1",
        "why": "disqualified",
        "due_on": "2026-05-02",
        "reason": "",
    },
    "applications.case_transferred": {
        "number": NUMBER,
        "business_id": "9104416-3",
        "authority": "KES",
        "given_by": "ITA",
        "reason": "Hanke toteutetaan Keski-Suomessa.",
        "transferred_by": "handler-1",
        "transferred_at": "2026-02-10T09:00:00+00:00",
        "due_on": "2026-05-11",
    },
    "applications.assessment_saved": {
        "number": NUMBER,
        "authority": "ITA",
        "version": 1,
        "saved_by": "handler-1",
        "passed": ["eligibility"],
        "failed": [],
        "open": ["criteria"],
    },
    "applications.proposal_fell": {
        "number": NUMBER,
        "authority": "ITA",
        "proposed_by": "handler-1",
        "reason": "assessment_changed",
    },
    "documents.translation_asked": {
        "letter_id": f"grant_awarded/{NUMBER}",
        "number": NUMBER,
        "subject": f"application/{NUMBER}",
        "language": "sv",
        "business_id": COMPANY,
        "authority": "ITA",
    },
}
_ANSWERED = {**_REQUEST, "answered_at": "2026-02-20T09:00:00+00:00", "late": False, "resumed": True}
CORRESPONDENCE: dict[str, dict[str, Any]] = {
    "applications.completion_requested": {**_REQUEST, "due_on": "2026-02-27", "language": "fi"},
    "applications.completion_answered": {
        **_ANSWERED,
        "took_effect": True,
        "digest": "e" * 64,
        "title": "Uusi hitsaussolu ja robotti",
        "region": "11",
        "costs": "9000.00",
        "aid_sought": "4500.00",
        "attachments": [],
    },
    "applications.hearing_requested": {**_REQUEST, "due_on": "2026-02-27", "language": "fi", "document_ids": []},
    "applications.hearing_answered": _ANSWERED,
    "applications.request_expired": {**_REQUEST, "kind": "completion", "due_on": "2026-02-27"},
    "applications.opinion_requested": {**_REQUEST, "giver": "myr", "due_on": "2026-03-10"},
    "applications.opinion_recorded": {
        **_REQUEST,
        "giver": "myr",
        "given_on": "2026-03-05",
        "stance": "for",
        "binding": False,
        "resumed": True,
    },
    "applications.more_time_asked": {**_REQUEST, "kind": "completion", "until": "2026-03-06"},
    "applications.due_day_moved": {
        **_REQUEST,
        "kind": "completion",
        "due_before": "2026-02-27",
        "due_on": "2026-03-06",
        "refused": False,
    },
    "applications.message_written": {
        **{key: _REQUEST[key] for key in ("number", "business_id", "authority", "handler")},
        "message_no": 1,
        "side": "company",
        "document_ids": [],
    },
    "applications.note_written": {"number": NUMBER, "authority": "ITA", "message_no": 2, "public": False},
    "applications.standing_told": {
        **{key: _REQUEST[key] for key in ("number", "business_id", "authority", "handler")},
        "state": "in_assessment",
        "due_on": "2026-05-20",
    },
    "payments.claim_standing_told": {
        "claim_id": CLAIM,
        "number": NUMBER,
        "authority": "ITA",
        "state": "verified",
        "due_on": "2026-05-20",
    },
    "customers.mail_failed": {
        "mail_id": "mail-1",
        "person_id": "person-1",
        "kind": "completion",
        "about": f"application/{NUMBER}",
        "failed_at": "2026-02-21T09:00:00+00:00",
    },
}

DATA: dict[str, dict[str, Any]] = {
    **CASEWORK,
    **CORRESPONDENCE,
    "customers.undertaking_registered": {
        "business_id": COMPANY,
        "name": "Mallimetalli Esimerkki Oy",
        "language": "fi",
    },
    "applications.application_submitted": {
        **{key: _DECIDED[key] for key in ("number", "call_id", "business_id", "undertaking_name", "authority")},
        **{key: _DECIDED[key] for key in ("fund", "priority", "region", "language", "title", "aid_sought")},
        "costs": "10000.00",
        "digest": "d" * 64,
        "submitted_at": "2026-02-01T09:00:00+00:00",
        "attachments": [],
    },
    "applications.application_withdrawn": {"number": NUMBER, "business_id": COMPANY, "authority": "ITA"},
    "applications.case_taken": {"number": NUMBER, "handler": "handler-1", "authority": "ITA"},
    "applications.decision_proposed": {
        "number": NUMBER,
        "authority": "ITA",
        "outcome": "approve",
        "aid": "4000.00",
        "ruleset": "2026-1",
        "proposed_by": "handler-1",
    },
    "applications.proposal_returned": {
        "number": NUMBER,
        "authority": "ITA",
        "returned_by": "decision-maker-1",
        "note": "Perustele kohta 3.",
    },
    "applications.grant_awarded": {
        **_DECIDED,
        "outcome": "approve",
        "cost_model": "actual",
        "costs": [],
        "eligible_costs": "8000.00",
        "aid": "4000.00",
        "aid_rate": "50",
        "eu_share": "75",
        "budget_year": 2026,
        "envelope_id": "E-1",
        "period_first": "2026-02-01",
        "period_last": "2027-01-31",
        "conditions": [],
        "indicators": [],
    },
    "applications.grant_refused": _DECIDED,
    "payments.grant_account_opened": {"number": NUMBER, "business_id": COMPANY, "authority": "ITA", "aid": "4000.00"},
    "payments.claim_submitted": {
        **_CLAIM,
        "business_id": COMPANY,
        "kind": "interim",
        "period_first": "2026-02-01",
        "period_last": "2026-06-30",
        "claimed": "1200.00",
        "lines": LINES,
        "digest": "c" * 64,
        "submitted_at": "2026-07-01T09:00:00+00:00",
        "due_on": "2026-09-19",
    },
    "payments.claim_verified": {
        **_CLAIM,
        "accepted": "1000.00",
        "cut": "200.00",
        "lines": VERDICTS,
        "verified_by": "verifier-1",
    },
    "payments.payment_proposed": {**_CLAIM, "payable": "500.00", "proposed_by": "handler-3"},
    "payments.claim_released": {**_CLAIM, "person": "handler-3", "state": "verified"},
    "payments.payment_returned": {**_CLAIM, "returned_by": "decision-maker-2", "note": ""},
    "payments.payment_decided": {
        **_CLAIM,
        "business_id": COMPANY,
        "undertaking_name": "Mallimetalli Esimerkki Oy",
        "title": "Uusi hitsaussolu",
        "fund": "ERDF",
        "language": "fi",
        "outcome": "approved_in_part",
        "claimed": "1200.00",
        "accepted_costs": "1000.00",
        "payable": "500.00",
        "shares": [],
        "steps": [],
        "cuts": [],
        "ruleset": "2026-1",
        "note": "",
        "verified_by": "verifier-1",
        "proposed_by": "handler-3",
        "decided_by": "decision-maker-2",
        "decided_at": "2026-08-01T09:00:00+00:00",
    },
    "payments.payment_ordered": {**_PAYMENT, "file_sha256": "f" * 64, "execute_on": "2026-08-05"},
    "payments.payment_settled": {
        **_PAYMENT,
        "business_id": COMPANY,
        "settled_on": "2026-08-05",
        "bank_reference": "REF-1",
    },
    "payments.payment_failed": {**_PAYMENT, "business_id": COMPANY, "state": "returned", "reason": "AC04"},
    "documents.document_stored": {
        "document_id": "D-1",
        "kind": "invoice",
        "subject": f"claim/{CLAIM}",
        "business_id": COMPANY,
        "authority": "ITA",
        "sha256": "1" * 64,
        "size": 1000,
    },
    "documents.invoice_read": {"document_id": "D-1", "state": "read", "reason": None},
    "documents.letter_written": {
        "document_id": "D-2",
        "subject": f"application/{NUMBER}",
        "letter": "grant_awarded",
        "language": "fi",
        "business_id": COMPANY,
        "authority": "ITA",
        "sha256": "2" * 64,
    },
}
DATA |= afterwards(NUMBER, COMPANY, _DECIDED, DATA["applications.grant_awarded"])
SUBJECT_KEYS = {
    "application": "number",
    "grant": "number",
    "claim": "claim_id",
    "document": "document_id",
    "mail": "mail_id",
}

_ids = count(1)


def a_fact(fact_type: str, **data: Any) -> Envelope:
    """The fact with fixed data, `data` on top, an id of its own, the first of its stream, at NOW."""
    event = EVENTS[(fact_type, 1)]
    whole = {**DATA[fact_type], **data}
    return Envelope(
        id=f"event-{next(_ids)}",
        source=f"/{event.room}",
        type=event.type,
        version=event.version,
        subject=f"{event.subject}/{whole[SUBJECT_KEYS.get(event.subject, 'business_id')]}",
        sequence=1,
        time=NOW,
        actor="person-1",
        role="company",
        authority=None,
        correlation_id="correlation-1",
        causation_id="",
        data=whole,
    )


LIFE = (
    "applications.application_submitted",
    "documents.letter_written",
    "applications.case_taken",
    "applications.decision_proposed",
    "applications.grant_awarded",
    "payments.grant_account_opened",
    "documents.document_stored",
    "documents.invoice_read",
    "payments.claim_submitted",
    "payments.claim_verified",
    "payments.payment_proposed",
    "payments.payment_decided",
    "payments.payment_ordered",
    "payments.payment_settled",
)


def a_life(number: str = NUMBER, until: str = LIFE[-1], **data: Any) -> list[Envelope]:
    """A case from filing to the bank, in order, an hour between facts; each stream numbered."""
    names = {
        "number": number,
        "claim_id": f"{number}-M1",
        "payment_id": f"{number}-P1",
        **data,
    }
    facts = list(_life(number, names))[: LIFE.index(until) + 1]
    return numbered(replace(fact, time=NOW + timedelta(hours=hour)) for hour, fact in enumerate(facts))


def _life(number: str, names: dict[str, Any]) -> Iterator[Envelope]:
    for fact_type in LIFE:
        own = {key: value for key, value in names.items() if key in DATA[fact_type]}
        if fact_type == "documents.letter_written":
            own |= {"document_id": f"{number}-D2", "subject": f"application/{number}"}
        elif fact_type.startswith("documents."):
            own |= {"document_id": f"{number}-D1"}
            if fact_type == "documents.document_stored":
                own |= {"subject": f"claim/{number}-M1"}
        elif fact_type == "payments.claim_submitted":
            own |= {"lines": [{**LINES[0], "document_id": f"{number}-D1"}, LINES[1]]}
        yield a_fact(fact_type, **own)


def numbered(facts: Any) -> list[Envelope]:
    """The facts with their places in their streams."""
    places: dict[str, int] = {}
    result = []
    for fact in facts:
        places[fact.subject] = places.get(fact.subject, 0) + 1
        result.append(replace(fact, sequence=places[fact.subject]))
    return result
