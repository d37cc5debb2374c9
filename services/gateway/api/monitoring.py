"""What happened, what was paid and whether the trail holds: for those who watch over the others."""

from __future__ import annotations

from services.gateway.api.desk import Desk
from shared.contracts.monitoring import CASE_TRAIL, FIGURES, LIST_CASES, LIST_PAYMENTS, TRACE_PAYMENT, VERIFY_TRAIL

desk = Desk("monitoring", "Cases, payments, figures, and the trail (muutosketju) that proves them")

desk.lists("/cases", LIST_CASES, "Cases of every authority")
desk.shows("/cases/<number>/trail", CASE_TRAIL, "Everything that happened to one case")
desk.lists("/payments", LIST_PAYMENTS, "Payments")
desk.shows("/payments/<payment_id>/trace", TRACE_PAYMENT, "From a paid euro back to its invoice and application")
desk.shows("/trail/verification", VERIFY_TRAIL, "Whether the trail holds, entry by entry")
desk.shows("/figures", FIGURES, "Sums by authority, fund and region")
