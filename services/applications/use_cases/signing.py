"""Two persons and one application: who asks for a signature, who gives it, and who may not alone."""

from __future__ import annotations

from services.applications.domain.applications import Application
from services.applications.domain.drafting import Drafting
from services.applications.domain.errors import SignatureIsAnothers
from services.applications.domain.versions import writers
from services.applications.ports import Work
from services.applications.screens import Screen
from services.applications.use_cases.access import case_for, case_to_change


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
    application = case_to_change(work, number).application
    asked = application.signature_asked(version, work.asker.person, work.now)
    drafting = work.draftings.of(number).asked(work.asker.person, work.now, note)
    return _moved(work, asked, drafting)


def take_back_request(work: Work, number: str, version: int) -> Screen:
    """The draft open again, by who asked or a colleague who goes on with it. Raises WrongState, ChangedMeanwhile."""
    application = case_to_change(work, number).application
    opened = application.request_ended(version, work.asker.person, work.now)
    return _moved(work, opened, work.draftings.of(number).taken_back())


def return_unsigned(work: Work, number: str, version: int, note: str) -> Screen:
    """Another person than who asked sends the draft back with a note.

    Raises SignatureIsAnothers for who asked: they take it back instead; WrongState, ChangedMeanwhile.
    """
    application = case_to_change(work, number).application
    drafting = work.draftings.of(number)
    opened = application.request_ended(version, work.asker.person, work.now)
    if drafting.asked_by == work.asker.person:
        raise SignatureIsAnothers
    return _moved(work, opened, drafting.returned(work.asker.person, work.now, note))


def know_company(work: Work, business_id: str, second_signature: bool) -> None:
    """Customers told what the company wants: two persons for whatever it sends, or one."""
    work.companies.put(business_id, second_signature)


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
        "company_demands": work.companies.want_two(application.business_id),
        "prepared_by": writers(work.versions.of(application.number), application),
    }
