"""The decision maker signs what was proposed, or sends it back."""

from __future__ import annotations

from services.applications.domain.aid_register import RegisteredAid
from services.applications.domain.appeals import appeal_against
from services.applications.domain.applications import Application, Case
from services.applications.domain.correspondence.messages import COMPANY
from services.applications.domain.decisions import Decision
from services.applications.domain.envelopes import envelope_of
from services.applications.domain.errors import ReadFirst
from services.applications.domain.filed_reckonings import DECISION, filed
from services.applications.domain.keeping_gates import as_signed, must_still_hold
from services.applications.domain.movements import binding
from services.applications.domain.proposals import Proposal
from services.applications.domain.reckoning import Inputs, reckon
from services.applications.domain.selection import DE_MINIMIS
from services.applications.ports import Work
from services.applications.screens import Screen
from services.applications.use_cases.access import case_to_change
from services.applications.use_cases.facts import award_fact, refusal_fact
from services.applications.use_cases.reading import filed_screen
from services.applications.use_cases.reckonings import inputs_of, lock_group, overrides_of, reckoned_facts
from shared.contracts import applications as contract
from shared.dates import helsinki_day
from shared.errors import Fault, InvalidFields
from shared.money import Money
from shared.reference.authorities import authority

SEND_BACK = "return"
AWARD_ACT = 1  # the award is a case's first act; what follows it counts on
REGULATIONS = {DE_MINIMIS: "2023/2831"}


def decide(work: Work, number: str, version: int, verdict: str, note: str = "") -> Screen:
    """Sign the proposal or send it back with a note. An award binds authority to grant in the same transaction.

    The figures are computed anew, with the aid of the single undertaking under lock. Raises AlreadyDecided,
    PreparedByYou, ReadFirst, ChangedMeanwhile; AuthorityShort and DeMinimisOver when the award would go over,
    FiguresChanged when it is no longer what was proposed.
    """
    case = case_to_change(work, number)
    proposal = case.application.must_be_decidable(version, work.asker.person)

    settled = _send_back(work, case.application, note) if verdict == SEND_BACK else _sign(work, case, proposal)

    return filed_screen(work, Case(application=settled, call=case.call))


def _sign(work: Work, case: Case, proposal: Proposal) -> Application:
    """Always the case first, then the undertakings by name, then the envelope: nobody waits in a ring."""
    must_have_read(work, case.application.number)
    if proposal.aid:
        lock_group(work, case)
    inputs = inputs_of(
        work, case, proposal.outcome, proposal.accepted_costs, overrides_of(work, case.application.number)
    )
    reckoned = reckon(inputs)
    must_still_hold(proposal, reckoned)
    decided = case.application.decided(as_signed(proposal, reckoned), _decision(work, case, proposal))
    bind_authority(work, case, proposal.aid)
    work.cases.put(decided)
    _register(work, case, proposal, inputs)
    sealed = filed(inputs, reckoned, DECISION, decided.version, work.asker.person, work.now)
    work.reckonings.add(sealed)
    tested = reckoned_facts(reckoned, case.call.selection.aid_basis, sealed.digest)
    if proposal.aid:
        work.announce(contract.GRANT_AWARDED, decided.number, **award_fact(decided, case.call), **tested)
    else:
        work.announce(contract.GRANT_REFUSED, decided.number, **refusal_fact(decided, case.call), **tested)
    return decided


def must_have_read(work: Work, number: str) -> None:
    """What the party has written belongs to what is decided on (HL 434/2003 31 §). Raises ReadFirst."""
    if unread := work.messages.unread(number, COMPANY):
        raise ReadFirst(number=number, unread=unread)


def _register(work: Work, case: Case, proposal: Proposal, inputs: Inputs) -> None:
    """The award counts against the ceiling from this moment ((EU) 2023/2831 art. 3(3), 6)."""
    selection = case.call.selection
    if not proposal.aid or not selection.is_state_aid:
        return
    award = RegisteredAid(
        number=case.application.number,
        business_id=case.application.business_id,
        undertaking_name=case.application.undertaking_name,
        basis=selection.aid_basis,
        regulation=REGULATIONS.get(selection.aid_basis, "651/2014"),
        granted_on=inputs.on,
        amount=proposal.aid,
        authority=case.application.authority,
        sector=str(inputs.assessment.get("sector") or ""),
    )
    work.aid_register.add(award, work.now)


def _decision(work: Work, case: Case, proposal: Proposal) -> Decision:
    own, period = case.application.authority, case.call.programme_period
    return Decision(
        outcome=proposal.outcome,
        decided_by=work.asker.person,
        decided_at=work.now,
        appeal=appeal_against(own, authority(own).kind, period, helsinki_day(work.now)),
    )


def bind_authority(work: Work, case: Case, aid: Money, *, act: int = AWARD_ACT, why: str = "award") -> None:
    """Bind the aid in the call's envelope and note the movement beside it. Raises AuthorityShort.

    The case is locked before; everyone takes the locks in the same order.
    """
    if not aid:
        return
    envelope = envelope_of(case.call, case.application.authority)
    work.envelopes.put(work.envelopes.locked(envelope).reserving(aid))
    movement = binding(envelope, aid, act=act, why=why, at=work.now, by=work.asker.person)
    work.movements.add(case.application.number, movement)


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
