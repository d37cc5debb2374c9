"""Assessment, the figures of a proposal, decisions many at once, proof of decisions, and what binds an envelope."""

from __future__ import annotations

from services.gateway.api.desk import Desk
from shared.contracts.applications import (
    DECIDE_MANY,
    GET_AID_ROOM,
    GET_ASSESSMENT,
    LIST_DECIDABLE,
    LIST_ENVELOPE_ENTRIES,
    LIST_RECKONINGS,
    REPLAY_DECISION,
    SAVE_ASSESSMENT,
)

desk = Desk("deciding", "Assessment, gates, the figures behind a decision, and their proof")

desk.shows("/applications/<number>/assessment", GET_ASSESSMENT, "The assessment with its gates and figures")
desk.does("PUT", "/applications/<number>/assessment", SAVE_ASSESSMENT, "Save the assessment as typed")
desk.shows("/applications/<number>/reckonings", LIST_RECKONINGS, "What each proposal and the decision rest on")
desk.shows("/applications/<number>/replay", REPLAY_DECISION, "The decision computed anew and proved")
desk.lists("/proposals", LIST_DECIDABLE, "Proposals that wait for a decision maker")
desk.does("POST", "/proposals/signatures", DECIDE_MANY, "Sign several proposals, each by itself")
desk.lists("/envelope-entries", LIST_ENVELOPE_ENTRIES, "What acts have bound in the envelopes and released")
desk.shows("/undertakings/<business_id>/aid-room", GET_AID_ROOM, "De minimis room of the single undertaking")
