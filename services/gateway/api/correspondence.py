"""Correspondence of a case: requests and their answers, messages, and the status in plain words."""

from __future__ import annotations

from typing import Any

from services.gateway import policy
from services.gateway.api import versions
from services.gateway.api.desk import Answered, Desk
from services.gateway.api.schemas import rest_of
from services.gateway.identity import current_asker
from services.gateway.plain_status import said
from services.gateway.rooms import ask
from shared.contracts.applications import (
    ANSWER_COMPLETION,
    ANSWER_HEARING,
    ASK_COMPLETION,
    ASK_HEARING,
    ASK_MORE_TIME,
    ASK_OPINION,
    ATTACH_TO_REPLY,
    DETACH_FROM_REPLY,
    GET_CORRESPONDENCE,
    GET_REQUEST,
    GET_STATUS,
    LIST_OPEN_REQUESTS,
    LIST_THREADS,
    MARK_READ,
    MOVE_DUE_DAY,
    RECORD_OPINION,
    REFUSE_MORE_TIME,
    SAVE_MESSAGE_DRAFT,
    SAVE_REPLY,
    SEND_MESSAGE,
)
from shared.contracts.applications.messages import PlainStatus
from shared.contracts.documents import GET_DOCUMENT
from shared.contracts.terms import Request
from shared.fields import text

desk = Desk("correspondence", "Requests to the party, messages, and where a case is in plain words")

CASE = "/applications/<number>"
ONE = f"{CASE}/requests/<int:place>"


class StatusInWords(PlainStatus):
    """The status with its sentences in the asker's language."""

    what_text = text(1000)
    todo_text = text(1000)
    promise_text = text(1000, least=0)


class NewReplyFile(Request):
    """A document stored before (`POST /documents`). Its name and digest are read from it, not believed."""

    document_id = text(60)
    kind = text(40)
    version = rest_of(ATTACH_TO_REPLY)._declared_fields["version"]


desk.lists("/requests", LIST_OPEN_REQUESTS, "Requests that wait for an answer, the nearest day first")
desk.lists("/threads", LIST_THREADS, "Cases with messages, the latest first, and how many are unread")
desk.shows(f"{CASE}/correspondence", GET_CORRESPONDENCE, "Requests, messages and the status of one case")
desk.does("POST", f"{CASE}/completion-requests", ASK_COMPLETION, "Ask the company to complete its application")
desk.does("POST", f"{CASE}/hearings", ASK_HEARING, "Hear the company before a decision against it")
desk.does("POST", f"{CASE}/opinion-requests", ASK_OPINION, "Ask an opinion of somebody outside")
desk.shows(ONE, GET_REQUEST, "One request, with what would stop its answer now")
desk.does("PUT", f"{ONE}/reply", SAVE_REPLY, "Save the answer as typed")
desk.does("DELETE", f"{ONE}/files/<document_id>", DETACH_FROM_REPLY, "Take a file off the answer")
desk.does("POST", f"{ONE}/completion", ANSWER_COMPLETION, "Send the completion; the answer is the receipt")
desk.does("POST", f"{ONE}/comments", ANSWER_HEARING, "Send the comments; the answer is the receipt")
desk.does("POST", f"{ONE}/more-time", ASK_MORE_TIME, "Ask for a later last day")
desk.does("POST", f"{ONE}/due-day", MOVE_DUE_DAY, "Give a later last day")
desk.does("POST", f"{ONE}/more-time-refusal", REFUSE_MORE_TIME, "Leave the last day as it is, with a reason")
desk.does("POST", f"{ONE}/opinion", RECORD_OPINION, "Record the opinion as it came")
desk.does("POST", f"{CASE}/messages", SEND_MESSAGE, "Write to the other side, or a note among officials")
desk.does("PUT", f"{CASE}/message-draft", SAVE_MESSAGE_DRAFT, "Keep a message in the making")
desk.does("POST", f"{CASE}/messages/read", MARK_READ, "The asker's side has read up to this message")


@desk.route(f"{CASE}/status")
@desk.answering(GET_STATUS, 200, StatusInWords)
@policy.asks(GET_STATUS)
def get_status(number: str) -> dict[str, Any]:
    """Where the case is, in codes and in sentences"""
    status = ask(GET_STATUS, number=number)
    words = said(status, current_asker().language)
    return status | {"what_text": words.what, "todo_text": words.todo, "promise_text": words.promise}


@desk.route(f"{ONE}/files", methods=["POST"])
@desk.arguments(NewReplyFile)
@desk.answering(ATTACH_TO_REPLY, 200, ATTACH_TO_REPLY.gives)
@policy.asks(ATTACH_TO_REPLY, GET_DOCUMENT)
def attach_to_reply(body: dict[str, Any], number: str, place: int) -> Answered:
    """Add a stored document to the answer"""
    version = versions.expected(body["version"])
    document = ask(GET_DOCUMENT, document_id=body["document_id"])
    attachment = {name: document[name] for name in ("document_id", "file_name", "sha256")} | {"kind": body["kind"]}
    saved = ask(ATTACH_TO_REPLY, number=number, place=place, version=version, attachment=attachment)
    return saved, 200, versions.tag(saved)
