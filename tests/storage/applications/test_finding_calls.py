"""A call is found by words spelt nearly right, in any language, from its name or what it says of itself."""

from __future__ import annotations

import pytest

from services.applications import queries
from tests.support import applications_builders as an
from tests.support.applications_journeys import Journey

pytestmark = pytest.mark.postgres

MACHINES = {"fi": "Tuotannon uudistaminen", "sv": "Förnyelse av produktionen", "en": "Renewing production"}
SKILLS = {"fi": "Osaavaa työvoimaa yrityksille", "sv": "Kunnig arbetskraft", "en": "Skilled staff"}


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("uudistaminen", {"KONE"}),
        ("uudist tuotan", {"KONE"}),
        ("fornyelse", {"KONE"}),
        ("uudistamnen", {"KONE"}),
        ("tyovoima", {"OSA"}),
        ("työvomaa", {"OSA"}),
        ("RENEWING", {"KONE"}),
        ("arbetskraft", {"OSA"}),
        ("tukea koneisiin", {"KONE"}),
        ("kone", {"KONE"}),
        ("100%", set()),
        ("kalastus", set()),
        (" ", {"KONE", "OSA"}),
    ],
)
def test_words_spelt_nearly_right_find_the_call(stored_journey: Journey, search: str, found: set[str]) -> None:
    told = {"fi": "Tukea koneisiin", "sv": "Stöd för maskiner", "en": "Aid for machinery"}
    stored_journey.publish(an.a_call(call_id="KONE", names=MACHINES, summary=told))
    stored_journey.publish(an.a_call(call_id="OSA", names=SKILLS, summary=an.in_three("Koulutusta")))

    with stored_journey.open_work(an.STRANGER) as work:
        page = queries.list_calls(work.session, work.now, page=1, size=9, sort="", search=search)

    assert {call["call_id"] for call in page["items"]} == found
    assert page["total"] == len(found)
