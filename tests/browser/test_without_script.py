"""With scripts switched off everything still goes: the script is a comfort, never a condition."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.by_hand import Application, assesses, says_nothing_disqualifies
from tests.support.browsing import DESK, Reader
from tests.support.stages import CAPACITIES, Stages


@pytest.fixture
def plain(person: Callable[..., Reader]) -> Callable[..., Reader]:
    def by(duty: str) -> Reader:
        name, capacity = CAPACITIES[duty]
        return person(viewport=DESK, java_script_enabled=False).be(name, **capacity)

    return by


def test_a_company_applies_from_sign_in_to_receipt(person: Callable[..., Reader], stages: Stages) -> None:
    manager = person(java_script_enabled=False)
    manager.sign_in("Satu Esimerkki", "Mallimetalli")
    work = Application(manager, stages)
    work.begin()
    work.write_all()
    work.send()
    assert work.number in manager.reads()


def test_a_slip_is_told_and_what_was_typed_stays(plain: Callable[..., Reader], stages: Stages) -> None:
    work = Application(plain("company"), stages)
    work.number = stages.empty_draft()
    work.to("Kustannusarvio")
    work.write_costs(first="12345,678")
    work.by.press("Tallenna ja jatka")

    summary = work.by.page.get_by_role("alert")
    expect(summary.get_by_role("link", name=re.compile("Rivi 1, veroton summa: .*kaksi desimaalia"))).to_be_visible()
    expect(work.by.row(1).get_by_label("Veroton summa")).to_have_value("12345,678")


def test_saving_and_returning_to_the_task_list_needs_no_autosave(plain: Callable[..., Reader], stages: Stages) -> None:
    work = Application(plain("company"), stages)
    work.number = stages.empty_draft()
    work.to("Perustiedot")
    work.by.write("Hankkeen nimi", "Vain nimi ensin")
    work.by.press("Tallenna ja palaa tehtävälistaan")
    work.by.arrives("Vain nimi ensin")


def test_officials_take_propose_and_decide(plain: Callable[..., Reader], stages: Stages) -> None:
    flow = stages.fresh("submit")
    handler = plain("handler")
    handler.open(f"/tyo/asiat/{flow.number}")
    says_nothing_disqualifies(handler)
    handler.press("Ota asia käsittelyysi")
    assesses(handler, flow.number, stages.today)
    handler.follow("Tee päätösesitys")
    handler.write("Perustelut", "Hanke täyttää valintaperusteet.")
    handler.page.get_by_label("Tuki myönnetään haetun mukaisena").check()
    handler.press("Lähetä esitys ratkaistavaksi")

    decider = plain("decision_maker")
    decider.open(f"/tyo/asiat/{flow.number}/ratkaise")
    says_nothing_disqualifies(decider)
    decider.page.get_by_label("Hyväksyn esityksen ja allekirjoitan päätöksen").check()
    decider.press("Vahvista ratkaisu")

    assert stages.cast.company.get(f"/applications/{flow.number}")["state"] == "approved"
