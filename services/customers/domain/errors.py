"""What customers says no with. Codes and facts are the edge's key to a sentence."""

from __future__ import annotations

from shared.errors import Conflict, Forbidden, Gone, Invalid, Missing


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


class RegisterAway(Conflict):
    """A register outside does not answer and nothing it said before is kept: `register` is business or mandates."""

    code = "register_away"


class NotInRegister(Missing):
    """The business register has no such company in its open data: `business_id`."""

    code = "not_in_register"


class RegisterNotSetUp(Conflict):
    """This installation asks no such register: `register` is business or mandates."""

    code = "register_not_set_up"


class IdentityCodeNeeded(Forbidden):
    """The mandate register is asked with the code that the identification gave; it is not kept, so identify again."""

    code = "identity_code_needed"


class CheckOver(Gone):
    """The asking of the mandate register is over: `at` ISO."""

    code = "mandate_check_over"


class AlreadySettled(Conflict):
    """The disagreement was settled: `by` person, `at` ISO."""

    code = "already_settled"


class LastSignatory(Conflict):
    """Nobody would be left who may sign for the company and let others in."""

    code = "last_signatory"


class TwoSignaturesStay(Conflict):
    """One signatory alone does not end the rule of two signatures: another has to confirm it."""

    code = "two_signatures_stay"


class SignatoryStays(Conflict):
    """Where two signatures are asked, one signatory does not take another's right to sign away."""

    code = "signatory_stays"


class OneIsEnoughAlready(Conflict):
    """The company does not ask two signatures, so there is nothing to end."""

    code = "one_is_enough_already"


class ReleaseAskedAlready(Conflict):
    """Another signatory has asked the same, and waits for a confirmation: `by` person, `at` ISO."""

    code = "release_asked_already"


class ReleaseIsAnothers(Conflict):
    """Whoever asked that one signature be enough does not confirm it."""

    code = "release_is_anothers"


class ReleaseOver(Gone):
    """The request is over: `why` confirmed, declined, withdrawn or lapsed, `at` ISO."""

    code = "release_over"


class OwnHandNeeded(Forbidden):
    """A program's key may not do this: a person has to sign in."""

    code = "own_hand_needed"


class InvitationOver(Gone):
    """The invitation is over: `why` accepted, withdrawn or expired, `at` ISO."""

    code = "invitation_over"


class RecordedByOfficial(Conflict):
    """An official recorded the link from a register: `by` person, `at` ISO. A company's word does not change it."""

    code = "recorded_by_official"


class AddressCodeOver(Gone):
    """The link of an e-mail address is too old, was made for somebody else, or its address has been given up."""

    code = "address_code_over"


class ApiKeyNotValid(Forbidden):
    """The key is unknown, revoked or past its last day, or its person acts for the company no more."""

    code = "api_key_not_valid"


class SigningKeyIsAnothers(Conflict):
    """A key with the right to sign is made in one's own name: nobody signs as somebody else."""

    code = "signing_key_is_anothers"


class MoreThanThePersonMay(Conflict):
    """The key would be allowed more than its person is."""

    code = "more_than_the_person_may"
