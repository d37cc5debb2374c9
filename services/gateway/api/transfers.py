"""Transfer of a case to the competent authority, and the record of it."""

from __future__ import annotations

from services.gateway.api.desk import Desk
from shared.contracts.applications import LIST_TRANSFERS, TRANSFER_CASE

desk = Desk("transfers", "Cases transferred to the authority whose they are (HL 21 §)")

desk.does("POST", "/applications/<number>/transfer", TRANSFER_CASE, "Transfer the case to the competent authority")
desk.lists("/transfers", LIST_TRANSFERS, "What the asker's authority has given and received, the newest first")
