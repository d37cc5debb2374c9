"""What is done to several cases of the queue at once, and the list as a file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as Redirect

from services.gateway import list_files, policy, texts, uploads
from services.gateway.errors import ListTooLong, NothingChosen
from services.gateway.language import language_now
from services.gateway.portal import frame, kept
from services.gateway.portal.forms import Form, as_typed, refusing, take_key
from services.gateway.portal.pages import portal
from services.gateway.portal.people import names, with_names
from services.gateway.portal.staff.desk import OFFICIALS
from services.gateway.portal.staff.handling import HAND_ON, choices_of_officials
from services.gateway.portal.staff.listings import Row, every_row
from services.gateway.portal.staff.narrowed import narrowed
from services.gateway.portal.staff.queue import Wanted, asked_for, next_step
from services.gateway.portal.staff.views import APPLICATION, KINDS
from services.gateway.rooms import ask
from shared.asker import Role
from shared.contracts.applications import (
    ASSIGN_CASES,
    LIST_OFFICIALS,
    LIST_VIEWS,
    NOTE_EXPORT,
    REMIND_PARTIES,
    WORK_QUEUE,
    CaseFilters,
)
from shared.contracts.customers import TAKE_KEPT
from shared.contracts.payments import LIST_CLAIMS
from shared.dates import helsinki_day
from shared.errors import Fault

REMINDERS = frozenset({Role.HANDLER})
LABELS: Mapping[str, LazyString] = {"to": _l("To whom"), "reason": _l("Reasons")}
FILE_NAMES = {"fi": "jono", "sv": "arbetsko", "en": "queue"}

TICKS = "valittu"
_CHOSEN = re.compile(r"(hakemus|maksatus)\.([\w-]{1,40})\.([1-9][0-9]{0,8})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A row with its tick; the version is the one that the reader saw."""

    kind: str
    number: str
    version: int


@portal.post("/tyo/jono/muistutus")
@policy.asks(REMIND_PARTIES, only=REMINDERS)
def remind_chosen() -> str:
    """Not redirected from: sent again with its key, the deed is the same and tells the same."""
    cases, claims = _split(chosen())
    take_key(_digest_of(cases))
    done = ask(REMIND_PARTIES, numbers=[one.number for one in cases]) if cases else _NOTHING_DONE
    return _told(
        _("Reminding applicants"), _("Reminded"), done, claims, _("A payment claim waits for nobody's answer.")
    )


@portal.post("/tyo/jono/siirto")
@policy.asks(LIST_OFFICIALS, only=HAND_ON)
def choose_who_gets() -> str:
    """Which cases are given on, to whom and why."""
    return _assign_page(Form(labels=LABELS), _split(chosen())[0])


@portal.get("/tyo/jono/siirra")
@policy.asks(LIST_OFFICIALS, also=(TAKE_KEPT,), only=HAND_ON)
def assign_again() -> str | Redirect:
    """What was typed when the session had ended, with its cases; otherwise back to the queue."""
    form = kept.restored(Form(labels=LABELS))
    cases = _split(_read(form.value(TICKS)))[0]
    return _assign_page(form, cases) if cases else back_from_chosen()


@portal.post("/tyo/jono/siirra")
@policy.asks(LIST_OFFICIALS, ASSIGN_CASES, only=HAND_ON)
def assign_chosen() -> Response:
    form, (cases, claims) = Form(labels=LABELS, typed=as_typed()), _split(chosen())
    faults = [Fault(name, "required") for name in ("to", "reason") if not form.value(name).strip()]
    if faults:
        return make_response(_assign_page(form.with_faults(faults), cases), 422)
    with refusing(form) as tried:
        take_key(_digest_of(cases))
        told = [{"number": one.number, "version": one.version} for one in cases]
        done = ask(ASSIGN_CASES, cases=told, to=form.value("to"), reason=form.value("reason"))
        return make_response(_told(_("Giving cases on"), _("Given on"), done, claims, ""))
    return make_response(_assign_page(tried.form, cases), tried.status)


@portal.post("/tyo/jono/tiedosto")
@policy.asks(WORK_QUEUE, LIST_VIEWS, LIST_CLAIMS, NOTE_EXPORT, only=OFFICIALS)
def queue_as_file() -> Response:
    """The list as narrowed, or its chosen rows, with the columns that the page has. The trail keeps its digest."""
    wanted = asked_for()
    rows = list(_rows(wanted, {(one.kind, one.number) for one in _ticked()}))
    names(row.handler for row in rows)
    content = list_files.as_csv(_heading(), (_cells(row) for row in rows))
    digest, cases = sha256(content).hexdigest(), sum(row.kind == APPLICATION for row in rows)
    take_key(digest)
    ask(
        NOTE_EXPORT,
        narrowing=_narrowing(wanted),
        applications=cases,
        claims=len(rows) - cases,
        file_format="csv",
        sha256=digest,
    )
    response = Response(content, content_type=f"{list_files.MEDIA_TYPE}; charset=utf-8")
    name = f"{FILE_NAMES[language_now()]}-{helsinki_day(frame.now())}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Repr-Digest"] = uploads.digest_header(digest)
    return response


@portal.get("/tyo/jono/muistutus")
@portal.get("/tyo/jono/siirto")
@portal.get("/tyo/jono/tiedosto")
@policy.asks(only=OFFICIALS)
def back_from_chosen() -> Redirect:
    """An address of bulk work opened as a page (after sign-in, or from history)."""
    return redirect(url_for("portal.queue", **frame.query_here()), 303)


def chosen() -> list[Chosen]:
    """The ticked rows. Raises NothingChosen."""
    if found := _ticked():
        return found
    raise NothingChosen


def _ticked() -> list[Chosen]:
    """What is no row's tick is passed over."""
    return _read(" ".join(request.form.getlist(TICKS)))


def _read(ticks: str) -> list[Chosen]:
    """One field may hold several: of a form that is kept over the end of a session each field is kept once."""
    read = (_CHOSEN.fullmatch(tick) for tick in ticks.split())
    return [Chosen(one[1], one[2], int(one[3])) for one in read if one]


def _split(rows: Sequence[Chosen]) -> tuple[list[Chosen], list[Chosen]]:
    """Applications, and claims: those have no handler and wait for no answer."""
    return [one for one in rows if one.kind == APPLICATION], [one for one in rows if one.kind != APPLICATION]


_NOTHING_DONE: dict[str, Any] = {"done": [], "left": []}


def _told(title: str, deed: str, done: Mapping[str, Any], claims: Sequence[Chosen], of_claims: str) -> str:
    left = [(one["number"], "portal.staff_case", _why(one)) for one in done["left"]]
    left += [
        (one.number, "portal.staff_claim", of_claims or _("A payment claim is in nobody's hand.")) for one in claims
    ]
    return render_template("staff/done_to_chosen.html", title=title, deed=deed, done=done["done"], left=left)


def _why(one: Mapping[str, Any]) -> str:
    return texts.sentence(one["why"], with_names(one["facts"]), language_now())


def _assign_page(form: Form, cases: Sequence[Chosen]) -> str:
    if not cases:
        raise NothingChosen
    return render_template("staff/assign_chosen.html", form=form, cases=cases, choices=choices_of_officials())


def _rows(wanted: Wanted, only: Collection[tuple[str, str]]) -> Iterator[Row]:
    """The chosen ones, or all when none is. Raises ListTooLong."""
    found = every_row(wanted.sources, wanted.sort, helsinki_day(frame.now()))
    if only:
        yield from islice((row for row in found if (row.kind, row.number) in only), len(only))
        return
    yield from islice(found, list_files.MOST_ROWS)
    if next(found, None) is not None:
        raise ListTooLong(most=str(list_files.MOST_ROWS))


def _digest_of(rows: Sequence[Chosen]) -> str:
    """One page may send its form again with other ticks: that is another deed."""
    return sha256(" ".join(sorted(f"{one.number}.{one.version}" for one in rows)).encode()).hexdigest()[:16]


def _heading() -> list[str]:
    return [
        _("Case"),
        _("Kind of case"),
        _("Applicant"),
        _("Project"),
        _("State"),
        _("Sum, €"),
        _("Time limit"),
        _("Next"),
    ]


def _cells(row: Row) -> list[str]:
    return [
        row.number,
        frame.words("claim_kind", row.what) if row.what else str(KINDS[row.kind]),
        row.applicant,
        row.title,
        frame.words("state", row.state),
        list_files.sum_cell(row.amount),
        list_files.day_cell(row.due_on),
        next_step(row),
    ]


def _narrowing(wanted: Wanted) -> dict[str, Any]:
    """The view's own narrowing and the reader's, as one: of a view of two lists the reader's alone."""
    cases = [one.asked for one in wanted.sources if one.kind == APPLICATION]
    told = dict(cases[0]) if len(cases) == 1 else narrowed().of_cases()
    known = CaseFilters().load({})
    return known | {name: value for name, value in told.items() if name in known}
