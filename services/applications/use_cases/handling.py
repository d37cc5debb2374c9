"""Who handles a case: given to a colleague, given back, and who stands in for whom."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from services.applications.domain.applications import Application, Case
from services.applications.domain.errors import (
    CannotHandle,
    NotAHandler,
    NotYourAbsence,
    NotYourCase,
    SubstituteThemself,
)
from services.applications.domain.interests import SHUT, Substitution, must_be_clear, standing_of
from services.applications.ports import Work
from services.applications.screens import Screen
from services.applications.use_cases.access import case_at_gate
from services.applications.use_cases.gate import gate_screen
from shared.asker import Role
from shared.contracts import applications as contract
from shared.errors import Fault, InvalidFields, NotForYou


def assign_case(work: Work, number: str, version: int, to: str, reason: str) -> Screen:
    """Give the case to a handler of its authority. The asker may not be disqualified, nor the one who gets it.

    Raises NotAHandler, CannotHandle, WrongState, ChangedMeanwhile.
    """
    case = _case_to_hand_on(work, number)
    _must_be_fit(work, case.application, to)
    return _handed_over(work, case, version, to, reason)


def release_case(work: Work, number: str, version: int, reason: str) -> Screen:
    """Back to those that nobody has. A handler releases their own; a decision maker anyone's."""
    case = _case_to_hand_on(work, number)
    if work.asker.role is Role.HANDLER and case.application.handler != work.asker.person:
        raise NotYourCase(handler=case.application.handler)
    return _handed_over(work, case, version, None, reason)


def tell_of_handing_over(work: Work, before: Application, now: Application, why: str, reason: str = "") -> None:
    """`why` is "assigned" or "disqualified"."""
    by = work.asker.person
    told = {"number": now.number, "authority": now.authority, "before": before.handler, "why": why, "reason": reason}
    if now.handler:
        work.announce(contract.CASE_ASSIGNED, now.number, handler=now.handler, assigned_by=by, **told)
    else:
        work.announce(contract.CASE_RELEASED, now.number, released_by=by, due_on=now.due_on, **told)


def set_substitute(work: Work, person: str, substitute: str, first: date, last: date) -> Screen:
    """Name who stands in. The one named last counts where days overlap.

    Raises NotAHandler, SubstituteThemself, NotYourAbsence.
    """
    _must_be_able_to_name(work, person)
    if substitute == person:
        raise SubstituteThemself
    if last < first:
        raise InvalidFields(faults=[Fault("last", "end_before_start", {"starts_on": first.isoformat()})])
    authority = _authority(work)
    for one in (person, substitute):
        _must_be_handler(work, authority, one)
    named = Substitution(
        substitution_id=uuid4().hex,
        authority=authority,
        person=person,
        substitute=substitute,
        first=first,
        last=last,
        named_by=work.asker.person,
    )
    work.substitutions.add(named, work.now)
    work.announce(contract.SUBSTITUTE_NAMED, named.substitution_id, **_fact(named))
    return _fact(named)


def end_substitute(work: Work, substitution_id: str) -> Screen:
    """Take the naming back: the cases show in the substitute's queue no longer."""
    named = work.substitutions.get(substitution_id)
    if named.authority != work.asker.authority:
        raise NotForYou(what="substitution")
    _must_be_able_to_name(work, named.person)
    work.substitutions.remove(substitution_id)
    return _fact(named)


def know_official(work: Work, person_id: str, role: str, authority: str) -> None:
    """A post that the customer register tells of: its holder can be given cases."""
    work.officials.add(authority, role, person_id)


def _case_to_hand_on(work: Work, number: str) -> Case:
    """The case, locked. It need not be opened to be handed on, but a conflict keeps hands off it too."""
    case = case_at_gate(work, number)
    own = work.interests.of(number, work.asker.person)
    if standing_of(own) in SHUT:
        must_be_clear(own, number)
    return case


def _handed_over(work: Work, case: Case, version: int, to: str | None, reason: str) -> Screen:
    moved = case.application.handed_to(version, to, work.asker.person, work.now)
    if moved is not case.application:
        work.cases.put(moved)
        tell_of_handing_over(work, case.application, moved, "assigned", reason)
    return gate_screen(work, Case(application=moved, call=case.call))


def _must_be_fit(work: Work, application: Application, to: str) -> None:
    _must_be_handler(work, application.authority, to)
    if standing_of(work.interests.of(application.number, to)) in SHUT:
        raise CannotHandle(person=to, number=application.number)


def _must_be_handler(work: Work, authority: str, person: str) -> None:
    # The asker's own post was looked at on the way in; the register may not have told of it yet.
    is_asker = person == work.asker.person and work.asker.role is Role.HANDLER
    if not is_asker and not work.officials.has(authority, Role.HANDLER, person):
        raise NotAHandler(person=person, authority=authority)


def _must_be_able_to_name(work: Work, person: str) -> None:
    if work.asker.role is Role.HANDLER and person != work.asker.person:
        raise NotYourAbsence


def _authority(work: Work) -> str:
    if not work.asker.authority:
        raise NotForYou(what="substitution")
    return work.asker.authority


def _fact(named: Substitution) -> Screen:
    names = ("substitution_id", "authority", "person", "substitute", "first", "last", "named_by")
    return {name: getattr(named, name) for name in names}
