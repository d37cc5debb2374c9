"""What follows a decision: acts, review and appeal, amendments, sending, and the clocks that run on."""

from __future__ import annotations

from services.gateway.api.desk import Desk
from shared.contracts.applications import (
    CHOOSE_CHANNEL,
    DECIDE_ACT,
    GET_ACTS,
    GET_CLOCKS,
    LIST_FOLLOW_UPS,
    PROPOSE_ACT,
    RECORD_REVIEW,
    RECORD_RULING,
    RECORD_SENDING,
    REQUEST_AMENDMENT,
    REQUEST_REVIEW,
    WITHDRAW_AMENDMENT,
)

desk = Desk("acts", "What follows a decision: later acts, review and appeal, amendments, service and clocks")

CASE = "/applications/<number>"
ACT = f"{CASE}/acts/<int:act>"

desk.lists("/follow-ups", LIST_FOLLOW_UPS, "Amendments, reviews, proposed acts and closable cases that wait")
desk.shows(f"{CASE}/acts", GET_ACTS, "Every act of a decided case, each version kept, with service and finality")
desk.shows(f"{CASE}/clocks", GET_CLOCKS, "Durability and retention, with each rule they come from")
desk.does("POST", f"{CASE}/acts", PROPOSE_ACT, "Propose a correction, a decision on what was asked, a closure …")
desk.does("POST", f"{ACT}/decision", DECIDE_ACT, "Sign the proposed act, or return it with a note")
desk.does("POST", f"{ACT}/sending", RECORD_SENDING, "Record a sending, or a new instruction in place of a wrong one")
desk.does("POST", f"{ACT}/review", REQUEST_REVIEW, "Ask the authority to review the act")
desk.does("POST", f"{CASE}/reviews", RECORD_REVIEW, "Register a request for review or an appeal that came otherwise")
desk.does("POST", f"{CASE}/reviews/<int:review>/ruling", RECORD_RULING, "Record what the court ruled on an appeal")
desk.does("POST", f"{CASE}/amendments", REQUEST_AMENDMENT, "Apply for a change of the grant")
desk.does(
    "POST",
    f"{CASE}/amendments/<int:amendment>/withdrawal",
    WITHDRAW_AMENDMENT,
    "Take an application for a change back",
)
desk.does("PUT", f"{CASE}/service-channel", CHOOSE_CHANNEL, "Choose how decisions are sent: here, or by letter")
