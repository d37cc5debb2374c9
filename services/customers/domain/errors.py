"""What customers says no with. Codes and facts are the edge's key to a sentence."""

from __future__ import annotations

from shared.errors import Conflict, Forbidden, Gone, Invalid


class RegisteredOtherwise(Conflict):
    """The business id is registered with other data: `business_id`, `name` as registered, `by` person, `at` ISO."""

    code = "registered_otherwise"


class NotYourCapacity(Forbidden):
    """The person has no such capacity now: `capacity_id`."""

    code = "not_your_capacity"


class DemoIsOff(Forbidden):
    """Demonstration people exist in demo mode only."""

    code = "demo_is_off"


class SessionOver(Gone):
    """The session is over: `why` is idle, absolute, ended or capacity_lost; `at` ISO."""

    code = "session_over"


class TooMuchToKeep(Invalid):
    """The form is larger than what is kept: `most` kilobytes."""

    code = "too_much_to_keep"


class KeptPostTooOld(Gone):
    """Kept posts live one day: `at` ISO is when this one lapsed."""

    code = "kept_post_too_old"


class KeptPostTaken(Gone):
    """It was taken back already: `at` ISO."""

    code = "kept_post_taken"
