"""Two persons and one application: who asks for a signature, who gives it, and who may not alone."""

from __future__ import annotations

from services.applications.domain.applications import Application, Case
from services.applications.domain.drafting import Drafting
from services.applications.domain.errors import SignatureIsAnothers
from services.applications.domain.states import UNFILED, State
from services.applications.domain.versions import writers
from services.applications.ports import Work
from services.applications.screens import Screen
from services.applications.use_cases.access import case_for, case_to_change
from services.applications.use_cases.facts import draft_fact
from shared.contracts import applications as contract


def get_drafting(work: Work, number: str) -> Screen:
    application = case_for(work, number).application
    return _screen(work, application, work.draftings.of(number))


def demand_second_signature(work: Work, number: str, version: int, demanded: bool) -> Screen:
    """Whether two persons are needed. Who demanded it can't alone take it away.

    Raises DemandIsAnothersToRelease; AlreadySubmitted, AwaitsSignature, ChangedMeanwhile as any change of a draft.
    """
    application = case_to_change(work, number).application
    application.must_be_draft(version)
    drafting = work.draftings.of(number)
    by = work.asker.person
    changed = drafting.demanded(by, work.now) if demanded else drafting.released(by)
    work.draftings.put(changed)
    return _screen(work, application, changed)


def ask_for_signature(work: Work, number: str, version: int, note: str = "") -> Screen:
    """Lock the draft for another person to read and sign. Raises as any change of a draft."""
    case = case_to_change(work, number)
    asked = case.application.signature_asked(version, work.asker.person, work.now)
    drafting = work.draftings.of(number).asked(work.asker.person, work.now, note)
    work.announce(contract.SIGNATURE_ASKED, number, **draft_fact(case), asked_by=drafting.asked_by)
    return _moved(work, asked, drafting)


def take_back_request(work: Work, number: str, version: int) -> Screen:
    """The draft open again, by who asked or a colleague who goes on with it. Raises WrongState, ChangedMeanwhile."""
    case = case_to_change(work, number)
    opened = case.application.request_ended(version, work.asker.person, work.now)
    drafting = work.draftings.of(number)
    _announce_withdrawn(work, case, drafting, "taken_back")
    return _moved(work, opened, drafting.taken_back())


def return_unsigned(work: Work, number: str, version: int, note: str) -> Screen:
    """Another person than who asked sends the draft back with a note.

    Raises SignatureIsAnothers for who asked: they take it back instead; WrongState, ChangedMeanwhile.
    """
    case = case_to_change(work, number)
    drafting, by = work.draftings.of(number), work.asker.person
    opened = case.application.request_ended(version, by, work.now)
    if drafting.asked_by == by:
        raise SignatureIsAnothers
    work.announce(contract.SIGNATURE_DECLINED, number, **draft_fact(case), asked_by=drafting.asked_by, declined_by=by)
    return _moved(work, opened, drafting.returned(work.asker.person, work.now, note))


def take_over_draft(work: Work, number: str, before: str | None) -> Screen:
    """Answer for the draft from now on; `before` is who did, as the asker saw it. Whoever did is told.

    Raises AlreadySubmitted, AlreadyWithdrawn; ChangedMeanwhile when a colleague was faster.
    """
    case = case_to_change(work, number)
    if case.application.state is not State.AWAITING_SIGNATURE:
        case.application.must_be_draft(case.application.version)
    drafting = work.draftings.of(number)
    taken = drafting.taken_over(work.asker.person, before, work.now)
    if taken != drafting:
        work.draftings.put(taken)
        _announce_reassigned(work, case, drafting, taken, "taken_over")
    return _screen(work, case.application, taken)


def hand_over_drafts(work: Work, business_id: str, leaving: str, successor: str | None, by: str) -> None:
    """A person acts for the company no more: no draft is left without anybody's knowing.

    What they answered for goes to `successor`, or waits for the colleague who takes it; a signature that they had
    asked for is waited for no more, and the draft opens. `by` is who ended their right. The same twice changes nothing.
    """
    for number in work.draftings.in_hands_of(business_id, leaving):
        case = work.cases.locked(number)
        if case.application.state not in UNFILED:
            continue
        drafting = work.draftings.of(number)
        if case.application.state is State.AWAITING_SIGNATURE and drafting.asked_by == leaving:
            work.cases.put(case.application.request_ended(case.application.version, by, work.now))
            _announce_withdrawn(work, case, drafting, "asker_left")
            drafting = drafting.taken_back()
        if drafting.responsible == leaving:
            handed = drafting.left(successor, work.now)
            _announce_reassigned(work, case, drafting, handed, "left")
            drafting = handed
        work.draftings.put(drafting)


def know_company(work: Work, business_id: str, second_signature: bool) -> None:
    """Customers told what the company wants: two persons for whatever it sends, or one."""
    work.companies.put(business_id, second_signature)


def _announce_withdrawn(work: Work, case: Case, drafting: Drafting, why: str) -> None:
    number = case.application.number
    work.announce(contract.SIGNATURE_WITHDRAWN, number, **draft_fact(case), asked_by=drafting.asked_by, why=why)


def _announce_reassigned(work: Work, case: Case, before: Drafting, after: Drafting, why: str) -> None:
    work.announce(
        contract.DRAFT_REASSIGNED,
        case.application.number,
        **draft_fact(case),
        before=before.responsible,
        now=after.responsible,
        why=why,
    )


def _moved(work: Work, application: Application, drafting: Drafting) -> Screen:
    work.cases.put(application)
    work.draftings.put(drafting)
    return _screen(work, application, drafting)


def _screen(work: Work, application: Application, drafting: Drafting) -> Screen:
    return {
        "number": application.number,
        "version": application.version,
        "state": application.state.value,
        "copied_from": drafting.copied_from,
        "left_out": drafting.left_out,
        "demanded_by": drafting.demanded_by,
        "demanded_at": drafting.demanded_at,
        "asked_by": drafting.asked_by,
        "asked_at": drafting.asked_at,
        "ask_note": drafting.ask_note,
        "returned_by": drafting.returned_by,
        "returned_at": drafting.returned_at,
        "return_note": drafting.return_note,
        "registered": sorted(drafting.registered),
        "responsible": drafting.responsible,
        "responsible_since": drafting.responsible_since,
        "left_by": drafting.left_by,
        "company_demands": work.companies.want_two(application.business_id),
        "prepared_by": writers(work.versions.of(application.number), application),
    }
