"""The second half of an invented case: claim, verification, payment decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from schwifty import IBAN

from shared.asker import Asker, Role
from shared.contracts import applications, documents, payments
from shared.money import Money, Rate
from tukivayla.demo.fates import Fate
from tukivayla.demo.papers import Invoice, invoice_pdf
from tukivayla.demo.projects import WHAT, typed

if TYPE_CHECKING:
    from tukivayla.demo.application import ApplicationStory
    from tukivayla.demo.builder import Builder

VAT = Rate.of("25.5")
SUPPLIERS = ("Mallisto Palvelut Oy", "Kuviteltu Kone Oy", "Esimerkki Insinöörit Oy", "Påhittad Konsult Ab")
CUT_NOTE = {
    "fi": "Lasku koskee muuta kuin hankkeen toimintaa.",
    "sv": "Fakturan gäller annat än projektets verksamhet.",
}


@dataclass(frozen=True, slots=True)
class Ordered:
    """A payment decided and waiting for its file."""

    claim_id: str
    payable: Money
    when: datetime
    fate: Fate


class ClaimStory:
    def __init__(self, builder: Builder, application: ApplicationStory) -> None:
        self.builder = builder
        self.application = application
        self.case, self.company, self.dice = application.case, application.company, application.dice
        self.step_days = self._step_days()

    def tell(self) -> Ordered | None:
        """Tell as far as the case has come; a payment that was ordered is given back for its batch."""
        self._open()
        self._type()
        if self.case.fate.reaches(Fate.CLAIMED):
            self._act(payments.SUBMIT_CLAIM, self._representative("claim-submit", self.step_days[0]))
        if self.case.fate.reaches(Fate.VERIFIED):
            self._verify()
        if self.case.fate.reaches(Fate.PAYMENT_PROPOSED):
            self._declare("payment_presenter", Role.HANDLER, self.step_days[2])
            asker = self._official("payment_presenter", Role.HANDLER, "present", self.step_days[2])
            self._act(payments.PROPOSE_PAYMENT, asker, note="")
        if not self.case.fate.reaches(Fate.PAYMENT_DECIDED):
            return None
        return self._decide()

    def _step_days(self) -> tuple[float, float, float, float]:
        """Filing, verification, presentation, decision: days from the first start. Some are late on purpose."""
        decided = (self.application.decided_at.date() - self.builder.anchor).days
        filed = max(decided + 20, -90 if self.case.serial % 7 == 0 else -60) + self.case.serial % 15
        filed = min(filed, -9)
        room = -2 - filed
        return filed, filed + room * 0.5, filed + room * 0.7, filed + room * 0.85

    def _at(self, days: float) -> datetime:
        return self.builder.moment(min(days, -0.4), hour=8 + self.case.serial % 6)

    def _representative(self, step: str, days: float) -> Asker:
        return self.builder.cast.representative(self.company, self._at(days), self.application.key(step))

    def _official(self, duty: str, role: Role, step: str, days: float) -> Asker:
        key = self.application.key(step)
        return self.builder.cast.official(self.company.authority, duty, role, self._at(days), key)

    def _open(self) -> None:
        from tukivayla.demo.builder import until_known

        asker = self._representative("claim-open", self.step_days[0] - 2)
        opened = until_known(
            lambda: self.builder.rooms.ask(payments.OPEN_CLAIM, asker, number=self.application.number, kind="interim")
        )
        self.claim_id, self.version = opened["claim_id"], opened["version"]

    def _type(self) -> None:
        self.first = self.application.project.starts_on
        self.last = max(
            self.first, min(self.application.project.ends_on, (self._at(self.step_days[0]) - timedelta(days=4)).date())
        )
        lines = [self._line(number) for number in range(1, self.dice.randint(2, 5))]
        if self.case.fate is Fate.CLAIM_DRAFT and self.case.serial % 2:
            lines[0]["claimed"] = "1 234,567"  # somebody's slip, kept as typed
        claim = {
            "period_first": self.first.isoformat(),
            "period_last": self.last.isoformat(),
            "account": account_of(self.company.business_id),
            "lines": lines,
        }
        self._act(payments.SAVE_CLAIM, self._representative("claim-save", self.step_days[0] - 1), typed=claim)

    def _line(self, number: int) -> dict[str, Any]:
        category = self.dice.choice(self.application.accepted_categories)
        planned = [amount for name, _, amount in self.application.project.costs if name == category]
        net = Money(min(planned).cents // self.dice.randint(6, 14) + self.dice.randint(0, 99))
        vat = net.at_nearest(VAT) if category not in ("staff", "travel") else Money(0)
        day = self._day_in_period()
        line = {
            "category": category,
            "description": WHAT[category][self.company.language],
            "supplier": "" if category == "staff" else self.dice.choice(SUPPLIERS),
            "supplier_id": "" if category == "staff" else "9100009-9",
            "invoice_number": f"{self.case.serial}{number:03}",
            "incurred_on": day.isoformat(),
            "paid_on": min(day + timedelta(days=3), self.last).isoformat(),
            "net": typed(net),
            "vat": typed(vat),
            "gross": typed(net + vat),
            "claimed": typed(net),
        }
        if category != "staff" and number == 1:
            line["document_id"] = self._store_invoice(line, day)
        return line

    def _day_in_period(self) -> date:
        return self.first + timedelta(days=self.dice.randint(0, max(0, (self.last - self.first).days - 3)))

    def _store_invoice(self, line: dict[str, Any], day: date) -> str:
        paper = invoice_pdf(self._invoice(line, day))
        blob = self.builder.blobs.put([paper], most=5_000_000)
        asker = self._representative(f"invoice-{line['invoice_number']}", self.step_days[0] - 1.5)
        stored = self.builder.rooms.ask(
            documents.STORE_DOCUMENT,
            asker,
            blob=blob.key,
            kind="invoice",
            subject=f"claim/{self.claim_id}",
            business_id=self.company.business_id,
            authority=self.company.authority,
            file_name=f"lasku-{line['invoice_number']}.pdf",
            size=blob.size,
            sha256=blob.sha256,
        )
        return str(stored["document_id"])

    def _invoice(self, line: dict[str, Any], day: date) -> Invoice:
        due = day + timedelta(days=14)
        return Invoice(
            language=self.company.language,
            seller=line["supplier"],
            seller_address="Keksitty katu 1, 00100 Helsinki",
            seller_id="9100009-9",
            seller_vat_id="FI91000099",
            buyer=self.company.name,
            number=line["invoice_number"],
            date=f"{day.day}.{day.month}.{day.year}",
            due=f"{due.day}.{due.month}.{due.year}",
            what=line["description"],
            net=line["net"],
            vat=line["vat"],
            gross=line["gross"],
            rate="25,5" if line["vat"] != "0,00" else "0",
        )

    def _declare(self, duty: str, role: Role, days: float) -> None:
        """Nothing disqualifies the official; said before the claim is opened."""
        official = self._official(duty, role, f"declare-{duty}", days)
        self.builder.rooms.ask(applications.DECLARE_INTEREST, official, number=self.application.number, answer="none")

    def _verify(self) -> None:
        self._declare("verifier", Role.VERIFIER, self.step_days[1])
        asker = self._official("verifier", Role.VERIFIER, "verify", self.step_days[1])
        claim = self.builder.rooms.ask(payments.GET_CLAIM, asker, claim_id=self.claim_id)
        verdicts = [self._verdict(line) for line in claim["lines"]]
        self._act(payments.VERIFY_CLAIM, asker, lines=verdicts)

    def _verdict(self, line: dict[str, Any]) -> dict[str, Any]:
        cut = line["finding"] or (line["line"] == 2 and self.case.serial % 3 == 0)
        if not cut:
            return {"line": line["line"], "accepted": line["claimed"], "cut_reason": None, "cut_note": ""}
        return {
            "line": line["line"],
            "accepted": Money(0),
            "cut_reason": line["finding"] or "not_project_cost",
            "cut_note": CUT_NOTE[self.company.language],
        }

    def _decide(self) -> Ordered | None:
        when = self._at(self.step_days[3])
        self._declare("payment_decision_maker", Role.DECISION_MAKER, self.step_days[3])
        asker = self._official("payment_decision_maker", Role.DECISION_MAKER, "pay", self.step_days[3])
        decided = self._act(payments.DECIDE_PAYMENT, asker, verdict="sign", note="")
        self.builder.breathe()
        payable = decided["decision"]["payable"]
        if not payable or not self.case.fate.reaches(Fate.ORDERED):
            return None
        return Ordered(self.claim_id, payable, when, self.case.fate)

    def _act(self, operation: Any, asker: Asker, **data: Any) -> dict[str, Any]:
        answered = self.builder.rooms.ask(operation, asker, claim_id=self.claim_id, version=self.version, **data)
        self.version = answered["version"]
        return answered


def account_of(company_id: str) -> str:
    """An invented Finnish account with right check digits."""
    return str(IBAN.generate("FI", bank_code="500", account_code=company_id.replace("-", "").zfill(10)))
