"""One whole case over HTTP, step by step: what the demonstration narrates, the bench counts, the tests follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from tukivayla.demo.calls import CONDITIONS, INVESTMENT
from tukivayla.demo.choosing import assessment, selection_of
from tukivayla.demo.papers import Invoice, attachment_pdf, invoice_pdf
from tukivayla.demo.people import Person, eventually, sign_in
from tukivayla.demo_bank import answer

AUTHORITY = "ITA"
COMPANY = "9137024-1"

STEPS_OF_STAFF = {
    "operator": "Pekka Pääkäyttäjä",
    "handler": "Aino Mallikas",
    "decision_maker": "Ritva Ratkaisija",
    "verifier": "Vesa Varmentaja",
    "payment_presenter": "Eeva Esitelmä",
    "payment_decision_maker": "Reijo Ratkaisu",
    "payer": "Maija Maksaja",
    "auditor": "Tarmo Tarkkala",
}


@dataclass
class Players:
    company: Person
    operator: Person
    handler: Person
    decision_maker: Person
    verifier: Person
    payment_presenter: Person
    payment_decision_maker: Person
    payer: Person
    auditor: Person


def players(address: str) -> Players:
    staff = {duty: sign_in(address, name, authority=AUTHORITY) for duty, name in STEPS_OF_STAFF.items()}
    return Players(company=sign_in(address, "Satu Esimerkki", business_id=COMPANY), **staff)


def open_a_call(
    operator: Person, *, today: date, amount: str = "50000000.00", own: dict[str, Any] | None = None
) -> str:
    """A call that is open today, with authority to grant behind it; `own` terms in the place of the usual. Its id."""
    call_id = f"NAYTE-{uuid4().hex[:8]}"
    year = today.year
    operator.post(
        "/envelopes",
        {"authority": AUTHORITY, "fund": "ERDF", "priority": call_id[-8:], "budget_year": year, "amount": amount},
    )
    start = datetime.now(UTC) - timedelta(days=1)
    operator.put(
        f"/calls/{call_id}",
        {
            "names": INVESTMENT.names,
            "summary": INVESTMENT.summary,
            "fund": "ERDF",
            "programme": "2021FI16FFPR001",
            "priority": call_id[-8:],
            "specific_objective": "1.3",
            "authority": AUTHORITY,
            "regions": ["10", "11", "12"],
            "opens_at": start.isoformat(),
            "closes_at": (start + timedelta(days=30)).isoformat(),
            "period_first": f"{year - 1}-01-01",
            "period_last": f"{year + 2}-12-31",
            "cost_model": "actual",
            "categories": ["equipment", "services"],
            "aid_rate": "35",
            "aid_least": "1000.00",
            "aid_most": "500000.00",
            "eu_share": "60",
            "budget_year": year,
            "legal_basis": INVESTMENT.legal_basis,
            "indicators": [],
            "selection": selection_of("INV", today),
            "conditions": CONDITIONS,
            "attachments": [
                {
                    "kind": "plan",
                    "names": {"fi": "Hankesuunnitelma", "sv": "Projektplan", "en": "Project plan"},
                    "required": False,
                }
            ],
        }
        | (own or {}),
    )
    return call_id


class Flow:
    """The case of Mallimetalli Esimerkki Oy, which wants a machining centre. Each method is one step."""

    def __init__(self, players: Players, call_id: str, today: date) -> None:
        self.by = players
        self.call_id = call_id
        self.today = today
        self.started = today - timedelta(days=120)

    def apply(self) -> dict[str, Any]:
        opened = self.by.company.post("/applications", {"call_id": self.call_id, "language": "fi"})
        self.number = opened["number"]
        self.case = f"/applications/{self.number}"
        saved = self.by.company.put(f"{self.case}/draft", {"version": opened["version"], "answers": self._answers()})
        self.version = saved["version"]
        return saved

    def attach(self) -> dict[str, Any]:
        plan = attachment_pdf("Hankesuunnitelma", ["Mallimetalli Esimerkki Oy hankkii työstökeskuksen."])
        stored = self.by.company.upload(f"application/{self.number}", "attachment", "hankesuunnitelma.pdf", plan)
        body = {"document_id": stored["document_id"], "kind": "plan", "version": self.version}
        saved = self.by.company.post(f"{self.case}/attachments", body)
        self.version = saved["version"]
        return dict(stored)

    def submit(self) -> dict[str, Any]:
        return self._on_case(self.by.company, "submission")

    def take(self) -> dict[str, Any]:
        self._declare(self.by.handler)
        return self._on_case(self.by.handler, "case-taking")

    def assess(self) -> dict[str, Any]:
        """Who the company is, what the application is worth, what was looked up: the gates before a proposal."""
        typed = assessment(Random(7), self.today, "Mikkeli", "fi", falls=False)  # noqa: S311  invented data
        return dict(self.by.handler.put(f"{self.case}/assessment", {"version": 0, "answers": typed}))

    def propose(self) -> dict[str, Any]:
        self.assess()
        year = self.started.year
        costs = [
            {"category": "equipment", "year": year, "amount": "84999.99"},
            {"category": "services", "year": year, "amount": "7250.35"},
        ]
        return self._on_case(
            self.by.handler,
            "proposal",
            outcome="approve",
            accepted_costs=costs,
            reasons="Hanke täyttää valintaperusteet, ja tuki laajentaa sitä olennaisesti.",
            conditions=["Hankkeesta pidetään erillistä kirjanpitoa."],
        )

    def decide(self) -> dict[str, Any]:
        self._declare(self.by.decision_maker)
        return self._on_case(self.by.decision_maker, "decision", verdict="sign", note="")

    def letter(self) -> tuple[dict[str, Any], bytes]:
        """The decision letter, once it is written."""
        listed = eventually(self._letters, what="the decision letter")
        return listed[0], self.by.company.get_bytes(f"/documents/{listed[0]['document_id']}/content")

    def open_claim(self) -> dict[str, Any]:
        opened = eventually(
            lambda: self.by.company.post(f"/grants/{self.number}/claims", {"kind": "interim"}),
            what="the grant's account",
        )
        self.claim_id, self.version = opened["claim_id"], opened["version"]
        self.claim = f"/claims/{self.claim_id}"
        return dict(opened)

    def read_invoice(self) -> dict[str, Any]:
        """Send an invoice and wait until it has been read. Gives the figures with how sure each is."""
        stored = self.by.company.upload(f"claim/{self.claim_id}", "invoice", "lasku-20260117.pdf", self._invoice())
        self.invoice_id = stored["document_id"]
        path = f"/documents/{self.invoice_id}/reading"
        return dict(
            eventually(
                lambda: next((read for read in [self.by.company.get(path)] if read["state"] != "waiting"), None),
                what="the invoice to be read",
            )
        )

    def save_claim(self, reading: dict[str, Any] | None = None) -> dict[str, Any]:
        typed = {
            "period_first": self.started.isoformat(),
            "period_last": self.today.isoformat(),
            "account": "FI21 1234 5600 0007 85",
            "lines": [self._read_line(reading), self._typed_line()],
        }
        saved = self.by.company.put(f"{self.claim}/draft", {"version": self.version, "typed": typed})
        self.version = saved["version"]
        return dict(saved)

    def submit_claim(self) -> dict[str, Any]:
        return self._on_claim(self.by.company, "submission")

    def verify(self) -> dict[str, Any]:
        """Accept the machine, cut half of the consulting with a reason."""
        self._declare(self.by.verifier)
        lines = [
            {"line": 1, "accepted": "12345.67", "cut_reason": None, "cut_note": ""},
            {
                "line": 2,
                "accepted": "1700.05",
                "cut_reason": "not_project_cost",
                "cut_note": "Puolet työstä koski muuta kuin hanketta.",
            },
        ]
        return self._on_claim(self.by.verifier, "verification", lines=lines)

    def present_payment(self) -> dict[str, Any]:
        self._declare(self.by.payment_presenter)
        return self._on_claim(self.by.payment_presenter, "payment-proposal", note="")

    def decide_payment(self) -> dict[str, Any]:
        self._declare(self.by.payment_decision_maker)
        decided = self._on_claim(self.by.payment_decision_maker, "payment-decision", verdict="sign", note="")
        self.payable = decided["decision"]["payable"]
        return decided

    def order(self) -> dict[str, Any]:
        batch = self.by.payer.post("/batches", {"claim_ids": [self.claim_id], "total": self.payable})
        self.batch_id, self.payment_id = batch["batch_id"], batch["items"][0]["payment_id"]
        return dict(batch)

    def settle(self) -> dict[str, Any]:
        file = self.by.payer.get_bytes(f"/batches/{self.batch_id}/file").decode()
        self.bank_answer = answer(file)
        return dict(self.by.payer.post_xml("/bank-answers", self.bank_answer))

    def settle_again(self) -> dict[str, Any]:
        return dict(self.by.payer.post_xml("/bank-answers", self.bank_answer))

    def trace(self) -> dict[str, Any]:
        """The auditor's way from the paid euro to the invoice, once the trail has it all."""
        return dict(eventually(self._whole_trace, what="the trace"))

    def _whole_trace(self) -> dict[str, Any] | None:
        trace = self.by.auditor.get(f"/payments/{self.payment_id}/trace")
        return trace if trace["state"] == "settled" and trace["lines"] else None

    def _letters(self) -> list[dict[str, Any]]:
        listed = self.by.company.get("/documents", subject=f"application/{self.number}")["items"]
        return [one for one in listed if one["kind"] == "letter"]

    def _declare(self, official: Person) -> None:
        """Before the case or a claim of it is opened: nothing disqualifies the official from it."""
        official.post(f"{self.case}/interest", {"answer": "none"})

    def _on_case(self, person: Person, act: str, **body: Any) -> dict[str, Any]:
        answered = person.post(f"{self.case}/{act}", {"version": self.version, **body})
        self.version = answered["version"]
        return dict(answered)

    def _on_claim(self, person: Person, act: str, **body: Any) -> dict[str, Any]:
        answered = person.post(f"{self.claim}/{act}", {"version": self.version, **body})
        self.version = answered["version"]
        return dict(answered)

    def _answers(self) -> dict[str, Any]:
        year = str(self.started.year)
        return {
            "title": "CNC-työstökeskus",
            "summary": "Uusi työstökeskus kaksinkertaistaa tuotannon. Ilman tukea hankittaisiin käytetty kone.",
            "region": "10",
            "municipality": "Mikkeli",
            "starts_on": self.started.isoformat(),
            "ends_on": (self.started + timedelta(days=500)).isoformat(),
            "contact_name": "Satu Esimerkki",
            "contact_email": "satu@mallimetalli.example",
            "contact_phone": "+358 40 000 0000",
            "costs": [
                {"category": "equipment", "description": "Työstökeskus", "year": year, "amount": "84 999,99"},
                {"category": "services", "description": "Käyttöönotto", "year": year, "amount": "7 250,35 €"},
            ],
            "financing": [{"source": "own", "year": year, "amount": "59 962,73"}],
            "indicators": [],
        }

    def _day(self) -> date:
        return self.started + timedelta(days=40)

    def _invoice(self) -> bytes:
        day, due = self._day(), self._day() + timedelta(days=14)
        return invoice_pdf(
            Invoice(
                language="fi",
                seller="Kuviteltu Kone Oy",
                seller_address="Keksitty katu 1, 00100 Helsinki",
                seller_id="9100009-9",
                seller_vat_id="FI91000099",
                buyer="Mallimetalli Esimerkki Oy",
                number=f"2026{self.number[1:]}",
                date=f"{day.day}.{day.month}.{day.year}",
                due=f"{due.day}.{due.month}.{due.year}",
                what="Työstökeskuksen ohjausyksikkö",
                net="12 345,67",
                vat="3 148,15",
                gross="15 493,82",
                rate="25,5",
            )
        )

    def _read_line(self, reading: dict[str, Any] | None) -> dict[str, Any]:
        figures = reading["figures"] if reading else {}
        read = {name: {"value": one["value"], "confidence": one["confidence"]} for name, one in figures.items()}
        line = {
            "category": "equipment",
            "description": "Työstökeskuksen ohjausyksikkö",
            "supplier": "Kuviteltu Kone Oy",
            "supplier_id": "9100009-9",
            "invoice_number": f"2026{self.number[1:]}",
            "incurred_on": self._day().isoformat(),
            "paid_on": (self._day() + timedelta(days=10)).isoformat(),
            "net": "12 345,67",
            "vat": "3 148,15",
            "gross": "15 493,82",
            "claimed": "12 345,67",
        }
        return line | ({"document_id": self.invoice_id, "read": read} if reading else {})

    def _typed_line(self) -> dict[str, Any]:
        return {
            "category": "services",
            "description": "Käyttöönotto",
            "supplier": "Esimerkki Insinöörit Oy",
            "supplier_id": "9100007-2",
            "invoice_number": f"77{self.number[1:]}",
            "incurred_on": self._day().isoformat(),
            "paid_on": (self._day() + timedelta(days=14)).isoformat(),
            "net": "3 400,10",
            "vat": "867,03",
            "gross": "4 267,13",
            "claimed": "3 400,10",
        }
