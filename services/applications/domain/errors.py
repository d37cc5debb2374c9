"""What this room says no with. The facts are texts; a moment is ISO 8601 with its offset, a sum "1234.50".

Besides these: `invalid_fields` (its faults name fields and the rule that each breaks), `changed_meanwhile`
(by, at), `not_found` (what) and `not_for_you` (what).
"""

from __future__ import annotations

from shared.errors import Conflict, Forbidden, Gone, Invalid


class CallNotOpen(Conflict):
    """The call opens at {opens_at}; until then nothing can be started or filed in it."""

    code = "call_not_open"


class CallClosed(Gone):
    """The call closed at {closed_at}. What was saved is kept, but it can't be filed any more."""

    code = "call_closed"


class CallInUse(Conflict):
    """Applications have been started in call {call_id}; its terms can't be changed under them."""

    code = "call_in_use"


class NoRulesetInForce(Invalid):
    """No aid rules of period {period} are in force on {day}."""

    code = "no_ruleset_in_force"


class AlreadySubmitted(Conflict):
    """Application {number} was filed on {at} by {by}; it can't be changed or filed again."""

    code = "already_submitted"


class AlreadyTaken(Conflict):
    """{by} took this case on {at}."""

    code = "already_taken"


class AlreadyProposed(Conflict):
    """{by} made a proposal on this case on {at}; it has to be returned before another can be made."""

    code = "already_proposed"


class AlreadyDecided(Conflict):
    """{by} decided this case on {at}: {outcome}."""

    code = "already_decided"


class AlreadyWithdrawn(Conflict):
    """The applicant withdrew the application on {at}."""

    code = "already_withdrawn"


class WrongState(Conflict):
    """The case is in state {state}, where one can't {action}."""

    code = "wrong_state"


class NotYourCase(Forbidden):
    """Only the handler of the case, {handler}, may make the proposal."""

    code = "not_your_case"


class PreparedByYou(Forbidden):
    """You prepared this case: someone else has to decide it (CPR 2021/1060 art. 71(4); two-person decision)."""

    code = "prepared_by_you"


class DeclareFirst(Conflict):
    """Say first whether you are disqualified in case {number} (HL 434/2003 27–30 §); until then it is shut."""

    code = "declare_first"


class InterestWaits(Conflict):
    """You were unsure whether you may handle case {number}: a decision maker resolves it, until then it is shut."""

    code = "interest_waits"


class Disqualified(Forbidden):
    """You are disqualified from handling case {number} (HL 434/2003 27 §); somebody else handles it."""

    code = "disqualified"


class PartDisqualified(Conflict):
    """{person} had a part in case {number} and is disqualified from it: another does that part anew (HL 27 §)."""

    code = "part_disqualified"


class OwnInterest(Forbidden):
    """Nobody resolves their own disqualification (HL 434/2003 29 §)."""

    code = "own_interest"


class NothingToResolve(Conflict):
    """{person} has no conflict or doubt on this case that waits for a verdict."""

    code = "nothing_to_resolve"


class NotAHandler(Invalid):
    """{person} is not a handler of authority {authority}."""

    code = "not_a_handler"


class CannotHandle(Conflict):
    """{person} is disqualified from handling case {number}."""

    code = "cannot_handle"


class SubstituteThemself(Invalid):
    """Nobody stands in for themself."""

    code = "substitute_themself"


class NotYourAbsence(Forbidden):
    """A handler names a substitute for themself only; for others a decision maker does."""

    code = "not_your_absence"


class TooManyViews(Conflict):
    """One person keeps at most {most} views."""

    code = "too_many_views"


class NotDecidedYet(Conflict):
    """The case has no decision yet, so nothing can follow one."""

    code = "not_decided_yet"


class ActWaits(Conflict):
    """{by} proposed an act on {at} that waits for its decision; there is one at a time."""

    code = "act_waits"


class NoSuchProposal(Conflict):
    """Act {act} does not wait for a decision any more: {state}."""

    code = "no_such_proposal"


class NoProject(Conflict):
    """This can't be done to a project that is {state}."""

    code = "no_project"


class AlreadyDealtWith(Conflict):
    """{what} {number} has already been dealt with."""

    code = "already_dealt_with"


class AmendmentWaits(Conflict):
    """The amendment that was filed on {at} is still being handled; there is one at a time."""

    code = "amendment_waits"


class NotByTranches(Conflict):
    """The grant has no year left to grant: it was granted whole, or every year is granted."""

    code = "not_by_tranches"


class NoProgress(Conflict):
    """No payment of the years up to {year} has been approved: there is no progress to go on from."""

    code = "no_progress"


class NotYetClosable(Conflict):
    """The case can't be closed yet: {why}."""

    code = "not_yet_closable"


class PaymentsUnderWay(Conflict):
    """{waiting} euros has been decided to be paid and is not settled yet: wait for the bank."""

    code = "payments_under_way"


class AuthorityShort(Conflict):
    """{free} euros of the authority to grant {envelope} is free, {needed} euros would be needed."""

    code = "authority_short"


class DeMinimisOver(Conflict):
    """De minimis aid to the single undertaking would go over: {used} of {ceiling} euros is used, {free} is left,
    {needed} would be needed. What counts: {awards}."""

    code = "de_minimis_over"


class FiguresChanged(Conflict):
    """The proposal was computed as {proposed}; computed now it is {now} ({gate}). It has to be made anew."""

    code = "figures_changed"


class AuthorityBound(Conflict):
    """{reserved} euros of {envelope} is bound by decisions; it can't be set below that."""

    code = "authority_bound"


class AwaitsSignature(Conflict):
    """The draft has waited since {at} for another person's signature, as {by} asked: till then it is locked."""

    code = "awaits_signature"


class SignatureIsAnothers(Forbidden):
    """You asked for the signature: another person has to give it, or you take the request back."""

    code = "signature_is_anothers"


class SecondSignatureNeeded(Forbidden):
    """Two persons are needed to file this, and nobody but you has written in it or asked for a signature."""

    code = "second_signature_needed"


class DemandIsAnothersToRelease(Forbidden):
    """You demanded that two persons sign: another person has to release it."""

    code = "demand_is_anothers_to_release"


class ArrivesLater(Invalid):
    """Nothing can have arrived on {arrived_at}, which is still to come."""

    code = "arrives_later"


class EnteredByOfficial(Conflict):
    """The application {number} came on paper: the authority types it in, the company does not."""

    code = "entered_by_official"


class RequestAnswered(Conflict):
    """{by} sent the answer to this request on {at}."""

    code = "request_answered"


class RequestClosed(Gone):
    """The request on case {number} is over: its time ran out, or the case ended first."""

    code = "request_closed"


class MoreTimeWaits(Conflict):
    """More time has already been asked for on case {number}; the handler has not answered yet."""

    code = "more_time_waits"


class MoreTimeNotAsked(Conflict):
    """Nobody waits for more time on case {number}."""

    code = "more_time_not_asked"


class RequestWaits(Conflict):
    """The party has been asked something on case {number} and its answer is waited for until {due_on}."""

    code = "request_waits"


class ReadFirst(Conflict):
    """The party has written {unread} messages in case {number} that nobody has read: read them before signing."""

    code = "read_first"


class ReviewedByYou(Forbidden):
    """You proposed or decided act {act}, so its review is proposed and decided by others (HL 434/2003 28 §)."""

    code = "reviewed_by_you"
