"""Every page of visitors and companies opens in three languages, whole and well-formed."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from werkzeug.exceptions import NotFound
from werkzeug.routing.exceptions import RequestRedirect

from tests.support.portal_pages import (
    CLAIM_DRAFT,
    CLAIM_FAILED,
    CLAIM_PAID,
    DRAFT,
    GRANTED,
    READY,
    SUBMITTED,
    Portal,
    Taken,
    text_of,
)

PUBLIC = (
    "/",
    "/haut",
    "/haut/energia-2026",
    "/kirjaudu",
    "/laskuri",
    "/laskuri?haku=energia-2026",
    "/laskuri?haku=energia-2026&laske=1&costs.equipment=20000&size=small",
    "/ohjeet",
    "/saavutettavuus",
    "/tietosuoja",
    "/tila",
    "/todenna",
    "/todenna?tunnus=9D9E-23BE-C8F9-7A6A",
    "/ulos",
)
DRAFTS = tuple(f"/oma/asiat/{DRAFT}/{part}" for part in ("perustiedot", "kustannukset", "rahoitus", "mittarit"))
COMPANY = (
    "/oma",
    "/oma/hakemukset",
    "/oma/hankkeet",
    "/oma/yritys",
    "/valitse-yritys",
    f"/oma/asiat/{DRAFT}",
    *DRAFTS,
    *(f"{path}?tarkista=1" for path in DRAFTS),
    f"/oma/asiat/{DRAFT}/liitteet",
    f"/oma/asiat/{DRAFT}/tarkista",
    f"/oma/asiat/{DRAFT}/peru",
    f"/oma/asiat/{READY}/tarkista",
    *(f"/oma/asiat/{number}" for number in (SUBMITTED, GRANTED, "A80648", "A80641")),
    f"/oma/asiat/{SUBMITTED}/vastaanotto",
    f"/oma/maksatus/{CLAIM_DRAFT}",
    f"/oma/maksatus/{CLAIM_DRAFT}/rivi/2?tarkista=1",
    f"/oma/maksatus/{CLAIM_DRAFT}/rivi/3",
    f"/oma/maksatus/{CLAIM_DRAFT}/lasku",
    f"/oma/maksatus/{CLAIM_DRAFT}/lasku/d-new",
    f"/oma/maksatus/{CLAIM_DRAFT}/tarkista",
    f"/oma/maksatus/{CLAIM_PAID}",
    f"/oma/maksatus/{CLAIM_FAILED}",
    f"/oma/maksatus/{CLAIM_PAID}/vastaanotto",
)
LANGUAGES = ("fi", "sv", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_opens_for_a_visitor(visitor: Portal, path: str, language: str) -> None:
    answer = visitor.get(path, language)
    assert answer.status_code == 200
    assert_well_formed(answer.text, language)


def test_whoever_holds_a_letter_sees_whose_it_is_and_no_more(visitor: Portal) -> None:
    told = text_of(visitor.get("/todenna?tunnus=9D9E-23BE-C8F9-7A6A").text)
    assert "Kirje on tästä palvelusta." in told
    assert "A80655" in told
    assert "Itä-Suomen elinvoimakeskus" in told


def test_a_letter_nobody_wrote_is_said_to_be_nobodys(visitor: Portal) -> None:
    answer = visitor.get("/todenna?tunnus=AAAA-BBBB-CCCC-DDDD")
    assert answer.status_code == 404
    assert "Tällä tarkisteella ei ole kirjettä." in text_of(answer.text)
    assert "AAAA-BBBB-CCCC-DDDD" in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", COMPANY)
def test_a_company_page_opens(portal: Portal, path: str, language: str) -> None:
    answer = portal.get(path, language)
    assert answer.status_code == 200
    assert_well_formed(answer.text, language)


@pytest.mark.parametrize("path", [*PUBLIC, *COMPANY])
def test_no_link_on_a_page_is_dead(portal: Portal, path: str) -> None:
    addresses = portal.app.url_map.bind("localhost")
    for link in Taken(portal.get(path).text).links:
        target = urlsplit(link)
        if target.scheme or not target.path:
            continue
        try:
            addresses.match(target.path, "GET")
        except RequestRedirect:
            continue
        except NotFound:
            pytest.fail(f"{path} leads to {link}, where there is nothing")


def test_every_place_named_by_a_link_on_the_same_page_is_there(portal: Portal) -> None:
    for path in COMPANY:
        page = Taken(portal.get(path).text)
        named = {link[1:] for link in page.links if link.startswith("#")}
        assert named <= set(page.ids), path


@pytest.mark.parametrize(
    ("path", "status"),
    [("/olematon", 404), ("/oma/asiat/A99999", 404), ("/oma/maksatus/M1", 404), ("/haut/ei-ole", 404), ("/tyo/x", 404)],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_there_is_said_in_the_readers_language(
    portal: Portal, path: str, status: int, language: str
) -> None:
    answer = portal.get(path, language)
    assert answer.status_code == status
    assert_well_formed(answer.text, language)
    assert "DomainError" not in answer.text


def test_another_companys_case_looks_as_if_it_did_not_exist(portal: Portal) -> None:
    assert portal.get("/oma/asiat/A80777").status_code == 404


def test_the_language_chosen_in_the_address_stays(visitor: Portal) -> None:
    visitor.client.get("/?kieli=sv")
    assert 'lang="sv"' in visitor.client.get("/haut").text


def test_each_page_says_that_the_demonstration_is_one(portal: Portal) -> None:
    assert "Esittelyversio" in portal.get("/oma").text
    assert "Esittelyversio" in portal.get("/olematon").text


def test_sums_are_written_as_finns_write_them(portal: Portal) -> None:
    assert "41\u00a0000,00\u00a0€" in portal.get(f"/oma/asiat/{GRANTED}").text
    assert "€41,000.00" in portal.get(f"/oma/asiat/{GRANTED}", "en").text


def test_a_cut_is_shown_with_its_reason_and_a_true_minus(portal: Portal) -> None:
    read = text_of(portal.get(f"/oma/maksatus/{CLAIM_PAID}").text)
    assert "−500,00 €" in read
    assert "Hinta ei ole kohtuullinen" in read


def test_the_banks_reason_is_told_in_words(portal: Portal) -> None:
    assert "Tili on suljettu" in portal.get(f"/oma/maksatus/{CLAIM_FAILED}").text


def test_two_people_of_the_decision_are_named(portal: Portal) -> None:
    read = text_of(portal.get(f"/oma/asiat/{GRANTED}").text)
    assert "Esitteli Pekka Virtanen" in read
    assert "Ratkaisi Leena Korhonen" in read


def assert_well_formed(html: str, language: str) -> None:
    page = Taken(html)
    assert page.language == language
    assert page.h1 == 1
    assert re.search(r"<title>\S[^<]* – Tukiväylä</title>", html)
    assert page.inline == []
    assert len(page.ids) == len(set(page.ids)), [one for one in page.ids if page.ids.count(one) > 1]
    assert "%(" not in html
    for form in page.forms:
        is_search = not {"csrf_token", "idempotency_key"} & form.fields.keys()
        assert is_search or "csrf_token" in form.fields


# What `url_for` takes as orders of its own when it is handed a page's query.
ORDERS = ("_scheme=javascript", "_external=1", "_method=PUT", "_anchor=x", "endpoint=portal.own_page", "number=A1")


@pytest.mark.parametrize("order", ORDERS)
def test_words_in_an_address_do_not_turn_the_pages_links_elsewhere(portal: Portal, order: str) -> None:
    """A link that somebody sends makes ours neither run a script (`javascript://…?%0A…`) nor answer with a fault."""
    for path in ("/", f"/oma/asiat/{SUBMITTED}"):
        answer = portal.get(f"{path}?x=%0Aalert(1)&{order}")

        assert answer.status_code == 200
        (swedish,) = re.findall(r'href="([^"]*kieli=sv[^"]*)"', answer.text)
        assert swedish.startswith(f"{path}?x=%0Aalert(1)&")
        assert "#" not in swedish
