"""What this room says no with. The facts are texts; a moment is ISO 8601 with its offset, a sum "1234.50".

Besides these: `invalid_fields` (its faults name fields and rules, see `RULES`), `changed_meanwhile`
(by, at), `not_found` (what) and `not_for_you` (what).
"""

from __future__ import annotations

from collections.abc import Mapping

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


# Rules that one field can break, as English sentences with the facts that each brings.
RULES: Mapping[str, str] = {
    # the form's shape
    "unknown_field": "There is no such field.",
    "not_a_text": "This has to be text.",
    "not_a_table": "This has to be rows of fields.",
    "too_many_rows": "There can be at most {most} rows.",
    "control_characters": "The text has characters that can't be kept.",
    # reading what was typed
    "required": "This is missing.",
    "too_long": "The text can have at most {most} characters.",
    "too_large": "This can be at most {most}.",
    "negative": "This can't be below zero.",
    "not_a_number": "This is not a number.",
    "three_decimals": "Cents have two decimals.",
    "ambiguous_number": "This could be thousands or decimals: write 1 234,00 or 1,23.",
    "not_a_year": "This is not a year of four digits.",
    "not_a_date": "This is not a day: write 22.11.2026.",
    "no_such_day": "There is no such day in the calendar.",
    "not_an_email": "This is not an e-mail address.",
    "unknown_category": "There is no such cost category.",
    "unknown_source": "There is no such source of financing.",
    # what the call asks for
    "unknown_region": "There is no such region.",
    "region_not_in_call": "The call is for the regions {regions}.",
    "end_before_start": "The end is before the start, {starts_on}.",
    "outside_call_period": "Projects of this call run between {first} and {last}.",
    "category_not_in_call": "The call aids only {categories}.",
    "year_outside_project": "The project runs from {first} to {last}.",
    "aid_below_least": "The aid would be {aid} euros; the least that is granted is {least}.",
    "financing_missing": "{missing} euros is without a payer: costs {eligible}, aid {aid}.",
    "unknown_indicator": "The call has no such indicator.",
    "twice": "This was already given.",
    "indicator_missing": "Indicator {code} has no target.",
    "attachment_missing": "An attachment of kind {kind} is missing.",
    "attachment_infected": "A virus was found in the file {file_name}. Remove it and send a clean one.",
    "not_a_digest": "This is not a SHA-256 digest in hex.",
    # the call's own questions and files
    "unknown_option": "There is no such choice.",
    "below_least": "This has to be at least {least}.",
    "not_a_business_id": "This is not a business ID with the right check digit.",
    "format_not_allowed": "Files of this kind are {formats}.",
    "file_over_most": "A file of this kind has at most {most} bytes.",
    # proposing and deciding
    "must_be_empty": "A rejected application has no accepted costs.",
    "above_applied": "{accepted} euros accepted in {category}, {applied} applied for.",
    "costs_were_cut": "{cut} euros was cut: propose to approve in part.",
    "nothing_was_cut": "Nothing was cut: propose to approve.",
    # a call's own form
    "section_missing": "The form has to have the section {section}.",
    "unknown_section": "There is no such section.",
    "not_an_address": "An address has small letters a–z, digits and hyphens, and is not one that is taken.",
    "always_asked": "This section is always asked.",
    "not_a_key": "A key has 2–20 small letters a–z and underscores.",
    "not_for_this_kind": "This is not for questions of kind {kind}.",
    "not_a_condition": "This is not a condition.",
    "no_question_before": "There is no question {key} before this one.",
    "no_number_before": "There is no number {key} before this one.",
    "no_such_option": "The question {key} has no choice {value}.",
    "translation_missing": "The text in {language} is missing.",
    "gate_failed": "The condition {gate} does not hold.",
    "gate_open": "The condition {gate} has not been settled yet.",
    "not_overridable": "The law leaves no discretion over {gate}.",
    "scores_missing": "A rejection by score shows the score of every criterion; {criteria} has none.",
    # assessing
    "not_a_whole_number": "This has to be a whole number.",
    "unknown_choice": "There is no such choice.",
    "not_asked_in_call": "The call does not ask this.",
    "least_above_most": "The least is above the most, {most}.",
    # publishing a call, granting authority, listing
    "unknown_authority": "There is no such authority.",
    "most_below_least": "The most is below the least, {least}.",
    "category_not_in_model": "The cost model {model} covers this category by its flat rate.",
    "cost_model_not_in_period": "The cost model is not one of the period {period}.",
    "no_ruleset_in_force": "No aid rules of period {period} are in force on {day}.",
    "unknown_sort": "The list can be sorted by {known}.",
    "same_authority": "The case is at this authority already.",
    # rules asked alone, and the simulator
    "no_rule_on_the_day": "There is no rule for that day.",
    "unknown_municipality": "There is no such municipality.",
    # asking the party, and its answer
    "due_too_soon": "Give time until {least} at least.",
    "due_too_late": "The last day can be {most} at the latest.",
    "not_later": "The day has to be after {due_on}.",
    "not_asked_for": "This was not asked for, so it stays as it was filed.",
    "opinion_from_future": "The opinion can't have been given later than today.",
    # what follows a decision
    "choose_one": "One has to be chosen.",
    "after_the_end": "The project ended on {ended}; a change has to be applied for before that.",
    "change_already_made": "A change has to be applied for before it is made: give a day after {today}.",
    "nothing_changes": "Nothing would change.",
    "only_time_of_lump_sum": "Of a lump sum only the time can change.",
    "aid_below_paid": "The aid would be {aid}, and {paid} has been paid or decided to be paid.",
    "too_old_to_correct": "Errors could be corrected until {last}, five years from the decision.",
    "corrected_already": "Act {act} has corrected this decision: correct that one.",
    "new_evidence_only_for_the_party": "New evidence can't be used to the party's harm.",
    "needs_consent": "To the party's harm only with its consent, or when the error is of its own making.",
    "must_be_heard": "Hear the party first, or say on which ground of HL 434/2003 34 § 2 mom. it is not heard.",
    "only_when_rejected": "A claim is unfounded only when nothing of it is accepted.",
    "no_changes_here": "With this verdict nothing changes.",
    "court_decides_appeals": "An appeal is decided by the court.",
    "late_is_not_examined": "The time ended on {last}: what came late is left unexamined.",
    "not_next_year": "The year to grant next is {year}.",
    "in_the_future": "This day has not come yet.",
    "before_the_decision": "This is before the day of the decision, {decided}.",
    "not_an_appeal": "Only an appeal is ruled on by a court.",
    "say_why_anew": "The decision has been sent before: say why it is sent again.",
}
