"""What disqualifies an official from a case: the answer before it opens, and the superior's word on a doubt.

An official of the authority (handler, decision maker, verifier, payer) sees the content of a case only after
declaring "none" (`declare_interest`); every other request about the case's content refuses `declare_first`. The other
rooms ask the same here (`pass_gate`) before they open what belongs to a case.
"""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import DECLARES, Role
from shared.contracts.applications.codes import CASE_NUMBER, CASE_VERSION, ROOM, STATES, case_event
from shared.contracts.terms import Answer, Event, Fact, Operation, Request, command, query
from shared.fields import BusinessIdField, text, three_languages

ANSWERS = ("none", "conflict", "unsure")
# HL 434/2003 28 § 1 mom. 1–7 k.; "not_told" when the person would rather not say which.
GROUNDS = (
    "party",
    "represents",
    "gain_or_loss",
    "employment",
    "company_body",
    "supervision",
    "impartiality",
    "not_told",
)
VERDICTS_ON_INTEREST = ("lifted", "confirmed")
MOST_CASES = 5000  # as many as one payment file may have claims


def _optional(most: int) -> fields.String:
    return text(most, required=False, least=0, load_default="")


class DeclareInterest(Request):
    """The asker's own answer on this case, before opening it or when something has come up since.

    `ground` is the clause of HL 28 § (a conflict only); `note` is read by the one who resolves, and by auditors.
    """

    number = CASE_NUMBER
    answer = fields.String(required=True, validate=validate.OneOf(ANSWERS))
    ground = fields.String(load_default="", validate=validate.OneOf(("", *GROUNDS)))
    note = _optional(2000)


class ResolveInterest(Request):
    """Another's conflict or doubt, resolved with a reason (HL 29 §): `lifted` opens the case to them again."""

    number = CASE_NUMBER
    person = text(60)
    verdict = fields.String(required=True, validate=validate.OneOf(VERDICTS_ON_INTEREST))
    reason = text(2000)


class Declaration(Answer):
    """One person's standing answer. `verdict`, `resolved_by`, `resolved_at`, `reason` once it has been resolved."""

    person = text(60)
    role = text(20)
    answer = fields.String(required=True, validate=validate.OneOf(ANSWERS))
    ground = text(20, least=0)
    note = text(2000, least=0)
    declared_at = fields.AwareDateTime(required=True)
    verdict = fields.String(required=True, allow_none=True)
    resolved_by = text(60, allow_none=True)
    resolved_at = fields.AwareDateTime(required=True, allow_none=True)
    reason = text(2000, least=0, allow_none=True)


class Gate(Answer):
    """What may be seen of a case before it is opened: who it is about, and nothing of what is in it.

    `standing` is the asker's own: "undeclared", "clear", "waits" (unsure, not resolved yet) or "disqualified".
    `substitute` is who gets the case from its handler. `declarations` is the asker's own; a decision maker gets
    also those that wait for a verdict or have had one, an auditor all.
    """

    number = CASE_NUMBER
    version = CASE_VERSION
    call_id = text(40)
    call_names = three_languages(required=True)
    fund = text(20)
    authority = text(40)
    region = text(10, least=0)
    business_id = BusinessIdField(required=True)
    undertaking_name = text(200)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    due_on = fields.Date(required=True, allow_none=True)
    handler = text(60, allow_none=True)
    substitute = text(60, allow_none=True)
    standing = text(20)
    declarations = fields.List(fields.Nested(Declaration), required=True)


class OneGate(Request):
    number = CASE_NUMBER


class PassGate(Request):
    """May the asker open these cases, or act on them? Refused with `declare_first`, `interest_waits` or
    `disqualified` naming the first case that is shut to them. With `unanswered` a person who has not answered
    passes, and only a conflict or a doubt stops. What has not been filed is nobody's case yet, and open.

    `others` had a part that the asker's deed would stand on: refused with `part_disqualified` when one of them has
    turned out to be disqualified.
    """

    numbers = fields.List(CASE_NUMBER, required=True, validate=validate.Length(min=1, max=MOST_CASES))
    unanswered = fields.Boolean(load_default=False)
    others = fields.List(text(60), load_default=list, validate=validate.Length(max=20))


class Passed(Answer):
    """How many cases are open to the asker: all that were asked about."""

    cases = fields.Integer(required=True)


class InterestDeclaredV1(Fact):
    """Who answered what on which case. The ground and the note stay in the room."""

    number = text(40)
    authority = text(40)
    person = text(60)
    answer = text(20)


class InterestResolvedV1(Fact):
    number = text(40)
    authority = text(40)
    person = text(60)
    verdict = text(20)
    resolved_by = text(60)


INTEREST_DECLARED = case_event("interest_declared", InterestDeclaredV1)
INTEREST_RESOLVED = case_event("interest_resolved", InterestResolvedV1)

EVENTS: tuple[Event, ...] = (
    INTEREST_DECLARED,
    INTEREST_RESOLVED,
)

GET_GATE = query(ROOM, "get_gate", OneGate, Gate, *DECLARES, Role.AUDITOR)
PASS_GATE = query(ROOM, "pass_gate", PassGate, Passed, *DECLARES)
DECLARE_INTEREST = command(ROOM, "declare_interest", DeclareInterest, Gate, *DECLARES)
RESOLVE_INTEREST = command(ROOM, "resolve_interest", ResolveInterest, Gate, Role.DECISION_MAKER)

OPERATIONS: tuple[Operation, ...] = (
    GET_GATE,
    PASS_GATE,
    DECLARE_INTEREST,
    RESOLVE_INTEREST,
)
