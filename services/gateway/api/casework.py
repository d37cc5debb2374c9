"""The officials' casework: the queue and its views, disqualification before a case is opened, who handles it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from itertools import count, islice
from typing import Any

from flask import Response

from services.gateway import list_files, policy, uploads
from services.gateway.api.desk import KEY_HEADER, Desk
from services.gateway.errors import ListTooLong
from services.gateway.rooms import ask
from shared.contracts.applications import (
    ASSIGN_CASE,
    ASSIGN_CASES,
    DECLARE_INTEREST,
    DELETE_VIEW,
    END_SUBSTITUTE,
    GET_GATE,
    LIST_OFFICIALS,
    LIST_SUBSTITUTES,
    LIST_VIEWS,
    NOTE_EXPORT,
    RELEASE_CASE,
    REMIND_PARTIES,
    RESOLVE_INTEREST,
    SAVE_VIEW,
    SET_SUBSTITUTE,
    WORK_QUEUE,
    CaseFilters,
)
from shared.money import Money

desk = Desk("casework", "The officials' work queue, and who may and does handle a case")

desk.lists("/work-queue", WORK_QUEUE, "The cases of the asker's authority, the most urgent first")
desk.shows("/work-queue/views", LIST_VIEWS, "The standard and the kept views, with their counts")
desk.does("POST", "/work-queue/views", SAVE_VIEW, "Keep a narrowing of the queue under a name, or change it")
desk.does("DELETE", "/work-queue/views/<view_id>", DELETE_VIEW, "Forget a view of one's own")
desk.does("POST", "/work-queue/reminders", REMIND_PARTIES, "Remind the parties of several cases of one's own")
desk.does("POST", "/work-queue/assignments", ASSIGN_CASES, "Give several cases to a handler")
desk.shows("/applications/<number>/gate", GET_GATE, "Who a case is about, before it is opened")
desk.does("POST", "/applications/<number>/interest", DECLARE_INTEREST, "Answer on one's own disqualification")
desk.does(
    "POST", "/applications/<number>/interest/<person>", RESOLVE_INTEREST, "Lift or confirm another's disqualification"
)
desk.does("POST", "/applications/<number>/handler", ASSIGN_CASE, "Give the case to a handler")
desk.does("DELETE", "/applications/<number>/handler", RELEASE_CASE, "Give the case back to those that nobody has")
desk.shows("/handlers", LIST_OFFICIALS, "The authority's handlers, with how many open cases they have")
desk.lists("/substitutes", LIST_SUBSTITUTES, "Who stands in for whom, now and to come")
desk.does("POST", "/substitutes", SET_SUBSTITUTE, "Name a substitute for some days")
desk.does("DELETE", "/substitutes/<substitution_id>", END_SUBSTITUTE, "Take a substitute back")

COLUMNS = ("number", "undertaking_name", "title", "state", "aid_sought", "due_on", "waiting_for", "urgency")
BATCH = 200


@desk.route("/work-queue/file", methods=["POST"])
@desk.arguments(CaseFilters)
@desk.response(200, {"type": "string"}, content_type=list_files.MEDIA_TYPE)
@desk.doc(
    operationId=NOTE_EXPORT.address,
    parameters=[KEY_HEADER],
    **{"x-roles": sorted(role.value for role in NOTE_EXPORT.roles & WORK_QUEUE.roles)},
)
@policy.asks(WORK_QUEUE, NOTE_EXPORT)
def queue_as_file(filters: dict[str, Any]) -> Response:
    """The queue as a file (CSV with semicolons), narrowed by the same filters

    Taking it is kept in the audit trail, with the file's digest. At most 5 000 rows.
    """
    rows = list(islice(_queue(filters), list_files.MOST_ROWS + 1))
    if len(rows) > list_files.MOST_ROWS:
        raise ListTooLong(most=str(list_files.MOST_ROWS))
    content = list_files.as_csv(COLUMNS, ([_cell(row[name]) for name in COLUMNS] for row in rows))
    digest = sha256(content).hexdigest()
    ask(NOTE_EXPORT, narrowing=filters, applications=len(rows), claims=0, file_format="csv", sha256=digest)
    response = Response(content, content_type=f"{list_files.MEDIA_TYPE}; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename="queue.csv")
    response.headers["Repr-Digest"] = uploads.digest_header(digest)
    return response


def _queue(filters: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for page in count(1):
        found = ask(WORK_QUEUE, **filters, page=page, size=BATCH)
        yield from found["items"]
        if not found["items"] or (page * BATCH >= found["total"] and not found["more"]):
            return


def _cell(value: Any) -> str:
    """A sum and a day as a spreadsheet reads them; a code as it is."""
    if isinstance(value, Money):
        return list_files.sum_cell(value)
    return list_files.day_cell(value) if isinstance(value, date) else str(value or "")
