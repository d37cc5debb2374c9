"""Letters, translations asked for, and what goes to the archive, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.documents.domain import letters
from services.documents.domain.letters import ArchivedLetter, AskedTranslation, Letter, LetterState
from services.documents.records import (
    LETTER_FIELDS,
    ArchivedLetterRecord,
    AskedTranslationRecord,
    LetterRecord,
    to_letter,
)


class Letters:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, letter: Letter) -> None:
        values = {name: getattr(letter, name) for name in LETTER_FIELDS}
        self._session.add(LetterRecord(**{**values, "data": dict(letter.data)}))
        self._session.flush()

    def hand_over(self, number: str, authority: str) -> None:
        self._session.execute(update(LetterRecord).where(LetterRecord.number == number).values(authority=authority))

    def exists(self, event_id: str) -> bool:
        found = select(LetterRecord.event_id).where(LetterRecord.event_id == event_id)
        return self._session.scalar(found) is not None

    def take_due(self, now: datetime, most: int) -> Sequence[Letter]:
        due = (
            select(LetterRecord)
            .where(LetterRecord.state == LetterState.TO_WRITE, LetterRecord.due_at <= now)
            .order_by(LetterRecord.due_at, LetterRecord.event_id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        taken = []
        for record in self._session.scalars(due):
            record.due_at, record.attempts = now + letters.LEASE, record.attempts + 1
            taken.append(to_letter(record))
        return taken

    def find_locked(self, event_id: str) -> Letter | None:
        record = self._session.get(LetterRecord, event_id, with_for_update=True)
        return to_letter(record) if record else None

    def find_by_check_code(self, check_code: str) -> Letter | None:
        found = select(LetterRecord).where(LetterRecord.check_code == check_code).order_by(LetterRecord.event_id)
        record = self._session.scalars(found.limit(1)).first()
        return to_letter(record) if record else None

    def put(self, letter: Letter) -> None:
        self._session.execute(
            update(LetterRecord)
            .where(LetterRecord.event_id == letter.event_id)
            .values(
                state=letter.state,
                attempts=letter.attempts,
                fault=letter.fault,
                due_at=letter.due_at,
                document_id=letter.document_id,
                language=letter.language,
                file_name=letter.file_name,
                check_code=letter.check_code,
                digest=letter.digest,
                data=dict(letter.data),
            )
        )

    def find(self, event_id: str) -> Letter | None:
        record = self._session.get(LetterRecord, event_id)
        return to_letter(record) if record else None

    def find_by_document(self, document_id: str) -> Letter | None:
        record = self._session.scalar(select(LetterRecord).where(LetterRecord.document_id == document_id))
        return to_letter(record) if record else None

    def of_case(self, number: str, among: Mapping[str, str | None]) -> Sequence[Letter]:
        own = (
            select(LetterRecord)
            .where(LetterRecord.number == number, *(getattr(LetterRecord, name) == v for name, v in among.items()))
            .order_by(LetterRecord.decided_at, LetterRecord.translation_of.is_not(None), LetterRecord.event_id)
        )
        return [to_letter(record) for record in self._session.scalars(own)]

    def find_translation(self, event_id: str, language: str) -> Letter | None:
        found = select(LetterRecord).where(LetterRecord.translation_of == event_id, LetterRecord.language == language)
        record = self._session.scalar(found)
        return to_letter(record) if record else None

    def ask_translation(self, asked: AskedTranslation) -> bool:
        values = asdict(asked)
        new = insert(AskedTranslationRecord).values(**values).on_conflict_do_nothing()
        return self._session.execute(new.returning(AskedTranslationRecord.event_id)).first() is not None

    def asked_translations(self, event_ids: Sequence[str]) -> Sequence[AskedTranslation]:
        asked = (
            select(AskedTranslationRecord)
            .where(AskedTranslationRecord.event_id.in_(event_ids))
            .order_by(AskedTranslationRecord.asked_at, AskedTranslationRecord.language)
        )
        fields = AskedTranslation.__dataclass_fields__
        return [
            AskedTranslation(**{name: getattr(record, name) for name in fields})
            for record in self._session.scalars(asked)
        ]

    def archive(self, archived: ArchivedLetter) -> None:
        self._session.add(
            ArchivedLetterRecord(
                document_id=archived.document_id,
                archive_metadata=dict(archived.metadata),
                sha256=archived.sha256,
                seal=archived.seal,
            )
        )

    def archived(self, document_id: str) -> ArchivedLetter | None:
        record = self._session.get(ArchivedLetterRecord, document_id)
        if record is None:
            return None
        return ArchivedLetter(
            document_id=record.document_id, metadata=record.archive_metadata, sha256=record.sha256, seal=record.seal
        )
