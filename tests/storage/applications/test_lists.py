"""Lists: what each may see, filtered, sorted, page by page."""

from __future__ import annotations

from typing import Any

import pytest

from services.applications import queries, use_cases
from shared.asker import Asker, Role
from shared.contracts import applications as contract
from shared.errors import InvalidFields
from shared.messaging.schemas import schema_of
from tests.support import applications_builders as an
from tests.support.applications_journeys import Journey

ALL_RIGHTS = frozenset({"prepare", "sign"})

pytestmark = pytest.mark.postgres

LEMPI = Asker(person="lempi", role=Role.COMPANY, rights=ALL_RIGHTS, business_id="9000003-8")
AHTI = Asker(person="ahti", role=Role.COMPANY, rights=ALL_RIGHTS, business_id="9000004-6")
AKE = Asker(person="ake", role=Role.COMPANY, rights=ALL_RIGHTS, business_id="9000005-4")


def rows(journey: Journey, asker: Asker, **wishes: Any) -> Any:
    request = schema_of(contract.ListApplications).load(wishes)
    with journey.open_work(asker) as work:
        page = queries.list_applications(work.session, asker, **request)
        answer = schema_of(contract.Applications).dump(page)
    assert schema_of(contract.Applications).validate(answer) == {}
    return answer


def numbers(journey: Journey, asker: Asker, **wishes: Any) -> list[str]:
    return [row["number"] for row in rows(journey, asker, **wishes)["items"]]


def names(journey: Journey, asker: Asker, **wishes: Any) -> list[str]:
    return [row["undertaking_name"] for row in rows(journey, asker, **wishes)["items"]]


def submit_as(journey: Journey, asker: Asker, name: str, **answers: Any) -> str:
    number: str = journey.do(asker, use_cases.open_application, "IS-2026-14", name, "fi")["number"]
    journey.do(asker, use_cases.attach, number, 1, an.OFFER)
    journey.do(asker, use_cases.save_draft, number, 2, an.complete_answers(**answers))
    journey.do(asker, use_cases.submit, number, 3)
    return number


@pytest.fixture
def journey(stored_journey: Journey) -> Journey:
    stored_journey.publish()
    stored_journey.publish(an.a_call(call_id="POH-1", authority="POH", regions=("17",)))
    return stored_journey


def test_each_sees_what_is_theirs(journey: Journey) -> None:
    own, draft, other = journey.submitted(), journey.draft(), submit_as(journey, LEMPI, "Lempin Leipomo Oy")

    assert set(numbers(journey, an.COMPANY)) == {own, draft}
    assert numbers(journey, LEMPI) == [other]
    assert numbers(journey, an.STRANGER) == []
    assert set(numbers(journey, an.HANDLER)) == {own, other}
    assert numbers(journey, an.HANDLER_ELSEWHERE) == []
    assert set(numbers(journey, an.AUDITOR)) == {own, draft, other}


def test_a_company_without_an_id_sees_nothing(journey: Journey) -> None:
    journey.submitted()

    assert numbers(journey, Asker(person="a", role=Role.COMPANY)) == []


def test_filters_narrow_the_list_together(journey: Journey) -> None:
    taken, waiting = journey.taken(), journey.submitted(region="11")

    assert numbers(journey, an.HANDLER, state=["in_assessment"]) == [taken]
    assert set(numbers(journey, an.HANDLER, state=["in_assessment", "submitted"])) == {taken, waiting}
    assert numbers(journey, an.HANDLER, handler="me") == [taken]
    assert numbers(journey, an.OTHER_HANDLER, handler="me") == []
    assert numbers(journey, an.OTHER_HANDLER, handler="marja.hyvarinen") == [taken]
    assert numbers(journey, an.HANDLER, region="11") == [waiting]
    assert numbers(journey, an.HANDLER, region="11", state=["proposed"]) == []
    assert numbers(journey, an.AUDITOR, call_id="POH-1") == []


@pytest.mark.parametrize("search", ["lempin", "LEIPOMO", "9000003", "pullaa", "lisää pullaa", "LISAA"])
def test_a_part_of_number_id_name_or_title_finds_the_case(journey: Journey, search: str) -> None:
    number = submit_as(journey, LEMPI, "Lempin Leipomo Oy", title="Lisää pullaa")
    journey.submitted()

    assert numbers(journey, an.HANDLER, search=search) == [number]
    assert numbers(journey, an.HANDLER, search=number) == [number]


@pytest.mark.parametrize("search", ["%", "_", "\\", "'; --"])
def test_signs_of_the_query_language_mean_themselves(journey: Journey, search: str) -> None:
    journey.submitted()

    assert numbers(journey, an.HANDLER, search=search) == []


def test_names_are_in_finnish_order(journey: Journey) -> None:
    for asker, name in ((AKE, "Åkers Verkstad"), (AHTI, "Ähtärin Paja"), (LEMPI, "zetta oy"), (LEMPI, "Öljy Oy")):
        submit_as(journey, asker, name)

    in_order = ["zetta oy", "Åkers Verkstad", "Ähtärin Paja", "Öljy Oy"]
    assert names(journey, an.HANDLER, sort="undertaking_name") == in_order
    assert names(journey, an.HANDLER, sort="-undertaking_name") == in_order[::-1]


@pytest.mark.parametrize("sort", [name for key in queries.APPLICATION_SORTS for name in (key, f"-{key}")])
def test_every_promised_order_works(journey: Journey, sort: str) -> None:
    taken, waiting = journey.taken(), journey.submitted()

    assert set(numbers(journey, an.HANDLER, sort=sort)) == {taken, waiting}


def test_an_order_nobody_knows_is_refused_by_name(journey: Journey) -> None:
    with pytest.raises(InvalidFields) as refusal:
        rows(journey, an.HANDLER, sort="answers")

    assert [(fault.path, fault.rule) for fault in refusal.value.faults] == [("sort", "unknown_sort")]


def test_pages_do_not_overlap_and_the_total_is_true(journey: Journey) -> None:
    all_of_them = {journey.submitted() for _ in range(5)}

    pages = [rows(journey, an.HANDLER, page=page, size=2) for page in (1, 2, 3, 4)]

    assert [len(page["items"]) for page in pages] == [2, 2, 1, 0]
    assert {row["number"] for page in pages for row in page["items"]} == all_of_them
    assert {page["total"] for page in pages} == {5}


@pytest.mark.parametrize(
    ("stage", "found"),
    [("open", {"IS-2026-14"}), ("upcoming", {"B"}), ("closed", {"C"}), ("", {"IS-2026-14", "B", "C"})],
)
def test_calls_are_listed_by_stage(stored_journey: Journey, stage: str, found: set[str]) -> None:
    for call in (
        an.a_call(),
        an.a_call(call_id="B", opens_at=an.later(days=1)),
        an.a_call(call_id="C", closes_at=an.NOON),
    ):
        stored_journey.publish(call)

    with stored_journey.open_work(an.STRANGER) as work:
        page = queries.list_calls(work.session, work.now, page=1, size=50, sort="", stage=stage)

    assert {row["call_id"] for row in page["items"]} == found
    assert page["total"] == len(found)
    assert schema_of(contract.CallsAnswer).validate(schema_of(contract.CallsAnswer).dump(page)) == {}


def test_a_call_is_found_by_its_name_in_any_language(stored_journey: Journey) -> None:
    names = {"fi": "Tuotannon uudistaminen", "sv": "Förnyelse av produktionen", "en": "Renewing production"}
    stored_journey.publish(an.a_call(names=names))

    for search, total in (("förnyelse", 1), ("RENEWING", 1), ("uudist", 1), ("kalastus", 0)):
        with stored_journey.open_work(an.STRANGER) as work:
            assert queries.list_calls(work.session, work.now, page=1, size=9, sort="", search=search)["total"] == total


def test_an_authority_sees_its_own_envelopes_and_an_auditor_all(stored_journey: Journey) -> None:
    stored_journey.fund("100.00")
    stored_journey.fund("200.00", an.a_call(authority="POH"))

    def seen(asker: Asker) -> list[tuple[str, str]]:
        with stored_journey.open_work(asker) as work:
            page = queries.list_envelopes(work.session, asker, page=1, size=9, sort="-free")
            answer = schema_of(contract.Envelopes).dump(page)
        return [(row["envelope_id"], row["free"]) for row in answer["items"]]

    assert seen(an.HANDLER) == [("ITA/ERDF/1/2026", "100.00")]
    assert seen(an.AUDITOR) == [("POH/ERDF/1/2026", "200.00"), ("ITA/ERDF/1/2026", "100.00")]
