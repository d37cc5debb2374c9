"""The decision maker signs what was proposed, or sends it back."""

from __future__ import annotations

from services.applications.domain.appeals import appeal_against
from services.applications.domain.applications import Application, Case
from services.applications.domain.calls import Call
from services.applications.domain.decisions import Decision
from services.applications.domain.envelopes import envelope_of
from services.applications.domain.proposals import Proposal
from services.applications.ports import Work
from services.applications.screens import Screen, application_screen
from services.applications.use_cases.access import case_to_change
from services.applications.use_cases.facts import award_fact, refusal_fact
from services.applications.use_cases.reading import as_filed
from shared.contracts import applications as contract
from shared.dates import helsinki_day
from shared.errors import Fault, InvalidFields
from shared.money import Money
from shared.reference.authorities import authority

SEND_BACK = "return"


def decide(work: Work, number: str, version: int, verdict: str, note: str = "") -> Screen:
    """Sign the proposal or send it back with a note. An award binds authority to grant in the same transaction.

    Raises AlreadyDecided, PreparedByYou, ChangedMeanwhile; AuthorityShort when the award would go over.
    """
    case = case_to_change(work, number)
    proposal = case.application.must_be_decidable(version, work.asker.person)

    settled = _send_back(work, case.application, note) if verdict == SEND_BACK else _sign(work, case, proposal)

    case = Case(application=settled, call=case.call)
    return application_screen(case, as_filed(case), work.now)


def _sign(work: Work, case: Case, proposal: Proposal) -> Application:
    decided = case.application.decided(_decision(work, case.call, proposal))
    _bind_authority(work, case.call, proposal.aid)
    work.cases.put(decided)
    if proposal.aid:
        work.announce(contract.GRANT_AWARDED, decided.number, **award_fact(decided, case.call))
    else:
        work.announce(contract.GRANT_REFUSED, decided.number, **refusal_fact(decided, case.call))
    return decided


def _decision(work: Work, call: Call, proposal: Proposal) -> Decision:
    kind = authority(call.authority).kind
    return Decision(
        outcome=proposal.outcome,
        decided_by=work.asker.person,
        decided_at=work.now,
        appeal=appeal_against(call.authority, kind, call.programme_period, helsinki_day(work.now)),
    )


def _bind_authority(work: Work, call: Call, aid: Money) -> None:
    # Always after the case is locked: everyone takes the two locks in the same order, so nobody waits in a ring.
    if aid:
        work.envelopes.put(work.envelopes.locked(envelope_of(call)).reserving(aid))


def _send_back(work: Work, application: Application, note: str) -> Application:
    if not note.strip():
        raise InvalidFields(faults=[Fault("note", "required")])
    by = work.asker.person
    sent_back = application.sent_back(note, by, work.now)
    work.cases.put(sent_back)
    work.announce(
        contract.PROPOSAL_RETURNED,
        sent_back.number,
        number=sent_back.number,
        authority=sent_back.authority,
        returned_by=by,
        note=note,
    )
    return sent_back
