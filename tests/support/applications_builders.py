"""Calls, answers, askers and cases as the tests need them: fixed values, and only the fact that matters shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.applications.domain.calls import AttachmentRule, Call, Indicator
from services.applications.domain.plans import Cost
from services.applications.mapping import columns_of_call
from shared.asker import Asker, Role
from shared.money import Money, Rate

ALL_RIGHTS = frozenset({"prepare", "sign"})

NOON = datetime(2026, 9, 15, 9, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)  # 1.12.2026 at 0.00 in Finland

COMPANY = Asker(person="eeva.rautiainen", role=Role.COMPANY, rights=ALL_RIGHTS, business_id="9104416-3")
COLLEAGUE = Asker(person="antti.rautiainen", role=Role.COMPANY, rights=ALL_RIGHTS, business_id="9104416-3")
STRANGER = Asker(person="olli.outo", role=Role.COMPANY, rights=ALL_RIGHTS, business_id="9000001-1")
HANDLER = Asker(person="marja.hyvarinen", role=Role.HANDLER, authority="ITA")
OTHER_HANDLER = Asker(person="pekka.pohjola", role=Role.HANDLER, authority="ITA")
HANDLER_ELSEWHERE = Asker(person="lauri.lappi", role=Role.HANDLER, authority="POH")
DECIDER = Asker(person="tero.korhonen", role=Role.DECISION_MAKER, authority="ITA")
OTHER_DECIDER = Asker(person="saara.salmi", role=Role.DECISION_MAKER, authority="ITA")
AUDITOR = Asker(person="aino.auditor", role=Role.AUDITOR)
OPERATOR = Asker(person="oona.operator", role=Role.OPERATOR)

OFFER = {"document_id": "D-1", "kind": "offer", "file_name": "tarjous.pdf", "sha256": "ab" * 32}


# The ground for deciding unheard, in tests that are about something else.
UNNECESSARY = {"ground": "unnecessary", "reason": "Hakija on itse esittänyt seikan, johon ratkaisu perustuu."}


def in_three(text: str) -> dict[str, str]:
    return {"fi": text, "sv": f"{text} (sv)", "en": f"{text} (en)"}


def a_call(**facts: Any) -> Call:
    """An open ERDF call of Eastern Finland: actual costs, 50 %, 1 000–200 000 euros."""
    return replace(
        Call(
            call_id="IS-2026-14",
            names=in_three("Tuotannon uudistaminen"),
            summary=in_three("Koneita ja laitteita"),
            fund="ERDF",
            programme="2021FI16FFPR001",
            priority="1",
            specific_objective="1.3",
            authority="ITA",
            regions=("10", "11", "12"),
            opens_at=datetime(2026, 8, 31, 21, 0, tzinfo=UTC),
            closes_at=CLOSES,
            period_first=date(2026, 9, 1),
            period_last=date(2028, 12, 31),
            cost_model="actual",
            categories=("staff", "services", "equipment", "travel"),
            aid_rate=Rate.of("50"),
            aid_least=Money.eur("1000.00"),
            aid_most=Money.eur("200000.00"),
            eu_share=Rate.of("60"),
            budget_year=2026,
            legal_basis=("laki 757/2021", "laki 758/2021"),
            indicators=(Indicator(code="RCR01", names=in_three("Uudet työpaikat"), unit="htv"),),
            attachments=(AttachmentRule(kind="offer", names=in_three("Tarjous"), required=True),),
            conditions=(in_three("Raportoi."),),
        ),
        **facts,
    )


def terms_of(call: Call) -> dict[str, Any]:
    """The call as a request would bring it."""
    return columns_of_call(call)


def a_cost(amount: str, category: str = "equipment", year: int = 2027) -> Cost:
    return Cost(category=category, description="", year=year, amount=Money.eur(amount))


def cost_row(amount: str, category: str = "equipment", year: str = "2027") -> dict[str, str]:
    return {"category": category, "description": "", "year": year, "amount": amount}


def accepted(amount: str, category: str = "equipment", year: int = 2027) -> dict[str, Any]:
    return {"category": category, "description": "", "year": year, "amount": Money.eur(amount)}


def complete_answers(**facts: Any) -> dict[str, Any]:
    """Answers that may be filed in `a_call`: 20 000 euros of equipment, the company pays half."""
    return {
        "title": "Robottihitsaussolu",
        "summary": "Uusi solu lyhentää läpimenoajan 19 päivästä 11 päivään.",
        "region": "10",
        "municipality": "Savonlinna",
        "starts_on": "1.1.2027",
        "ends_on": "31.12.2027",
        "contact_name": "Eeva Rautiainen",
        "contact_email": "eeva@saimaanlevypaja.example",
        "contact_phone": "040 123 4567",
        "costs": [cost_row("20 000,00")],
        "financing": [{"source": "own", "year": "2027", "amount": "10 000"}],
        "indicators": [{"code": "RCR01", "target": "2"}],
        **facts,
    }


def later(**span: int) -> datetime:
    return NOON + timedelta(**span)
