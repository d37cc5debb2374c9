"""What follows a decision: later acts, review, amendments, sending, finality, and what payments has told."""

from services.applications.use_cases.afterwards.acts import decide_act, propose_act
from services.applications.use_cases.afterwards.amendments import request_amendment, withdraw_amendment
from services.applications.use_cases.afterwards.heard_claims import (
    note_decided_claim,
    note_failed_payment,
    note_filed_claim,
    note_settled_payment,
)
from services.applications.use_cases.afterwards.looking import get_acts, get_clocks
from services.applications.use_cases.afterwards.reviews import record_review, record_ruling, request_review
from services.applications.use_cases.afterwards.sending import (
    choose_channel,
    mark_final,
    note_letter,
    record_sending,
)

__all__ = [
    "choose_channel",
    "decide_act",
    "get_acts",
    "get_clocks",
    "mark_final",
    "note_decided_claim",
    "note_failed_payment",
    "note_filed_claim",
    "note_letter",
    "note_settled_payment",
    "propose_act",
    "record_review",
    "record_ruling",
    "record_sending",
    "request_amendment",
    "request_review",
    "withdraw_amendment",
]
