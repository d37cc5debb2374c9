"""The handler's assessment: saved as typed, and shown with what follows from it today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.applications.domain.applications import Application, Case
from services.applications.domain.assessment_reading import read_assessment
from services.applications.domain.errors import NotYourCase, WrongState
from services.applications.domain.filed_reckonings import FiledReckoning, SavedAssessment
from services.applications.domain.findings import Status
from services.applications.domain.proposals import APPROVE
from services.applications.domain.reading import read
from services.applications.domain.reckoning import Inputs, Reckoned, reckon
from services.applications.domain.reckoning_documents import inputs_from
from services.applications.domain.replay import ruleset_of
from services.applications.domain.states import State
from services.applications.domain.typed_assessment import as_assessment
from services.applications.ports import Work
from services.applications.screens import Screen
from services.applications.use_cases.access import case_for, case_to_change
from services.applications.use_cases.correspondence.hearing import hearing_screen
from services.applications.use_cases.falling import let_fall
from services.applications.use_cases.reckonings import inputs_of, overrides_of, typed_assessment
from shared.asker import Role
from shared.contracts import applications as contract
from shared.errors import ChangedMeanwhile, NotForYou

# What is being decided may still be assessed; what waits for the party's answer may too.
ASSESSED_IN = frozenset({State.IN_ASSESSMENT, State.IN_COMPLETION, State.ON_OPINION, State.IN_HEARING, State.PROPOSED})


def save_assessment(work: Work, number: str, version: int, answers: dict[str, Any]) -> Screen:
    """Keep the assessment as typed. A proposal that waits for its decision falls, for it rests on what was before.

    Raises WrongState, NotYourCase, ChangedMeanwhile; InvalidFields for what could not be an assessment's form.
    """
    case = case_to_change(work, number)
    _must_be_assessable(work, case.application)
    saved = work.assessments.get(number)
    if version != (saved.version if saved else 0):
        raise ChangedMeanwhile(by=saved.saved_by if saved else "", at=saved.saved_at.isoformat() if saved else "")
    typed = as_assessment(answers)
    if saved and saved.answers == typed:
        return assessment_screen(work, case)
    work.assessments.put(
        SavedAssessment(
            number=number, version=version + 1, answers=typed, saved_by=work.asker.person, saved_at=work.now
        )
    )
    case = Case(application=let_fall(work, case.application, "assessment_changed"), call=case.call)
    reckoned = reckon(_as_applied(work, case))
    work.announce(
        contract.ASSESSMENT_SAVED,
        number,
        number=number,
        authority=case.application.authority,
        version=version + 1,
        saved_by=work.asker.person,
        passed=_codes(reckoned, Status.PASSED),
        failed=_codes(reckoned, Status.FAILED),
        open=_codes(reckoned, Status.OPEN),
    )
    return assessment_screen(work, case)


def get_assessment(work: Work, number: str) -> Screen:
    """The assessment with its gates and figures: of a decided case as they were decided, else as they are today."""
    case = case_for(work, number)
    if work.asker.role is Role.COMPANY:
        raise NotForYou(what="assessment")
    return assessment_screen(work, case)


def list_reckonings(work: Work, number: str) -> Screen:
    case_for(work, number)
    return {"items": [reckoning_screen(one) for one in work.reckonings.of_case(number)]}


def assessment_screen(work: Work, case: Case) -> Screen:
    application, saved = case.application, work.assessments.get(case.application.number)
    decision = work.reckonings.decision(application.number)
    inputs = inputs_from(decision.inputs) if decision else _as_it_stands(work, case)
    typed = typed_assessment(work, application)
    # Of a decided case as it was decided: by its own rule set, whatever day it is opened on.
    reckoned = reckon(inputs, by=ruleset_of(decision.results) if decision else None)
    results = reckoned.to_json()
    assessed = read_assessment(typed, case.call.selection, inputs.on)
    fell = application.fell
    return {
        "number": application.number,
        "case_version": application.version,
        "version": saved.version if saved else 0,
        "answers": dict(typed),
        "faults": [{"path": one.path, "rule": one.rule, "facts": dict(one.facts)} for one in assessed.faults],
        "saved_by": saved.saved_by if saved else None,
        "saved_at": saved.saved_at if saved else None,
        "aid_basis": case.call.selection.aid_basis,
        "selection": case.call.selection,
        "gates": reckoned.gates,
        "ready": reckoned.ready,
        "points": results["points"],
        "size_class": reckoned.size_class,
        "area": reckoned.area,
        "room": reckoned.room,
        "related": _related(work, application.business_id),
        "aid": reckoned.aid,
        "steps": reckoned.steps,
        "findings": reckoned.findings,
        "fell": {"why": fell.why, "by": fell.returned_by, "at": fell.returned_at} if fell else None,
        "hearing": hearing_screen(work, application.number),
    }


def reckoning_screen(filed: FiledReckoning) -> Screen:
    inputs = inputs_from(filed.inputs)
    return {
        **filed.results,
        "room": _dated(filed.results["room"]),
        "number": filed.number,
        "kind": filed.kind,
        "made_at": filed.made_at,
        "made_by": filed.made_by,
        "on": inputs.on,
        "outcome": inputs.outcome,
        "aid_basis": inputs.terms.selection.aid_basis,
        "inputs": filed.inputs,
        "digest": filed.digest,
    }


def _dated(room: Mapping[str, Any] | None) -> Screen | None:
    """The stored room with its days as days: a document knows only their texts."""
    if room is None:
        return None
    aids = [{**aid, "granted_on": date.fromisoformat(aid["granted_on"])} for aid in room["aids"]]
    days = {name: date.fromisoformat(room[name]) for name in ("on", "window_first")}
    return {**room, **days, "aids": aids}


def _as_it_stands(work: Work, case: Case) -> Inputs:
    """What a decision maker would sign now; before there is a proposal, everything that was applied for."""
    proposal = case.application.proposal
    if proposal is None or case.application.state is not State.PROPOSED:
        return _as_applied(work, case)
    overrides = overrides_of(work, case.application.number)
    return inputs_of(work, case, proposal.outcome, proposal.accepted_costs, overrides)


def _as_applied(work: Work, case: Case) -> Inputs:
    """As if all costs of the application were accepted."""
    return inputs_of(work, case, APPROVE, read(case.application.answers).plan.costs, {})


def _must_be_assessable(work: Work, application: Application) -> None:
    if application.state not in ASSESSED_IN:
        raise WrongState(state=application.state.value, action="assess")
    if application.handler != work.asker.person:
        raise NotYourCase(handler=application.handler)


def _codes(reckoned: Reckoned, status: Status) -> list[str]:
    return [gate.code for gate in reckoned.gates if gate.status is status]


def _related(work: Work, business_id: str) -> list[Screen]:
    links = work.undertakings.links_around(business_id)
    return [
        {
            "business_id": link.owned if link.owner == business_id else link.owner,
            "kind": link.kind,
            "share": link.share,
            "owns": link.owned == business_id,
            "since": link.since,
            "until": link.until,
        }
        for link in links
        if business_id in (link.owner, link.owned)
    ]
