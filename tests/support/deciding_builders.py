"""Calls that say how they choose, and assessments that lack nothing: only the fact that matters is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.applications import use_cases
from services.applications.domain.calls import Call
from services.applications.domain.selection import (
    DE_MINIMIS,
    ChecklistItem,
    Criterion,
    EligibilityQuestion,
    Selection,
)
from shared.asker import Asker, Role
from tests.support import applications_builders as an
from tests.support.applications_journeys import Journey

HOUSE = Asker(person="system", role=Role.SYSTEM)


def a_selection(**facts: Any) -> Selection:
    """De minimis; two criteria, 6 of 15 points needed; one question; one thing to check."""
    return Selection(
        **{
            "aid_basis": DE_MINIMIS,
            "criteria": (
                Criterion(code="growth", names=an.in_three("Kasvu"), weight=2, most=5, least=2),
                Criterion(code="novelty", names=an.in_three("Uutuus"), weight=1, most=5),
            ),
            "least_points": 6,
            "eligibility": (EligibilityQuestion(code="sme", names=an.in_three("Onko hakija pk-yritys?")),),
            "checklist": (ChecklistItem(code="offers", names=an.in_three("Tarjoukset on katsottu")),),
            **facts,
        }
    )


def a_choosing_call(selection: Selection | None = None, **facts: Any) -> Call:
    """`a_call` at a flat rate, so that a small project may be aided by it, with a selection of its own."""
    return an.a_call(**{"cost_model": "flat_7", "selection": selection or a_selection(), **facts})


def an_assessment(**changes: Any) -> dict[str, Any]:
    """A small sound firm of 2015 in Savonlinna, everything checked, 11 of 15 points."""
    return {
        "eligibility": [{"code": "sme", "answer": "yes", "basis": "Kokolaskelma 1.9.2026"}],
        "scores": [
            {"code": "growth", "points": "4", "grounds": "Vienti kaksinkertaistuu."},
            {"code": "novelty", "points": "3", "grounds": "Uusi toimialalla."},
        ],
        "checklist": [{"code": "offers", "done": "yes", "note": ""}],
        "staff": "22",
        "turnover": "3 400 000",
        "balance": "2 100 000",
        "founded_on": "3.3.2015",
        "capital": "8 000",
        "invested_fund": "0",
        "other_reserves": "0",
        "retained": "120 000",
        "result": "45 000",
        "insolvent": "no",
        "rescue_aid": "no",
        "restructuring": "no",
        "tax_checked_on": "14.9.2026",
        "tax_source": "Verohallinto",
        "tax_result": "none",
        "recovery_checked_on": "14.9.2026",
        "recovery_source": "Komission luettelo",
        "recovery_result": "none",
        "works_started": "no",
        "municipality": "Savonlinna",
        "sector": "25.62",
        **changes,
    }


class DecidingJourney(Journey):
    """A case in a call that chooses, brought up to its assessment, proposal or decision."""

    def assessed(self, asker: Asker = an.COMPANY, call_id: str = "IS-2026-14", **changes: Any) -> str:
        number = self.submitted_in(call_id, asker)
        self.do(an.HANDLER, use_cases.take_case, number, 4)
        self.save(number, 0, **changes)
        return number

    def submitted_in(self, call_id: str, asker: Asker = an.COMPANY, **answers: Any) -> str:
        """20 000 euros of equipment and 7 per cent on them; the company pays the half that the aid does not."""
        financing = [{"source": "own", "year": "2027", "amount": "10 700"}]
        number = self.draft(asker, call_id, **{"financing": financing, **answers})
        self.do(asker, use_cases.submit, number, 3)
        return number

    def save(self, number: str, version: int, **changes: Any) -> Any:
        return self.do(an.HANDLER, use_cases.save_assessment, number, version, an_assessment(**changes))

    def see(self, number: str, asker: Asker = an.HANDLER) -> Any:
        return self.do(asker, use_cases.get_assessment, number)

    def put_forward(self, number: str, outcome: str = "approve", **facts: Any) -> Any:
        rows = [an.accepted("20000.00")] if outcome in ("approve", "approve_in_part") else []
        return self.do(
            an.HANDLER,
            use_cases.propose,
            number,
            facts.pop("version", 5),
            outcome,
            facts.pop("costs", rows),
            "Hanke täyttää ehdot.",
            ["Raportoi."] if rows else [],
            **{"unheard": an.UNNECESSARY, **facts},
        )


def gate(screen: Any, code: str) -> Any:
    return next(one for one in screen["gates"] if one.code == code)


def linked(owner: str, owned: str, kind: str = "majority", **facts: Any) -> dict[str, Any]:
    return {
        "link_id": f"{owner}>{owned}",
        "owner": owner,
        "owned": owned,
        "kind": kind,
        "share": None,
        "since": date(2020, 1, 1),
        "until": None,
        "source": "register",
        **facts,
    }
