"""The authority's decision on a request for review (HL 434/2003 49 b–49 g §)."""

from __future__ import annotations

from collections.abc import Iterator

from services.applications.domain.decided_cases import DecidedCase
from services.applications.domain.errors import AlreadyDealtWith
from services.applications.domain.reviews import Review, ReviewKind
from services.applications.domain.term_changes import Setting, TermsAndSteps, harms, with_changes
from services.applications.domain.wanted import TermsWish, Wanted
from shared.errors import Fault, InvalidFields

UPHOLD, CHANGE, LEAVE_UNEXAMINED = "uphold", "change", "leave_unexamined"


def terms_of_review(case: DecidedCase, wanted: Wanted, setting: Setting) -> TermsAndSteps:
    """The terms after the review: those in force, or changed ones. What came late is left unexamined, never examined.

    Raises NotFound, AlreadyDealtWith, InvalidFields.
    """
    review = case.review(wanted.about or 0)
    if not review.is_pending:
        raise AlreadyDealtWith(what="review", number=review.ordinal)
    if faults := tuple(_objections(review, wanted)):
        raise InvalidFields(faults=faults)
    if wanted.verdict != CHANGE:
        return TermsAndSteps(terms=case.terms)
    new = with_changes(case.terms, wanted.changes or TermsWish(), setting, least=case.paid + case.waiting)
    if harms(case.terms, new.terms) and not wanted.heard:
        raise InvalidFields(faults=[Fault("heard", "must_be_heard")])
    return new


def _objections(review: Review, wanted: Wanted) -> Iterator[Fault]:
    if wanted.verdict not in (UPHOLD, CHANGE, LEAVE_UNEXAMINED):
        yield Fault("verdict", "choose_one")
    if review.kind is ReviewKind.APPEAL:
        yield Fault("about", "court_decides_appeals")
    elif not review.in_time and wanted.verdict != LEAVE_UNEXAMINED:
        last = review.last_day.isoformat() if review.last_day else ""
        yield Fault("verdict", "late_is_not_examined", {"last": last})
    if wanted.verdict != CHANGE and wanted.changes is not None and wanted.changes.named():
        yield Fault("changes", "no_changes_here")
