"""Correspondence as the fake rooms tell it: an open completion, a hearing, a thread of two messages, mail settings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from services.customers.domain.errors import AddressCodeOver
from shared.asker import Asker, Role
from shared.contracts import Operation
from shared.contracts import applications as a
from shared.contracts import customers as c
from shared.errors import NotFound
from tests.support import fake_case as case

Data = dict[str, Any]

STATUS: Data = {
    "number": "A80655",
    "what": "handler",
    "whom": "authority",
    "until": date(2027, 2, 20),
    "todo": "",
    "place": None,
    "since": case.days_ago(2),
    "promised_first": date(2027, 2, 20),
    "promised_on": date(2027, 2, 20),
    "waited_days": 0,
}

REQUEST: Data = {
    "number": "A80648",
    "place": 1,
    "version": 1,
    "kind": "completion",
    "state": "open",
    "asked": "Tarkenna yhteenvetoa.",
    "asked_by": "p-pekka",
    "asked_at": case.days_ago(3),
    "language": "fi",
    "due_on": date(2026, 12, 10),
    "due_first": date(2026, 12, 10),
    "late": False,
    "keys": ["summary"],
    "attachment_kinds": ["other"],
    "facts": [],
    "document_ids": [],
    "giver": "",
    "giver_name": "",
    "reply": "",
    "answers": {"summary": "Uusi solu."},
    "attachments": [],
    "saved_by": None,
    "saved_at": None,
    "faults": [],
    "answered_by": None,
    "answered_at": None,
    "took_effect": False,
    "more_time": None,
    "before": None,
    "after": None,
    "opinion": None,
}
HEARING: Data = REQUEST | {
    "place": 2,
    "kind": "hearing",
    "facts": ["Laite on tilattu ennen hakemusta."],
    "keys": [],
    "attachment_kinds": [],
    "answers": {},
}
OPINION: Data = REQUEST | {
    "place": 3,
    "kind": "opinion",
    "giver": "myr",
    "giver_name": "Etelä-Savon MYR",
    "keys": [],
    "attachment_kinds": [],
    "answers": {},
}
REQUESTS = {1: REQUEST, 2: HEARING, 3: OPINION}

MESSAGES: list[Data] = [
    {
        "number": "A80655",
        "message_no": 1,
        "side": "company",
        "sent_by": "p-aino",
        "sent_at": case.days_ago(2),
        "text": "Milloin päätös tulee?",
        "attachments": [],
        "internal": False,
        "public": False,
        "read_at": case.days_ago(1),
    },
    {
        "number": "A80655",
        "message_no": 2,
        "side": "authority",
        "sent_by": "p-pekka",
        "sent_at": case.days_ago(1),
        "text": "Ennen joulua.",
        "attachments": [],
        "internal": False,
        "public": False,
        "read_at": None,
    },
]

OPEN: Data = {
    "number": "A80648",
    "place": 1,
    "kind": "completion",
    "title": "Robottihitsaussolu",
    "undertaking_name": "Saimaan Verstas Oy",
    "handler": "p-pekka",
    "asked_at": case.days_ago(3),
    "due_on": date(2026, 12, 10),
    "more_time_asked": False,
    "begun": False,
}
THREAD: Data = {
    "number": "A80655",
    "title": "Robottihitsaussolu",
    "undertaking_name": "Saimaan Verstas Oy",
    "messages": 2,
    "unread": 1,
    "last_at": case.days_ago(1),
    "last_by": "p-pekka",
    "last_side": "authority",
}
MAIL: Data = {
    "mail_id": "mail-1",
    "person_id": "p-aino",
    "to": "a…@example.fi",
    "kind": "completion",
    "number": "A80655",
    "state": "failed",
    "made_at": case.days_ago(2),
    "sent_at": None,
    "next_try_at": None,
    "tries": 1,
    "why": "smtp 550",
}


class FakeCorrespondence:
    """`own(asker, number)` is the room's own promise of whose case it is."""

    def __init__(self, own: Any) -> None:
        self.own = own
        self.settings: Data = {"email": "", "pending": None, "when": {}}

    def answers(self) -> dict[Operation, Any]:
        one = self._request
        return {
            a.ASK_COMPLETION: self._asked(REQUEST),
            a.ASK_HEARING: self._asked(HEARING),
            a.ASK_OPINION: self._asked(OPINION),
            a.RECORD_OPINION: one,
            a.GET_REQUEST: one,
            a.SAVE_REPLY: self._saved,
            a.ATTACH_TO_REPLY: self._saved,
            a.DETACH_FROM_REPLY: self._saved,
            a.ANSWER_COMPLETION: self._receipt,
            a.ANSWER_HEARING: self._receipt,
            a.ASK_MORE_TIME: one,
            a.MOVE_DUE_DAY: one,
            a.REFUSE_MORE_TIME: one,
            a.SEND_MESSAGE: self._sent,
            a.SAVE_MESSAGE_DRAFT: self._drafted,
            a.MARK_READ: lambda asker, data: {"number": self._number(asker, data), "unread": 0},
            a.GET_CORRESPONDENCE: self._correspondence,
            a.GET_STATUS: lambda asker, data: STATUS | {"number": self._number(asker, data)},
            a.LIST_OPEN_REQUESTS: lambda asker, data: self._list(asker, OPEN, {}),
            a.LIST_THREADS: lambda asker, data: self._list(asker, THREAD, {"unread": 1}),
            c.GET_PREFERENCES: self._settings,
            c.SET_CONTACT: self._address,
            c.CONFIRM_CONTACT: self._confirmed,
            c.SET_PREFERENCES: self._wishes,
            c.LIST_MAIL: lambda asker, data: {"items": [MAIL], "total": 1},
            c.SEND_AGAIN: self._again,
        }

    def _number(self, asker: Asker, data: Data) -> str:
        number: str = self.own(asker, data["number"])["number"]
        return number

    def _asked(self, request: Data) -> Any:
        return lambda asker, data: request | {"number": self._number(asker, data), "asked": data["asked"]}

    def _request(self, asker: Asker, data: Data) -> Data:
        number = self._number(asker, data)
        if data["place"] not in REQUESTS:
            raise NotFound(what="request")
        return REQUESTS[data["place"]] | {"number": number}

    def _saved(self, asker: Asker, data: Data) -> Data:
        self._request(asker, data)
        return {"number": data["number"], "place": data["place"], "version": data["version"] + 1, "saved_at": case.NOW}

    def _receipt(self, asker: Asker, data: Data) -> Data:
        request = self._request(asker, data)
        return {
            "number": data["number"],
            "place": data["place"],
            "version": data["version"] + 1,
            "kind": request["kind"],
            "answered_by": asker.person,
            "answered_at": case.NOW,
            "late": False,
            "took_effect": True,
            "digest": case.DIGEST,
            "promised_on": None,
        }

    def _sent(self, asker: Asker, data: Data) -> Data:
        side = "company" if asker.role is Role.COMPANY else "authority"
        written = {"message_no": 3, "side": side, "sent_by": asker.person, "sent_at": case.NOW, "read_at": None}
        return data | written | {"number": self._number(asker, data)}

    def _drafted(self, asker: Asker, data: Data) -> Data:
        return {"number": self._number(asker, data), "saved_at": case.NOW}

    def _correspondence(self, asker: Asker, data: Data) -> Data:
        number = self._number(asker, data)
        return {
            "number": number,
            "status": STATUS | {"number": number},
            "requests": [],
            "messages": [message | {"number": number} for message in MESSAGES],
            "draft": "",
            "draft_attachments": [],
            "unread": 1 if asker.role is Role.COMPANY else 0,
        }

    def _list(self, asker: Asker, row: Data, more: Data) -> Data:
        try:
            self.own(asker, row["number"])
        except Exception:  # noqa: BLE001  a stranger's list is empty, whatever the room says to its asker
            return {"items": [], "total": 0} | dict.fromkeys(more, 0)
        return {"items": [row], "total": 1} | more

    def _settings(self, asker: Asker, data: Data) -> Data:
        kinds = ("completion", "message") if asker.role is Role.COMPANY else ("task", "agenda")
        choices = [
            {"kind": kind, "when": self.settings["when"].get(kind, "at_once"), "fixed": kind == "completion"}
            for kind in kinds
        ]
        pending = self.settings["pending"]
        until = case.NOW + timedelta(hours=24) if pending else None
        told = {"email": self.settings["email"], "pending": pending, "pending_until": until}
        return {"person_id": asker.person, **told, "choices": choices}

    def _address(self, asker: Asker, data: Data) -> Data:
        self.settings["pending"] = data["email"] if data["email"] != self.settings["email"] else None
        return self._settings(asker, data)

    def _confirmed(self, asker: Asker, data: Data) -> Data:
        if data["code"] != "koodi" or not self.settings["pending"]:
            raise AddressCodeOver
        self.settings |= {"email": self.settings["pending"], "pending": None}
        return self._settings(asker, data)

    def _wishes(self, asker: Asker, data: Data) -> Data:
        self.settings["when"] |= data["choices"]
        return self._settings(asker, data)

    def _again(self, asker: Asker, data: Data) -> Data:
        if data["mail_id"] != MAIL["mail_id"]:
            raise NotFound(what="mail")
        return MAIL | {"state": "waiting"}
