"""Bulk work of the queue: one deed on many cases, each by the same rules as alone; and what leaves as a file.

What cannot be done to one case is left and told; the others are done.
"""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import Role
from shared.contracts.applications.casework import CaseFilters
from shared.contracts.applications.codes import CASE_NUMBER, ROOM
from shared.contracts.terms import Answer, Event, Fact, Operation, Request, command
from shared.fields import text

__all__ = ["ASSIGN_CASES", "EVENTS", "NOTE_EXPORT", "OPERATIONS", "QUEUE_EXPORTED", "REMIND_PARTIES"]

MOST_AT_ONCE = 200  # as many as the queue's largest page has
FORMATS = ("csv",)

_count = fields.Integer(required=True, validate=validate.Range(min=0))
_at_once = validate.Length(min=1, max=MOST_AT_ONCE)


class Chosen(Request):
    """A case as the chooser saw it: what has changed since is left, and told."""

    number = CASE_NUMBER
    version = fields.Integer(required=True, validate=validate.Range(min=1))


class RemindParties(Request):
    """Remind the party of each case that waits for it: of the request that is open and of its last day.

    A handler reminds in their own cases and in those they stand in for today, once a day each.
    """

    numbers = fields.List(CASE_NUMBER, required=True, validate=_at_once)


class AssignCases(Request):
    """Give each case to a handler of the same authority, with one reason for them all."""

    cases = fields.List(fields.Nested(Chosen), required=True, validate=_at_once)
    to = text(60)
    reason = text(2000)


class Left(Answer):
    """A case that nothing was done to: `why` is the code of the refusal, with its facts."""

    number = CASE_NUMBER
    why = text(40)
    facts = fields.Dict(required=True)


class DoneInBulk(Answer):
    done = fields.List(CASE_NUMBER, required=True)
    left = fields.List(fields.Nested(Left), required=True)


class NoteExport(Request):
    """A list leaves as a file: by which narrowing, how many rows of each kind, and the file's digest."""

    narrowing = fields.Nested(CaseFilters, required=True)
    applications = _count
    claims = _count
    file_format = fields.String(required=True, validate=validate.OneOf(FORMATS))
    sha256 = text(64, least=64)


class ExportNoted(Answer):
    export_id = text(40)


class QueueExportedV1(Fact):
    """Who took which list out of the service. What they searched for is not told, only whether they did."""

    export_id = text(40)
    authority = text(40)
    exported_by = text(60)
    narrowing = fields.Dict(required=True)
    searched = fields.Boolean(required=True)
    applications = fields.Integer(required=True)
    claims = fields.Integer(required=True)
    file_format = text(10)
    sha256 = text(64)


QUEUE_EXPORTED = Event(room=ROOM, name="queue_exported", version=1, subject="export", schema=QueueExportedV1)

EVENTS: tuple[Event, ...] = (QUEUE_EXPORTED,)

_READERS = (Role.HANDLER, Role.DECISION_MAKER, Role.VERIFIER)

REMIND_PARTIES = command(ROOM, "remind_parties", RemindParties, DoneInBulk, Role.HANDLER)
ASSIGN_CASES = command(ROOM, "assign_cases", AssignCases, DoneInBulk, Role.HANDLER, Role.DECISION_MAKER)
NOTE_EXPORT = command(ROOM, "note_export", NoteExport, ExportNoted, *_READERS)

OPERATIONS: tuple[Operation, ...] = (REMIND_PARTIES, ASSIGN_CASES, NOTE_EXPORT)
