"""One case from the application to the auditor, by nine people at their own browsers, each pressing real buttons."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.by_hand import Application, assesses, says_nothing_disqualifies, typed
from tests.support.browsing import DESK, Reader
from tests.support.stages import CAPACITIES, Stages
from tukivayla.demo.papers import Invoice, invoice_pdf
from tukivayla.demo.people import eventually
from tukivayla.demo_bank import answer

ACCOUNT = "FI21 1234 5600 0007 85"


class Case:
    """The people of one case, and what they do to it by hand."""

    def __init__(self, person: Callable[..., Reader], stages: Stages) -> None:
        self.person = person
        self.stages = stages
        self.number = ""

    def by(self, duty: str) -> Reader:
        name, capacity = CAPACITIES[duty]
        return self.person(viewport=DESK).be(name, **capacity)

    @property
    def invoiced(self) -> str:
        return typed(self.stages.today - timedelta(days=80))

    @property
    def paid(self) -> str:
        return typed(self.stages.today - timedelta(days=70))

    def is_applied_for(self) -> None:
        work = Application(self.by("company"), self.stages)
        work.by.open("/oma")
        work.begin()
        work.write_all()
        work.send()
        self.number = work.number
        self.claim_id = f"{work.number}-M1"

    def is_taken_and_proposed(self) -> Reader:
        handler = self.by("handler")
        handler.open("/tyo/jono")
        handler.write("Hae nimellä, Y-tunnuksella, numerolla", self.number)
        handler.press("Rajaa")
        handler.follow(self.number)
        says_nothing_disqualifies(handler)
        handler.press("Ota asia käsittelyysi")
        assesses(handler, self.number, self.stages.today)
        handler.follow("Tee päätösesitys")
        handler.arrives("Päätösesitys")
        handler.write("Perustelut", "Hanke täyttää valintaperusteet.")
        handler.page.get_by_label("Tuki myönnetään haetun mukaisena").check()
        handler.press("Lähetä esitys ratkaistavaksi")
        expect(handler.page.get_by_text("Se odottaa ratkaisijaa").first).to_be_visible()
        return handler

    def is_decided(self) -> None:
        decider = self.by("decision_maker")
        decider.open(f"/tyo/asiat/{self.number}")
        says_nothing_disqualifies(decider)
        decider.follow("Ratkaise päätösesitys")
        decider.arrives("Ratkaise päätösesitys")
        assert "32 287,61 €" in decider.reads()
        decider.page.get_by_label("Hyväksyn esityksen ja allekirjoitan päätöksen").check()
        decider.press("Vahvista ratkaisu")
        expect(decider.page.get_by_text("hyväksytty").first).to_be_visible()

    def is_claimed(self) -> None:
        manager = self.by("company")
        self._open_claim(manager)
        manager.write("Kustannukset alkaen", typed(self.stages.today - timedelta(days=120)))
        manager.write("Kustannukset päättyen", typed(self.stages.today))
        manager.write("Pankkitili (IBAN)", ACCOUNT)
        manager.press("Tallenna")
        expect(manager.page.locator("#tila")).to_contain_text("Luonnos tallennettu")
        self._send_invoice(manager)
        self._correct_and_confirm(manager)
        self._type_a_cost(manager)
        manager.follow("Jatka tarkistamaan")
        manager.arrives("Tarkista ja lähetä maksatushakemus")
        assert "15 745,77 €" in manager.reads()
        manager.page.get_by_role("checkbox").check()
        manager.press("Lähetä maksatushakemus")
        manager.arrives("Maksatushakemuksesi on vastaanotettu")

    def _open_claim(self, manager: Reader) -> None:
        eventually(lambda: self._grant_is_open(manager.open("/oma/hankkeet")), what="the grant's account")
        manager.page.get_by_role("button", name=f"Hae maksatusta {self.number}").click()
        manager.arrives(f"Maksatushakemus {self.claim_id}")

    def _grant_is_open(self, page: Page) -> bool:
        return page.get_by_role("button", name=f"Hae maksatusta {self.number}").count() == 1

    def _send_invoice(self, manager: Reader) -> None:
        manager.follow("Lisää lasku (PDF)")
        manager.arrives("Lisää lasku")
        file = {"name": "lasku.pdf", "mimeType": "application/pdf", "buffer": self._invoice()}
        manager.page.get_by_label("Lasku").set_input_files(file)
        manager.press("Lähetä lasku")
        expect(manager.page.get_by_label("Verollinen summa")).to_be_visible(timeout=30_000)

    def _correct_and_confirm(self, manager: Reader) -> None:
        """Every figure tells how sure it is; one is corrected, and what was read stays beside it."""
        read = manager.page.locator("ol.reads > li")
        expect(read).not_to_have_count(0)
        for one in read.all():
            assert re.search(r"(varma|tarkista|epävarma), \d+\s%", one.inner_text())
        expect(manager.page.get_by_label("Veroton summa")).to_have_value(re.compile("12.345,67"))
        expect(manager.page.get_by_label("Laskun numero")).to_have_value(f"2026{self.number[1:]}")
        manager.write("Toimittaja", "Kuviteltu Kone Oy Ab")
        manager.page.get_by_label("Kustannuslaji").select_option("equipment")
        manager.write("Mitä ostettiin tai kuka työskenteli", "Ohjausyksikkö")
        manager.write("Maksupäivä", self.paid)
        manager.press("Olen tarkistanut: tallenna kustannus")
        manager.arrives(f"Maksatushakemus {self.claim_id}")

    def _type_a_cost(self, manager: Reader) -> None:
        manager.follow("Kirjoita kustannus")
        manager.arrives("Uusi kustannus")
        manager.page.get_by_label("Kustannuslaji").select_option("services")
        for label, text in {
            "Mitä ostettiin tai kuka työskenteli": "Käyttöönotto",
            "Toimittaja": "Esimerkki Insinöörit Oy",
            "Laskun numero": f"77{self.number[1:]}",
            "Laskun tai työn päivä": self.invoiced,
            "Maksupäivä": self.paid,
            "Veroton summa": "3 400,10",
            "Arvonlisävero": "867,03",
            "Verollinen summa": "4 267,13",
            "Tästä kustannuksesta haetaan": "3 400,10",
        }.items():
            manager.write(label, text)
        manager.press("Tallenna kustannus")
        manager.arrives(f"Maksatushakemus {self.claim_id}")

    def is_verified_with_a_cut(self) -> None:
        verifier = self.by("verifier")
        verifier.open("/tyo/jono")
        verifier.follow(self.claim_id)
        says_nothing_disqualifies(verifier)
        assert "Kuviteltu Kone Oy Ab" in verifier.reads()
        verifier.press("Täytä haetut summat riveille, joista säännöt eivät huomauta")
        verifier.write("Hyväksytään rivistä 1", "12 345,67")
        verifier.write("Hyväksytään rivistä 2", "1 700,05")
        verifier.press("Tallenna varmennus")
        expect(verifier.page.locator(".errors")).to_be_focused()
        verifier.page.get_by_label("Vähennyksen syy, rivi 2").select_option("not_project_cost")
        verifier.write("Selitys, rivi 2", "Puolet työstä koski muuta kuin hanketta.")
        verifier.press("Tallenna varmennus")
        expect(verifier.page.get_by_text("varmennettu").first).to_be_visible()
        assert "−1 700,05 €" in verifier.reads()

    def payment_is_presented(self) -> None:
        presenter = self.by("payment_presenter")
        presenter.open(f"/tyo/maksatus/{self.claim_id}")
        says_nothing_disqualifies(presenter)
        presenter.follow("Esittele maksatus")
        presenter.press("Lähetä maksatus ratkaistavaksi")
        presenter.arrives("Ratkaise maksatus")
        expect(presenter.page.get_by_text("joku muu kuin sinä")).to_be_visible()
        expect(presenter.page.get_by_role("button", name="Vahvista ratkaisu")).to_have_count(0)

    def payment_is_decided(self) -> None:
        decider = self.by("payment_decision_maker")
        decider.open(f"/tyo/maksatus/{self.claim_id}")
        says_nothing_disqualifies(decider)
        decider.follow("Ratkaise maksatus")
        decider.page.get_by_label("Hyväksyn esityksen ja allekirjoitan maksatuspäätöksen").check()
        decider.press("Vahvista ratkaisu")
        decider.arrives(f"Maksatushakemus {self.claim_id}")
        assert "4 916,00 €" in decider.reads()

    def is_paid(self) -> None:
        payer = self.by("payer")
        payer.open("/maksu/valmiit")
        payer.page.get_by_label(f"Ota {self.claim_id} erään").check()
        payer.page.locator('[name="total"]').fill("4 916,00")
        payer.press("Kokoa maksuerä")
        payer.arrives("Maksuerä")
        with payer.page.expect_download() as fetched:
            payer.page.locator('main a[href$="/tiedosto"]').click()
        bank = answer(fetched.value.path().read_text("utf-8"))
        payer.open("/maksu/vastaukset")
        payer.page.locator('[name="xml"]').fill(bank)
        payer.press("Tuo teksti")
        payer.arrives("Pankin vastaus")
        assert "1 maksun tila muuttui" in payer.reads()

    def _invoice(self) -> bytes:
        return invoice_pdf(
            Invoice(
                language="fi",
                seller="Kuviteltu Kone Oy",
                seller_address="Keksitty katu 1, 00100 Helsinki",
                seller_id="9100009-9",
                seller_vat_id="FI91000099",
                buyer="Mallimetalli Esimerkki Oy",
                number=f"2026{self.number[1:]}",
                date=self.invoiced,
                due=self.paid,
                what="Ohjausyksikkö",
                net="12 345,67",
                vat="3 148,15",
                gross="15 493,82",
                rate="25,5",
            )
        )


@pytest.fixture
def case(person: Callable[..., Reader], stages: Stages) -> Case:
    return Case(person, stages)


def test_a_euro_goes_from_application_to_audit_by_hand(case: Case) -> None:
    case.is_applied_for()
    handler = case.is_taken_and_proposed()
    the_presenter_cannot_decide(handler, case.number)
    case.is_decided()
    the_letter_can_be_had(case.by("company"), case.number)
    case.is_claimed()
    case.is_verified_with_a_cut()
    case.payment_is_presented()
    case.payment_is_decided()
    case.is_paid()
    the_auditor_follows_the_euro(case.by("auditor"), case.number)
    the_company_sees_the_money(case.by("company"), case.claim_id)


def the_presenter_cannot_decide(handler: Reader, number: str) -> None:
    handler.open(f"/tyo/asiat/{number}/ratkaise")
    assert "valmistellut" in handler.page.get_by_role("complementary", name="Päätös").inner_text()
    expect(handler.page.get_by_role("button", name="Vahvista ratkaisu")).to_have_count(0)


def the_letter_can_be_had(manager: Reader, number: str) -> None:
    letter = manager.page.locator('main a[href^="/asiakirja/"]').filter(has_text="tukipaatos")
    eventually(lambda: manager.open(f"/oma/asiat/{number}") and letter.count(), what="the decision letter")
    got = manager.context.request.get(manager.address + str(letter.first.get_attribute("href")))
    assert got.ok
    assert got.headers["content-type"] == "application/pdf"
    assert got.body().startswith(b"%PDF-")


def the_auditor_follows_the_euro(auditor: Reader, number: str) -> None:
    payment = auditor.page.get_by_role("link", name=f"{number}-M1-1")
    eventually(lambda: auditor.open("/valvonta/maksut") and payment.count(), what="monitoring to hear of the payment")
    payment.first.click()
    auditor.arrives("Euron reitti: 4 916,00 €")
    eventually(lambda: "Todiste täsmää" in auditor.reads() or (auditor.page.reload() and None), what="the proof")
    route = auditor.reads()
    assert all(name in route for name in ("Aino Mallikas", "Ritva Ratkaisija", "Vesa Varmentaja", "Maija Maksaja"))
    assert f"2026{number[1:]}" in route, "the invoice under the number"
    assert "6 vaihetta, 6 henkilöä" in route
    auditor.follow("Tarkista koko muutosketju")
    auditor.arrives("Muutosketju täsmää")


def the_company_sees_the_money(manager: Reader, claim_id: str) -> None:
    eventually(lambda: "maksettu" in opened(manager, f"/oma/maksatus/{claim_id}"), what="the company to see it paid")
    told = manager.reads()
    assert "4 916,00 €" in told
    assert "Puolet työstä koski muuta kuin hanketta." in told
    assert ACCOUNT not in told, "an account is shown masked"


def opened(reader: Reader, path: str) -> str:
    reader.open(path)
    return reader.reads()
