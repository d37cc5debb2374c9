"""Messages between the company's people and the case's officials, and the officials' notes among themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.applications.domain.attachments import Attachment
from shared.asker import Asker, Role
from shared.errors import Fault, InvalidFields, NotForYou

COMPANY, AUTHORITY = "company", "authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`public`: whether a note is a public document (laki 621/1999); a message is one as the law says."""

    number: str
    message_no: int
    side: str
    sent_by: str
    sent_at: datetime
    text: str
    attachments: tuple[Attachment, ...] = ()
    internal: bool = False
    public: bool = False
    read_at: datetime | None = None

    @property
    def is_evidence(self) -> bool:
        """The company shows something; words alone are read before the decision is signed."""
        return self.side == COMPANY and bool(self.attachments)

    def must_be_sendable(self) -> None:
        """Raises InvalidFields for an empty text; NotForYou when a company would write an official's note."""
        if not self.text.strip():
            raise InvalidFields(faults=[Fault("text", "required")])
        if self.side == COMPANY and (self.internal or self.public):
            raise NotForYou(what="note")


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDraft:
    """What one person is writing in one case."""

    text: str = ""
    attachments: tuple[Attachment, ...] = ()


def side_of(asker: Asker) -> str:
    return COMPANY if asker.role is Role.COMPANY else AUTHORITY
