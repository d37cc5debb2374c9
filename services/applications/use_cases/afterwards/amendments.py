"""The company applies for a change of its grant, and may take that back until it is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from services.applications.decided_screens import Screen, decided_screen
from services.applications.domain.amendments import (
    Amendment,
    AmendmentState,
    Wish,
    digest_of_amendment,
    objections_to,
)
from services.applications.domain.decided_cases import DecidedCase, Standing
from services.applications.domain.errors import ActWaits, AlreadyDealtWith, AmendmentWaits, NoProject
from services.applications.ports import Work
from services.applications.use_cases.afterwards.acts import terms_wished
from services.applications.use_cases.afterwards.reaching import to_change
from services.applications.use_cases.falling import let_act_fall
from shared.contracts import applications as contract
from shared.dates import helsinki_day
from shared.errors import InvalidFields


def request_amendment(
    work: Work, number: str, version: int, wished: Mapping[str, Any], change_on: date, grounds: str
) -> Screen:
    """File an application to amend: before the change, and before the project's current end.

    Raises NoProject, AmendmentWaits; InvalidFields with everything that is wrong at once.
    """
    reached = to_change(work, number, version)
    case = reached.decided
    if case.standing in (Standing.CLOSED, Standing.CANCELLED) or not case.is_granted:
        raise NoProject(state=case.terms.outcome if case.standing is Standing.OPEN else case.standing.value)
    if waiting := next(iter(case.open_amendments), None):
        raise AmendmentWaits(at=waiting.filed_at.isoformat())
    wish = Wish(**terms_wished(wished))
    if faults := tuple(objections_to(wish, change_on, case.terms, reached.call, helsinki_day(work.now))):
        raise InvalidFields(faults=faults)
    amendment = Amendment(
        ordinal=len(case.amendments) + 1,
        wish=wish,
        change_on=change_on,
        grounds=grounds,
        filed_by=work.asker.person,
        filed_at=work.now,
        digest=digest_of_amendment(number, wish, change_on, grounds),
    )
    case = let_act_fall(work, case, "amendment_sought")
    after = case.done(work.asker.person, work.now, amendments=case.with_amendment(amendment))
    work.decided_cases.put(after)
    work.announce(
        contract.AMENDMENT_REQUESTED,
        number,
        **_of(after, amendment),
        changes=wish.named(),
        change_on=change_on,
        digest=amendment.digest,
        filed_at=amendment.filed_at,
    )
    return decided_screen(work, replace(reached, decided=after))


def withdraw_amendment(work: Work, number: str, version: int, amendment: int) -> Screen:
    """Take an application to amend back. Raises NotFound, AlreadyDealtWith; ActWaits once a decision is proposed."""
    reached = to_change(work, number, version)
    case = reached.decided
    found = case.amendment(amendment)
    if found.state is not AmendmentState.FILED:
        raise AlreadyDealtWith(what="amendment", number=amendment)
    if (proposed := case.proposal) and proposed.kind.value == "amendment":
        raise ActWaits(by=proposed.proposed_by, at=proposed.proposed_at.isoformat())
    withdrawn = replace(found, state=AmendmentState.WITHDRAWN)
    after = case.done(work.asker.person, work.now, amendments=case.with_amendment(withdrawn))
    work.decided_cases.put(after)
    work.announce(contract.AMENDMENT_WITHDRAWN, number, **_of(after, withdrawn))
    return decided_screen(work, replace(reached, decided=after))


def _of(case: DecidedCase, amendment: Amendment) -> dict[str, Any]:
    return {
        "number": case.number,
        "business_id": case.business_id,
        "authority": case.authority,
        "amendment": amendment.ordinal,
    }
