"""A decision against the party says how it was heard, or on which clause of the law it was not (HL 34 §)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from services.documents.letters import award
from services.documents.letters.words import LANGUAGES, words
from shared.contracts.applications import UNHEARD_GROUNDS

COMMENTED = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
REASON = "Hakija perui kustannuksen itse."


def told(language: str, hearing: dict[str, Any] | None) -> str:
    data = {"reasons": "Hanke ei täytä ehtoja.", "legal_basis": [], "hearing": hearing}
    return str(award.reasons(words(language), data))


def a_hearing(**facts: Any) -> dict[str, Any]:
    return {"place": None, "answered_at": None, "ground": "", "reason": "", "source": ""} | facts


def test_a_comment_is_told_with_its_moment() -> None:
    said = told("fi", a_hearing(place=1, answered_at=COMMENTED))

    assert "antanut vastineensa 12.11.2026" in said


def test_silence_is_told_as_a_chance_that_was_given() -> None:
    assert "Vastinetta ei annettu määräajassa." in told("fi", a_hearing(place=1))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ground", UNHEARD_GROUNDS)
def test_every_ground_for_none_is_told_in_every_language_with_the_officials_reason(language: str, ground: str) -> None:
    said = told(language, a_hearing(ground=ground, reason=REASON))

    assert REASON in said
    assert "34" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_goes_against_the_party_hearing_is_not_spoken_of(language: str) -> None:
    said = told(language, None)

    assert "Hanke ei täytä ehtoja." in said
    assert "34" not in said
