"""The authority's decision on a request for review (HL 434/2003 49 b–49 g §)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from services.applications.domain.decided_cases import DecidedCase
from services.applications.domain.errors import AlreadyDealtWith, ReviewedByYou
from services.applications.domain.proposals import WITHOUT_AID
from services.applications.domain.reviews import Review, ReviewKind
from services.applications.domain.term_changes import Setting, TermsAndSteps, harms, with_changes
from services.applications.domain.wanted import TermsWish, Wanted
from shared.errors import Fault, InvalidFields

UPHOLD, CHANGE, LEAVE_UNEXAMINED = "uphold", "change", "leave_unexamined"


def terms_of_review(case: DecidedCase, wanted: Wanted, setting: Setting) -> TermsAndSteps:
    """The terms after the review: those in force, or changed ones. What came late is left unexamined, never examined.

    Who demands review has been heard by the demand itself; before a change to its harm it is heard of that too.

    Raises NotFound, ReviewedByYou, AlreadyDealtWith, InvalidFields.
    """
    review = case.review(wanted.about or 0)
    must_be_of_others(case, review.act, wanted.by)
    if not review.is_pending:
        raise AlreadyDealtWith(what="review", number=review.ordinal)
    if faults := tuple(_objections(review, wanted)):
        raise InvalidFields(faults=faults)
    if wanted.verdict != CHANGE:
        return TermsAndSteps(terms=case.terms)
    new = with_changes(case.terms, wanted.changes or TermsWish(), setting, least=case.paid + case.waiting)
    if not harms(case.terms, new.terms):
        return new
    if faults := tuple(wanted.hearing.objections(rejects=new.terms.outcome in WITHOUT_AID)):
        raise InvalidFields(faults=faults)
    return replace(new, against=True)


def must_be_of_others(case: DecidedCase, reviewed: int, person: str) -> None:
    """Nobody proposes or decides the review of what they proposed or decided themself. Raises ReviewedByYou.

    HL 28 § names no clause for review within the authority, and 49 e–49 g § leave it to the authority that decided;
    that whoever decided has taken a stand is a special reason to doubt impartiality (28 § 1 mom. 7 k.), and the
    separation of functions (CPR 2021/1060 art. 71(4)) asks for another person. So it is the house's rule.
    """
    act = case.act(reviewed)
    if person in (act.proposed_by, act.decided_by):
        raise ReviewedByYou(act=reviewed)


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
