"""From records to the domain and back, by hand: what lies in a column and what in a document is seen here."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from services.applications.domain.appeals import Appeal
from services.applications.domain.applications import Application
from services.applications.domain.arrivals import Arrival
from services.applications.domain.attachments import Attachment
from services.applications.domain.calls import Call, Indicator, attachment_rule_from
from services.applications.domain.correspondence.hearings import Hearing
from services.applications.domain.decisions import Decision, ReturnedProposal
from services.applications.domain.envelopes import Envelope
from services.applications.domain.forms import form_from
from services.applications.domain.plans import Cost
from services.applications.domain.proposals import Proposal
from services.applications.domain.searching import searched_text
from services.applications.domain.selection import selection_from
from services.applications.domain.states import State
from services.applications.records import ApplicationRecord, CallRecord, EnvelopeRecord
from shared.explained import Step
from shared.money import Money, Rate
from shared.sorting import sort_key

Json = dict[str, Any]

_LISTS_OF_CALL = ("regions", "categories", "legal_basis")
_SAME_IN_BOTH = (
    "number",
    "call_id",
    "authority",
    "business_id",
    "undertaking_name",
    "language",
    "version",
    "answers",
    "title",
    "region",
    "costs",
    "aid_sought",
    "started_at",
    "changed_by",
    "changed_at",
    "submitted_by",
    "submitted_at",
    "digest",
    "due_on",
    "transferred_at",
    "handler",
    "taken_at",
    "withdrawn_reason",
    "aid_decided",
)


def to_call(record: CallRecord) -> Call:
    values = {field.name: getattr(record, field.name) for field in fields(Call)}
    return Call(
        **{
            **values,
            **{name: tuple(values[name]) for name in _LISTS_OF_CALL},
            "indicators": tuple(Indicator(**indicator) for indicator in record.indicators),
            "attachments": tuple(attachment_rule_from(rule) for rule in record.attachments),
            "form": form_from(record.form),
            "selection": selection_from(record.selection),
            "conditions": tuple(record.conditions),
        }
    )


def columns_of_call(call: Call) -> Json:
    values = {field.name: getattr(call, field.name) for field in fields(Call)}
    return {
        **values,
        **{name: list(values[name]) for name in _LISTS_OF_CALL},
        "names": dict(call.names),
        "summary": dict(call.summary),
        "indicators": [asdict(indicator) for indicator in call.indicators],
        "attachments": [asdict(rule) for rule in call.attachments],
        "form": asdict(call.form) if call.form else None,
        "selection": call.selection.to_json(),
        "conditions": [dict(names) for names in call.conditions],
    }


def to_application(record: ApplicationRecord) -> Application:
    return Application(
        **{name: getattr(record, name) for name in _SAME_IN_BOTH},
        state=State(record.state),
        attachments=tuple(Attachment(**attachment) for attachment in record.attachments),
        proposal=to_proposal(record.proposal) if record.proposal else None,
        returned=tuple(_to_returned(returned) for returned in record.returned),
        decision=_to_decision(record),
        arrival=_to_arrival(record.arrival),
    )


def columns_of_application(application: Application) -> Json:
    proposal, decision = application.proposal, application.decision
    return {name: getattr(application, name) for name in _SAME_IN_BOTH} | {
        "sort_name": sort_key(application.undertaking_name),
        "sort_title": sort_key(application.title),
        "searched": searched_text(
            application.number, application.business_id, application.undertaking_name, application.title
        ),
        "state": application.state.value,
        "attachments": [asdict(attachment) for attachment in application.attachments],
        "proposal": from_proposal(proposal) if proposal else None,
        "proposed_by": proposal.proposed_by if proposal else None,
        "proposed_at": proposal.proposed_at if proposal else None,
        "returned": [_from_returned(returned) for returned in application.returned],
        "outcome": decision.outcome if decision else None,
        "decided_by": decision.decided_by if decision else None,
        "decided_at": decision.decided_at if decision else None,
        "appeal": asdict(decision.appeal) if decision else None,
        "arrival": _from_arrival(application.arrival),
    }


def to_envelope(record: EnvelopeRecord) -> Envelope:
    return Envelope(**{field.name: getattr(record, field.name) for field in fields(Envelope)})


def to_proposal(document: Json) -> Proposal:
    return Proposal(
        **{
            **document,
            "accepted_costs": tuple(_to_cost(row) for row in document["accepted_costs"]),
            "eligible_costs": Money.eur(document["eligible_costs"]),
            "aid": Money.eur(document["aid"]),
            "aid_rate": Rate.of(document["aid_rate"]),
            "steps": tuple(_to_step(step) for step in document["steps"]),
            "conditions": tuple(document["conditions"]),
            "proposed_at": datetime.fromisoformat(document["proposed_at"]),
            "hearing": to_hearing(document.get("hearing")),
        }
    )


def from_proposal(proposal: Proposal) -> Json:
    return {
        "outcome": proposal.outcome,
        "accepted_costs": [_from_cost(row) for row in proposal.accepted_costs],
        "eligible_costs": str(proposal.eligible_costs),
        "aid": str(proposal.aid),
        "aid_rate": str(proposal.aid_rate),
        "steps": [_from_step(step) for step in proposal.steps],
        "ruleset": proposal.ruleset,
        "reasons": proposal.reasons,
        "conditions": list(proposal.conditions),
        "proposed_by": proposal.proposed_by,
        "proposed_at": proposal.proposed_at.isoformat(),
        "hearing": from_hearing(proposal.hearing),
    }


def to_hearing(document: Json | None) -> Hearing | None:
    if document is None:
        return None
    moment = document["answered_at"]
    return Hearing(**{**document, "answered_at": datetime.fromisoformat(moment) if moment else None})


def from_hearing(hearing: Hearing | None) -> Json | None:
    if hearing is None:
        return None
    return asdict(hearing) | {"answered_at": hearing.answered_at.isoformat() if hearing.answered_at else None}


def _to_decision(record: ApplicationRecord) -> Decision | None:
    if not (record.outcome and record.decided_by and record.decided_at and record.appeal):
        return None
    return Decision(
        outcome=record.outcome,
        decided_by=record.decided_by,
        decided_at=record.decided_at,
        appeal=Appeal(**record.appeal),
    )


def _to_arrival(document: Json | None) -> Arrival | None:
    if document is None:
        return None
    moments = {name: datetime.fromisoformat(document[name]) for name in ("arrived_at", "entered_at")}
    return Arrival(**{**document, **moments})


def _from_arrival(arrival: Arrival | None) -> Json | None:
    if arrival is None:
        return None
    moments = {"arrived_at": arrival.arrived_at.isoformat(), "entered_at": arrival.entered_at.isoformat()}
    return asdict(arrival) | moments


def _to_returned(document: Json) -> ReturnedProposal:
    return ReturnedProposal(
        proposal=to_proposal(document["proposal"]),
        returned_by=document["returned_by"],
        returned_at=datetime.fromisoformat(document["returned_at"]),
        note=document["note"],
        why=document.get("why", "returned"),
    )


def _from_returned(returned: ReturnedProposal) -> Json:
    return {
        "proposal": from_proposal(returned.proposal),
        "returned_by": returned.returned_by,
        "returned_at": returned.returned_at.isoformat(),
        "note": returned.note,
        "why": returned.why,
    }


def _to_cost(document: Json) -> Cost:
    return Cost(**{**document, "amount": Money.eur(document["amount"])})


def _from_cost(cost: Cost) -> Json:
    return {
        "category": cost.category,
        "description": cost.description,
        "year": cost.year,
        "amount": str(cost.amount),
    }


def _to_step(document: Json) -> Step:
    amount = document["amount"]
    return Step(**{**document, "amount": None if amount is None else Money.eur(amount)})


def _from_step(step: Step) -> Json:
    return {
        "sign": step.sign,
        "what": step.what,
        "amount": None if step.amount is None else str(step.amount),
        "source": step.source,
        "facts": dict(step.facts),
    }
