"""How a project ends or pauses: closed when all is paid, cancelled, or suspended while something is cleared up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from services.applications.domain.acts import Terms
from services.applications.domain.decided_cases import DecidedCase, Standing
from services.applications.domain.errors import NoProject, NotYetClosable, PaymentsUnderWay
from services.applications.domain.grounds import CANCELLATION_GROUNDS
from services.applications.domain.term_changes import Setting, TermsAndSteps, must_cover
from services.applications.domain.wanted import Wanted
from shared.errors import Fault, InvalidFields
from shared.explained import Step

GIVEN_UP = "given_up"


def terms_of_closure(case: DecidedCase, wanted: Wanted, setting: Setting) -> TermsAndSteps:
    """The grant as it came to be: what was paid. The rest goes back to the authority to grant.

    Raises NotYetClosable with what is still open; PaymentsUnderWay.
    """
    must_have_settled(case, case.terms, ending=True)
    if hindrance := next(hindrances_to_closure(case), None):
        raise NotYetClosable(why=hindrance)
    return _as_paid(case)


def hindrances_to_closure(case: DecidedCase) -> Iterator[str]:
    """Stable codes for what keeps the case from being closed."""
    final = case.final_claim
    if case.standing is Standing.SUSPENDED:
        yield "suspended"
    if final is None:
        yield "no_final_claim"
    elif final.is_open:
        yield "final_claim_open"
    if any(claim.is_open for claim in case.claims if not claim.is_final):
        yield "claims_open"
    if case.open_amendments:
        yield "amendment_open"
    if case.pending_reviews:
        yield "review_pending"


def terms_of_cancellation(case: DecidedCase, wanted: Wanted, setting: Setting) -> TermsAndSteps:
    """Nothing more is paid; what has been paid is claimed back by a decision of its own.

    Raises PaymentsUnderWay while the bank has money of it on the way; InvalidFields without a ground or a hearing.
    """
    faults: list[Fault] = []
    against = False
    if wanted.ground not in CANCELLATION_GROUNDS:
        faults.append(Fault("ground", "choose_one"))
    elif against := wanted.ground != GIVEN_UP:
        faults.extend(wanted.hearing.objections(rejects=False))
    if faults:
        raise InvalidFields(faults=faults)
    must_have_settled(case, case.terms, ending=True)
    return replace(_as_paid(case), against=against)


def terms_of_suspension(case: DecidedCase, wanted: Wanted, setting: Setting) -> TermsAndSteps:
    """The same terms; no money moves until the suspension ends.

    Raises NoProject when it is suspended already; InvalidFields without a hearing. Where that would let the money go
    first, the ground for none is that the purpose is at risk (HL 434/2003 34 § 2 mom. 4 k.).
    """
    if case.standing is Standing.SUSPENDED:
        raise NoProject(state=case.standing.value)
    if faults := tuple(wanted.hearing.objections(rejects=False)):
        raise InvalidFields(faults=faults)
    return TermsAndSteps(terms=case.terms, against=True)


def terms_of_resumption(case: DecidedCase, wanted: Wanted, setting: Setting) -> TermsAndSteps:
    """The same terms; payment goes on. Raises NoProject when it was not suspended."""
    if case.standing is not Standing.SUSPENDED:
        raise NoProject(state=case.standing.value)
    return TermsAndSteps(terms=case.terms)


def must_have_settled(case: DecidedCase, terms: Terms, ending: bool) -> None:
    """When the case ends, no payment may be on its way; else the aid must cover what is. Raises PaymentsUnderWay."""
    if ending:
        if case.waiting:
            raise PaymentsUnderWay(waiting=case.waiting)
    else:
        must_cover(terms, case.paid + case.waiting)


def _as_paid(case: DecidedCase) -> TermsAndSteps:
    paid, bound = case.paid, case.terms.aid
    steps = (
        Step(sign="+", what="aid_awarded", amount=bound, source="award", facts={"rate_share": str(bound)}),
        Step(sign="−", what="aid_unused", amount=bound - paid, source="VAL 688/2001 20 §"),
        Step(sign="=", what="aid_paid", amount=paid),
    )
    return TermsAndSteps(terms=replace(case.terms, aid=paid), steps=steps)
