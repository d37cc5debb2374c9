"""What every paper of the house has, whatever it tells: head, party, case, marking, check code, metadata."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from services.documents.domain.letters import LetterKind
from services.documents.letters import archive, qr
from services.documents.letters.identifying import check_code_of, digest_of, in_groups
from services.documents.letters.sheet import Block, notice, qr_code, section, terms
from services.documents.letters.translated import TRANSLATION
from services.documents.letters.words import Words
from shared.dates import helsinki_day
from shared.reference.authorities import Authority, authority

PUBLIC, PARTLY_SECRET = "public", "partly_secret"
SYSTEM = "Tukiväylä"

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Paper(ABC):
    """`data` with people by their `names`; `wire` as announced, which the digest is of."""

    kind: LetterKind
    words: Words
    data: Mapping[str, Any]
    wire: Mapping[str, Any]
    names: Mapping[str, str]
    service_address: str

    # ---- what each family of papers says for itself ----

    publicity = PUBLIC
    date_label_key = "labels.sent_on"
    check_key, digest_key = "check_paper", "digest_paper"

    @property
    def case_label_key(self) -> str:
        return "labels.number"

    @abstractmethod
    def facts(self) -> list[Row]:
        """The case at a glance."""

    @abstractmethod
    def parts(self) -> Mapping[str, list[Block]]:
        """Sections by the key of their heading ("headings.…"), in order; an empty one is left out."""

    @abstractmethod
    def signed(self) -> str:
        """Who answers for it, and when."""

    @property
    def party_label(self) -> str:
        return self.words.say("labels.applicant")

    @property
    def retention(self) -> str:
        """The rule by which it is kept, in the words of its source."""
        return "valtionavustuslaki 688/2001; (EU) 2021/1060 art. 82"

    # ---- what is the same on all ----

    @property
    def digest(self) -> str:
        return digest_of(self.wire)

    @property
    def check_code(self) -> str:
        return check_code_of(self.digest)

    @property
    def authority(self) -> Authority:
        return authority(self.data["authority"])

    @property
    def title(self) -> str:
        return self.words.say(f"titles.{self.kind}")

    @property
    def case(self) -> str:
        return str(self.data["number"])

    @property
    def at(self) -> datetime:
        moment: datetime = self.data["decided_at"]
        return moment

    @property
    def subject_title(self) -> str:
        return str(self.data["title"])

    def sheet(self) -> dict[str, Any]:
        say, data = self.words.say, self.data
        name = self.authority.names[self.words.language]
        metadata = self.metadata()
        sections = {**self.parts(), "information": self.information()}
        return {
            "language": self.words.language,
            "title": self.title,
            "document_title": f"{self.title} {self.case}: {self.subject_title}",
            "authority": name,
            "sender": [self.authority.address, self.authority.email],
            "case": self.case,
            "case_label": say(self.case_label_key),
            "page_label": say("labels.page"),
            "date_label": say(self.date_label_key),
            "date": self.words.formats.day(helsinki_day(self.at)),
            "made_at": list(self.at.astimezone(UTC).timetuple()[:6]),
            "marking": say(f"publicity.{self.publicity}"),
            "party_label": self.party_label,
            "party": [data["undertaking_name"], say("labels.business_id", business_id=data["business_id"])],
            "keywords": self.keywords(),
            "footer": say("information.footer", check_code=self.check_code, address=qr.printed(self.service_address)),
            "notice": self.notice(),
            "facts": [list(row) for row in self.facts()],
            "sections": [section(say(f"headings.{key}"), blocks) for key, blocks in sections.items() if blocks],
            "archive": {
                "name": archive.FILE_NAME,
                "content": archive.as_xml(metadata),
                "description": say("labels.archive"),
            },
        }

    def keywords(self) -> list[str]:
        return [str(self.kind), self.case, self.data["number"], self.data["business_id"], self.digest]

    def notice(self) -> list[Block]:
        """That it is a translation, of what, and that the time for review runs from the original's service."""
        told = self.wire.get(TRANSLATION)
        if not told:
            return []
        text = self.words.say(
            "translation.notice", check_code=told["of"], by=self._name_of(told["by"]), language=told["language"]
        )
        return [notice(text)]

    def _name_of(self, person: str) -> str:
        return self.names.get(person, person)

    def information(self) -> list[Block]:
        say = self.words.say
        address = qr.printed(self.service_address)
        check = say(f"information.{self.check_key}_text", check_code=self.check_code, address=address)
        digest = f"{say(f'information.{self.digest_key}')}: {in_groups(self.digest)}"
        rows = (
            (say("information.contact"), self.contact()),
            (say("information.publicity"), self.publicity_text()),
            (say("information.signed"), self.signed()),
            (say("information.check"), f"{check}\n{digest}"),
        )
        picture = qr.picture(qr.address_of(self.service_address, self.check_code))
        return [terms([row for row in rows if row[1]]), qr_code(picture, say("information.qr", address=address))]

    def contact(self) -> str:
        contact = {"email": self.authority.email, "address": self.authority.address}
        return self.words.say("information.contact_authority", **contact)

    def publicity_text(self) -> str:
        return self.words.say(f"information.{self.publicity}_text")

    def metadata(self) -> dict[str, Any]:
        """For the archive. Every value but the title is a code, a number or a name."""
        data, told = self.data, self.wire.get(TRANSLATION)
        return {
            "Tunniste": {"Asianumero": data["number"], "Asiakirja": self.check_code, "Tietojarjestelma": SYSTEM},
            "Nimeke": f"{self.title} {self.case}: {self.subject_title}",
            "Tyyppi": str(self.kind),
            "Kieli": self.words.language,
            "Laadittu": self.at.isoformat(),
            "Toimija": self.agents(),
            "Julkisuusluokka": self.publicity,
            "Salassapitoperuste": "JulkL 621/1999 24 § 1 mom. 17 ja 20 k." if self.publicity != PUBLIC else None,
            "Sailytysperuste": self.retention,
            "Tiedostomuoto": "PDF/A-3a, PDF/UA-1",
            "Kaannetty": {"Alkuperainen": told["of"], "Kaantaja": self._name_of(told["by"])} if told else None,
            "Tiiviste": {"Algoritmi": "SHA-256", "Kohde": "tiedot", "Arvo": self.digest},
        }

    def agents(self) -> list[dict[str, str]]:
        data = self.data
        house = {"Rooli": "viranomainen", "Nimi": self.authority.names["fi"], "Tunnus": self.authority.code}
        party = {"Rooli": "asianosainen", "Nimi": data["undertaking_name"], "Tunnus": data["business_id"]}
        people = [{"Rooli": role, "Nimi": data[part]} for part, role in AGENTS.items() if data.get(part)]
        return [house, party, *people]


AGENTS = {
    "proposed_by": "esittelijä",
    "decided_by": "ratkaisija",
    "verified_by": "varmentaja",
    "asked_by": "käsittelijä",
    "actor": "lähettäjä",
}
