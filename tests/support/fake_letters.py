"""Canned letters of the cases in `fake_case`: a decision in Finnish, asked for in Swedish, and what was filed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from shared.asker import Asker
from shared.contracts import documents as d
from shared.contracts.terms import Operation
from tests.support import fake_case as case

Data = dict[str, Any]

LETTER_ROW: Data = {
    "letter_id": "11111111-2222-4333-8444-555555555555",
    "letter": "grant_awarded",
    "subject": "application/A80412",
    "number": "A80412",
    "language": "fi",
    "decided_at": case.days_ago(14),
    "check_code": "9D9E-23BE-C8F9-7A6A",
    "digest": case.DIGEST,
    "document_id": "d-quote",
    "file_name": "tukipaatos-A80412.pdf",
    "sha256": case.DIGEST,
    "translation_of": None,
    "asked_in": ["sv"],
    "review": [
        {
            "way": way,
            "sent_on": date(2026, 11, 9),
            "served_on": served,
            "last_day": last,
            "final_on": final,
        }
        for way, served, last, final in (
            ("electronic", date(2026, 11, 12), date(2026, 12, 14), date(2026, 12, 15)),
            ("letter", date(2026, 11, 16), date(2026, 12, 16), date(2026, 12, 17)),
        )
    ],
}
FILING_ROW: Data = LETTER_ROW | {
    "letter_id": "22222222-2222-4333-8444-555555555555",
    "letter": "filing",
    "file_name": "hakemus-A80412.pdf",
    "asked_in": [],
    "review": [],
}
TEXTS = {"reasons": "Hanke täyttää ehdot.\nSe parantaa tuottavuutta.", "conditions.0": "Laitteet säilyvät."}


def answers_of_letters() -> Mapping[Operation, Callable[[Asker, Data], Mapping[str, Any]]]:
    return {
        d.LIST_LETTERS: lambda asker, data: {"items": [FILING_ROW, LETTER_ROW], "total": 2},
        d.GET_LETTER: lambda asker, data: LETTER_ROW | {"texts": TEXTS},
        d.ASK_LETTER_IN: lambda asker, data: LETTER_ROW,
        d.TRANSLATE_LETTER: lambda asker, data: LETTER_ROW | {"language": data["language"]},
        d.GET_ARCHIVED: lambda asker, data: {
            "document_id": data["document_id"],
            "metadata": {"Kieli": "fi"},
            "sha256": case.DIGEST,
            "seal": case.DIGEST,
        },
    }
