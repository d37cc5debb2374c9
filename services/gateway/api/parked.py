"""Parked messages (pysäytetyt viestit): listed, looked at, run again or discarded, in every room alike."""

from __future__ import annotations

from services.gateway.api.desk import Desk
from shared.contracts import OPERATIONS, ROOMS

desk = Desk("parked", "Parked messages (pysäytetyt viestit) of every room")

for room in ROOMS:
    desk.lists(f"/parked/{room}", OPERATIONS[f"{room}.list_parked"], f"Parked messages of {room}")
    one = f"/parked/{room}/<message_id>"
    desk.shows(one, OPERATIONS[f"{room}.show_parked"], f"One parked message of {room}")
    desk.does("POST", f"{one}/run", OPERATIONS[f"{room}.replay_parked"], "Run it again")
    desk.does("POST", f"{one}/discard", OPERATIONS[f"{room}.discard_parked"], "Discard it, with the reason")
