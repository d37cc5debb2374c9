"""What people do with claims and payments: one function each, in the order a case goes."""

from services.payments.use_cases.bank_answers import import_bank_answer
from services.payments.use_cases.batches import make_batch
from services.payments.use_cases.claims import get_claim, open_claim, save_claim, submit_claim
from services.payments.use_cases.decisions import decide_payment, propose_payment
from services.payments.use_cases.gate import case_of_claim, case_of_grant, cases_of_claims, people_before, undo_part
from services.payments.use_cases.grants import follow_act, get_grant, open_grant_account
from services.payments.use_cases.verification import verify_claim

__all__ = [
    "case_of_claim",
    "case_of_grant",
    "cases_of_claims",
    "decide_payment",
    "follow_act",
    "get_claim",
    "get_grant",
    "import_bank_answer",
    "make_batch",
    "open_claim",
    "open_grant_account",
    "people_before",
    "propose_payment",
    "save_claim",
    "submit_claim",
    "undo_part",
    "verify_claim",
]
