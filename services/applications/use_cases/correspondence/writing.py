"""Messages in the case, and who has read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.applications.domain.applications import Application, Case
from services.applications.domain.attachments import Attachment
from services.applications.domain.correspondence.messages import AUTHORITY, COMPANY, Message, MessageDraft, side_of
from services.applications.domain.errors import WrongState
from services.applications.domain.states import UNFILED
from services.applications.ports import Work
from services.applications.screens import Screen
from services.applications.use_cases.access import case_to_change
from services.applications.use_cases.correspondence.facts import message_fact
from services.applications.use_cases.correspondence.screens import message_screen
from services.applications.use_cases.falling import let_anything_fall
from shared.contracts import applications as contract
from shared.errors import Fault, InvalidFields


def send_message(
    work: Work,
    number: str,
    text: str,
    attachments: Sequence[Mapping[str, Any]] = (),
    internal: bool = False,
    public: bool = False,
) -> Screen:
    """Write to the other side, or among the officials. The sender's kept draft goes with it, and what the other
    side had written counts as read. What the company sends files with is evidence: a waiting proposal falls of it.

    Raises WrongState for a case that nobody has filed; NotForYou; InvalidFields, also for a file with a virus.
    """
    case = _filed_case(work, number)
    message = Message(
        number=number,
        message_no=work.messages.next_no(number),
        side=side_of(work.asker),
        sent_by=work.asker.person,
        sent_at=work.now,
        text=text,
        attachments=tuple(Attachment(**attachment) for attachment in attachments),
        internal=internal,
        public=public,
    )
    message.must_be_sendable()
    _must_be_clean(work, message)
    if message.is_evidence:
        let_anything_fall(work, case.application, "evidence_came")
    work.messages.add(message)
    # A note takes the text alone: the files wait for the message that they were meant for.
    left = work.messages.draft(number, work.asker.person).attachments if message.internal else ()
    work.messages.keep_draft(number, work.asker.person, MessageDraft(attachments=left), work.now)
    if message.internal:
        _announce_note(work, case.application, message)
    else:
        work.messages.mark_read(number, _other(message.side), message.message_no, work.asker.person, work.now)
        work.announce(contract.MESSAGE_WRITTEN, number, **message_fact(case.application, message))
    return message_screen(message)


def save_message_draft(
    work: Work, number: str, text: str = "", attachments: Sequence[Mapping[str, Any]] | None = None
) -> Screen:
    """Keep what the asker is writing; it is nobody else's to see."""
    _filed_case(work, number)
    kept = work.messages.draft(number, work.asker.person)
    files = kept.attachments if attachments is None else tuple(Attachment(**one) for one in attachments)
    work.messages.keep_draft(number, work.asker.person, MessageDraft(text=text, attachments=files), work.now)
    return {"number": number, "saved_at": work.now}


def mark_read(work: Work, number: str, message_no: int) -> Screen:
    """The asker's side has read up to this message. Read once is read: the first time stays."""
    _filed_case(work, number)
    other = _other(side_of(work.asker))
    work.messages.mark_read(number, other, message_no, work.asker.person, work.now)
    return {"number": number, "unread": work.messages.unread(number, other)}


def _must_be_clean(work: Work, message: Message) -> None:
    """Raises InvalidFields: attachment_infected, for each file in which a virus has been found by now."""
    infected = work.infected_files.among([one.document_id for one in message.attachments])
    faults = [
        Fault("attachments", "attachment_infected", {"file_name": one.file_name})
        for one in message.attachments
        if one.document_id in infected
    ]
    if faults:
        raise InvalidFields(faults=faults)


def _filed_case(work: Work, number: str) -> Case:
    case = case_to_change(work, number)
    if case.application.state in UNFILED:
        raise WrongState(state=case.application.state.value, action="write")
    return case


def _other(side: str) -> str:
    return AUTHORITY if side == COMPANY else COMPANY


def _announce_note(work: Work, application: Application, message: Message) -> None:
    work.announce(
        contract.NOTE_WRITTEN,
        application.number,
        number=application.number,
        authority=application.authority,
        message_no=message.message_no,
        public=message.public,
    )
