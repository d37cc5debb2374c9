"""What the fake rooms tell: two companies, three authorities' cases, one grant on its way to being paid.

Invented, but as in life: business ids start with 9 and are not in use, every sum adds up to the cent.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.applications.domain.call_forms import whole
from shared.money import Money, Rate, total

NOW = datetime(2026, 11, 22, 21, 50, tzinfo=UTC)
DIGEST = "6f1ed002ab5595859014ebf0951522d9" * 2

VERSTAS = "9100001-3"
BAATAR = "9100002-1"


def euros(text: str) -> Money:
    return Money.eur(text)


def days_ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


# ---- people ----


def capacity(
    capacity_id: str, role: str, authority: str | None = None, business_id: str | None = None
) -> dict[str, Any]:
    names = {VERSTAS: "Saimaan Verstas Oy", BAATAR: "Kustens Båtbyggeri Ab"}
    return {
        "capacity_id": capacity_id,
        "role": role,
        "business_id": business_id,
        "undertaking_name": names[business_id] if business_id else None,
        "rights": ["prepare", "sign"] if business_id else [],
        "authority": authority,
    }


def person(person_id: str, name: str, *capacities: dict[str, Any], language: str = "fi") -> dict[str, Any]:
    return {"person_id": person_id, "name": name, "language": language, "capacities": list(capacities)}


PEOPLE = (
    person("p-aino", "Aino Lehtonen", capacity("c-verstas", "company", business_id=VERSTAS)),
    person("p-mikael", "Mikael Lindqvist", capacity("c-baatar", "company", business_id=BAATAR), language="sv"),
    person("p-pekka", "Pekka Virtanen", capacity("c-ita-handler", "handler", "ITA")),
    person("p-leena", "Leena Korhonen", capacity("c-ita-decision", "decision_maker", "ITA")),
    person("p-outi", "Outi Mäkinen", capacity("c-ita-verifier", "verifier", "ITA")),
    person("p-juha", "Juha Niemi", capacity("c-ita-payer", "payer", "ITA")),
    person("p-sari", "Sari Heikkinen", capacity("c-auditor", "auditor", "TEM")),
    person("p-timo", "Timo Laine", capacity("c-operator", "operator", "KEHA")),
    person("p-heli", "Heli Koskinen", capacity("c-kes-handler", "handler", "KES")),
    person(
        "p-antti",
        "Antti Saarinen",
        capacity("c-kes-decision", "decision_maker", "KES"),
        capacity("c-kes-verifier", "verifier", "KES"),
    ),
)

UNDERTAKINGS = {
    VERSTAS: {
        "business_id": VERSTAS,
        "name": "Saimaan Verstas Oy",
        "language": "fi",
        "municipality": "Kuopio",
        "registered_at": days_ago(900),
    },
    BAATAR: {
        "business_id": BAATAR,
        "name": "Kustens Båtbyggeri Ab",
        "language": "sv",
        "municipality": "Jakobstad",
        "registered_at": days_ago(700),
    },
}

# ---- the call ----

CALL: dict[str, Any] = {
    "call_id": "energia-2026",
    "names": {
        "fi": "Energiatehokkuus pk-yrityksissä",
        "sv": "Energieffektivitet i små och medelstora företag",
        "en": "Energy efficiency in small and medium-sized enterprises",
    },
    "summary": {
        "fi": "Tukea laitteisiin ja palveluihin, joilla yritys vähentää energiankulutustaan.",
        "sv": "Stöd för utrustning och tjänster som minskar företagets energiförbrukning.",
        "en": "Support for equipment and services that cut the company's use of energy.",
    },
    "fund": "JTF",
    "programme": "Uudistuva ja osaava Suomi",
    "priority": "7",
    "specific_objective": "7.1",
    "authority": "ITA",
    "regions": ["10", "11", "12"],
    "opens_at": days_ago(60),
    "closes_at": NOW + timedelta(minutes=9, seconds=59),
    "period_first": date(2027, 1, 1),
    "period_last": date(2028, 12, 31),
    "cost_model": "actual",
    "categories": ["staff", "services", "equipment"],
    "aid_rate": Rate.of("40"),
    "aid_least": euros("10000.00"),
    "aid_most": euros("250000.00"),
    "eu_share": Rate.of("70"),
    "budget_year": 2026,
    "legal_basis": ["Laki 757/2021", "Regulation (EU) 2021/1056"],
    "indicators": [
        {
            "code": "RCO01",
            "names": {"fi": "Tuetut yritykset", "sv": "Företag som fått stöd", "en": "Enterprises supported"},
            "unit": "kpl",
        }
    ],
    "attachments": [
        {
            "kind": "quote",
            "names": {"fi": "Tarjous laitteista", "sv": "Offert på utrustning", "en": "Quote for the equipment"},
            "required": True,
        }
    ],
    "stage": "open",
    "sections": whole(None).sections,
}

ENVELOPE = {
    "envelope_id": "ITA-JTF-7-2026",
    "authority": "ITA",
    "fund": "JTF",
    "priority": "7",
    "budget_year": 2026,
    "amount": euros("4900000.00"),
    "reserved": euros("4859000.00"),
    "free": euros("41000.00"),
}

# ---- the application ----


def cost(category: str, description: str, amount: str) -> dict[str, Any]:
    return {"category": category, "description": description, "year": 2027, "amount": euros(amount)}


SOUGHT = [
    cost("equipment", "Lämmön talteenotto maalaamoon", "62000.00"),
    cost("services", "Suunnittelu ja käyttöönotto", "18500.00"),
    cost("staff", "Projektipäällikkö 40 %", "24000.00"),
]
ACCEPTED = [SOUGHT[0], cost("services", "Suunnittelu ja käyttöönotto", "16500.00"), SOUGHT[2]]


def step(sign: str, what: str, amount: str, source: str = "", **facts: str) -> dict[str, Any]:
    return {"sign": sign, "what": what, "amount": euros(amount), "source": source, "facts": facts}


def aid_steps(costs: str, aid: str) -> list[dict[str, Any]]:
    return [
        step("+", "eligible_costs", costs),
        step("×", "aid_rate", aid, "energia-2026", rate="40"),
        step("=", "aid", aid),
    ]


TOTALS = {
    "costs": euros("104500.00"),
    "flat_costs": euros("0.00"),
    "eligible": euros("104500.00"),
    "aid": euros("41800.00"),
    "other_financing": euros("62700.00"),
    "missing_financing": euros("0.00"),
    "steps": aid_steps("104500.00", "41800.00"),
}

ANSWERS = {
    "title": "Maalaamon lämpö talteen",
    "summary": "Maalaamon poistoilman lämpö johdetaan kuivaamoon; kaukolämmön kulutus laskee 38 %.",
    "region": "11",
    "municipality": "297",
    "starts_on": "1.2.2027",
    "ends_on": "31.12.2027",
    "contact_name": "Aino Lehtonen",
    "contact_email": "aino.lehtonen@saimaanverstas.example",
    "contact_phone": "+358 40 000 0000",
    "costs": [{**row, "year": "2027", "amount": str(row["amount"])} for row in SOUGHT],
    "financing": [{"source": "own", "year": "2027", "amount": "62 700,00"}],
    "indicators": [{"code": "RCO01", "target": "1"}],
}

QUOTE = {"document_id": "d-quote", "kind": "quote", "file_name": "Tarjous lämmöntalteenotto.pdf", "sha256": DIGEST}

PROPOSAL = {
    "outcome": "approve_in_part",
    "accepted_costs": ACCEPTED,
    "eligible_costs": total(row["amount"] for row in ACCEPTED),
    "aid": euros("41000.00"),
    "aid_rate": Rate.of("40"),
    "steps": aid_steps("102500.00", "41000.00"),
    "ruleset": "jtf-2026-1",
    "reasons": "Suunnittelun tuntihinta ylittää alan tavanomaisen tason; muu osa on hyväksyttävä sellaisenaan.",
    "conditions": ["Laitteet on otettava käyttöön viimeistään 31.12.2027."],
    "proposed_by": "p-pekka",
    "proposed_at": days_ago(3),
}

DECISION = {
    "outcome": "approve_in_part",
    "decided_by": "p-leena",
    "decided_at": days_ago(2),
    "appeal": {
        "route": "state_review",
        "days": 30,
        "to": "ITA",
        "legal_basis": "Hallintolaki 49 b §",
    },
}

AFTER_SUBMISSION = ("submitted", "in_assessment", "proposed", "approved", "approved_in_part", "rejected")
AFTER_TAKING = AFTER_SUBMISSION[1:]
AFTER_PROPOSAL = AFTER_SUBMISSION[2:]
DECIDED = AFTER_SUBMISSION[3:]


def application(number: str, state: str, *, business_id: str = VERSTAS, authority: str = "ITA") -> dict[str, Any]:
    """One whole case in the state asked for, with everything that state has behind it."""
    row = application_row(number, state, business_id=business_id, authority=authority)
    return row | {
        "language": UNDERTAKINGS[business_id]["language"],
        "call": CALL | {"authority": authority},
        "answers": ANSWERS,
        "totals": TOTALS,
        "attachments": [QUOTE],
        "faults": [],
        "saved_at": days_ago(21),
        "saved_by": "p-aino" if business_id == VERSTAS else "p-mikael",
        "digest": DIGEST if state in AFTER_SUBMISSION else None,
        "proposal": PROPOSAL if state in AFTER_PROPOSAL else None,
        "decision": DECISION if state in DECIDED else None,
        "return_note": None,
        "withdrawn_reason": None,
        "hidden": [],
        "required_kinds": ["quote"],
        "arrival": None,
    }


def application_row(number: str, state: str, *, business_id: str, authority: str) -> dict[str, Any]:
    return {
        "number": number,
        "call_id": CALL["call_id"],
        "call_names": CALL["names"],
        "fund": "JTF",
        "authority": authority,
        "region": "11",
        "state": state,
        "version": 2 + AFTER_SUBMISSION.index(state) if state in AFTER_SUBMISSION else 2,
        "business_id": business_id,
        "undertaking_name": UNDERTAKINGS[business_id]["name"],
        "title": ANSWERS["title"],
        "aid_sought": TOTALS["aid"],
        "aid_decided": PROPOSAL["aid"] if state in DECIDED else None,
        "handler": "p-pekka" if state in AFTER_TAKING else None,
        "started_at": days_ago(40),
        "submitted_at": days_ago(20) if state in AFTER_SUBMISSION else None,
        "decided_at": DECISION["decided_at"] if state in DECIDED else None,
        "due_on": date(2027, 1, 31) if state in AFTER_SUBMISSION else None,
        "closes_at": CALL["closes_at"],
    }


# ---- the grant and its claim ----

GRANT: dict[str, Any] = {
    "number": "A80412",
    "business_id": VERSTAS,
    "undertaking_name": "Saimaan Verstas Oy",
    "title": ANSWERS["title"],
    "authority": "ITA",
    "fund": "JTF",
    "priority": "7",
    "specific_objective": "7.1",
    "region": "11",
    "language": "fi",
    "cost_model": "actual",
    "costs": ACCEPTED,
    "aid": euros("41000.00"),
    "aid_rate": Rate.of("40"),
    "eu_share": Rate.of("70"),
    "period_first": date(2027, 1, 1),
    "period_last": date(2027, 12, 31),
    "accepted_costs": euros("43500.00"),
    "approved": euros("17400.00"),
    "paid": euros("0.00"),
    "left": euros("23600.00"),
    "opened_at": days_ago(2),
}


def line(
    number: int, category: str, description: str, net: str, vat: str, claimed: str, accepted: str
) -> dict[str, Any]:
    cut = euros(claimed) - euros(accepted)
    return {
        "line": number,
        "category": category,
        "description": description,
        "supplier": "Lämpötekniikka Savo Oy" if category != "staff" else "",
        "supplier_id": "9100004-8" if category != "staff" else "",
        "invoice_number": f"2027-{number:03}" if category != "staff" else "",
        "incurred_on": date(2027, 3, 15),
        "paid_on": date(2027, 4, 12),
        "net": euros(net),
        "vat": euros(vat),
        "gross": euros(net) + euros(vat),
        "claimed": euros(claimed),
        "document_id": "d-invoice" if number == 1 else None,
        "read": {"invoice_number": {"value": "2027-001", "confidence": 97}} if number == 1 else {},
        "accepted": euros(accepted),
        "cut": cut,
        "cut_reason": "not_reasonable" if cut else None,
        "cut_note": "Tuntihinta ylittää tarjouksen." if cut else None,
        "finding": None,
    }


LINES = [
    line(1, "equipment", "Lämmöntalteenottokone", "31350.00", "7994.25", "31350.00", "31350.00"),
    line(2, "services", "Suunnittelu", "8250.00", "2103.75", "8250.00", "7750.00"),
    line(3, "staff", "Projektipäällikkö 1-3/2027", "4400.00", "0.00", "4400.00", "4400.00"),
]

PAYMENT_DECISION = {
    "outcome": "approve_in_part",
    "accepted_costs": euros("43500.00"),
    "payable": euros("17400.00"),
    "shares": [
        {"source": "eu", "amount": euros("12180.00")},
        {"source": "state", "amount": euros("5220.00")},
    ],
    "steps": aid_steps("43500.00", "17400.00"),
    "ruleset": "jtf-2026-1",
    "note": "",
    "proposed_by": "p-pekka",
    "proposed_at": days_ago(1),
    "decided_by": "p-leena",
    "decided_at": days_ago(1),
}

PAYMENT = {
    "payment_id": "T80412-1",
    "claim_id": "M80412-1",
    "batch_id": "E-2026-0031",
    "amount": euros("17400.00"),
    "state": "in_file",
    "account": "FI21 **** 0785",
    "reason": None,
    "settled_on": None,
    "bank_reference": None,
}

CLAIM: dict[str, Any] = {
    "claim_id": "M80412-1",
    "number": "A80412",
    "kind": "interim",
    "state": "in_payment",
    "version": 6,
    "business_id": VERSTAS,
    "undertaking_name": "Saimaan Verstas Oy",
    "title": ANSWERS["title"],
    "authority": "ITA",
    "fund": "JTF",
    "region": "11",
    "period_first": date(2027, 1, 1),
    "period_last": date(2027, 4, 30),
    "claimed": total(row["claimed"] for row in LINES),
    "accepted": euros("43500.00"),
    "payable": euros("17400.00"),
    "submitted_at": days_ago(10),
    "due_on": date(2027, 1, 31),
    "days_used": 10,
    "paid_on": None,
    "grant": GRANT,
    "account": "FI21 **** 0785",
    "typed": {
        "period_first": "1.1.2027",
        "period_last": "30.4.2027",
        "account": "FI21 1234 5600 0007 85",
        "lines": [],
    },
    "lines": LINES,
    "faults": [],
    "saved_at": days_ago(11),
    "saved_by": "p-aino",
    "submitted_by": "p-aino",
    "verified_by": "p-outi",
    "verified_at": days_ago(5),
    "decision": PAYMENT_DECISION,
    "payments": [PAYMENT],
    "return_note": None,
}

BATCH = {
    "batch_id": "E-2026-0031",
    "authority": "ITA",
    "state": "made",
    "payments": 1,
    "amount": euros("17400.00"),
    "execute_on": date(2026, 11, 24),
    "sha256": DIGEST,
    "made_by": "p-juha",
    "made_at": days_ago(0),
    "items": [PAYMENT],
    "decided": {
        "claims": 1,
        "payable": euros("17400.00"),
        "shares": [{"source": "eu", "amount": euros("12180.00")}, {"source": "state", "amount": euros("5220.00")}],
    },
}

BATCH_FILE = {
    "batch_id": "E-2026-0031",
    "file_name": "E-2026-0031.xml",
    "sha256": DIGEST,
    "xml": '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"/>\n',
}

# ---- documents ----

DOCUMENT = {
    "document_id": "d-quote",
    "kind": "attachment",
    "subject": "application/A80655",
    "business_id": VERSTAS,
    "authority": "ITA",
    "file_name": "Tarjous lämmöntalteenotto.pdf",
    "media_type": "application/pdf",
    "size": 8,
    "sha256": DIGEST,
    "language": None,
    "stored_at": days_ago(21),
    "stored_by": "p-aino",
    "same_as": [],
}

LETTER = {
    "check_code": "9D9E-23BE-C8F9-7A6A",
    "letter": "grant_awarded",
    "number": "A80655",
    "subject": "application/A80655",
    "authority": "ITA",
    "language": "fi",
    "decided_at": days_ago(14),
    "digest": DIGEST,
    "sha256": DIGEST,
}

READING = {
    "document_id": "d-quote",
    "state": "read",
    "reason": None,
    "pages": 1,
    "figures": {
        name: {"value": value, "confidence": sure, "page": 1, "box": [72.0, 90.0, 180.0, 102.0], "why": "label"}
        for name, value, sure in (
            ("invoice_number", "2027-001", 97),
            ("net", "31350.00", 96),
            ("vat", "7994.25", 96),
            ("gross", "39344.25", 88),
        )
    },
}

# ---- monitoring ----

TRAIL_ENTRY = {
    "position": 1,
    "event_id": "0f9f1c1e-9d0b-4d3e-9a53-1f4a4d2f0001",
    "at": days_ago(20),
    "type": "applications.application_submitted",
    "subject": "application/A80655",
    "actor": "p-aino",
    "role": "company",
    "authority": None,
    "basis": "",
    "amount": euros("41800.00"),
    "data": {"number": "A80655", "aid_sought": "41800.00"},
    "hash": DIGEST,
    "previous": "0" * 64,
}

TRACE = {
    "payment_id": "T80412-1",
    "batch_id": "E-2026-0031",
    "claim_id": "M80412-1",
    "number": "A80412",
    "business_id": VERSTAS,
    "undertaking_name": "Saimaan Verstas Oy",
    "amount": euros("17400.00"),
    "state": "in_file",
    "settled_on": None,
    "file_sha256": DIGEST,
    "steps": [TRAIL_ENTRY],
    "lines": [
        {
            "line": row["line"],
            "category": row["category"],
            "claimed": row["claimed"],
            "accepted": row["accepted"],
            "cut_reason": row["cut_reason"],
            "invoice_number": row["invoice_number"],
            "document_id": row["document_id"],
            "sha256": DIGEST if row["document_id"] else None,
        }
        for row in LINES
    ],
    "proof": {"holds": True, "entries": 1, "head": DIGEST},
}

CASE_ROW = {
    "number": "A80412",
    "call_id": CALL["call_id"],
    "business_id": VERSTAS,
    "undertaking_name": "Saimaan Verstas Oy",
    "title": ANSWERS["title"],
    "authority": "ITA",
    "region": "11",
    "fund": "JTF",
    "state": "approved_in_part",
    "aid_sought": euros("41800.00"),
    "awarded": euros("41000.00"),
    "claimed": euros("44000.00"),
    "approved": euros("17400.00"),
    "paid": euros("0.00"),
    "last_event_at": days_ago(1),
}

PAYMENT_ROW = {
    "payment_id": "T80412-1",
    "batch_id": "E-2026-0031",
    "claim_id": "M80412-1",
    "number": "A80412",
    "business_id": VERSTAS,
    "undertaking_name": "Saimaan Verstas Oy",
    "authority": "ITA",
    "amount": euros("17400.00"),
    "state": "in_file",
    "settled_on": None,
}

FIGURES = {
    "rows": [
        {
            "authority": "ITA",
            "fund": "JTF",
            "region": "11",
            "cases": 4,
            "awarded_cases": 1,
            "sought": euros("167200.00"),
            "awarded": euros("41000.00"),
            "claimed": euros("44000.00"),
            "approved": euros("17400.00"),
            "paid": euros("0.00"),
        }
    ],
    "position": 112,
    "as_of": days_ago(0),
}

PARKED = {
    "room": "payments",
    "message_id": "0f9f1c1e-9d0b-4d3e-9a53-1f4a4d2f0099",
    "type": "applications.grant_awarded",
    "version": 1,
    "subject": "application/A80400",
    "sequence": 4,
    "reason": "refused",
    "detail": "grant account exists with other costs",
    "attempts": 6,
    "received_at": days_ago(1),
    "parked_at": days_ago(1),
    "waits_behind": 1,
    "body": {"specversion": "1.0", "type": "applications.grant_awarded", "data": {"number": "A80400"}},
}

SIMULATION = {
    "call_id": "energia-2026",
    "verdict": "incomplete",
    "eligible_costs": euros("20000.00"),
    "aid": euros("10000.00"),
    "aid_rate": Rate.of("50"),
    "own_share": euros("10000.00"),
    "basis": "de_minimis",
    "aid_area": None,
    "headroom": euros("300000.00"),
    "window_first": date(2023, 11, 25),
    "obstacles": [],
    "missing": ["size"],
    "steps": [
        {
            "sign": "=",
            "what": "de_minimis_headroom",
            "amount": euros("300000.00"),
            "source": "(EU) 2023/2831 art. 3(2)",
            "facts": {},
        }
    ],
    "rules": [{"rule": "de_minimis", "version": "1", "source": "(EU) 2023/2831 art. 3"}],
    "ruleset": "2021-2027/1",
}
