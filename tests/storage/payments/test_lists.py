"""Lists as people need them: their own part, in their order, page by page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.payments import queries, use_cases
from shared.asker import Asker
from shared.errors import InvalidFields, NotForYou, NotFound
from tests.support import payments_builders as a
from tests.support.payments_journeys import many

pytestmark = pytest.mark.postgres

NO_FILTER: dict[str, Any] = {"state": [], "number": "", "region": "", "search": ""}


@pytest.fixture
def claims(stored_journey):
    def listed(asker: Asker = a.HANDLER, now=None, **asked: Any) -> Any:
        facts = {"page": 1, "size": 50, "sort": ""} | NO_FILTER | asked
        return stored_journey.do(asker, lambda work: queries.list_claims(work, work.session, **facts), now=now)

    return listed


@pytest.fixture
def grants(stored_journey):
    def listed(asker: Asker = a.HANDLER, **asked: Any) -> Any:
        facts = {"page": 1, "size": 50, "sort": "", "search": ""} | asked
        return stored_journey.do(asker, lambda work: queries.list_grants(work.session, work.asker, **facts))

    return listed


@pytest.fixture
def batches(stored_journey):
    def listed(asker: Asker = a.PAYER, **asked: Any) -> Any:
        facts = {"page": 1, "size": 50, "sort": ""} | asked
        return stored_journey.do(asker, lambda work: queries.list_batches(work.session, work.asker, **facts))

    return listed


def ids(listed: Any, name: str = "claim_id") -> list[str]:
    return [row[name] for row in listed["items"]]


def test_the_claim_due_first_is_first(stored_journey, claims):
    stored_journey.award()
    late = stored_journey.drafted()
    early = stored_journey.submitted()
    stored_journey.do(a.COMPANY, use_cases.submit_claim, late, 2, now=a.later(days=2))

    assert ids(claims()) == [early, late]
    assert ids(claims(sort="-due_on")) == [late, early]
    assert ids(claims(sort="-days_used")) == [early, late]


def test_days_used_count_on_until_the_money_is_there(stored_journey, claims):
    stored_journey.award()
    paid, waiting = many(stored_journey, ["100,00", "200,00"])
    stored_journey.bank_says(stored_journey.batch(paid)["batch_id"], kind="camt.054")

    used = {row["claim_id"]: row["days_used"] for row in claims(now=a.NOON + timedelta(days=30))["items"]}

    assert used == {paid: 0, waiting: 30}


def test_a_rejected_claim_uses_no_more_days(stored_journey, claims):
    stored_journey.award()
    stored_journey.approved(cuts={"line_1": "0.00"})

    (row,) = claims(now=a.NOON + timedelta(days=30))["items"]

    assert (row["state"], row["days_used"]) == ("rejected", 0)


def test_a_company_sees_its_own_with_drafts_and_nobody_elses(stored_journey, claims):
    stored_journey.award()
    stored_journey.award(a.a_grant(number="A80700", business_id="9000001-1"))
    draft = stored_journey.drafted()

    assert ids(claims(a.COMPANY)) == [draft]
    assert claims(a.STRANGER)["total"] == 0


def test_officials_see_their_authoritys_claims_once_they_are_filed(stored_journey, claims):
    stored_journey.award()
    stored_journey.drafted()
    filed = stored_journey.submitted()

    assert ids(claims(a.HANDLER)) == ids(claims(a.AUDITOR)) == [filed]
    assert claims(a.VERIFIER_ELSEWHERE)["total"] == 0


def test_claims_are_found_by_state_grant_region_name_and_number(stored_journey, claims):
    stored_journey.award()
    stored_journey.award(a.a_grant(number="A80700", undertaking_name="Åkes Möbler Ab", region="11"))
    first, second = stored_journey.submitted(), stored_journey.verified(number="A80700")

    assert ids(claims(state=["verified"])) == [second]
    assert ids(claims(state=["verified", "submitted"])) == [first, second]
    assert ids(claims(number="A80700")) == [second]
    assert ids(claims(region="10")) == [first]
    assert ids(claims(search="möbler")) == [second]
    assert ids(claims(search="a8065")) == [first]
    assert ids(claims(search="9104416")) == [first, second]
    assert ids(claims(search="hitsaus")) == [first, second]
    assert ids(claims(search="%")) == []


def test_names_are_sorted_as_finns_and_swedes_expect(stored_journey, grants):
    for number, name in enumerate(["Ålands Rör Ab", "Zeta Oy", "Öhman Ab", "Ärtti Oy", "ahti oy"]):
        stored_journey.award(a.a_grant(number=f"A{number}", undertaking_name=name))

    assert ids(grants(), "undertaking_name") == ["ahti oy", "Zeta Oy", "Ålands Rör Ab", "Ärtti Oy", "Öhman Ab"]


def test_pages_do_not_overlap_and_the_total_is_of_all(stored_journey, grants):
    for number in range(5):
        stored_journey.award(a.a_grant(number=f"A{number}"))

    pages = [grants(page=page, size=2) for page in (1, 2, 3, 4)]

    assert [ids(page, "number") for page in pages] == [["A0", "A1"], ["A2", "A3"], ["A4"], []]
    assert {page["total"] for page in pages} == {5}


def test_grants_are_sorted_by_what_is_left(stored_journey, grants):
    stored_journey.award(a.a_grant(number="A1", aid=a.eur("500.00")))
    stored_journey.award(a.a_grant(number="A2", aid=a.eur("100.00")))

    assert ids(grants(sort="left"), "number") == ["A2", "A1"]
    assert grants(search="levypaja")["total"] == 2


def test_an_order_nobody_knows_is_refused_with_those_one_may_ask_for(claims):
    with pytest.raises(InvalidFields) as refusal:
        claims(sort="colour")

    assert refusal.value.faults[0].rule == "unknown_sort"
    assert "due_on" in refusal.value.faults[0].facts["known"]


def test_payment_files_are_listed_newest_first_with_what_became_of_them(stored_journey, batches):
    stored_journey.award()
    first, second = (stored_journey.batch(name)["batch_id"] for name in many(stored_journey, ["100,00", "200,00"]))
    stored_journey.bank_says(first, kind="camt.054")

    rows = {row["batch_id"]: (row["state"], str(row["amount"])) for row in batches(sort="-batch_id")["items"]}

    assert list(rows.items()) == [(second, ("made", "80.00")), (first, ("settled", "40.00"))]
    assert batches(a.AUDITOR)["total"] == 2
    assert batches(a.PAYER_ELSEWHERE)["total"] == 0


def test_a_file_is_shown_to_its_authority_and_the_auditor(stored_journey):
    stored_journey.award()
    batch_id = stored_journey.batch(stored_journey.approved())["batch_id"]

    def seen(asker: Asker, name: str = batch_id) -> Any:
        return stored_journey.do(asker, lambda work: queries.get_batch(work.session, work.asker, name))

    assert seen(a.PAYER)["items"] == seen(a.AUDITOR)["items"]
    assert seen(a.PAYER)["items"][0]["account"] == "FI21 **** 0785"
    with pytest.raises(NotForYou):
        seen(a.PAYER_ELSEWHERE)
    with pytest.raises(NotFound):
        seen(a.PAYER, "E2027-99999")


def test_the_files_text_is_what_its_digest_covers(stored_journey):
    stored_journey.award()
    batch = stored_journey.batch(stored_journey.approved())

    file = stored_journey.do(a.PAYER, lambda work: queries.get_batch_file(work.session, work.asker, batch["batch_id"]))

    assert a.sha256(file["xml"]) == file["sha256"] == batch["sha256"]
    assert file["file_name"] == f"{batch['batch_id']}.xml"


def test_views_are_counted_at_once_each_as_it_lists(stored_journey, claims):
    """Drafts are the company's own: an official's views don't count them."""
    stored_journey.award()
    stored_journey.drafted()
    stored_journey.submitted()
    narrowings = [
        {"state": ["submitted"], "region": "", "search": ""},
        {"state": ["submitted", "verified"], "region": "11", "search": ""},
        {"state": [], "region": "", "search": "ei sellaista"},
        {"state": [], "region": "", "search": ""},
    ]

    def counted(work: Any) -> Any:
        return queries.count_claims(work.session, work.asker, narrowings)

    assert stored_journey.do(a.HANDLER, counted)["counts"] == [claims(**one)["total"] for one in narrowings]
    assert stored_journey.do(a.HANDLER, counted)["counts"][0] == 1
    assert stored_journey.do(a.VERIFIER_ELSEWHERE, counted) == {"counts": [0, 0, 0, 0]}
