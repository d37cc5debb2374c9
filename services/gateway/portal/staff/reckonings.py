"""The figures behind a proposal or a decision, each with its rule, source and inputs; and the decision proved anew."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request

from services.gateway import policy
from services.gateway.portal.pages import portal
from services.gateway.portal.people import names
from services.gateway.portal.staff.desk import READERS
from services.gateway.portal.staff.gates import shown_gates
from services.gateway.rooms import ask
from shared.contracts.applications import GET_APPLICATION, LIST_RECKONINGS, REPLAY_DECISION


@portal.get("/tyo/asiat/<number>/laskelma")
@policy.asks(GET_APPLICATION, LIST_RECKONINGS, only=READERS)
def reckoning(number: str) -> str:
    """The newest reckoning of the case, or an earlier one by its place (`?laskelma=2`, 1 is the oldest)."""
    case, found = ask(GET_APPLICATION, number=number), ask(LIST_RECKONINGS, number=number)["items"]
    place = _place(len(found))
    shown = found[len(found) - place] if found else None
    names([one["made_by"] for one in found])
    return render_template(
        "staff/reckoning.html",
        case=case,
        reckonings=list(reversed(found)),
        place=place,
        one=shown,
        gates=shown_gates(shown["gates"], _selection(shown)) if shown else [],
    )


@portal.get("/tyo/asiat/<number>/todistus")
@policy.asks(GET_APPLICATION, REPLAY_DECISION, only=READERS)
def proof(number: str) -> str:
    """The decision computed anew from what was stored with it. Nothing changes by looking."""
    case = ask(GET_APPLICATION, number=number)
    return render_template("staff/proof.html", case=case, proof=ask(REPLAY_DECISION, number=number))


def _selection(reckoned: dict[str, Any]) -> dict[str, Any]:
    selection: dict[str, Any] = reckoned["inputs"]["terms"]["selection"]
    return selection


def _place(most: int) -> int:
    """The place asked for; the newest when none is. Another place is no page."""
    asked = request.args.get("laskelma", "")
    if not asked:
        return most
    if not asked.isdigit() or not 1 <= int(asked[:4]) <= most:
        abort(404)
    return int(asked)
