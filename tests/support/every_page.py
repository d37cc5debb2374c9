"""Every page of the portal as every role sees it, found from the routes themselves: a new page cannot stay outside.

The rooms behind are the canned ones, in the three settings of the portal's own tests. A page is shown by the first of
the known numbers and ids with which it opens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from threading import Thread

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.serving import make_server

from services.gateway.policy import PEOPLE, Access
from shared.asker import Role
from tests.support.fake_companies import ANSWER_DIGEST, CODE
from tests.support.fake_forms import ARRIVAL
from tests.support.fake_rooms import FakeRooms
from tests.support.gateway import an_app, browser, token_for
from tests.support.oversight_pages import oversight_rooms
from tests.support.portal_pages import portal_rooms
from tests.support.staff_pages import staff_rooms


def paper_rooms() -> FakeRooms:
    """An official types in what came on paper."""
    rooms = FakeRooms()
    rooms.applications["A80700"] |= {
        "arrival": ARRIVAL
        | {"channel": "paper", "arrived_at": datetime(2026, 11, 20, 13, 45, tzinfo=UTC), "reason": "Sivu"}
    }
    return rooms


SETTINGS: tuple[Callable[[], FakeRooms], ...] = (staff_rooms, portal_rooms, oversight_rooms, paper_rooms)
ONE_OF_EACH_ROLE = {
    Role.VISITOR: None,
    Role.COMPANY: "p-aino",
    Role.HANDLER: "p-pekka",
    Role.DECISION_MAKER: "p-leena",
    Role.VERIFIER: "p-outi",
    Role.PAYER: "p-juha",
    Role.AUDITOR: "p-sari",
    Role.OPERATOR: "p-timo",
}
KNOWN: dict[str, tuple[object, ...]] = {
    "number": ("A80655", "A80412", "A80648", "A80641", "A80700", "A80701", "A80702"),
    "claim_id": ("M80412-2", "M80412-1", "M80412-3", "M80412-4"),
    "document_id": ("d-new", "d-invoice", "d-quote", "d-letter"),
    "call_id": ("energia-2026",),
    "batch_id": ("E-2026-0031",),
    "payment_id": ("T80412-1",),
    "business_id": ("9100001-3",),
    "disagreement_id": ("d-1",),
    "digest": (ANSWER_DIGEST,),
    "message_id": ("0f9f1c1e-9d0b-4d3e-9a53-1f4a4d2f0099", "0f9f"),
    "room": ("payments",),
    "letter_id": ("11111111-2222-4333-8444-555555555555",),
    "person_id": ("p-leena", "p-aino"),
    "person": ("p-outi",),
    "code": (CODE,),
    "path": ("perustiedot", "taydennys", "kuuleminen"),
    "place": (1, 2, 3),
    "amendment": (1, 2),
    "review": (1,),
    "act": (1, 2),
    "later": ("oikaise", "sulje"),
}
NO_PAGES = {
    "portal.static": "files of the look",
    "portal.document": "a file as it came",
    "portal.page_picture": "a picture on the invoice's page",
    "portal.payment_file_itself": "a file for the bank",
    "portal.calls_calendar": "a calendar",
    "portal.work": "leads to the queue",
    "portal.assign_again": "leads to the queue, unless a session ended while a reason was typed",
    "portal.payer_page": "leads to the first place of the bar",
    "portal.operator_page": "leads to the first place of the bar",
    "portal.envelopes_by_full_name": "an address of before",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page that opened. `address` is where its house listens, `token` what the reader is signed in by."""

    endpoint: str
    role: Role
    path: str
    address: str
    token: str | None


class House:
    """The portal on one setting of canned rooms, listening."""

    def __init__(self, rooms: FakeRooms, directory: Path) -> None:
        self.app = an_app(rooms, directory, trusted_hosts=("127.0.0.1", "localhost"))
        self.rooms = rooms
        self._server = make_server("127.0.0.1", 0, self.app, threaded=True)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def shown(self, rule: Rule, role: Role) -> Shown | None:
        """The page of this route to this role, when one of what is known opens it; a file or a door is no page."""
        person = ONE_OF_EACH_ROLE[role]
        client = browser(self.app, self.rooms, person) if person else self.app.test_client()
        for path in self._paths(rule):
            answer = client.get(path)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                token = token_for(self.app, self.rooms, person) if person else None
                return Shown(endpoint=rule.endpoint, role=role, path=path, address=self.address, token=token)
        return None

    def _paths(self, rule: Rule) -> Iterator[str]:
        names = sorted(rule.arguments)
        for values in product(*(KNOWN.get(name, ()) for name in names)):
            try:
                built = rule.build(dict(zip(names, values, strict=True)), append_unknown=False)
            except ValueError:  # a word that this route does not know
                continue
            if built:
                yield built[1]


@contextmanager
def houses(directory: Path) -> Iterator[list[House]]:
    running = [House(setting(), directory) for setting in SETTINGS]
    yield running
    for house in running:
        house.close()


def routes_of_pages(app: Flask) -> list[Rule]:
    """Every address of the portal that a browser may open, but for files and doors."""
    rules = app.url_map.iter_rules()
    portal = [one for one in rules if one.endpoint.startswith("portal.") and "GET" in (one.methods or ())]
    return [one for one in portal if one.endpoint not in NO_PAGES and ".back_" not in one.endpoint]


def roles_of(app: Flask, rule: Rule) -> list[Role]:
    """Whom to show it to: each role whose work it is, and of the pages for everybody a visitor."""
    table: dict[str, Access] = app.extensions["policy"]
    roles = table[rule.endpoint].roles
    if rule.endpoint == "portal.choose_capacity":
        return [Role.COMPANY]  # a visitor has nothing to choose from
    return [Role.VISITOR] if roles >= PEOPLE else sorted(roles)
