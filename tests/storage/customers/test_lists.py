"""Lists as people expect them: Finnish order, whole totals, one's own history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from services.customers import queries
from services.customers.domain.contacts import Contact
from services.customers.storage import CustomersWork
from shared.errors import InvalidFields, NotFound
from shared.storage.database import Database
from tests.support.customers_builders import (
    COMPANY,
    HANDLER,
    NOW,
    OPERATOR,
    OTHER_COMPANY,
    a_person,
    a_representative,
    an_undertaking,
)

pytestmark = pytest.mark.postgres

NAMES = {
    "9137024-1": "Ähtärin Ääni Oy",
    "9211050-5": "Zeta Oy",
    "9248063-7": "Åbo Båt Ab",
    "9285076-5": "Oy Aamu Ab",
    "9322089-6": "éclair tmi",
}


@pytest.fixture
def work(room_database: Database) -> Iterator[CustomersWork]:
    with room_database.work(CustomersWork, OPERATOR) as opened:
        for business_id, name in NAMES.items():
            opened.undertakings.add(an_undertaking(business_id, name))
        yield opened


def names(work: CustomersWork, **asked: object) -> list[str]:
    wanted = {"page": 1, "size": 50, "sort": "", "search": "", **asked}
    return [row.name for row in queries.undertakings(work.session, **wanted)["items"]]  # type: ignore[arg-type]


def test_names_stand_in_finnish_order_without_regard_to_company_form(work: CustomersWork) -> None:
    assert names(work) == ["Oy Aamu Ab", "éclair tmi", "Zeta Oy", "Åbo Båt Ab", "Ähtärin Ääni Oy"]


def test_the_order_can_be_turned_round(work: CustomersWork) -> None:
    assert names(work, sort="-name")[0] == "Ähtärin Ääni Oy"


def test_an_unknown_order_is_refused_with_those_there_are(work: CustomersWork) -> None:
    with pytest.raises(InvalidFields) as refused:
        names(work, sort="colour")
    (fault,) = refused.value.faults
    assert (fault.rule, fault.facts) == ("unknown_sort", {"known": "name, business_id, registered_at"})


@pytest.mark.parametrize(
    ("search", "found"),
    [("ähtä", ["Ähtärin Ääni Oy"]), ("ECLAIR", ["éclair tmi"]), ("92110", ["Zeta Oy"]), ("100 %", [])],
)
def test_searching_finds_a_part_of_the_name_or_the_beginning_of_the_business_id(
    work: CustomersWork, search: str, found: list[str]
) -> None:
    assert names(work, search=search) == found


def test_the_total_is_the_whole_list_whatever_the_page(work: CustomersWork) -> None:
    page = queries.undertakings(work.session, page=2, size=2, sort="", search="")
    assert ([row.name for row in page["items"]], page["total"]) == (["Zeta Oy", "Åbo Båt Ab"], 5)


def test_a_company_sees_its_own_history_newest_first(work: CustomersWork) -> None:
    for hours, (what, business_id) in enumerate(
        [("application_submitted", COMPANY), ("grant_awarded", COMPANY), ("grant_refused", OTHER_COMPANY)]
    ):
        work.contacts.add(
            Contact(
                event_id=what,
                at=NOW + timedelta(hours=hours),
                what=what,
                subject="application/A1",
                authority="ITA",
                business_id=business_id,
            )
        )
    history = queries.contacts(work.session, a_representative(), business_id=COMPANY, page=1, size=50, sort="")
    assert [row.what for row in history["items"]] == ["grant_awarded", "application_submitted"]
    assert history["total"] == 2


def test_a_company_does_not_see_the_history_of_another(work: CustomersWork) -> None:
    with pytest.raises(NotFound):
        queries.contacts(work.session, a_representative(), business_id=OTHER_COMPANY, page=1, size=50, sort="")


def test_an_official_sees_a_companys_history_with_every_authority(work: CustomersWork) -> None:
    work.contacts.add(
        Contact(
            event_id="e", at=NOW, what="grant_awarded", subject="application/A1", authority="KES", business_id=COMPANY
        )
    )
    history = queries.contacts(work.session, HANDLER, business_id=COMPANY, page=1, size=50, sort="")
    assert [row.authority for row in history["items"]] == ["KES"]


def test_people_are_named_and_strangers_left_out(work: CustomersWork) -> None:
    work.people.welcome(a_person(), NOW)
    assert [dict(row) for row in queries.names(work.session, ["person-1", "nobody"])["items"]] == [
        {"person_id": "person-1", "name": "Satu Esimerkki"}
    ]
