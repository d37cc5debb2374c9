"""Facts and what is gathered for them, for letters that tell of something else than an award or a payment."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from services.documents.domain.letters import LetterKind
from services.documents.letters.gathered import picked
from services.documents.use_cases.letters import FACTS
from shared.money import Money, Rate
from tests.support.documents_builders import OURS, a_cost, a_step, an_award

FILED_AT = datetime(2026, 10, 1, 20, 50, 3, tzinfo=UTC)
DIGEST = "5f" * 32
NAMES_OF_CALL = {
    "fi": "Yritysten kehittämisavustus",
    "sv": "Utvecklingsstöd för företag",
    "en": "Development aid for companies",
}


def three(text: str) -> dict[str, str]:
    return {"fi": f"{text} (fi)", "sv": f"{text} (sv)", "en": f"{text} (en)"}


def scores() -> dict[str, Any]:
    """Two criteria of a call as they were given, with the total and the least that the call asks for."""
    return {
        "scores": [
            {
                "code": "impact",
                "names": {"fi": "Vaikuttavuus", "sv": "Genomslag", "en": "Impact"},
                "weight": 3,
                "most": 5,
                "least": 2,
                "points": 4,
                "weighted": 12,
                "grounds": "Hanke uudistaa koko tuotannon.",
            },
            {
                "code": "capacity",
                "names": {"fi": "Toteutuskyky", "sv": "Genomförandeförmåga", "en": "Capacity"},
                "weight": 1,
                "most": 5,
                "least": 0,
                "points": 3,
                "weighted": 3,
                "grounds": "",
            },
        ],
        "total_points": 15,
        "least_points": 12,
    }


def an_act(letter: LetterKind, language: str = "fi", **changes: Any) -> dict[str, Any]:
    """A decision after the award: the period is moved and a cost with it."""
    act = {
        LetterKind.CORRECTION: "correction_of_error",
        LetterKind.REVIEW_DECISION: "review_decision",
        LetterKind.CLOSURE: "closure",
    }.get(letter, str(letter))
    own: dict[str, Any] = {
        "act": 2,
        "kind": act,
        "about": 1,
        "verdict": "change" if letter is LetterKind.REVIEW_DECISION else "approve",
        "ground": "",
        "changes": [
            {"what": "period_last", "before": "2028-10-31", "after": "2029-04-30"},
            {"what": "costs.equipment.2027", "before": "181950.00", "after": "170000.00"},
            {"what": "aid", "before": "73922.08", "after": "70000.00"},
        ],
        "aid_before": Money.eur("73922.08"),
        "aid": Money.eur("70000.00"),
        "bound": [],
        "digest": DIGEST,
        "reasons": "Laitteen toimitus on viivästynyt toimittajasta johtuvasta syystä.",
        "costs": [a_cost("equipment", "170000.00")],
        "steps": [a_step("=", "aid", "70000.00", "2021-2027/1")],
    }
    if letter is LetterKind.TRANCHE:
        own["year"] = 2027
    if letter is LetterKind.CLOSURE:
        own["final_paid_on"] = date(2029, 6, 1)
    if letter is LetterKind.REVIEW_DECISION:
        own["appeal"] = {"route": "state_appeal", "days": 30, "to": "ISHAO", "legal_basis": "laki 808/2019 13 §"}
    return {**an_award(language), "aid_rate": Rate.of("35"), **own, **changes}


def a_filing(**changes: Any) -> dict[str, Any]:
    """The fact of a filing; what was filed is asked of the case's room (`an_application`)."""
    return {
        "number": "A80655",
        "call_id": "IS-2026-14",
        "business_id": OURS,
        "undertaking_name": "Saimaan Levypaja Oy",
        "authority": "ITA",
        "fund": "ERDF",
        "priority": "1",
        "region": "10",
        "language": "fi",
        "title": "Robottihitsaussolu",
        "costs": Money.eur("197388.75"),
        "aid_sought": Money.eur("74780.26"),
        "digest": DIGEST,
        "submitted_at": FILED_AT,
        "attachments": [],
        **changes,
    }


def a_request(**changes: Any) -> dict[str, Any]:
    """The fact of a request to the party, for completion or hearing."""
    return {
        "number": "A80655",
        "business_id": OURS,
        "authority": "ITA",
        "handler": "p-marja",
        "place": 1,
        "due_on": date(2026, 11, 10),
        "language": "fi",
        "document_ids": [],
        **changes,
    }


def a_completion(**changes: Any) -> dict[str, Any]:
    """The fact of a completion that became the filed version."""
    return {
        "number": "A80655",
        "business_id": OURS,
        "authority": "ITA",
        "place": 1,
        "answered_at": FILED_AT,
        "late": False,
        "took_effect": True,
        "resumed": True,
        "digest": DIGEST,
        "title": "Robottihitsaussolu",
        "region": "10",
        "costs": Money.eur("197388.75"),
        "aid_sought": Money.eur("74780.26"),
        "attachments": [],
        **changes,
    }


def _question(key: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "labels": three(key), "options": [], "columns": [], **more}


SECTIONS = [
    {
        "path": "perustiedot",
        "builtin": "basics",
        "names": {"fi": "Perustiedot", "sv": "Basuppgifter", "en": "Basics"},
        "standard": ["title", "summary", "region", "contact_phone"],
        "questions": [],
    },
    {
        "path": "kustannukset",
        "builtin": "costs",
        "names": {"fi": "Kustannukset", "sv": "Kostnader", "en": "Costs"},
        "standard": ["costs"],
        "questions": [],
    },
    {
        "path": "vaikutukset",
        "builtin": None,
        "names": {"fi": "Vaikutukset", "sv": "Effekter", "en": "Effects"},
        "standard": [],
        "questions": [
            _question("exports", "yes_no"),
            _question("markets", "choices", options=[{"code": "se", "names": three("Ruotsi")}]),
            _question("secret_hidden", "text"),
            _question("owners", "table", columns=[{"key": "name", "kind": "text", "labels": three("nimi")}]),
            _question("risks", "long_text"),
        ],
    },
]
ANSWERS = {
    "title": "Robottihitsaussolu",
    "summary": "Uusi solu.\nKaksi riviä, ja _alaviiva_ #merkki.",
    "region": "10",
    "contact_phone": "",
    "costs": [{"category": "equipment", "description": "Solu", "year": "2027", "amount": "181 950,00"}, {}],
    "exports": "yes",
    "markets": ["se"],
    "secret_hidden": "tätä ei kysytty",
    "owners": [],
}


def an_attachment(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "document_id": f"d-{number}",
        "kind": "plan",
        "file_name": f"Hankesuunnitelma {number}.pdf",
        "sha256": f"{number:02x}" * 32,
        "size": 1_234_567,
        **changes,
    }


def an_application(language: str = "fi", **changes: Any) -> dict[str, Any]:
    """The case as its room answers, on the wire: what a letter needs of it."""
    return {
        "undertaking_name": "Saimaan Levypaja Oy",
        "title": "Robottihitsaussolu",
        "language": language,
        "hidden": ["secret_hidden"],
        "arrival": None,
        "call": {
            "names": NAMES_OF_CALL,
            "attachments": [
                {"kind": "plan", "names": {"fi": "Hankesuunnitelma", "sv": "Projektplan", "en": "Project plan"}}
            ],
            "sections": SECTIONS,
        },
        "answers": ANSWERS,
        "attachments": [an_attachment()],
        "digest": DIGEST,
        **changes,
    }


def an_application_answer() -> dict[str, Any]:
    """The same as Python values, as another room hands it over."""
    names = {"kind": "plan", "names": three("Suunnitelma"), "required": True, "help": {}}
    call = {"names": NAMES_OF_CALL, "attachments": [names], "sections": SECTIONS}
    return an_application(call=call)


def a_party_request(**changes: Any) -> dict[str, Any]:
    """A request as its room answers, on the wire."""
    return {
        "asked": "Täydennä rahoitussuunnitelmaa.\nLiitä myös tarjous.",
        "asked_by": "p-marja",
        "due_on": "2026-11-10",
        "facts": [],
        "attachment_kinds": ["plan"],
        "reply": "Tässä täydennys.",
        "answers": {"title": "Robottihitsaussolu"},
        "attachments": [an_attachment(2)],
        "before": None,
        "after": None,
        **changes,
    }


def gathered_wire(kind: LetterKind, data: dict[str, Any], language: str = "fi", **who: Any) -> dict[str, Any]:
    """A letter's data with what was asked for it, as the room keeps them."""
    wire: dict[str, Any] = FACTS[kind].schema().dump(data)
    hearing = kind is LetterKind.HEARING
    facts = ["Hanke on tilattu ennen hakemusta."] if hearing else []
    request = a_party_request(facts=facts, attachment_kinds=[] if hearing else ["plan"])
    of_request = None if kind is LetterKind.FILING else request
    filed = an_application() if kind in (LetterKind.FILING, LetterKind.COMPLETION_FILED) else None
    own = {"actor": "p-marja", "role": "company", "via": "", "decided_at": FILED_AT.isoformat(), **who}
    return {**wire, **own, "gathered": picked(an_application(language), of_request, filed)}
