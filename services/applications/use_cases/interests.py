"""Before a case is opened: the official's answer on disqualification, and the superior's word on it."""

from __future__ import annotations

from dataclasses import replace

from services.applications.domain.access import must_be_for
from services.applications.domain.applications import Application, Case
from services.applications.domain.interests import (
    Answer,
    Declaration,
    Standing,
    may_answer_anew,
    must_be_clear,
    standing_of,
)
from services.applications.domain.views import OPEN
from services.applications.ports import Work
from services.applications.screens import Screen
from services.applications.use_cases.access import case_at_gate
from services.applications.use_cases.falling import let_act_fall, tell_of_fall
from services.applications.use_cases.gate import fit_substitute, gate_screen
from services.applications.use_cases.handling import tell_of_handing_over
from shared.contracts import applications as contract
from shared.errors import NotFound


def get_gate(work: Work, number: str) -> Screen:
    """Who the case is about, and what the asker has answered. Nothing of its content."""
    case = work.cases.get(number)
    must_be_for(work.asker, case.application)
    return gate_screen(work, case)


def declare_interest(work: Work, number: str, answer: str, ground: str = "", note: str = "") -> Screen:
    """The asker's own answer. A conflict shuts the case to them for good, and they no longer have it.

    Raises Disqualified once there is a conflict, InterestWaits while a doubt waits for the superior.
    """
    case = case_at_gate(work, number)
    before = work.interests.of(number, work.asker.person)
    if not may_answer_anew(before, Answer(answer)):
        return gate_screen(work, case)
    declared = Declaration(
        number=number,
        person=work.asker.person,
        role=work.asker.role.value,
        answer=Answer(answer),
        ground=_ground(answer, ground),
        note=note,
        declared_at=work.now,
    )
    work.interests.answer(declared)
    work.announce(
        contract.INTEREST_DECLARED,
        number,
        number=number,
        authority=case.application.authority,
        person=declared.person,
        answer=answer,
    )
    if declared.standing is Standing.DISQUALIFIED:
        case = _taken_from(work, case, declared.person)
    return gate_screen(work, case)


def resolve_interest(work: Work, number: str, person: str, verdict: str, reason: str) -> Screen:
    """The superior lifts or confirms another's doubt or conflict, with a reason.

    Raises OwnInterest, NothingToResolve; Disqualified when the superior has a conflict too.
    """
    case = case_at_gate(work, number)
    own = work.interests.of(number, work.asker.person)
    if standing_of(own) is Standing.DISQUALIFIED:
        must_be_clear(own, number)
    declaration = work.interests.of(number, person)
    if declaration is None:
        raise NotFound(what="declaration")
    resolved = declaration.resolved(verdict, work.asker.person, reason, work.now)
    work.interests.resolve(resolved)
    work.announce(
        contract.INTEREST_RESOLVED,
        number,
        number=number,
        authority=case.application.authority,
        person=person,
        verdict=verdict,
        resolved_by=work.asker.person,
    )
    if resolved.standing is Standing.DISQUALIFIED:
        case = _taken_from(work, case, person)
    return gate_screen(work, case)


def _ground(answer: str, ground: str) -> str:
    if answer != Answer.CONFLICT:
        return ""
    return ground or "not_told"


def _taken_from(work: Work, case: Case, person: str) -> Case:
    """Who is disqualified has the case no longer; a proposal of theirs falls with it, also of a later act."""
    _let_act_fall_of(work, case.application, person)
    if case.application.handler != person or case.application.state not in OPEN:
        return case
    substitute = fit_substitute(work, case.application, person)
    freed = case.application.without_its_preparer(substitute, work.asker.person, work.now)
    work.cases.put(freed)
    tell_of_fall(work, case.application, "disqualified")
    tell_of_handing_over(work, case.application, freed, "disqualified")
    return replace(case, application=freed)


def _let_act_fall_of(work: Work, application: Application, person: str) -> None:
    """Nobody signs on what a disqualified person prepared (HL 434/2003 27 §)."""
    decided = work.decided_cases.find(application.number) if application.decision else None
    if decided and decided.proposal and decided.proposal.proposed_by == person:
        work.decided_cases.put(let_act_fall(work, decided, "disqualified"))
