"""Deciding on an application to amend: as asked, in part, or not at all. The cost model never changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from services.applications.domain.amendments import Amendment, AmendmentState, Wish
from services.applications.domain.correspondence.hearings import ADVERSE
from services.applications.domain.cost_models import sums_by_category
from services.applications.domain.decided_cases import DecidedCase
from services.applications.domain.errors import AlreadyDealtWith
from services.applications.domain.proposals import APPROVE, IN_PART, REJECT
from services.applications.domain.term_changes import Setting, TermsAndSteps, with_changes
from services.applications.domain.wanted import TermsWish, Wanted
from shared.errors import Fault, InvalidFields
from shared.money import ZERO


def terms_of_amendment(case: DecidedCase, wanted: Wanted, setting: Setting) -> TermsAndSteps:
    """The terms with what is accepted of the application. More aid follows from more accepted costs by the rules.

    Raises NotFound, AlreadyDealtWith; InvalidFields for more than was asked for.
    """
    amendment = case.amendment(wanted.about or 0)
    if amendment.state is not AmendmentState.FILED:
        raise AlreadyDealtWith(what="amendment", number=amendment.ordinal)
    if faults := tuple(_objections(amendment, wanted)):
        raise InvalidFields(faults=faults)
    if wanted.verdict == REJECT:
        return TermsAndSteps(terms=case.terms, against=True)
    changes = as_terms(amendment.wish) if wanted.verdict == APPROVE else wanted.changes
    new = with_changes(case.terms, changes or TermsWish(), setting, least=case.paid + case.waiting)
    return replace(new, against=wanted.verdict == IN_PART)


def as_terms(wish: Wish) -> TermsWish:
    return TermsWish(**{name: getattr(wish, name) for name in Wish.__dataclass_fields__})


def _objections(amendment: Amendment, wanted: Wanted) -> Iterator[Fault]:
    if wanted.verdict not in (APPROVE, IN_PART, REJECT):
        yield Fault("verdict", "choose_one")
        return
    if wanted.verdict in ADVERSE:
        yield from wanted.hearing.objections(rejects=wanted.verdict == REJECT)
    if wanted.verdict == IN_PART:
        yield from _beyond(amendment.wish, wanted.changes or TermsWish())
    elif wanted.changes is not None and wanted.changes.named():
        yield Fault("changes", "no_changes_here")


def _beyond(wish: Wish, accepted: TermsWish) -> Iterator[Fault]:
    """Nothing is changed that was not asked for, and nothing by more than was asked."""
    free = {"conditions", "reasoning"}
    for name in sorted(set(accepted.named()) - set(wish.named()) - free):
        yield Fault(f"changes.{name}", "not_asked_for")
    if wish.period_last and accepted.period_last and accepted.period_last > wish.period_last:
        yield Fault("changes.period_last", "not_asked_for")
    if wish.costs is not None and accepted.costs is not None:
        asked = sums_by_category(wish.costs)
        for category, amount in sums_by_category(accepted.costs).items():
            most = asked.get(category, ZERO)
            if amount > most:
                facts = {"category": category, "accepted": str(amount), "applied": str(most)}
                yield Fault("changes.costs", "above_applied", facts)
