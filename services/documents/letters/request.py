"""A letter that asks the party something: to complete what it filed, or to comment before a decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.documents.domain.letters import LetterKind
from services.documents.letters.paper import PARTLY_SECRET, Paper, Row
from services.documents.letters.sheet import Block, lead, paragraphs, points, subheading


@dataclass(frozen=True, slots=True)
class RequestPaper(Paper):
    publicity = PARTLY_SECRET

    def facts(self) -> list[Row]:
        say, data = self.words.say, self.data
        return [
            (say("labels.project"), data["title"]),
            (say("labels.answer_by"), self.words.formats.day(data["request"]["due_on"])),
            (say("labels.handler"), data["asked_by"]),
        ]

    def parts(self) -> Mapping[str, list[Block]]:
        say, data, asked = self.words.say, self.data, self.data["request"]
        facts = {"due": asked["due_on"], "number": data["number"], "title": data["title"]}
        hearing = self.kind is LetterKind.HEARING
        group = "hearing" if hearing else "completion"
        what: list[Block] = [lead(say(f"{group}.lead", **facts)), *paragraphs(asked["asked"])]
        if asked["facts"]:
            what += [subheading(say("hearing.facts")), points(asked["facts"], numbered=True)]
        kinds = [*self._attachment_names()]
        if kinds:
            what += [subheading(say("completion.attachments")), points(kinds)]
        return {"asked": what, "how": [points(say_all(self, group)), *paragraphs(say(f"{group}.basis"))]}

    def signed(self) -> str:
        return self.words.say("information.asked_text", at=self.at, handler=self.data["asked_by"])

    def _attachment_names(self) -> list[str]:
        names = {rule["kind"]: rule["names"][self.words.language] for rule in self.data["attachment_rules"]}
        return [names[kind] for kind in self.data["request"]["attachment_kinds"] if kind in names]


def say_all(paper: RequestPaper, group: str) -> list[str]:
    return paper.words.say_all(f"{group}.how", due=paper.data["request"]["due_on"])
