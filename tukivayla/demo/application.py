"""The first half of an invented case: from the draft to the decision."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from shared.asker import Asker, Role
from shared.contracts import applications, documents
from tukivayla.demo.calls import CONDITIONS, PlannedCall
from tukivayla.demo.choosing import assessment
from tukivayla.demo.companies import Company
from tukivayla.demo.fates import Fate, PlannedCase
from tukivayla.demo.own_forms import own_answers, own_attachments
from tukivayla.demo.papers import attachment_pdf
from tukivayla.demo.projects import Project, project, typed

if TYPE_CHECKING:
    from tukivayla.demo.builder import Builder

MOST_BYTES = 5_000_000
REASONS = {
    "fi": "Hanke täyttää haun valintaperusteet. Hakija on pk-yritys, jolla on edellytykset kannattavaan toimintaan. "
    "Tuki vaikuttaa hankkeen laajuuteen ja ajoitukseen merkittävästi.",
    "sv": "Projektet uppfyller urvalskriterierna. Sökanden är ett litet eller medelstort företag med förutsättningar "
    "för lönsam verksamhet. Stödet har en betydande effekt på projektets omfattning och tidpunkt.",
}
REFUSAL = {
    "fi": "Hanke sai valintaperusteista 9 pistettä, vähimmäismäärä on 12. Kehittämistoimet ovat tavanomaista "
    "toimintaa, eikä tuella osoitettu olevan vaikutusta hankkeen toteutumiseen.",
    "sv": "Projektet fick 9 poäng enligt urvalskriterierna, minimum är 12. Åtgärderna är sedvanlig verksamhet och "
    "stödet har inte visats påverka genomförandet.",
}
HEARD_OF = {
    "fi": [
        "Hankkeen pisteet jäävät alle haun vähimmäismäärän.",
        "Tuen vaikutusta hankkeen toteutumiseen ei ole osoitettu.",
    ],
    "sv": ["Projektets poäng är under utlysningens minimum.", "Stödets betydelse för projektet har inte visats."],
}
ASKED_IN_HEARING = {
    "fi": "Hakemus aiotaan hylätä alla olevien seikkojen vuoksi. Voit lausua niistä ennen päätöstä.",
    "sv": "Avsikten är att avslå ansökan på grund av följande omständigheter. Du kan yttra dig om dem före beslutet.",
}
COMMENT = {
    "fi": "Hanke on meille tärkeä, mutta lisäselvitystä ei ole.",
    "sv": "Projektet är viktigt för oss, men vi har ingen ytterligare utredning.",
}
UNHEARD = {
    "fi": "Hakija on itse kertonut hakemuksessaan, että viimeinen kustannus ei kuulu haun kohteeseen.",
    "sv": "Sökanden har själv i ansökan berättat att den sista kostnaden inte hör till det som utlysningen gäller.",
}
UNHEARD_OF_THE_MOST = {
    "fi": "Tuen enimmäismäärä seuraa suoraan aluetukikartasta ja yrityksen koosta, jonka hakija on itse ilmoittanut.",
    "sv": "Stödets högsta belopp följer direkt av regionalstödskartan och den storlek som sökanden själv uppgett.",
}


class ApplicationStory:
    """Tells one case's first half. Afterwards `number`, `project`, `decided_at` are known to the second."""

    def __init__(self, builder: Builder, case: PlannedCase) -> None:
        self.builder = builder
        self.case = case
        self.dice = case.dice()
        self.company = self._company()
        self.call = self._call()
        self.submitted = self._submission_day()
        starts_on = builder.anchor + timedelta(days=self.submitted + self.dice.randint(3, 25))
        self.project: Project = project(self.dice, self.company, self.call.kind, starts_on)

    def tell(self) -> None:
        self._draft()
        if self.case.fate.reaches(Fate.SUBMITTED):
            self._submit()
        if self.case.fate is Fate.WITHDRAWN:
            self._act(applications.WITHDRAW, self._company_asker("withdraw", self.submitted + 6), reason="")
        if self.case.fate.reaches(Fate.TAKEN):
            self._declare(self._official("handler", Role.HANDLER, "declare", self.submitted + 4))
            self._act(applications.TAKE_CASE, self._official("handler", Role.HANDLER, "take", self.submitted + 4))
        if self.case.fate.reaches(Fate.PROPOSED):
            self._assess()
            if self.case.fate is Fate.REJECTED:
                self._hear()
            self._propose()
        if self.case.fate.reaches(Fate.AWARDED) or self.case.fate is Fate.REJECTED:
            self._decide()

    def at(self, days: float) -> datetime:
        """Never later than yesterday: nothing is made ahead of its time."""
        return self.builder.moment(min(days, -0.5), hour=7 + self.case.serial % 8)

    def key(self, step: str) -> str:
        return f"demo-{self.case.serial}-{step}"

    def _company(self) -> Company:
        return self.dice.choice(self.builder.cast.companies)

    def _call(self) -> PlannedCall:
        of_authority = [call for call in self.builder.calls if call.authority == self.company.authority]
        running = [call for call in of_authority if call.opens < 0 < call.closes]
        past = [call for call in of_authority if call.closes < 0]
        return self.dice.choice(running if self.case.recent else past)

    def _submission_day(self) -> int:
        last = min(self.call.closes - 1, -8)
        return self.dice.randint(self.call.opens + 3, last)

    def _company_asker(self, step: str, days: float) -> Asker:
        return self.builder.cast.representative(self.company, self.at(days), self.key(step))

    def _official(self, duty: str, role: Role, step: str, days: float) -> Asker:
        return self.builder.cast.official(self.company.authority, duty, role, self.at(days), self.key(step))

    def _draft(self) -> None:
        opened = self.builder.rooms.ask(
            applications.OPEN_APPLICATION,
            self._company_asker("open", self.submitted - 2),
            call_id=self.call.call_id(self.builder.anchor),
            undertaking_name=self.company.name,
            language=self.company.language,
            register={"municipality": self.company.municipality},
        )
        self.number, self.version = opened["number"], opened["version"]
        answers = self.project.answers(self.company, self.company.person or "Satu Esimerkki")
        answers |= own_answers(self.call.kind.code, self.case.dice(), self.company.language)
        saved = self._act(applications.SAVE_DRAFT, self._company_asker("save", self.submitted - 1), answers=answers)
        missing = saved["totals"]["missing_financing"]
        if self.case.fate is Fate.DRAFT and self.case.serial % 2:
            return  # left as many are: half filled in
        answers["financing"] = [{"source": "own", "year": str(self.project.starts_on.year), "amount": typed(missing)}]
        self._act(applications.SAVE_DRAFT, self._company_asker("save-financing", self.submitted - 1), answers=answers)
        for kind, file_name in [("plan", "hankesuunnitelma.pdf"), *own_attachments(answers)]:
            self._attach(kind, file_name)

    def _attach(self, kind: str, file_name: str) -> None:
        paper = attachment_pdf(self.project.title, [self.company.name, self.project.summary], self.company.language)
        blob = self.builder.blobs.put([paper], most=MOST_BYTES)
        asker = self._company_asker(f"store-{kind}", self.submitted - 1)
        stored = self.builder.rooms.ask(
            documents.STORE_DOCUMENT,
            asker,
            blob=blob.key,
            kind="attachment",
            subject=f"application/{self.number}",
            business_id=self.company.business_id,
            authority=self.company.authority,
            file_name=file_name,
            size=blob.size,
            sha256=blob.sha256,
        )
        attachment = {
            "document_id": stored["document_id"],
            "kind": kind,
            "file_name": stored["file_name"],
            "sha256": stored["sha256"],
            "size": stored["size"],
        }
        self._act(applications.ATTACH, self._company_asker(f"attach-{kind}", self.submitted - 1), attachment=attachment)

    def _submit(self) -> None:
        self._act(applications.SUBMIT, self._company_asker("submit", self.submitted))

    def _assess(self) -> None:
        days = self.submitted + 20 + self.case.serial % 20
        self.builder.rooms.ask(
            applications.SAVE_ASSESSMENT,
            self._official("handler", Role.HANDLER, "assess", days),
            number=self.number,
            version=0,
            answers=assessment(
                self.case.dice(),
                self.at(days).date(),
                self.company.municipality,
                self.company.language,
                falls=self.case.fate is Fate.REJECTED,
            ),
        )

    def _hear(self) -> None:
        """Before a rejection the company is heard, and it comments."""
        days = self.submitted + 21 + self.case.serial % 20
        asked = self._requested(
            applications.ASK_HEARING,
            self._official("handler", Role.HANDLER, "hear", days),
            version=self.version,
            asked=ASKED_IN_HEARING[self.company.language],
            facts=HEARD_OF[self.company.language],
            due_on=self.at(days).date() + timedelta(days=8),
        )
        place, kept = asked["place"], asked["version"]
        saved = self._requested(
            applications.SAVE_REPLY,
            self._company_asker("comment", days + 2),
            place=place,
            version=kept,
            reply=COMMENT[self.company.language],
        )
        sent = self._company_asker("send-comment", days + 3)
        self._requested(applications.ANSWER_HEARING, sent, place=place, version=saved["version"])
        self.version += 2  # the case was put to wait, and went on

    def _requested(self, operation: Any, asker: Asker, **data: Any) -> dict[str, Any]:
        return self.builder.rooms.ask(operation, asker, number=self.number, **data)

    def _propose(self) -> None:
        reject = self.case.fate is Fate.REJECTED
        in_part = not reject and self.case.serial % 4 == 0 and len(self.project.costs) > 1
        costs = self.project.costs[:-1] if in_part else self.project.costs
        accepted = [{"category": category, "year": year, "amount": amount} for category, year, amount in costs]
        language = self.company.language
        unheard = UNHEARD if in_part else UNHEARD_OF_THE_MOST
        self.accepted_categories = sorted({category for category, _, _ in costs})
        self._act(
            applications.PROPOSE,
            self._official("handler", Role.HANDLER, "propose", self.submitted + 30 + self.case.serial % 20),
            outcome="reject" if reject else "approve_in_part" if in_part else "approve",
            accepted_costs=[] if reject else accepted,
            reasons=REFUSAL[language] if reject else REASONS[language],
            conditions=[] if reject else [names[language] for names in CONDITIONS],
            # Kept where the decision gives less than was applied for, and nowhere else.
            unheard=None if reject else {"ground": "unnecessary", "reason": unheard[language]},
        )

    def _decide(self) -> None:
        decider = self._official(
            "decision_maker", Role.DECISION_MAKER, "decide", self.submitted + 36 + self.case.serial % 20
        )
        self._declare(
            self._official(
                "decision_maker", Role.DECISION_MAKER, "declare-2", self.submitted + 36 + self.case.serial % 20
            )
        )
        decided = self._act(applications.DECIDE, decider, verdict="sign", note="")
        self.decided_at: datetime = decided["decided_at"]
        self.aid = decided["proposal"]["aid"]
        self.builder.breathe()

    def _declare(self, official: Asker) -> None:
        """Nothing disqualifies the official; said before the case is opened."""
        self.builder.rooms.ask(applications.DECLARE_INTEREST, official, number=self.number, answer="none")

    def _act(self, operation: Any, asker: Asker, **data: Any) -> dict[str, Any]:
        answered = self.builder.rooms.ask(operation, asker, number=self.number, version=self.version, **data)
        self.version = answered["version"]
        return answered
