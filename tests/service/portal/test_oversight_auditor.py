"""What the auditor sees: sums that add up, who did what on which ground, and a proof said in words first."""

from __future__ import annotations

import pytest
from flask import Flask

from services.gateway.portal.oversight.charts import PLACES, bars, share, tiles
from services.gateway.portal.oversight.overview import sums
from shared.contracts import monitoring as m
from shared.money import Money
from shared.reference.regions import REGIONS
from tests.support import fake_case as case
from tests.support.fake_rooms import FakeRooms
from tests.support.oversight_pages import AUDITOR, CASE, OPERATOR, PAYMENT, oversight_rooms, trace
from tests.support.portal_pages import Portal, text_of

ROUTE = f"/valvonta/reitti/{PAYMENT}"


@pytest.fixture
def rooms() -> FakeRooms:
    return oversight_rooms()


@pytest.fixture
def auditor(app: Flask, rooms: FakeRooms) -> Portal:
    return Portal(app, rooms, AUDITOR)


def test_the_overviews_sums_are_those_of_its_table(auditor: Portal, rooms: FakeRooms) -> None:
    row = case.FIGURES["rows"][0]
    other = row | {"region": "12", "sought": Money.eur("0.05"), "paid": Money.eur("100.02"), "cases": 2}
    rooms.answers(m.FIGURES, case.FIGURES | {"rows": [row, other]})
    read = text_of(auditor.get("/valvonta").text)
    assert read.count("167 200,05 €") == 3  # the figure, the chart's table, the table's last row
    assert read.count("100,02 €") >= 3
    assert "6 hakemuksessa" in read


def test_a_sum_of_rows_is_exact() -> None:
    rows = [case.FIGURES["rows"][0]] * 3
    assert sums(rows)["sought"] == Money.eur("501600.00")
    assert sums([])["paid"] == Money(0)


def test_an_overview_of_nothing_says_why_it_is_empty(auditor: Portal, rooms: FakeRooms) -> None:
    rooms.answers(m.FIGURES, {"rows": [], "position": 0, "as_of": None})
    assert "laskettavaa ei ole" in auditor.get("/valvonta").text


def test_the_longest_bar_is_the_widest_and_parts_lie_within_it() -> None:
    long, short = bars([("a", Money(200), Money(100), Money(50)), ("b", Money(50), Money(50), None)])
    assert (long.whole_width, long.part_width, long.inner_width) == (380, 190, 95)
    assert (long.percent, long.inner_percent) == (50, 50)
    assert short.whole_width == 95
    assert short.inner_percent is None


def test_of_nothing_there_is_no_share() -> None:
    assert share(Money(1), Money(0)) is None


def test_every_region_but_aland_has_one_tile_of_its_own() -> None:
    assert set(PLACES) == {region.code for region in REGIONS} - {"21"}
    assert len(set(PLACES.values())) == len(PLACES)


def test_tiles_are_shaded_by_fifths_of_the_largest() -> None:
    shades = {tile.code: tile.shade for tile in tiles({"01": Money(500), "02": Money(99), "04": Money(100)})}
    assert (shades["01"], shades["02"], shades["04"], shades["19"]) == (4, 0, 1, 0)


def test_filters_go_to_the_room_as_they_stand_in_the_address(auditor: Portal, rooms: FakeRooms) -> None:
    auditor.get(
        "/valvonta/hankkeet?tila=paid&viranomainen=ITA&maakunta=11&rahasto=JTF&q=Verstas&jarjestys=-paid&sivu=2"
    )
    asked = rooms.asked_for(m.LIST_CASES)[0].data
    assert asked == {
        "state": "paid",
        "authority": "ITA",
        "region": "11",
        "fund": "JTF",
        "search": "Verstas",
        "sort": "-paid",
        "page": 2,
        "size": 50,
    }


def test_an_order_that_the_list_does_not_have_is_the_first_one(auditor: Portal, rooms: FakeRooms) -> None:
    assert auditor.get("/valvonta/hankkeet?jarjestys=salary").status_code == 200
    assert rooms.asked_for(m.LIST_CASES)[0].data["sort"] == "-last_event_at"


def test_a_case_shows_each_step_with_person_ground_sum_and_digest(auditor: Portal, rooms: FakeRooms) -> None:
    rooms.answers(m.CASE_TRAIL, {"number": CASE, "entries": [case.TRAIL_ENTRY | {"basis": "hallintolaki 19 §"}]})
    read = text_of(auditor.get(f"/valvonta/hankkeet/{CASE}").text)
    assert "Hakemus jätetty" in read
    assert "Aino Lehtonen, yrityksen edustaja" in read
    assert "Peruste : hallintolaki 19 §" in read or "Peruste: hallintolaki 19 §" in read
    assert "41 800,00 €" in read
    assert case.DIGEST in read


def test_a_proof_that_holds_is_said_in_words(auditor: Portal) -> None:
    read = text_of(auditor.get(ROUTE).text)
    assert "Todiste täsmää" in read
    assert "tapahtuma 100, 22.11.2026 klo 6.00" in read
    assert "tukivayla trail verify" in read


def test_a_proof_that_does_not_hold_is_said_in_words(auditor: Portal, rooms: FakeRooms) -> None:
    rooms.answers(m.TRACE_PAYMENT, trace(proof={"holds": False, "positions": [5], "head": case.DIGEST}))
    read = text_of(auditor.get(ROUTE).text)
    assert "Todiste ei täsmää" in read
    assert "Todiste täsmää" not in read


def test_the_route_names_who_did_each_act(auditor: Portal) -> None:
    read = text_of(auditor.get(ROUTE).text)
    assert "Esitti maksun Pekka Virtanen" in read
    assert "Ratkaisi maksun Leena Korhonen" in read
    assert "Kokosi maksuerän Juha Niemi" in read
    assert "3 vaihetta, 3 henkilöä" in read


def test_one_person_in_two_acts_is_counted_once(auditor: Portal, rooms: FakeRooms) -> None:
    one = trace()
    one["steps"][1]["data"] = {"proposed_by": "p-juha", "decided_by": "p-leena"}
    rooms.answers(m.TRACE_PAYMENT, one)
    assert "3 vaihetta, 2 henkilöä" in text_of(auditor.get(ROUTE).text)


def test_the_costs_under_a_payment_lead_to_their_papers_and_add_up(auditor: Portal) -> None:
    page = auditor.get(ROUTE).text
    assert 'href="/asiakirja/d-invoice?inline=1"' in page
    assert "Yhteensä 44 000,00 € 43 500,00 €" in text_of(page)


@pytest.mark.parametrize("person", [AUDITOR, OPERATOR])
def test_a_trail_that_holds_says_how_much_was_checked(app: Flask, rooms: FakeRooms, person: str) -> None:
    assert "112 tapahtumaa tarkistettu" in text_of(Portal(app, rooms, person).get("/valvonta/ketju").text)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("content", "Tapahtuman sisältöä on muutettu"),
        ("column:amount", "Tapahtuman luettava sarake kertoo muuta kuin tapahtuma itse. amount"),
        ("position_missing", "Tapahtuma puuttuu"),
    ],
)
def test_a_trail_that_is_broken_names_the_entry_and_what_differs(
    auditor: Portal, rooms: FakeRooms, broken: str, said: str
) -> None:
    proof = {"holds": False, "entries": 40, "head": case.DIGEST, "broken_at": 41, "broken": broken}
    rooms.answers(m.VERIFY_TRAIL, proof | {"checked_at": case.NOW, "checkpoints": 0})
    read = text_of(auditor.get("/valvonta/ketju").text)
    assert "Tapahtuma 41 ei täsmää" in read
    assert said in read
