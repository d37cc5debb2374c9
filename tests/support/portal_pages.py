"""The portal for a test: fake rooms with a draft, a claim draft and an invoice, a browser, and pages taken apart."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shared.contracts import documents as d
from tests.support import fake_case as case
from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import browser

COMPANY, COLLEAGUE = "p-aino", "p-leena"
DRAFT, READY, SUBMITTED, GRANTED = "A80700", "A80701", "A80655", "A80412"
CLAIM_DRAFT, CLAIM_PAID, CLAIM_FAILED = "M80412-2", "M80412-1", "M80412-0"

LINE = {
    "category": "equipment",
    "description": "Lämmöntalteenottokone",
    "supplier": "Lämpötekniikka Savo Oy",
    "supplier_id": "9100004-8",
    "invoice_number": "2027-001",
    "incurred_on": "15.3.2027",
    "paid_on": "12.4.2027",
    "net": "31350,00",
    "vat": "7994,25",
    "gross": "39344,25",
    "claimed": "31 350,00",
    "document_id": "d-invoice",
}


def fault(path: str, rule: str, **facts: str) -> dict[str, Any]:
    return {"path": path, "rule": rule, "facts": facts}


def portal_rooms() -> FakeRooms:
    """The canned rooms, and what a company has in the middle of its work."""
    rooms = FakeRooms()
    rooms.applications[DRAFT].update(
        attachments=[],
        answers=deepcopy(case.ANSWERS),
        faults=[
            fault("contact_email", "not_an_email"),
            fault("costs.1.amount", "three_decimals"),
            fault("attachments", "attachment_missing", kind="quote"),
        ],
    )
    rooms.applications[READY] = case.application(READY, "draft")
    for number in (DRAFT, READY):  # their call is open on whatever day the tests are run
        rooms.applications[number]["closes_at"] = datetime.now(UTC) + timedelta(hours=1)
    rooms.claims[CLAIM_DRAFT] = claim_draft()
    failed = {"state": "payment_failed", "payments": [case.PAYMENT | {"state": "returned", "reason": "AC04"}]}
    rooms.claims[CLAIM_FAILED] = deepcopy(case.CLAIM) | {"claim_id": CLAIM_FAILED} | failed
    rooms.documents |= {
        "d-letter": _document("d-letter", "letter", f"application/{GRANTED}"),
        "d-invoice": _document("d-invoice", "invoice", f"claim/{CLAIM_DRAFT}"),
        "d-new": _document("d-new", "invoice", f"claim/{CLAIM_DRAFT}"),
    }
    rooms.answers(d.GET_READING, lambda asker, data: {**READING, "document_id": data["document_id"]})
    return rooms


def claim_draft() -> dict[str, Any]:
    empty = dict.fromkeys(
        ("submitted_at", "days_used", "accepted", "payable", "decision", "period_first", "period_last")
    )
    not_yet = dict.fromkeys(("submitted_by", "verified_by", "verified_at"))
    typed = {
        "period_first": "1.1.2027",
        "period_last": "30.4.2027",
        "account": "FI21 1234 5600 0007 85",
        "lines": [dict(LINE), {"category": "staff", "description": "Projektipäällikkö", "claimed": "n. 4000"}],
    }
    faults = [fault("lines.1.claimed", "not_a_number"), fault("lines.1.paid_on", "required")]
    draft = {"claim_id": CLAIM_DRAFT, "state": "draft", "lines": [], "payments": [], "typed": typed, "faults": faults}
    return deepcopy(case.CLAIM) | empty | not_yet | draft


def _document(document_id: str, kind: str, subject: str) -> dict[str, Any]:
    own = {"document_id": document_id, "kind": kind, "subject": subject, "file_name": f"{document_id}.pdf"}
    return case.DOCUMENT | own | {"blob": "0" * 32}


def _figure(value: str, confidence: int, box: list[float]) -> dict[str, Any]:
    return {"value": value, "confidence": confidence, "page": 1, "box": box, "why": "label"}


READING = {
    "state": "read",
    "reason": None,
    "pages": 1,
    "figures": {
        "seller_name": _figure("Savon Automaatio Hartikainen & Pojat Ky", 99, [50, 60, 300, 76]),
        "invoice_number": _figure("20264471", 97, [460, 180, 520, 192]),
        "invoice_date": _figure("2027-03-14", 98, [460, 200, 530, 212]),
        "net": _figure("6465.67", 99, [480, 480, 545, 492]),
        "vat": _figure("1648.75", 85, [480, 500, 545, 512]),
        "gross": _figure("8114.42", 62, [480, 530, 545, 542]),
    },
}


class Portal:
    """A signed-in browser, or a visitor's. `post` sends the form as the page has it, with some fields changed."""

    def __init__(self, app: Flask, rooms: FakeRooms, person: str | None = COMPANY) -> None:
        self.app = app
        self.rooms = rooms
        self.client: FlaskClient = browser(app, rooms, person) if person else app.test_client()

    def get(self, path: str, language: str = "fi") -> TestResponse:
        self.client.set_cookie("kieli", language)
        return self.client.get(path)

    def post(self, page: str, action: str | None = None, accept: str = "text/html", **fields: Any) -> TestResponse:
        """Open `page`, take the form that posts to `action` (or the page itself), change `fields`, send."""
        form = form_in(self.get(page).text, action or page.split("?")[0])
        changed = form.fields | {name.replace("__", "."): value for name, value in fields.items()}
        sent = {name: value for name, value in changed.items() if value is not None}
        return self.client.post(action or page.split("?")[0], data=sent, headers={"Accept": accept})


class _Form:
    def __init__(self, action: str) -> None:
        self.action = action
        self.fields: dict[str, str] = {}


class Taken(HTMLParser):
    """A page taken apart: forms with their fields, ids, links, headings, attributes that must not be there."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[_Form] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.h1 = 0
        self.inline: list[str] = []
        self.language = ""
        self._area: str | None = None
        self._select: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        self.inline += [tag for name in given if name == "style" or name.startswith("on")]
        if tag == "html":
            self.language = given.get("lang", "")
        elif tag == "h1":
            self.h1 += 1
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            self.forms.append(_Form(given.get("action", "")))
        elif self.forms:
            self._field(tag, given)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        fields = self.forms[-1].fields
        if tag == "input" and "name" in given and given.get("type") != "file":
            ticked = given.get("type") not in ("radio", "checkbox") or "checked" in given
            fields.update({given["name"]: given.get("value", "")} if ticked else {})
        elif tag == "textarea":
            self._area = given["name"]
            fields[self._area] = ""
        elif tag == "select":
            self._select = given["name"]
            fields[self._select] = ""
        elif tag == "option" and self._select and "selected" in given:
            fields[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.forms[-1].fields[self._area] = self.forms[-1].fields[self._area].removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].fields[self._area] += data


def form_in(html: str, action: str) -> _Form:
    """The form that posts to `action`; one without an action posts to its own page."""
    forms = [form for form in Taken(html).forms if form.action in ("", action)]
    own = [form for form in forms if form.action == action]
    return (own or [form for form in forms if "csrf_token" in form.fields])[0]


def text_of(html: str) -> str:
    """What a person reads on the page, spaces made plain."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))
