"""The work queue in PostgreSQL: the overdue first, narrowed truly, found in spite of typing errors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from marshmallow import ValidationError
from sqlalchemy import text

from services.applications import queries, use_cases
from services.applications.queries.casework import MOST_FOUND
from shared.asker import Asker, Role
from shared.contracts.applications import CaseFilters, ViewFilters
from shared.money import Money
from shared.storage.database import Database
from tests.support import applications_builders as an
from tests.support.applications_journeys import Journey

pytestmark = pytest.mark.postgres

MARJA, PEKKA = an.HANDLER.person, an.OTHER_HANDLER.person
NOTHING: dict[str, Any] = {"page": 1, "size": 50, "sort": "", "search": ""}


@pytest.fixture
def journey(stored_journey: Journey) -> Journey:
    stored_journey.publish()
    stored_journey.fund("100000.00")
    for person in (MARJA, PEKKA):
        stored_journey.do(an.OPERATOR, use_cases.know_official, person, "handler", "ITA")
    return stored_journey


def queue(journey: Journey, asker: Asker = an.HANDLER, now: datetime = an.NOON, **asked: Any) -> dict[str, Any]:
    def look(work: Any) -> Any:
        found = queries.work_queue(work.session, work.asker, work.now, **{**NOTHING, **asked})
        return {**found, "items": [dict(row) for row in found["items"]]}

    found: dict[str, Any] = journey.do(replace(asker), look, now=now)
    return found


def numbers(journey: Journey, asker: Asker = an.HANDLER, **asked: Any) -> list[str]:
    return [row["number"] for row in queue(journey, asker, **asked)["items"]]


def named(journey: Journey, name: str, business_id: str, **answers: Any) -> str:
    company = Asker(person="joku", role=Role.COMPANY, business_id=business_id)
    opened = journey.do(company, use_cases.open_application, "IS-2026-14", name, "fi")
    number: str = opened["number"]
    journey.do(company, use_cases.attach, number, 1, an.OFFER)
    journey.do(company, use_cases.save_draft, number, 2, an.complete_answers(**answers))
    journey.do(company, use_cases.submit, number, 3)
    return number


def due(database: Database, number: str, day: date) -> None:
    """A case that has waited: its time limit is moved, as a long wait would."""
    with database.engine.begin() as connection:
        connection.execute(
            text("UPDATE applications.applications SET due_on = :day WHERE number = :number"),
            {"day": day, "number": number},
        )


def told_again(database: Database, number: str, *, copies: int) -> None:
    """Many cases like one of them, each filed a minute before the one ahead of it."""
    with database.engine.begin() as connection:
        columns = connection.scalars(
            text(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = 'applications' "
                "AND table_name = 'applications'"
            )
        ).all()
        own = {"number": "'T' || lpad(i::text, 3, '0')", "submitted_at": "submitted_at - make_interval(mins => i)"}
        values = ", ".join(own.get(name, name) for name in columns)
        connection.execute(
            text(
                f"INSERT INTO applications.applications ({', '.join(columns)}) SELECT {values} "
                "FROM applications.applications, generate_series(1, :copies) AS i WHERE number = :number"
            ),
            {"number": number, "copies": copies},
        )


def words_kept(database: Database) -> set[str]:
    with database.engine.begin() as connection:
        return set(connection.scalars(text("SELECT word FROM applications.searched_words")))


# ---- order and groups ----


def test_the_overdue_come_first_and_are_counted_apart(journey: Journey, room_database: Database) -> None:
    today = an.NOON.date()  # a Tuesday
    later, week, late = (journey.submitted() for _ in range(3))
    due(room_database, late, today - timedelta(days=12))
    due(room_database, week, today + timedelta(days=5))

    found = queue(journey)

    assert [(row["number"], row["urgency"]) for row in found["items"]] == [
        (late, "late"),
        (week, "week"),
        (later, "later"),
    ]
    assert (found["total"], found["counts"]) == (3, {"late": 1, "week": 1, "later": 1})


def test_what_is_decided_is_never_late_and_not_in_the_queue(journey: Journey, room_database: Database) -> None:
    number = journey.proposed()
    journey.decide(number)
    due(room_database, number, an.NOON.date() - timedelta(days=30))

    assert numbers(journey) == []
    found = queue(journey, group="decided")
    assert (found["total"], found["counts"]["late"]) == (1, 0)


def test_pages_do_not_overlap_and_the_total_is_of_everything(journey: Journey) -> None:
    every = {journey.submitted() for _ in range(5)}

    pages = [queue(journey, page=page, size=2) for page in (1, 2, 3)]

    assert [len(page["items"]) for page in pages] == [2, 2, 1]
    assert {row["number"] for page in pages for row in page["items"]} == every
    assert {page["total"] for page in pages} == {5}


def test_another_authoritys_cases_and_drafts_are_not_there(journey: Journey) -> None:
    journey.draft()
    journey.submitted()

    assert numbers(journey, an.HANDLER_ELSEWHERE) == []
    assert len(numbers(journey, group="all")) == 1


# ---- narrowing ----


def test_each_filter_narrows_and_together_they_narrow_more(journey: Journey) -> None:
    free = journey.submitted(region="11")
    mine, proposed = journey.taken(), journey.proposed()

    assert numbers(journey, region="11") == [free]
    assert set(numbers(journey, handler="me")) == {mine, proposed}
    assert numbers(journey, group="untaken") == numbers(journey, handler="nobody") == [free]
    assert numbers(journey, group="in_hand") == [mine]
    assert numbers(journey, waiting_for="decision_maker") == numbers(journey, group="proposed") == [proposed]
    assert set(numbers(journey, waiting_for="handler")) == {free, mine}
    assert numbers(journey, state=["in_assessment", "withdrawn"]) == [mine]
    assert numbers(journey, region="11", handler="me") == []
    assert len(numbers(journey, fund="ERDF", call_id="IS-2026-14")) == 3
    assert numbers(journey, fund="JTF") == []


def test_the_size_of_the_aid_narrows_to_the_cent(journey: Journey) -> None:
    number = journey.submitted()  # 10 000,00 euros

    def within(least: str, most: str) -> list[str]:
        return numbers(journey, aid_least=Money.eur(least), aid_most=Money.eur(most))

    assert within("10000.00", "10000.00") == [number]
    assert within("10000.01", "99999.00") == within("0.00", "9999.99") == []


def test_overdue_and_due_before_look_at_the_day(journey: Journey, room_database: Database) -> None:
    number, today = journey.submitted(), an.NOON.date()
    due(room_database, number, today)

    assert numbers(journey, overdue=True) == []
    assert numbers(journey, overdue=True, now=an.later(days=1)) == [number]
    assert numbers(journey, due_before=today) == []
    assert numbers(journey, due_before=today + timedelta(days=1)) == [number]


def test_a_filter_that_nobody_knows_is_refused() -> None:
    for wrong in ({"group": "everything"}, {"shape": "round"}, {"aid_least": "plenty"}, {"state": ["lost"]}):
        with pytest.raises(ValidationError):
            CaseFilters().load(wrong)


def test_what_one_has_answered_shows_on_the_row_and_only_to_oneself(journey: Journey) -> None:
    answered, silent = journey.taken(), journey.submitted()
    undeclared = Journey(journey.open_work, declares=False)
    undeclared.do(an.OTHER_HANDLER, use_cases.declare_interest, silent, "unsure")

    rows = {row["number"]: row for row in queue(undeclared)["items"]}
    assert (rows[answered]["standing"], rows[silent]["standing"]) == ("clear", "undeclared")
    assert (rows[answered]["unsure"], rows[silent]["unsure"]) == (False, True)
    assert numbers(undeclared, undeclared=True) == [silent]
    assert numbers(undeclared, an.DECIDER, unsure=True) == [silent]
    theirs = {row["number"]: row["standing"] for row in queue(undeclared, an.OTHER_HANDLER)["items"]}
    assert theirs == {answered: "undeclared", silent: "waits"}


def test_the_cases_of_who_is_away_show_in_the_substitutes_queue_on_those_days(journey: Journey) -> None:
    number, day = journey.taken(), an.NOON.date()
    journey.do(an.HANDLER, use_cases.set_substitute, MARJA, PEKKA, day, day)

    [row] = queue(journey, an.OTHER_HANDLER, substituting=True)["items"]

    assert (row["number"], row["stands_in_for"]) == (number, MARJA)
    assert numbers(journey, an.OTHER_HANDLER, substituting=True, now=an.later(days=1)) == []


# ---- searching ----


@pytest.fixture
def three(journey: Journey) -> dict[str, str]:
    return {
        "levypaja": named(journey, "Saimaan Levypaja Oy", "9104416-3", title="Robottihitsaussolu"),
        "åberg": named(journey, "Åbergin Veneveistämö Kb", "9000001-1", title="Sähköveneen tuotekehitys"),
        "leipomo": named(journey, "Lempin Leipomo Oy", "9000003-8", title="100 % kauraa_leipään"),
    }


@pytest.mark.parametrize(
    ("search", "whose"),
    [
        ("levypaja", "levypaja"),
        ("SAIMAAN", "levypaja"),
        ("solu robotti", "levypaja"),
        ("9104416-3", "levypaja"),
        ("91044163", "levypaja"),
        ("abergin veneveistamo", "åberg"),
        ("Åberg", "åberg"),
        ("sahkovene", "åberg"),
        ("100 %", "leipomo"),
        ("kauraa_", "leipomo"),
        ("kb veneveistämö", "åberg"),
    ],
)
def test_parts_of_words_find_whatever_the_letters_and_their_dots(
    journey: Journey, three: dict[str, str], search: str, whose: str
) -> None:
    found = queue(journey, search=search)

    assert [row["number"] for row in found["items"]] == [three[whose]]
    assert not found["almost"]


@pytest.mark.parametrize(
    ("search", "whose", "meant"),
    [
        ("saimaam levypjaa", "levypaja", "Saimaan Levypaja Oy"),
        ("levypjaa", "levypaja", "Saimaan Levypaja Oy"),
        ("robotihitsaus", "levypaja", "Saimaan Levypaja Oy"),
        ("aaberg venevestamo", "åberg", "Åbergin Veneveistämö Kb"),
        ("lempin leipmo", "leipomo", "Lempin Leipomo Oy"),
    ],
)
def test_a_typing_error_finds_what_was_meant_and_says_so(
    journey: Journey, three: dict[str, str], search: str, whose: str, meant: str
) -> None:
    found = queue(journey, search=search)

    assert found["items"][0]["number"] == three[whose]
    assert (found["almost"], found["meant"]) == (True, meant)


def test_a_word_of_two_letters_begins_a_word(journey: Journey, three: dict[str, str]) -> None:
    """No index looks for two letters in the middle of words, and nobody searches so: "oy" is not in "kayttöyhteys"."""
    assert numbers(journey, search="kb") == [three["åberg"]]
    assert numbers(journey, search="be") == [], "Åbergin, in the middle"


def test_a_word_typed_right_may_stand_beside_one_typed_wrong(journey: Journey, three: dict[str, str]) -> None:
    other = named(journey, "Lempin Kahvila Oy", "9000004-6", title="Terassi")

    assert numbers(journey, search="lempin kahvlia") == [other]
    assert numbers(journey, search=f"{three['leipomo']} leipmo") == [three["leipomo"]]


def test_what_may_be_meant_is_known_from_the_moment_it_is_filed(journey: Journey, room_database: Database) -> None:
    """The words of drafts are nobody's but the company's; a name that changes later is found by its new words."""
    draft = journey.do(
        Asker(person="joku", role=Role.COMPANY, business_id="9000005-4"),
        use_cases.open_application,
        "IS-2026-14",
        "Ounasvaaran Kehräämö Oy",
        "fi",
    )["number"]
    assert words_kept(room_database) == set()

    filed = named(journey, "Hailuodon Meijeri Oy", "9000003-8", title="Juustola")
    assert words_kept(room_database) == {"hailuodon", "meijeri", "oy", "juustola"}
    with room_database.engine.begin() as connection:
        connection.execute(
            text("UPDATE applications.applications SET searched = replace(searched, 'meijeri', 'osuusmeijeri')")
        )

    assert numbers(journey, search="osusmeijeri") == [filed]
    assert "keharaamo" not in words_kept(room_database)
    assert draft not in numbers(journey, search="kehraamo")


def test_more_than_the_largest_page_has_are_not_counted_and_come_the_newest_first(
    journey: Journey, three: dict[str, str], room_database: Database
) -> None:
    """Two hundred and more that fit tell the reader to type another word; every page of them can still be turned."""
    told_again(room_database, three["levypaja"], copies=240)

    found = queue(journey, group="all", search="levypaja", size=50, page=2)

    assert (found["total"], found["more"], len(found["items"])) == (MOST_FOUND, True, 50)
    assert [row["number"] for row in found["items"]] == [f"T{place:03}" for place in range(50, 100)]
    assert len(numbers(journey, search="levypaja", size=200, page=2)) == 41
    assert queue(journey, search="levypjaa")["more"], "a word typed wrong that very many have"
    by_name = queue(journey, search="levypaja", sort="-number", size=3)
    assert [row["number"] for row in by_name["items"]] == ["T240", "T239", "T238"]
    assert not queue(journey, search="leipomo")["more"]


def test_what_is_like_nothing_finds_nothing(journey: Journey, three: dict[str, str]) -> None:
    found = queue(journey, search="qwxzqwxz")

    assert (found["items"], found["total"], found["meant"]) == ([], 0, None)


def test_the_number_itself_comes_before_what_only_mentions_it(journey: Journey, three: dict[str, str]) -> None:
    mentions = named(journey, "Toinen Oy", "9000005-4", title=f"Jatkoa hankkeelle {three['levypaja']}")

    assert numbers(journey, search=three["levypaja"].lower()) == [three["levypaja"], mentions]


def test_a_search_keeps_to_the_authority_and_to_the_other_filters(journey: Journey, three: dict[str, str]) -> None:
    assert numbers(journey, an.HANDLER_ELSEWHERE, search="levypjaa") == []
    assert numbers(journey, search="levypaja", region="12") == []


# ---- views and load ----


def test_views_are_counted_as_they_list(journey: Journey) -> None:
    journey.submitted()
    journey.taken()
    kept = journey.do(an.HANDLER, use_cases.save_view, "Kainuu", {"region": "12"}, shared=True)
    filters = CaseFilters().load({"search": "robotti", "aid_least": "1.00", "due_before": "2030-01-01"})
    journey.do(an.HANDLER, use_cases.save_view, "Robotit", filters)

    listed = {row["view_id"]: row for row in journey.do(an.HANDLER, queries.list_views)["items"]}

    for row in listed.values():
        asked = CaseFilters().load(row["filters"])
        assert row["count"] == queue(journey, **asked)["total"], row
    assert (listed["mine"]["count"], listed["untaken"]["count"], listed["open"]["count"]) == (1, 1, 2)
    assert {row["name"] for row in listed.values() if row["owner"]} == {"Kainuu", "Robotit"}
    shared = {row["view_id"] for row in journey.do(an.DECIDER, queries.list_views)["items"] if row["owner"]}
    assert shared == {kept.view_id}
    elsewhere = journey.do(an.HANDLER_ELSEWHERE, queries.list_views)["items"]
    assert not [row for row in elsewhere if row["owner"]]


def test_a_view_of_claims_has_no_cases_to_count_and_keeps_its_narrowing(journey: Journey) -> None:
    journey.submitted()
    filters = ViewFilters().load({"kind": "claim", "claim_state": ["verified"], "region": "10"})

    kept = journey.do(an.HANDLER, use_cases.save_view, "Savon maksatukset", filters)

    [listed] = [one for one in journey.do(an.HANDLER, queries.list_views)["items"] if one["owner"]]
    assert listed["view_id"] == kept.view_id
    assert listed["filters"] == {"kind": "claim", "claim_state": ["verified"], "region": "10"}
    assert (listed["count"], listed["more"]) == (0, False)


def test_a_kept_search_is_counted_no_further_than_the_queue_counts(
    journey: Journey, three: dict[str, str], room_database: Database
) -> None:
    told_again(room_database, three["levypaja"], copies=240)
    for search in ("levypaja", "leipomo"):
        journey.do(an.HANDLER, use_cases.save_view, search, ViewFilters().load({"group": "all", "search": search}))

    kept = [one for one in journey.do(an.HANDLER, queries.list_views)["items"] if one["owner"]]

    assert [(one["name"], one["count"], one["more"]) for one in kept] == [
        ("leipomo", 1, False),
        ("levypaja", MOST_FOUND, True),
    ]


def test_officials_are_listed_with_their_load_and_todays_substitute(journey: Journey, room_database: Database) -> None:
    late, day = journey.taken(), an.NOON.date()
    journey.taken()
    due(room_database, late, day - timedelta(days=1))
    journey.do(an.HANDLER, use_cases.set_substitute, MARJA, PEKKA, day, day)

    listed = journey.do(an.DECIDER, lambda work: queries.list_officials(work.session, work.asker, work.now))

    assert [tuple(row.values()) for row in listed["items"]] == [(PEKKA, 0, 0, None), (MARJA, 2, 1, PEKKA)]


def test_substitutes_are_listed_until_their_last_day(journey: Journey) -> None:
    day = an.NOON.date()
    journey.do(an.HANDLER, use_cases.set_substitute, MARJA, PEKKA, day, day)

    def listed(now: datetime) -> int:
        page = {"page": 1, "size": 50, "sort": ""}
        found = journey.do(
            an.HANDLER,
            lambda work: queries.list_substitutes(work.session, work.asker, work.now, **page)["total"],
            now=now,
        )
        return int(found)

    assert (listed(an.NOON), listed(an.later(days=1))) == (1, 0)
