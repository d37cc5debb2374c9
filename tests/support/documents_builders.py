"""Documents, decisions and askers for the tests of `documents`: fixed values, each test shows the fact that matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from services.documents.domain.documents import Document, DocumentKind
from services.documents.domain.letters import LetterKind
from services.documents.use_cases.letters import FACTS
from shared.asker import Asker, Role, the_house
from shared.messaging.envelope import Envelope
from shared.money import Money, Rate

ALL_RIGHTS = frozenset({"prepare", "sign"})

NOW = datetime(2026, 11, 23, 8, 15, tzinfo=UTC)
OURS, THEIRS = "2532004-3", "1572860-0"
CASE = "application/A80655"
COMPANY = Asker(person="p-anna", role=Role.COMPANY, rights=ALL_RIGHTS, business_id=OURS)
HANDLER = Asker(person="p-marja", role=Role.HANDLER, authority="ITA")
HOUSE = the_house("c-1")


def a_document(**changes: Any) -> Document:
    return replace(
        Document(
            document_id="d-1",
            kind=DocumentKind.ATTACHMENT,
            subject=CASE,
            business_id=OURS,
            authority="ITA",
            file_name="tarjous.pdf",
            media_type="application/pdf",
            size=3,
            sha256="ab" * 32,
            blob="0" * 32,
            stored_at=NOW,
            stored_by="p-anna",
        ),
        **changes,
    )


def a_step(sign: str, what: str, amount: str | None, source: str = "", **facts: str) -> dict[str, Any]:
    money = None if amount is None else Money.eur(amount)
    return {"sign": sign, "what": what, "amount": money, "source": source, "facts": facts}


def a_cost(category: str, amount: str, year: int = 2027) -> dict[str, Any]:
    return {"category": category, "description": "", "year": year, "amount": Money.eur(amount)}


def _decided(language: str) -> dict[str, Any]:
    return {
        "number": "A80655",
        "call_id": "IS-2026-14",
        "business_id": OURS,
        "undertaking_name": "Saimaan Levypaja Oy",
        "authority": "ITA",
        "fund": "ERDF",
        "programme": "2021FI16FFPR001",
        "priority": "1",
        "specific_objective": "1.3",
        "region": "10",
        "language": language,
        "title": "Robottihitsaussolu ja automaattinen levynsyöttö",
        "aid_sought": Money.eur("74780.26"),
        "legal_basis": ["laki 758/2021 6 §", "(EU) 651/2014 art. 17"],
        "appeal": {
            "route": "state_review",
            "days": 30,
            "to": "ITA",
            "legal_basis": "hallintolaki 434/2003 49 b–c §, valtionavustuslaki 688/2001 34 §",
        },
        "proposed_by": "p-marja",
        "decided_by": "p-tero",
        "decided_at": datetime(2026, 11, 23, 8, 15, tzinfo=UTC),
        "submitted_at": datetime(2026, 10, 1, 20, 50, 3, tzinfo=UTC),
        "ruleset": "2021-2027/1",
    }


def an_award(language: str = "fi", **changes: Any) -> dict[str, Any]:
    return {
        **_decided(language),
        "outcome": "approve_in_part",
        "reasons": "Hanke uudistaa tuotantoa ja parantaa tuottavuutta.\nOhjelmiston vuosiylläpito on yrityksen "
        "tavanomainen käyttökulu, eikä siihen voi myöntää tukea.",
        "cost_model": "flat_7",
        "costs": [a_cost("equipment", "181950.00"), a_cost("staff", "12438.75"), a_cost("staff", "3000.00", 2028)],
        "eligible_costs": Money.eur("211205.96"),
        "aid": Money.eur("73922.08"),
        "aid_rate": Rate.of("35"),
        "eu_share": Rate.of("60"),
        "budget_year": 2026,
        "envelope_id": "ITA/ERDF/1/2026",
        "period_first": date(2026, 11, 1),
        "period_last": date(2028, 10, 31),
        "conditions": ["Laitteet pysyvät tuensaajan hallinnassa kolme vuotta viimeisestä maksuerästä."],
        "indicators": [{"code": "RCO01", "target": "1"}, {"code": "RCR02", "target": "137 283,88"}],
        "steps": [
            a_step(
                "+", "costs_in_category", "15438.75", "(EU) 2021/1060 art. 53(1)(a); VNa 866/2021", category="staff"
            ),
            a_step("+", "costs_in_category", "181950.00", "(EU) 2021/1060 art. 53(1)(a)", category="equipment"),
            a_step(
                "+",
                "flat_rate_costs",
                "13817.21",
                "(EU) 2021/1060 art. 54(a)",
                model="flat_7",
                rate="7",
                base="197388.75",
            ),
            a_step("=", "eligible_costs", "211205.96"),
            a_step("×", "aid_rate", "73922.08", "IS-2026-14", rate="35"),
            a_step("≤", "aid_most", "300000.00", "IS-2026-14"),
            a_step("≤", "aid_sought", "74780.26"),
            a_step("=", "aid", "73922.08", "2021-2027/1"),
        ],
        **changes,
    }


def a_refusal(language: str = "fi", **changes: Any) -> dict[str, Any]:
    reasons = "Hanke on aloitettu ennen hakemuksen jättämistä, joten tuella ei ole kannustavaa vaikutusta."
    return {**_decided(language), "reasons": reasons, "steps": [], **changes}


def a_cut(line: int = 3, cut: str = "1240.00", reason: str = "vat_recoverable", note: str = "") -> dict[str, Any]:
    return {
        "line": line,
        "claimed": "6409.56",
        "accepted": "5169.56",
        "cut": cut,
        "category": "equipment",
        "description": "Hitsauspäät 2 kpl",
        "cut_reason": reason,
        "cut_note": note,
    }


def a_payment_decision(language: str = "fi", **changes: Any) -> dict[str, Any]:
    return {
        "claim_id": "A80655-1",
        "number": "A80655",
        "business_id": OURS,
        "undertaking_name": "Saimaan Levypaja Oy",
        "title": "Robottihitsaussolu ja automaattinen levynsyöttö",
        "authority": "ITA",
        "fund": "ERDF",
        "language": language,
        "outcome": "approved_in_part",
        "claimed": Money.eur("62409.56"),
        "accepted_costs": Money.eur("65451.43"),
        "payable": Money.eur("22908.00"),
        "shares": [
            {"source": "eu", "amount": Money.eur("13744.80")},
            {"source": "state", "amount": Money.eur("9163.20")},
        ],
        "steps": [
            a_step(
                "+",
                "accepted_lines",
                "61169.56",
                "(EU) 2021/1060 art. 53(1)(a)",
                claimed="62409.56",
                cut="1240.00",
                lines="7",
            ),
            a_step(
                "+",
                "flat_rate",
                "4281.87",
                "(EU) 2021/1060 art. 54(a)",
                rate="7",
                base="61169.56",
                before="0.00",
                model="flat_7",
            ),
            a_step("=", "accepted_so_far", "65451.43"),
            a_step("×", "aid_rate", "22908.00", "award", rate="35"),
            a_step("=", "payable", "22908.00"),
        ],
        "cuts": [a_cut(note="Yritys on arvonlisäverovelvollinen.")],
        "ruleset": "cpr-2021-1060/payable-1",
        "note": "",
        "verified_by": "p-veera",
        "proposed_by": "p-marja",
        "decided_by": "p-tero",
        "decided_at": datetime(2026, 12, 1, 7, 30, tzinfo=UTC),
        **changes,
    }


NAMES = {"p-marja": "Marja-Leena Hyvärinen", "p-tero": "Tero Korhonen", "p-veera": "Veera Ståhlberg"}


def wire_of(kind: LetterKind, data: dict[str, Any]) -> dict[str, Any]:
    """The decision's data as it is announced."""
    wire: dict[str, Any] = FACTS[kind].schema().dump(data)
    return wire


def a_fact(kind: LetterKind, data: dict[str, Any], **changes: Any) -> Envelope:
    event = FACTS[kind]
    told = Envelope(
        id="11111111-2222-4333-8444-555555555555",
        source=f"/{event.room}",
        type=event.type,
        version=event.version,
        subject=f"{event.subject}/{data.get('claim_id', data['number'])}",
        sequence=5,
        time=data["decided_at"],
        actor=data["decided_by"],
        role=Role.DECISION_MAKER.value,
        authority=data["authority"],
        correlation_id="c-1",
        causation_id="",
        data=wire_of(kind, data),
    )
    return replace(told, **changes)
