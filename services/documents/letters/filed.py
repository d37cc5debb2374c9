"""What the company sent, written down for it: every answer as it was filed, every attachment with its digest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.documents.domain.letters import LetterKind
from services.documents.letters.identifying import in_groups
from services.documents.letters.paper import PARTLY_SECRET, Paper, Row
from services.documents.letters.sheet import Block, lead, paragraphs, subheading, table, terms, words_column
from shared.dates import HELSINKI
from shared.reference import municipalities, regions

# Tables that the form brings by itself, with their columns.
TABLES: Mapping[str, tuple[str, ...]] = {
    "costs": ("category", "description", "year", "amount"),
    "financing": ("source", "year", "amount"),
    "indicators": ("code", "target"),
}
CODES = {"category": "categories", "source": "financing_sources"}


@dataclass(frozen=True, slots=True)
class FiledPaper(Paper):
    publicity = PARTLY_SECRET
    date_label_key = "labels.filed_on"

    def facts(self) -> list[Row]:
        say, data = self.words.say, self.data
        rows = [
            (say("labels.project"), data["title"] or say("form.empty")),
            (say("labels.call"), self._in_language(data["call"]["names"])),
            (say("labels.received"), self._second(data["filed_at"])),
            (say("labels.sent_by"), self._sender()),
        ]
        if data["arrival"]:
            rows.append((say("labels.arrived"), self._arrival(data["arrival"])))
        return [*rows, (say("labels.filing_digest"), in_groups(data["filing_digest"]))]

    def parts(self) -> Mapping[str, list[Block]]:
        say, data = self.words.say, self.data
        key = "filed.lead" if self.kind is LetterKind.FILING else "filed.completion_lead"
        facts = {"name": data["undertaking_name"], "number": data["number"], "authority": self._authority_name()}
        opening = [lead(say(key, **facts)), *paragraphs(say("filed.keep"))]
        if data.get("reply"):
            opening += [subheading(say("filed.reply")), *paragraphs(data["reply"])]
        return {"filed": opening, "answers": list(self._answers()), "attachments": self._attachments()}

    def signed(self) -> str:
        return self.words.say("information.filed_text", at=self._second(self.data["filed_at"]), sender=self._sender())

    @property
    def subject_title(self) -> str:
        return str(self.data["title"] or self.data["number"])

    def _authority_name(self) -> str:
        return self.authority.names[self.words.language]

    def _sender(self) -> str:
        """The person, by which right, and by which API key where it was not the person's own hand."""
        say, data = self.words.say, self.data
        if data["role"] != "company":
            return say("filed.by_official", name=data["actor"])
        if data["via"]:
            return say("filed.by_key", name=data["actor"], key=data["via"])
        return say("filed.by_mandate", name=data["actor"], company=data["undertaking_name"])

    def _arrival(self, arrival: Mapping[str, Any]) -> str:
        return self.words.say(f"filed.{arrival['channel']}", at=self._second(arrival["arrived_at"]))

    def _second(self, at: Any) -> str:
        local = at.astimezone(HELSINKI)
        return f"{self.words.formats.moment(at)}{self.words.formats.hour_mark}{local.second:02}"

    def _in_language(self, names: Mapping[str, str]) -> str:
        return names.get(self.words.language) or names.get("fi", "")

    def _answers(self) -> Iterator[Block]:
        """Section by section as on the form; what was not asked with these answers is left out, and so said."""
        hidden = set(self.data["hidden"])
        for part in self.data["sections"]:
            shown = [question for question in part["questions"] if question["key"] not in hidden]
            blocks = [*self._standard(part), *self._own(shown)]
            if blocks:
                yield subheading(self._in_language(part["names"]))
                yield from blocks

    def _standard(self, part: Mapping[str, Any]) -> Iterator[Block]:
        say, answers = self.words.say, self.data["answers"]
        rows = [
            (say(f"form.{key}"), self._standard_value(key, answers.get(key)))
            for key in part["standard"]
            if key not in TABLES and self.words.knows(f"form.{key}")
        ]
        if rows:
            yield terms(rows)
        for key in part["standard"]:
            if key in TABLES:
                headings = [say(f"form.{column}") for column in TABLES[key]]
                yield from self._table(say(f"form.{key}"), headings, TABLES[key], answers.get(key), {})

    def _standard_value(self, key: str, value: Any) -> str:
        text = self._text(value)
        if key == "region" and text in regions.BY_CODE:
            return regions.BY_CODE[text].names[self.words.language]
        if key == "municipality" and (found := municipalities.municipality(text)):
            return found.names[self.words.language]
        return text or self.words.say("form.empty")

    def _own(self, questions: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
        answers = self.data["answers"]
        plain = [question for question in questions if question["kind"] != "table"]
        if plain:
            yield terms((self._in_language(one["labels"]), self._value(one, answers.get(one["key"]))) for one in plain)
        for one in questions:
            if one["kind"] == "table":
                keys = [column["key"] for column in one["columns"]]
                headings = [self._in_language(column["labels"]) for column in one["columns"]]
                options = {column["key"]: self._options(column) for column in one["columns"]}
                yield from self._table(
                    self._in_language(one["labels"]), headings, keys, answers.get(one["key"]), options
                )

    def _value(self, question: Mapping[str, Any], value: Any) -> str:
        options = self._options(question)
        values = value if isinstance(value, list) else [value]
        said = [options.get(text, text) for text in map(self._text, values) if text]
        return "\n".join(said) or self.words.say("form.empty")

    def _options(self, question: Mapping[str, Any]) -> dict[str, str]:
        own = {option["code"]: self._in_language(option["names"]) for option in question.get("options") or ()}
        if question["kind"] == "municipality":
            return dict(municipalities.in_order(self.words.language))
        if question["kind"] == "yes_no":
            return {"yes": self.words.say("form.yes"), "no": self.words.say("form.no")} | own
        return own

    def _table(
        self,
        caption: str,
        headings: Sequence[str],
        keys: Sequence[str],
        rows: Any,
        options: Mapping[str, Mapping[str, str]],
    ) -> Iterator[Block]:
        filled = [row for row in rows or () if isinstance(row, Mapping) and any(map(self._text, row.values()))]
        if not filled:
            yield terms([(caption, self.words.say("form.no_rows"))])
            return
        columns = [words_column(heading) for heading in headings]
        yield table(caption, columns, [[self._cell(key, row.get(key), options) for key in keys] for row in filled])

    def _cell(self, key: str, value: Any, options: Mapping[str, Mapping[str, str]]) -> str:
        text = self._text(value)
        own = options.get(key, {}).get(text)
        if own is None and key in CODES and self.words.knows(f"{CODES[key]}.{text}"):
            own = self.words.say(f"{CODES[key]}.{text}")
        return own or text or "–"

    @staticmethod
    def _text(value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(value).strip()

    def _attachments(self) -> list[Block]:
        say, attachments = self.words.say, self.data["attachments"]
        if not attachments:
            return paragraphs(say("filed.no_attachments"))
        names = {rule["kind"]: self._in_language(rule["names"]) for rule in self.data["call"]["attachments"]}
        columns = (
            words_column(say("filed.file")),
            words_column(say("filed.size"), "auto"),
            words_column(say("filed.digest"), "46%"),
        )
        rows = [
            (
                f"{one['file_name']}\n{names.get(one['kind'], say('filed.other'))}",
                self._size(one.get("size")),
                " ".join(one["sha256"][at : at + 16] for at in range(0, 64, 16)),
            )
            for one in attachments
        ]
        return [table(say("filed.attachments"), columns, rows)]

    def _size(self, size: int | None) -> str:
        return "–" if size is None else self.words.say("filed.bytes", count=f"{size:,}".replace(",", "\u00a0"))
