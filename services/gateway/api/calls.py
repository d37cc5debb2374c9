"""Calls for applications, and the authority to grant behind them."""

from __future__ import annotations

from services.gateway.api.desk import Desk
from shared.contracts.applications import GET_CALL, GRANT_AUTHORITY, LIST_CALLS, LIST_ENVELOPES, PUBLISH_CALL

desk = Desk("calls", "Calls for applications, and the authority to grant (myöntövaltuus) behind them")

desk.lists("/calls", LIST_CALLS, "Calls: upcoming, open and closed")
desk.shows("/calls/<call_id>", GET_CALL, "One call")
desk.does("PUT", "/calls/<call_id>", PUBLISH_CALL, "Publish a call")
desk.lists("/envelopes", LIST_ENVELOPES, "Authority to grant: amount, bound, free")
desk.does("POST", "/envelopes", GRANT_AUTHORITY, "Give authority to grant")
