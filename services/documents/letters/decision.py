"""A decision: on the application, on a payment claim, or after the award."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.documents.domain.letters import LetterKind
from services.documents.letters import acts, award, payment, review
from services.documents.letters.appeals import appeal_against_payment, appeal_instruction, reviewer
from services.documents.letters.paper import Paper, Row
from services.documents.letters.scores import facts as facts_of_reasons
from services.documents.letters.scores import scores
from services.documents.letters.sheet import Block, terms
from services.documents.letters.why import calculation
from shared.dates import Period, helsinki_day
from shared.reference import regions

REFUSALS = frozenset({LetterKind.GRANT_REFUSED, LetterKind.LEFT_UNEXAMINED, LetterKind.LAPSED})
ACTS = frozenset(
    {
        LetterKind.CORRECTION,
        LetterKind.AMENDMENT,
        LetterKind.TRANCHE,
        LetterKind.CANCELLATION,
        LetterKind.CLOSURE,
        LetterKind.REVIEW_DECISION,
    }
)


@dataclass(frozen=True, slots=True)
class DecisionPaper(Paper):
    date_label_key = "labels.date"
    check_key, digest_key = "check", "digest"

    def facts(self) -> list[Row]:
        say, data = self.words.say, self.data
        rows = [(say("labels.project"), data["title"])]
        if self._is_payment:
            rows += [(say("labels.number"), data["number"]), (say("labels.fund"), say(f"funds.{data['fund']}"))]
            rows += [(say("labels.verifier"), data["verified_by"])]
        else:
            rows += self._application_facts()
        return [*rows, (say("labels.presenter"), data["proposed_by"]), (say("labels.decider"), data["decided_by"])]

    def parts(self) -> Mapping[str, list[Block]]:
        decision, reasons, conditions = self._own_parts()
        return {
            "decision": decision,
            "reasons": reasons,
            "scores": scores(self.words, self.data),
            "calculation": calculation(self.words, self.data["steps"], self.data["ruleset"]),
            "conditions": conditions,
            "appeal": self._appeal(),
        }

    def signed(self) -> str:
        data = self.data
        facts = {"at": data["decided_at"], "presenter": data["proposed_by"], "decider": data["decided_by"]}
        return self.words.say("information.signed_text", **facts)

    def contact(self) -> str:
        contact = {"email": self.authority.email, "address": self.authority.address}
        return self.words.say("information.contact_text", presenter=self.data["proposed_by"], **contact)

    def publicity_text(self) -> str:
        union = self.data["fund"] != award.NATIONAL and self._pays
        return self.words.say(f"information.{'publicity_union_text' if union else 'publicity_text'}")

    def keywords(self) -> list[str]:
        data = self.data
        return [str(self.kind), self.case, data["number"], data["business_id"], data["fund"], self.digest]

    @property
    def case(self) -> str:
        return str(self.data["claim_id"] if self._is_payment else self.data["number"])

    @property
    def case_label_key(self) -> str:
        return "labels.claim" if self._is_payment else "labels.number"

    @property
    def party_label(self) -> str:
        return self.words.say("labels.beneficiary" if self._pays else "labels.applicant")

    @property
    def retention(self) -> str:
        if self.data["fund"] == award.NATIONAL:
            return "valtionavustuslaki 688/2001; (EU) 2023/2831 art. 6: 10 v myöntämisestä"
        return "(EU) 2021/1060 art. 82: 5 v viimeisen erän maksuvuoden lopusta"

    def _application_facts(self) -> list[Row]:
        say, data, formats = self.words.say, self.data, self.words.formats
        objective = {"priority": data["priority"], "objective": data["specific_objective"]}
        rows = [
            (say("labels.call"), data["call_id"]),
            (say("labels.submitted"), formats.moment(data["submitted_at"])),
            (say("labels.fund"), say(f"funds.{data['fund']}")),
            (say("labels.objective"), say("labels.objective_value", **objective)),
            (say("labels.region"), regions.BY_CODE[data["region"]].names[self.words.language]),
        ]
        if data.get("period_first") and data.get("period_last"):
            rows.append((say("labels.period"), formats.days(Period(data["period_first"], data["period_last"]))))
        return rows

    def _own_parts(self) -> tuple[list[Block], list[Block], list[Block]]:
        """Decision, reasons and conditions."""
        texts, data = self.words, self.data
        if self._is_payment:
            return payment.paid(texts, data), payment.reasons(texts, data), payment.conditions(texts, data)
        examined = self.kind not in (LetterKind.LEFT_UNEXAMINED, LetterKind.LAPSED)
        reasons = [*facts_of_reasons(texts, data, examined=examined), *award.reasons(texts, data)]
        if self.kind in ACTS:
            return acts.decided(texts, self.kind, data), reasons, acts.conditions(texts, data)
        if self.kind in REFUSALS:
            return award.refused(texts, self.kind, data), reasons, []
        return award.awarded(texts, data), reasons, award.conditions(texts, data)

    def _appeal(self) -> list[Block]:
        appeal = self.appeal()
        instruction = appeal_instruction(self.words, appeal, reviewer(appeal["to"]))
        return [*instruction, terms(review.rows_of(self.words, appeal, self.data))]

    def appeal(self) -> Mapping[str, Any]:
        """How to seek review of the decision."""
        if self._is_payment:
            return appeal_against_payment(self.authority, helsinki_day(self.data["decided_at"]))
        own: Mapping[str, Any] = self.data["appeal"]
        return own

    @property
    def _is_payment(self) -> bool:
        return self.kind is LetterKind.PAYMENT_DECIDED

    @property
    def _pays(self) -> bool:
        return self.kind not in REFUSALS
