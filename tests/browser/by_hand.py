"""What a company's manager does with their own hands: an application, part by part, and sending it."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from playwright.sync_api import expect

from tests.support.browsing import Reader
from tests.support.stages import Stages
from tukivayla.demo.choosing import assessment
from tukivayla.demo.papers import attachment_pdf

TITLE = "Särmäyspuristin ja käyttöönotto"
PLAN = {"name": "hankesuunnitelma.pdf", "mimeType": "application/pdf"}


def typed(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def says_nothing_disqualifies(official: Reader) -> None:
    """At the gate of a case: three answers, none chosen; the case opens after the first of them."""
    official.arrives("Onko sinulla este käsitellä asiaa")
    official.page.get_by_label("Minulla ei ole estettä").check()
    official.press("Vastaa")


def assesses(handler: Reader, number: str, today: date) -> None:
    """The assessment, field by field: eligibility, scores, the company's figures, what was looked up."""
    handler.open(f"/tyo/asiat/{number}/arviointi")
    answers = assessment(Random(7), today, "Mikkeli", "fi", falls=False)
    for path, text in answers.items():
        if isinstance(text, str):
            _fill(handler, path, text)
    for table in ("eligibility", "scores", "checklist"):
        given = {row["code"]: row for row in answers[table]}
        codes = handler.page.locator(f'[name^="{table}."][name$=".code"]')
        for place in range(codes.count()):
            row = given[codes.nth(place).input_value()]
            for column, text in row.items():
                if column != "code":
                    _fill(handler, f"{table}.{place}.{column}", text)
    handler.press("Tallenna arviointi")
    handler.page.wait_for_url("**tallennettu=1*")
    handler.open(f"/tyo/asiat/{number}")


def _fill(official: Reader, path: str, text: str) -> None:
    field = official.page.locator(f'[name="{path}"]')
    if field.count() == 0:
        return  # this call does not ask it
    if field.evaluate("element => element.tagName") == "SELECT":
        field.select_option(text)
    else:
        field.fill(text)


class Application:
    """Written in Finnish by label and button, as the pages offer them."""

    def __init__(self, manager: Reader, stages: Stages) -> None:
        self.by = manager
        self.stages = stages
        self.starts = stages.today - timedelta(days=120)
        self.number = ""

    def begin(self) -> None:
        self.by.follow("Haut")
        self.by.page.locator(f'main a[href*="/haut/{self.stages.call_id}"]').first.click()
        self.by.press("Aloita hakemus")
        self.by.arrives("Uusi hakemus")
        self.number = self.by.page.url.split("?")[0].rsplit("/", 1)[-1]

    def to(self, part: str) -> None:
        self.by.open(f"/oma/asiat/{self.number}")
        self.by.page.locator("main").get_by_role("link", name=part).click()
        self.by.arrives(part)

    def write_basics(self, *, ends: str = "") -> None:
        for label, text in {
            "Hankkeen nimi": TITLE,
            "Mitä teette ja miksi": "Uusi puristin korvaa käsityön. Ilman tukea hankinta jäisi tekemättä.",
            "Hanke alkaa": typed(self.starts),
            "Hanke päättyy": ends or typed(self.starts + timedelta(days=500)),
            "Yhteyshenkilö": "Satu Esimerkki",
            "Sähköposti": "satu@mallimetalli.example",
        }.items():
            self.by.write(label, text)
        self.by.page.get_by_label("Maakunta, jossa hanke toteutetaan").select_option("10")
        self.by.page.get_by_label("Kunta", exact=False).last.select_option(label="Mikkeli")

    def write_costs(self, first: str = "84 999,99", second: str = "7250.35") -> None:
        self.by.press("Lisää rivi")
        expect(self.by.row(2)).to_be_visible()
        self._write_cost(1, "equipment", "Särmäyspuristin", first)
        self._write_cost(2, "services", "Käyttöönotto", second)

    def _write_cost(self, number: int, category: str, what: str, amount: str) -> None:
        row = self.by.row(number)
        row.get_by_label("Kustannuslaji").select_option(category)
        row.get_by_label("Mitä hankitaan").fill(what)
        row.get_by_label("Vuosi").fill(str(self.starts.year))
        row.get_by_label("Veroton summa").fill(amount)

    def write_financing(self, amount: str = "59 962,73 €") -> None:
        row = self.by.row(1)
        row.get_by_label("Lähde").select_option("own")
        row.get_by_label("Vuosi").fill(str(self.starts.year))
        row.get_by_label("Summa").fill(amount)

    def attach(self, content: bytes | None = None) -> None:
        paper = attachment_pdf("Hankesuunnitelma", ["Mallimetalli Esimerkki Oy hankkii puristimen."])
        field = self.by.page.get_by_label("Lisää tiedosto").first
        field.set_input_files({**PLAN, "buffer": paper if content is None else content})
        self.by.page.get_by_role("button", name="Lähetä tiedosto").first.click()

    def go_on(self, to: str) -> None:
        self.by.press("Tallenna ja jatka")
        self.by.arrives(to)

    def promise(self) -> None:
        for box in self.by.page.get_by_role("checkbox").all():
            box.check()

    def write_all(self) -> None:
        """Every part without a slip, up to the page where it is checked."""
        self.to("Perustiedot")
        self.write_basics()
        self.go_on("Kustannusarvio")
        self.write_costs()
        self.go_on("Rahoitussuunnitelma")
        self.write_financing()
        self.go_on("Mittarit")
        self.go_on("Liitteet")
        self.attach()
        expect(self.by.page.get_by_text("vastaanotettu", exact=True)).to_be_visible()
        self.by.follow("Jatka tarkistamaan")
        self.by.arrives("Tarkista ja lähetä")

    def send(self) -> None:
        self.promise()
        self.by.press("Lähetä hakemus")
        self.by.arrives("Hakemuksesi on vastaanotettu")
