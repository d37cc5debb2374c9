"""What this room refuses, each with a code and the facts of its sentence."""

from __future__ import annotations

from shared.errors import Conflict, Forbidden, Invalid


class WrongClaimState(Conflict):
    """The claim is in `state` since `at` by `by`; that cannot be done to it now."""

    code = "wrong_claim_state"


class AlreadyActed(Forbidden):
    """`person` already acted on the case as `acted_as` (verifier, proposer, award_proposer, award_decider,
    decider): another person must do this. Regulation (EU) 2021/1060 art. 71(4)."""

    code = "already_acted"


class ClaimHasFaults(Invalid):
    """The claim cannot be submitted; the faults name the fields."""

    code = "claim_has_faults"


class FinalClaimMade(Conflict):
    """The final claim `claim_id` has been submitted: the grant takes no more claims."""

    code = "final_claim_made"


class GrantEnded(Conflict):
    """The grant is {standing} (closed or cancelled): nothing more is claimed or paid of it."""

    code = "grant_ended"


class GrantSuspended(Conflict):
    """Payment of the grant is suspended until things are cleared up (VAL 688/2001 19 §)."""

    code = "grant_suspended"


class VerdictsFaulty(Invalid):
    """The verification is incomplete or inconsistent; the faults name the lines."""

    code = "verdicts_faulty"


class PayableChanged(Conflict):
    """`proposed` euros were proposed, but another claim was decided meanwhile and now `now` would be right.
    The proposal is to be returned and made again."""

    code = "payable_changed"


class TotalDiffers(Invalid):
    """The total was typed as `typed`, but the claims add up to `sum`."""

    code = "total_differs"


class ClaimNotPayable(Conflict):
    """The claim `claim_id` is in `state`, not waiting for payment."""

    code = "claim_not_payable"


class AlreadyInPayment(Conflict):
    """The claim `claim_id` is already in the payment file `batch_id`."""

    code = "already_in_payment"


class PaymentFileFaulty(Invalid):
    """The payment file would not pass the bank's checks; the faults name the payments."""

    code = "payment_file_faulty"


class NoDebtorAccount(Conflict):
    """No bank account is set for `authority`: nothing can be paid from it."""

    code = "no_debtor_account"


class NotXml(Invalid):
    """What came is not well-formed XML, or tries something a bank's file never does."""

    code = "not_xml"


class NotABankAnswer(Invalid):
    """It is XML (`root`), but neither pain.002 nor camt.054, or a required part (`missing`) is not there."""

    code = "not_a_bank_answer"


class AnswerForAnotherFile(Invalid):
    """The answer is about `original`, a file we never made."""

    code = "answer_for_another_file"


class AmountDiffers(Invalid):
    """The bank says `bank` euros about `about`, we have `ours`. Nothing of the answer was applied."""

    code = "amount_differs"


class UnknownBankStatus(Invalid):
    """The bank's status `status` of `about` is none we know. Nothing of the answer was applied."""

    code = "unknown_bank_status"


class ContradictsEarlierAnswer(Conflict):
    """The bank now says `told` about the payment `payment_id`, which it has already said to be `state`."""

    code = "contradicts_earlier_answer"
