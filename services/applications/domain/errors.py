"""What this room says no with. The facts are texts; a moment is ISO 8601 with its offset, a sum "1234.50".

Besides these: `invalid_fields` (its faults name fields and rules, see `RULES`), `changed_meanwhile`
(by, at), `not_found` (what) and `not_for_you`.
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


class AuthorityShort(Conflict):
    """{free} euros of the authority to grant {envelope} is free, {needed} euros would be needed."""

    code = "authority_short"


class AuthorityBound(Conflict):
    """{reserved} euros of {envelope} is bound by decisions; it can't be set below that."""

    code = "authority_bound"
