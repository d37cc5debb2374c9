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


class AuthorityShort(Conflict):
    """{free} euros of the authority to grant {envelope} is free, {needed} euros would be needed."""

    code = "authority_short"


class AuthorityBound(Conflict):
    """{reserved} euros of {envelope} is bound by decisions; it can't be set below that."""

    code = "authority_bound"


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
    "not_a_digest": "This is not a SHA-256 digest in hex.",
    # proposing and deciding
    "must_be_empty": "A rejected application has no accepted costs.",
    "above_applied": "{accepted} euros accepted in {category}, {applied} applied for.",
    "costs_were_cut": "{cut} euros was cut: propose to approve in part.",
    "nothing_was_cut": "Nothing was cut: propose to approve.",
    # publishing a call, granting authority, listing
    "unknown_authority": "There is no such authority.",
    "most_below_least": "The most is below the least, {least}.",
    "category_not_in_model": "The cost model {model} covers this category by its flat rate.",
    "no_ruleset_in_force": "No aid rules of period {period} are in force on {day}.",
    "unknown_sort": "The list can be sorted by {known}.",
}
