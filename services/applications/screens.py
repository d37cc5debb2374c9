"""What the askers see, keyed as the contract's answers are."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from services.applications.domain.applications import Application, Case
from services.applications.domain.call_forms import form_of
from services.applications.domain.calls import Call
from services.applications.domain.completeness import Assessment, Totals
from services.applications.domain.states import UNFILED
from services.applications.domain.transfers import Transfer
from shared.errors import Fault

Screen = dict[str, Any]


def call_screen(call: Call, now: datetime) -> Screen:
    return {field.name: getattr(call, field.name) for field in fields(call)} | {
        "stage": call.stage_at(now).value,
        "sections": form_of(call).sections,
    }


def totals_screen(totals: Totals) -> Screen:
    return {
        "costs": totals.costs,
        "flat_costs": totals.flat_costs,
        "eligible": totals.eligible,
        "aid": totals.aid.amount,
        "other_financing": totals.other_financing,
        "missing_financing": totals.missing_financing,
        "steps": totals.aid.steps,
    }


def saved_screen(application: Application, totals: Totals | None) -> Screen:
    return {
        "number": application.number,
        "version": application.version,
        "saved_at": application.changed_at,
        "state": application.state.value,
        "totals": totals_screen(totals) if totals else None,
    }


def receipt_screen(application: Application) -> Screen:
    return {
        "number": application.number,
        "version": application.version,
        "submitted_at": application.submitted_at,
        "submitted_by": application.submitted_by,
        "digest": application.digest,
        "attachments": application.attachments,
    }


def application_screen(
    case: Case, assessment: Assessment, now: datetime, transferred: Transfer | None = None
) -> Screen:
    application, call = case.application, case.call
    is_draft = application.state in UNFILED
    return _row(application, call) | {
        "language": application.language,
        "call": call_screen(call, now),
        "answers": application.answers,
        "totals": totals_screen(assessment.totals),
        "attachments": application.attachments,
        "faults": [_fault_screen(fault) for fault in assessment.faults] if is_draft else [],
        "saved_at": application.changed_at,
        "saved_by": application.changed_by,
        "digest": application.digest,
        "proposal": application.proposal,
        "decision": application.decision,
        "return_note": application.return_note,
        "withdrawn_reason": application.withdrawn_reason,
        "hidden": sorted(assessment.hidden),
        "required_kinds": assessment.required_kinds,
        "arrival": application.arrival,
        "came_late": case.came_late,
        "transferred": transferred,
    }


def _row(application: Application, call: Call) -> Screen:
    return {
        "number": application.number,
        "call_id": call.call_id,
        "call_names": call.names,
        "fund": call.fund,
        "authority": application.authority,
        "region": application.region,
        "state": application.state.value,
        "version": application.version,
        "business_id": application.business_id,
        "undertaking_name": application.undertaking_name,
        "title": application.title,
        "aid_sought": application.aid_sought,
        "aid_decided": application.aid_decided,
        "handler": application.handler,
        "started_at": application.started_at,
        "submitted_at": application.submitted_at,
        "decided_at": application.decision.decided_at if application.decision else None,
        "due_on": application.due_on,
        "closes_at": call.closes_at,
    }


def _fault_screen(fault: Fault) -> Screen:
    return {"path": fault.path, "rule": fault.rule, "facts": dict(fault.facts)}
