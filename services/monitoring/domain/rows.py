"""The rows of the read model, and the working set of them that a batch of facts changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, ClassVar, TypeVar

from services.monitoring.domain.case_states import PHASES, ClaimPhase, case_state
from shared.money import ZERO, Money

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A case from filing on. Texts are empty until the room that knows them has been heard.

    `deciding`, `paying`, `failed_claims` and `paid_claims` count claims by phase. `sort_name` is the
    undertaking's name as a key to sort by (`shared.sorting`).
    """

    KEY: ClassVar[str] = "number"

    number: str
    call_id: str = ""
    business_id: str = ""
    undertaking_name: str = ""
    sort_name: str = ""
    title: str = ""
    authority: str = ""
    region: str = ""
    fund: str = ""
    application_state: str = ""
    state: str = ""
    aid_sought: Money = ZERO
    awarded: Money = ZERO
    claimed: Money = ZERO
    approved: Money = ZERO
    paid: Money = ZERO
    deciding: int = 0
    paying: int = 0
    failed_claims: int = 0
    paid_claims: int = 0
    last_event_at: datetime = LONG_AGO

    def state_now(self) -> str:
        return case_state(
            self.application_state,
            failed=self.failed_claims,
            deciding=self.deciding,
            paying=self.paying,
            paid=self.paid_claims,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """`state` is the claim's own; `approved` what was decided to be paid on it."""

    KEY: ClassVar[str] = "claim_id"

    claim_id: str
    number: str = ""
    business_id: str = ""
    undertaking_name: str = ""
    authority: str = ""
    state: str = ""
    claimed: Money = ZERO
    approved: Money = ZERO
    paid: Money = ZERO

    @property
    def phase(self) -> ClaimPhase:
        return PHASES[self.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLinesRow:
    """A claim's lines as claimed and as judged, by line: `submitted` and `verdicts` as in the facts."""

    KEY: ClassVar[str] = "claim_id"

    claim_id: str
    submitted: list[Any] = field(default_factory=list)
    verdicts: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow:
    KEY: ClassVar[str] = "payment_id"

    payment_id: str
    batch_id: str = ""
    claim_id: str = ""
    number: str = ""
    business_id: str = ""
    undertaking_name: str = ""
    sort_name: str = ""
    authority: str = ""
    amount: Money = ZERO
    state: str = ""
    settled_on: date | None = None
    file_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    KEY: ClassVar[str] = "document_id"

    document_id: str
    kind: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRow:
    """Whose a stream is: a document's of a claim or an application, a claim's of an application."""

    KEY: ClassVar[str] = "subject"

    subject: str
    belongs_to: str = ""


Row = CaseRow | ClaimRow | ClaimLinesRow | PaymentRow | DocumentRow | SubjectRow
ROW_KINDS: tuple[type[Row], ...] = (CaseRow, ClaimRow, ClaimLinesRow, PaymentRow, DocumentRow, SubjectRow)
R = TypeVar("R", CaseRow, ClaimRow, ClaimLinesRow, PaymentRow, DocumentRow, SubjectRow)


class Rows:
    """Rows by kind and key. One that was never put is the kind's empty row."""

    def __init__(self, known: Iterable[Row] = ()) -> None:
        self.all: dict[tuple[type[Row], str], Row] = {(type(row), key_of(row)): row for row in known}
        self._changed: dict[tuple[type[Row], str], None] = {}

    def get(self, kind: type[R], key: str) -> R:
        found: Any = self.all.get((kind, key))
        name: dict[str, Any] = {kind.KEY: key}
        return found if found is not None else kind(**name)

    def put(self, row: Row) -> None:
        name = (type(row), key_of(row))
        self.all[name] = row
        self._changed[name] = None

    def changed(self, kind: type[Row]) -> list[Row]:
        return [self.all[name] for name in self._changed if name[0] is kind]


def key_of(row: Row) -> str:
    key: str = getattr(row, row.KEY)
    return key
