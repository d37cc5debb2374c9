"""Parked messages (pysäytetyt viestit) of every room: what stayed undone first, the technical side below."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import policy
from services.gateway.portal import kept
from services.gateway.portal.forms import Form, Tried, as_typed, refusing, take_key
from services.gateway.portal.frame import now
from services.gateway.portal.oversight.roles import OPERATOR
from services.gateway.portal.oversight.undone import undone
from services.gateway.portal.pages import portal
from services.gateway.rooms import ask
from shared.contracts import OPERATIONS, ROOMS
from shared.contracts.customers import TAKE_KEPT
from shared.errors import Fault, NotFound
from shared.messaging.wire import ServiceAway

GOAL = timedelta(hours=4)  # a parked message is looked into within this
MOST = 200
GONE = "gone"
OUTCOMES = frozenset({"applied", "waiting", "parked", "discarded", GONE})
LABELS = {"reason": _l("Why is the message discarded")}

LIST, SHOW, REPLAY, DISCARD = (
    {room: OPERATIONS[f"{room}.{name}"] for room in ROOMS}
    for name in ("list_parked", "show_parked", "replay_parked", "discard_parked")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """A message as it is told: `stood` since it was parked, `late` when that is over the goal."""

    message: dict[str, Any]
    undone: str
    stood: timedelta
    number: str

    @property
    def late(self) -> bool:
        return self.stood > GOAL

    @property
    def hours(self) -> int:
        return int(self.stood.total_seconds() // 3600)

    @property
    def minutes(self) -> int:
        return int(self.stood.total_seconds() // 60 % 60)


@portal.get("/yllapito")
@policy.asks(*LIST.values(), only=OPERATOR)
def operator_page() -> Redirect:
    return redirect(url_for("portal.parked_messages"), 303)


@portal.get("/yllapito/pysaytetyt")
@policy.asks(*LIST.values(), only=OPERATOR)
def parked_messages() -> str:
    """Every room's, the one that has stood longest first. A room that does not answer is named."""
    found, silent = _everything()
    outcome = request.args.get("tulos", "")
    return render_template(
        "oversight/parked_messages.html",
        parked=sorted(found, key=lambda one: one.stood, reverse=True),
        total=len(found),
        silent=silent,
        behind=sum(one.message["waits_behind"] for one in found),
        outcome=outcome if outcome in OUTCOMES else "",
    )


@portal.get("/yllapito/pysaytetyt/<room>/<message_id>")
@policy.asks(*SHOW.values(), only=OPERATOR)
def parked_message(room: str, message_id: str) -> str:
    return _page(room, message_id, Form(labels=LABELS))


@portal.post("/yllapito/pysaytetyt/<room>/<message_id>/aja")
@policy.asks(*SHOW.values(), also=REPLAY.values(), only=OPERATOR)
def run_parked(room: str, message_id: str) -> Response | Redirect:
    """Run it again: it takes effect once, however far it had come before."""
    form = Form(labels=LABELS)
    take_key()
    with refusing(form) as tried:
        done = ask(_of(room, REPLAY), message_id=message_id)
        return redirect(url_for("portal.parked_messages", tulos=done["status"]), 303)
    return _again(room, message_id, tried)


@portal.get("/yllapito/pysaytetyt/<room>/<message_id>/aja")
@portal.get("/yllapito/pysaytetyt/<room>/<message_id>/hylkaa")
@policy.asks(*SHOW.values(), also=(TAKE_KEPT,), only=OPERATOR)
def back_to_parked(room: str, message_id: str) -> str:
    """The forms' own addresses opened as a page: a session that ended brings back here what was typed."""
    return _page(room, message_id, kept.restored(Form(labels=LABELS)))


@portal.post("/yllapito/pysaytetyt/<room>/<message_id>/hylkaa")
@policy.asks(*SHOW.values(), also=DISCARD.values(), only=OPERATOR)
def discard_parked(room: str, message_id: str) -> Response | Redirect:
    """The message never takes effect in this room; the reason is kept with it."""
    form = Form(labels=LABELS, typed=as_typed())
    if not form.value("reason").strip():
        return make_response(_page(room, message_id, form.with_faults([Fault("reason", "required")])), 422)
    take_key()
    with refusing(form) as tried:
        done = ask(_of(room, DISCARD), message_id=message_id, reason=form.value("reason"))
        return redirect(url_for("portal.parked_messages", tulos=done["status"]), 303)
    return _again(room, message_id, tried)


def _again(room: str, message_id: str, tried: Tried) -> Response | Redirect:
    """The page with the refusal; where somebody had dealt with the message meanwhile there is no page to show."""
    try:
        return make_response(_page(room, message_id, tried.form), tried.status)
    except NotFound:
        return redirect(url_for("portal.parked_messages", tulos=GONE), 303)


def _everything() -> tuple[list[Parked], list[str]]:
    found: list[Parked] = []
    silent = []
    for room in ROOMS:
        try:
            found += [_told(one) for one in ask(LIST[room], size=MOST)["items"]]
        except ServiceAway:
            silent.append(room)
    return found, silent


def _page(room: str, message_id: str, form: Form) -> str:
    message = ask(_of(room, SHOW), message_id=message_id)
    content = json.dumps(message["body"], ensure_ascii=False, indent=2)
    return render_template("oversight/parked_message.html", one=_told(message), content=content, form=form)


def _of(room: str, operations: dict[str, Any]) -> Any:
    if room not in operations:
        raise NotFound(what="room")
    return operations[room]


def _told(message: dict[str, Any]) -> Parked:
    return Parked(
        message=message,
        undone=undone(message["room"], message["type"]),
        stood=now() - message["parked_at"],
        number=message["subject"].partition("/")[2] or message["subject"],
    )
