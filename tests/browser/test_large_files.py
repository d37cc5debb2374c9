"""A large file over a bad line: it goes up in pieces, goes on from where it broke, and says so to everybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.test_company_on_a_phone import end_session
from tests.support.browsing import Reader
from tests.support.stages import CAPACITIES, Stages

PIECE = 1024 * 1024
SIZE = 5 * PIECE + 1234
NAME = "mittaukset.txt"
PIECES = re.compile(r"/api/v1/uploads/")


class Line:
    """The line between one page and the house: counts where pieces begin, and breaks when told to."""

    def __init__(self, page: Page) -> None:
        self.began_at: list[int] = []
        self._good_for = SIZE
        page.route(PIECES, self._piece)

    def breaks_after(self, pieces: int) -> None:
        self._good_for = pieces

    def mends(self) -> None:
        self._good_for = SIZE

    def _piece(self, route: Route) -> None:
        if route.request.method != "PATCH":
            route.continue_()
        elif self._good_for <= 0:
            route.abort()
        else:
            self._good_for -= 1
            self.began_at.append(int(route.request.headers["upload-offset"]))
            route.continue_()


@pytest.fixture
def large(tmp_path: Path) -> Path:
    file = tmp_path / NAME
    file.write_bytes(b"21.5;0.7;1013\n" * (SIZE // 14) + b"\n" * (SIZE % 14))
    return file


@pytest.fixture
def at_attachments(person: Callable[..., Reader], stages: Stages) -> Callable[..., Reader]:
    def opened(number: str, **browser: object) -> Reader:
        name, capacity = CAPACITIES["company"]
        manager = person(**browser).be(name, **capacity)
        manager.open(f"/oma/asiat/{number}/liitteet")
        return manager

    return opened


def choose_and_send(reader: Reader, file: Path) -> None:
    others = reader.page.get_by_role("region", name="Muut liitteet")
    others.get_by_label("Lisää tiedosto").set_input_files(file)
    others.get_by_role("button", name="Lähetä tiedosto").click()


def arrives(reader: Reader) -> None:
    others = reader.page.get_by_role("region", name="Muut liitteet")
    expect(others.get_by_text("vastaanotettu", exact=True)).to_be_visible(timeout=30_000)
    expect(others.get_by_role("link", name=NAME)).to_have_count(1)


def told(reader: Reader) -> Locator:
    """The line under the file's button, which is read aloud."""
    return reader.page.get_by_role("region", name="Muut liitteet").get_by_role("status")


@contextmanager
def said_aloud(page: Page) -> Iterator[list[str]]:
    """Everything that a screen reader hears from the page's live regions meanwhile."""
    heard: list[str] = []
    page.expose_function("heard", lambda text: heard.append(text))  # a plain method it cannot take
    page.evaluate(
        """document.querySelectorAll("[role=status]").forEach(place => new MutationObserver(
             () => heard(place.textContent)).observe(place, { childList: true, characterData: true, subtree: true }))"""
    )
    yield heard


def test_it_goes_up_in_pieces_and_says_how_far_it_is(
    at_attachments: Callable[..., Reader], stages: Stages, large: Path
) -> None:
    manager = at_attachments(stages.empty_draft())
    line = Line(manager.page)
    with said_aloud(manager.page) as heard:
        choose_and_send(manager, large)
        arrives(manager)
    assert line.began_at == [0, PIECE, 2 * PIECE, 3 * PIECE, 4 * PIECE, 5 * PIECE]
    assert heard[:2] == ["Lähetetään: 0 prosenttia", "Lähetetään: 10 prosenttia"]
    assert len(heard) == len(set(heard)) <= 10, "a tenth is said once, however many pieces it takes"


def test_a_line_that_breaks_costs_the_last_piece_and_the_sending_goes_on_by_itself(
    at_attachments: Callable[..., Reader], stages: Stages, large: Path
) -> None:
    manager = at_attachments(stages.empty_draft())
    line = Line(manager.page)
    line.breaks_after(2)
    choose_and_send(manager, large)
    expect(told(manager)).to_contain_text("Yhteys katkesi")
    line.mends()
    arrives(manager)
    assert line.began_at == [0, PIECE, 2 * PIECE, 3 * PIECE, 4 * PIECE, 5 * PIECE], "no byte went twice"


def test_after_the_page_was_closed_in_the_middle_the_same_file_goes_on_from_there(
    at_attachments: Callable[..., Reader], stages: Stages, large: Path
) -> None:
    manager = at_attachments(stages.empty_draft())
    line = Line(manager.page)
    line.breaks_after(3)
    choose_and_send(manager, large)
    expect(told(manager)).to_contain_text("Yhteys katkesi")

    manager.page.reload()
    expect(told(manager)).to_contain_text(f"Tiedostosta {NAME} on tullut 59 prosenttia")
    line.mends()
    choose_and_send(manager, large)
    arrives(manager)
    assert line.began_at == [0, PIECE, 2 * PIECE, 3 * PIECE, 4 * PIECE, 5 * PIECE]


def test_a_session_that_ends_in_the_middle_says_so_and_the_file_goes_on_after_signing_in(
    at_attachments: Callable[..., Reader], stages: Stages, large: Path
) -> None:
    number = stages.empty_draft()
    manager = at_attachments(number)
    line = Line(manager.page)
    line.breaks_after(2)
    choose_and_send(manager, large)
    expect(told(manager)).to_contain_text("Yhteys katkesi")
    end_session(manager)
    line.mends()
    expect(told(manager)).to_contain_text("Istuntosi päättyi, mutta jo tullut osa tiedostosta on tallessa")

    told(manager).get_by_role("link", name="Kirjaudu").click()
    manager.page.get_by_role("button", name="Satu Esimerkki").filter(has_text="Mallimetalli").click()
    manager.arrives("Liitteet")
    assert manager.page.url.endswith(f"/oma/asiat/{number}/liitteet")
    expect(told(manager)).to_contain_text("on tullut 39 prosenttia")
    choose_and_send(manager, large)
    arrives(manager)
    assert line.began_at[-4:] == [2 * PIECE, 3 * PIECE, 4 * PIECE, 5 * PIECE]


def test_signing_in_again_in_another_tab_asks_for_a_page_opened_anew(
    at_attachments: Callable[..., Reader], stages: Stages, large: Path
) -> None:
    manager = at_attachments(stages.empty_draft())
    end_session(manager)
    other = manager.context.new_page()
    other.goto("/kirjaudu")
    other.get_by_role("button", name="Satu Esimerkki").filter(has_text="Mallimetalli").click()
    expect(other.get_by_role("heading", level=1, name="Mallimetalli Esimerkki Oy")).to_be_visible()

    choose_and_send(manager, large)
    told(manager).get_by_role("link", name="Avaa sivu uudelleen").click()
    expect(told(manager)).to_be_empty()
    choose_and_send(manager, large)
    arrives(manager)


def test_a_file_that_is_not_taken_says_why_beside_its_button(
    at_attachments: Callable[..., Reader], stages: Stages, tmp_path: Path
) -> None:
    program = tmp_path / "ohjelma.pdf"
    program.write_bytes(b"MZ\x90\x00" + b"\x00" * (3 * PIECE))
    manager = at_attachments(stages.empty_draft())
    choose_and_send(manager, program)
    expect(told(manager)).to_have_class(re.compile(r"\berr\b"))
    expect(told(manager)).not_to_be_empty()
    expect(manager.page.get_by_text("vastaanotettu", exact=True)).to_have_count(0)


def test_without_script_the_whole_file_goes_at_once(
    at_attachments: Callable[..., Reader], stages: Stages, large: Path
) -> None:
    manager = at_attachments(stages.empty_draft(), java_script_enabled=False)
    choose_and_send(manager, large)
    arrives(manager)
