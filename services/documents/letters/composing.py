"""From a decision's data to a letter's sheet: which texts, in which order, for which kind of decision."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from services.documents.domain.letters import LetterKind
from services.documents.letters import award, payment
from services.documents.letters.appeals import appeal_against_payment, appeal_instruction
from services.documents.letters.repertoire import shown_everywhere
from services.documents.letters.sheet import Block, section, terms
from services.documents.letters.why import calculation
from services.documents.letters.words import Words, words
from shared.dates import Period, helsinki_day
from shared.reference import regions
from shared.reference.authorities import Authority, authority

CHECK_CODE = 16  # hexadecimal digits of the digest: 64 bits, short enough to type


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What identifies a letter before it is printed. `digest` is SHA-256 in hex, `check_code` its first digits."""

    file_name: str
    check_code: str
    digest: str


def owed(kind: LetterKind, data: Mapping[str, Any], wire: Mapping[str, Any]) -> Owed:
    """`wire` is the decision's data as it was announced: what the trail keeps and anybody may compute again."""
    digest = digest_of(wire)
    case = _case_number(kind, data).replace("/", "-")
    stem = words(data["language"]).say(f"files.{kind}")
    return Owed(file_name=f"{stem}-{case}.pdf", check_code=check_code_of(digest), digest=digest)


def digest_of(wire: Mapping[str, Any]) -> str:
    """SHA-256 of the data as JSON in UTF-8 with sorted keys and no spaces."""
    canonical = json.dumps(wire, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def check_code_of(digest: str) -> str:
    return check_code_as_printed(digest[:CHECK_CODE])


def check_code_as_printed(typed: str) -> str:
    """ "9d9e23bec8f97a6a" or "9D9E 23BE-…" as it stands on paper, "9D9E-23BE-C8F9-7A6A"."""
    digits = "".join(character for character in typed.upper() if character.isalnum())
    return "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def compose(
    kind: LetterKind,
    data: Mapping[str, Any],
    wire: Mapping[str, Any],
    *,
    names: Mapping[str, str],
    service_address: str,
) -> dict[str, Any]:
    """The whole letter in the party's language. `names` of people by their ids; one not there goes by the id.

    Raises LookupError when the data holds a code, an authority or a language nobody has written a text for.
    """
    letter = _Letter(kind, words(data["language"]), {**data, **_named(data, names)}, service_address, digest_of(wire))
    sheet: dict[str, Any] = shown_everywhere(letter.sheet())
    return sheet


@dataclass(frozen=True, slots=True)
class _Letter:
    kind: LetterKind
    words: Words
    data: Mapping[str, Any]
    service_address: str
    digest: str

    @property
    def authority(self) -> Authority:
        return authority(self.data["authority"])

    def sheet(self) -> dict[str, Any]:
        say, data = self.words.say, self.data
        name, title = self.authority.names[self.words.language], say(f"titles.{self.kind}")
        case = _case_number(self.kind, data)
        day = helsinki_day(data["decided_at"])
        return {
            "language": self.words.language,
            "title": title,
            "document_title": f"{title} {case}: {data['title']}",
            "authority": name,
            "sender": [self.authority.address, self.authority.email],
            "case": case,
            "case_label": say("labels.claim" if self._is_payment else "labels.number"),
            "page_label": say("labels.page"),
            "date_label": say("labels.date"),
            "date": self.words.formats.day(day),
            "made_at": _parts(data["decided_at"]),
            "party_label": say("labels.beneficiary" if self._pays else "labels.applicant"),
            "party": [data["undertaking_name"], say("labels.business_id", business_id=data["business_id"])],
            "keywords": [str(self.kind), case, data["number"], data["business_id"], data["fund"], self.digest],
            "footer": say("information.footer", check_code=check_code_of(self.digest), address=self.service_address),
            "facts": [list(row) for row in self._facts()],
            "sections": [part for part in self._sections() if part["blocks"]],
        }

    def _facts(self) -> list[tuple[str, str]]:
        """The case at a glance."""
        say, data = self.words.say, self.data
        rows = [(say("labels.project"), data["title"])]
        if self._is_payment:
            rows += [(say("labels.number"), data["number"]), (say("labels.fund"), say(f"funds.{data['fund']}"))]
            rows += [(say("labels.verifier"), data["verified_by"])]
        else:
            rows += self._application_facts()
        return [*rows, (say("labels.presenter"), data["proposed_by"]), (say("labels.decider"), data["decided_by"])]

    def _application_facts(self) -> list[tuple[str, str]]:
        say, data, formats = self.words.say, self.data, self.words.formats
        objective = {"priority": data["priority"], "objective": data["specific_objective"]}
        rows = [
            (say("labels.call"), data["call_id"]),
            (say("labels.submitted"), formats.moment(data["submitted_at"])),
            (say("labels.fund"), say(f"funds.{data['fund']}")),
            (say("labels.objective"), say("labels.objective_value", **objective)),
            (say("labels.region"), regions.BY_CODE[data["region"]].names[self.words.language]),
        ]
        if self.kind is LetterKind.GRANT_AWARDED:
            rows.append((say("labels.period"), formats.days(Period(data["period_first"], data["period_last"]))))
        return rows

    def _sections(self) -> list[dict[str, Any]]:
        decision, reasons, conditions = self._own_parts()
        steps = calculation(self.words, self.data["steps"], self.data["ruleset"])
        parts = {
            "decision": decision,
            "reasons": reasons,
            "calculation": steps,
            "conditions": conditions,
            "appeal": self._appeal(),
            "information": self._information(),
        }
        return [section(self.words.say(f"headings.{name}"), blocks) for name, blocks in parts.items()]

    def _own_parts(self) -> tuple[list[Block], list[Block], list[Block]]:
        """Decision, reasons and conditions."""
        texts, data = self.words, self.data
        match self.kind:
            case LetterKind.GRANT_AWARDED:
                return award.awarded(texts, data), award.reasons(texts, data), award.conditions(texts, data)
            case LetterKind.GRANT_REFUSED:
                return award.refused(texts, data), award.reasons(texts, data), []
            case LetterKind.PAYMENT_DECIDED:
                return payment.paid(texts, data), payment.reasons(texts, data), payment.conditions(texts, data)

    def _appeal(self) -> list[Block]:
        if not self._is_payment:
            appeal = self.data["appeal"]
            return appeal_instruction(self.words, appeal, authority(appeal["to"]))
        appeal = appeal_against_payment(self.authority, helsinki_day(self.data["decided_at"]))
        return appeal_instruction(self.words, appeal, self.authority)

    def _information(self) -> list[Block]:
        say, data = self.words.say, self.data
        presenter, decider = data["proposed_by"], data["decided_by"]
        contact = {"presenter": presenter, "email": self.authority.email, "address": self.authority.address}
        public = "publicity_text" if data["fund"] == award.NATIONAL or not self._pays else "publicity_union_text"
        check = {"check_code": check_code_of(self.digest), "address": self.service_address}
        digest = f"{say('information.digest')}: {_in_groups(self.digest)}"
        signed = say("information.signed_text", at=data["decided_at"], presenter=presenter, decider=decider)
        rows = (
            (say("information.contact"), say("information.contact_text", **contact)),
            (say("information.publicity"), say(f"information.{public}")),
            (say("information.signed"), signed),
            (say("information.check"), f"{say('information.check_text', **check)}\n{digest}"),
        )
        return [terms(rows)]

    @property
    def _is_payment(self) -> bool:
        return self.kind is LetterKind.PAYMENT_DECIDED

    @property
    def _pays(self) -> bool:
        return self.kind is not LetterKind.GRANT_REFUSED


def _case_number(kind: LetterKind, data: Mapping[str, Any]) -> str:
    return str(data["claim_id"] if kind is LetterKind.PAYMENT_DECIDED else data["number"])


def people_in(data: Mapping[str, Any]) -> frozenset[str]:
    """Ids of the people whom the letter names."""
    return frozenset(data[part] for part in PARTS if data.get(part))


PARTS = ("proposed_by", "decided_by", "verified_by")


def _named(data: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    return {part: names.get(data[part], data[part]) for part in PARTS if data.get(part)}


def _parts(at: datetime) -> list[int]:
    """The moment in universal time, as the typesetter's document date: today's clock has no place in the file."""
    return list(at.astimezone(UTC).timetuple()[:6])


def _in_groups(digest: str) -> str:
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
