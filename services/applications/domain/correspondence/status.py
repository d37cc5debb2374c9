"""The status in plain words: what is waited for, from whom, until when, and what the reader needs to do now.

Codes and days only; the sentences are written at the edge in the reader's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.applications.domain.applications import Application, Case
from services.applications.domain.correspondence.due_days import days_waited
from services.applications.domain.correspondence.requests import PartyRequest, Stage
from services.applications.domain.deadlines import decision_due_on
from services.applications.domain.states import DECIDED, State
from shared.asker import Asker, Role
from shared.dates import helsinki_day

YOU, COMPANY, AUTHORITY, OTHER, NOBODY = "you", "company", "authority", "other", "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainStatus:
    """`promised_on` None while the party is waited for: the promise runs on when the answer is in."""

    number: str
    what: str
    whom: str
    until: date | None = None
    todo: str = ""
    place: int | None = None
    since: datetime | None = None
    promised_first: date | None = None
    promised_on: date | None = None
    waited_days: int = 0


# (what, from whom, what the company does, what the handler does) in each state.
_WORDS: dict[State, tuple[str, str, str, str]] = {
    State.DRAFT: ("draft", COMPANY, "send", ""),
    State.AWAITING_SIGNATURE: ("signature", COMPANY, "sign", ""),
    State.SUBMITTED: ("handler", AUTHORITY, "", "take"),
    State.IN_ASSESSMENT: ("assessment", AUTHORITY, "", "propose"),
    State.IN_COMPLETION: ("completion", COMPANY, "complete", ""),
    State.IN_HEARING: ("hearing", COMPANY, "comment", ""),
    State.ON_OPINION: ("opinion", OTHER, "", "record"),
    State.PROPOSED: ("decision", AUTHORITY, "", ""),
    State.APPROVED: ("granted", NOBODY, "claim", ""),
    State.APPROVED_IN_PART: ("granted_in_part", NOBODY, "claim", ""),
    State.REJECTED: ("refused", NOBODY, "read_decision", ""),
    State.NOT_EXAMINED: ("not_examined", NOBODY, "read_decision", ""),
    State.LAPSED: ("lapsed", NOBODY, "read_decision", ""),
    State.WITHDRAWN: ("withdrawn", NOBODY, "", ""),
}
_PROMISED = frozenset({State.SUBMITTED, State.IN_ASSESSMENT, State.ON_OPINION, State.PROPOSED})
_WAITS_FOR_PARTY = frozenset({State.IN_COMPLETION, State.IN_HEARING})


def plain_status(case: Case, requests: Sequence[PartyRequest], asker: Asker, now: datetime) -> PlainStatus:
    application = case.application
    waiting = next((request for request in reversed(requests) if request.is_open), None)
    # A decided case whose party is heard before a later act waits as one that is heard before its decision.
    heard_again = application.state in DECIDED and waiting is not None
    what, whom, company_does, handler_does = _WORDS[State.IN_HEARING if heard_again else application.state]
    is_company = asker.role is Role.COMPANY
    status = PlainStatus(
        number=application.number,
        what=what,
        whom=YOU if is_company and whom == COMPANY else whom,
        until=_until(case, waiting),
        todo=company_does if is_company else _official_does(application, handler_does, asker),
        place=waiting.place if waiting else None,
        since=waiting.asked_at if waiting else application.submitted_at,
        **_promise(application, waiting, now),  # type: ignore[arg-type]  # keyed as the fields are
    )
    return _late_answer(status, requests) if is_company and application.state is State.IN_ASSESSMENT else status


def _until(case: Case, waiting: PartyRequest | None) -> date | None:
    """The last day of what is waited for, where one is set."""
    state = case.application.state
    if state in (State.DRAFT, State.AWAITING_SIGNATURE):
        return helsinki_day(case.call.closes_at - timedelta(microseconds=1))
    return waiting.due_on if waiting else case.application.due_on if state in _PROMISED else None


def _official_does(application: Application, deed: str, asker: Asker) -> str:
    """The handler's deed, shown to the handler; taking a case, to any handler."""
    if asker.role is not Role.HANDLER:
        return "decide" if application.state is State.PROPOSED and asker.role is Role.DECISION_MAKER else ""
    return deed if deed == "take" or application.handler == asker.person else ""


def _promise(application: Application, waiting: PartyRequest | None, now: datetime) -> dict[str, object]:
    state = application.state
    if application.submitted_at is None or application.due_on is None or state not in _PROMISED | _WAITS_FOR_PARTY:
        return {}
    first = decision_due_on(application.transferred_at or application.submitted_at)
    waited = (application.due_on - first).days
    if state in _WAITS_FOR_PARTY and waiting:
        waited += days_waited(waiting.kind, waiting.asked_at, now)
        return {"promised_first": first, "waited_days": waited}
    return {"promised_first": first, "promised_on": application.due_on, "waited_days": waited}


def _late_answer(status: PlainStatus, requests: Sequence[PartyRequest]) -> PlainStatus:
    """The last request ran out without an answer: it is still read when it comes before the decision."""
    last = requests[-1] if requests else None
    if last is None or last.state is not Stage.EXPIRED or last.kind == "opinion":
        return status
    return PlainStatus(
        number=status.number,
        what=status.what,
        whom=status.whom,
        until=status.until,
        todo="answer_late",
        place=last.place,
        since=status.since,
        promised_first=status.promised_first,
        promised_on=status.promised_on,
        waited_days=status.waited_days,
    )
