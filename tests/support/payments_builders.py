"""Grants, cost lines, drafts and askers as the tests need them: fixed values, only the fact that matters shown."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.payments.domain.cost_lines import CostLine
from services.payments.domain.grants import Grant, PlannedCost
from services.payments.domain.payments import Payment
from shared.asker import Asker, Role
from shared.dates import Period
from shared.money import Money, Rate

ALL_RIGHTS = frozenset({"prepare", "sign"})

NOON = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)  # a Wednesday, noon in Finland

COMPANY = Asker(person="eeva.rautiainen", role=Role.COMPANY, rights=ALL_RIGHTS, business_id="9104416-3")
STRANGER = Asker(person="olli.outo", role=Role.COMPANY, rights=ALL_RIGHTS, business_id="9000001-1")
VERIFIER = Asker(person="veera.varma", role=Role.VERIFIER, authority="ITA")
VERIFIER_ELSEWHERE = Asker(person="ville.vieras", role=Role.VERIFIER, authority="POH")
HANDLER = Asker(person="marja.hyvarinen", role=Role.HANDLER, authority="ITA")
DECIDER = Asker(person="saara.salmi", role=Role.DECISION_MAKER, authority="ITA")
OTHER_DECIDER = Asker(person="lassi.lehto", role=Role.DECISION_MAKER, authority="ITA")
AWARD_DECIDER = Asker(person="tero.korhonen", role=Role.DECISION_MAKER, authority="ITA")
PAYER = Asker(person="maija.maksaja", role=Role.PAYER, authority="ITA")
PAYER_ELSEWHERE = Asker(person="pia.pohjola", role=Role.PAYER, authority="POH")
AUDITOR = Asker(person="aino.auditor", role=Role.AUDITOR)
HOUSE = Asker(person="system", role=Role.SYSTEM)

NUMBER = "A80655"
ACCOUNT = "FI2112345600000785"


def eur(text: str) -> Money:
    return Money.eur(text)


def a_plan(*rows: tuple[str, str]) -> tuple[PlannedCost, ...]:
    return tuple(PlannedCost(category=category, year=2027, amount=eur(amount)) for category, amount in rows)


def a_grant(**facts: Any) -> Grant:
    """40 000 euros of aid, 40 % of actual staff, service and equipment costs of the year 2027; the EU pays 60 %."""
    return replace(
        Grant(
            number=NUMBER,
            business_id="9104416-3",
            undertaking_name="Saimaan Levypaja Oy",
            title="Robottihitsaussolu",
            authority="ITA",
            fund="ERDF",
            programme="2021FI16FFPR001",
            priority="1",
            specific_objective="1.3",
            region="10",
            language="fi",
            cost_model="actual",
            plan=a_plan(("staff", "30000.00"), ("services", "20000.00"), ("equipment", "50000.00")),
            aid=eur("40000.00"),
            aid_rate=Rate.of("40"),
            eu_share=Rate.of("60"),
            period=Period(date(2027, 1, 1), date(2027, 12, 31)),
            awarded_on=date(2026, 12, 1),
            award_proposed_by="pekka.pohjola",
            award_decided_by=AWARD_DECIDER.person,
            opened_at=NOON - timedelta(days=90),
        ),
        **facts,
    )


def an_award(grant: Grant | None = None, **facts: Any) -> dict[str, Any]:
    """The data of `applications.grant_awarded` as a room gets it, for that grant."""
    grant = grant or a_grant()
    names = (
        "number business_id undertaking_name authority fund programme priority specific_objective region language "
        "title cost_model aid aid_rate eu_share"
    )
    return {
        **{name: getattr(grant, name) for name in names.split()},
        "costs": [
            {"category": cost.category, "description": cost.description, "year": cost.year, "amount": cost.amount}
            for cost in grant.plan
        ],
        "period_first": grant.period.first,
        "period_last": grant.period.last,
        "proposed_by": grant.award_proposed_by,
        "decided_by": grant.award_decided_by,
        "decided_at": datetime(2026, 12, 1, 9, 0, tzinfo=UTC),
        **facts,
    }


def a_line(claimed: str = "1000.00", category: str = "services", **facts: Any) -> CostLine:
    """An invoice of January 2027 without VAT, claimed in full; `accepted` only when given."""
    amount = eur(claimed)
    return replace(
        CostLine(
            line=1,
            category=category,
            description="Suunnittelu",
            supplier="Insinööritoimisto Laine Oy",
            supplier_id="1572860-0",
            invoice_number="2027-15",
            incurred_on=date(2027, 1, 20),
            paid_on=date(2027, 2, 1),
            net=amount,
            gross=amount,
            claimed=amount,
        ),
        **facts,
    )


def accepted(claimed: str, category: str = "services", sum_accepted: str | None = None, **facts: Any) -> CostLine:
    """A verified line: accepted in full, or as much as `sum_accepted`."""
    return a_line(claimed, category, accepted=eur(sum_accepted or claimed), **facts)


def typed_line(claimed: str = "1 000,00", category: str = "services", **facts: Any) -> dict[str, Any]:
    return {
        "category": category,
        "description": "Suunnittelu",
        "supplier": "Insinööritoimisto Laine Oy",
        "supplier_id": "1572860-0",
        "invoice_number": "2027-15",
        "incurred_on": "20.1.2027",
        "paid_on": "1.2.2027",
        "net": claimed,
        "vat": "",
        "gross": claimed,
        "claimed": claimed,
        **facts,
    }


def a_draft(*lines: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """A draft as typed that lacks nothing: January and February 2027, one line of 1 000 euros."""
    return {
        "period_first": "1.1.2027",
        "period_last": "28.2.2027",
        "account": "FI21 1234 5600 0007 85",
        "lines": list(lines) or [typed_line()],
        **facts,
    }


def a_payment(**facts: Any) -> Payment:
    return replace(
        Payment(
            payment_id=f"{NUMBER}-M1-1",
            claim_id=f"{NUMBER}-M1",
            batch_id="E2027-00001",
            attempt=1,
            amount=eur("400.00"),
            account=ACCOUNT,
            name="Saimaan Levypaja Oy",
            message=f"Maksatus {NUMBER}-M1",
            ordered_by=PAYER.person,
            decided_by=DECIDER.person,
        ),
        **facts,
    )


def later(**span: int) -> datetime:
    return NOON + timedelta(**span)


def a_whole_award(**facts: Any) -> dict[str, Any]:
    """Everything that `applications.grant_awarded` carries, of which this room uses a part."""
    return an_award(
        **{
            "call_id": "IS-2026-14",
            "aid_sought": eur("40000.00"),
            "reasons": "Hanke täyttää ehdot.",
            "legal_basis": ["laki 757/2021"],
            "appeal": {"route": "state_review", "days": 30, "to": "ITA", "legal_basis": "hallintolaki 49 c §"},
            "submitted_at": NOON - timedelta(days=120),
            "ruleset": "aid-1",
            "steps": [],
            "outcome": "approve",
            "eligible_costs": eur("100000.00"),
            "budget_year": 2026,
            "envelope_id": "ITA-ERDF-1-2026",
            "conditions": [],
            "indicators": [],
            **facts,
        }
    )


def keyed(asker: Asker, key: str) -> Asker:
    return replace(asker, idempotency_key=key)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
