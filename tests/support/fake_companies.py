"""Companies as the fake rooms know them: one register answer, one person, one of each list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from shared.asker import Asker, Role
from shared.contracts import customers as c
from shared.errors import Forbidden, NotFound
from shared.money import Rate
from tests.support import fake_case as case

Data = dict[str, Any]
TOKEN = "tkv_0123456789abcdef_" + "k" * 43
CODE = "kutsukoodi"
ANSWER = '{"companies": [{"names": [{"name": "Esimerkki Oy"}], "companySituations": []}]}'
ANSWER_DIGEST = sha256(ANSWER.encode()).hexdigest()


class KeyNotValid(Forbidden):
    code = "api_key_not_valid"


def register_data(business_id: str) -> Data:
    return {
        "business_id": business_id,
        "name": case.UNDERTAKINGS[business_id]["name"],
        "form": {"fi": "Osakeyhtiö", "sv": "Aktiebolag", "en": "Limited company"},
        "form_code": "16",
        "business_line": {"code": "25530", "code_set": "TOIMI4", "names": {"fi": "Metallin työstö"}},
        "addresses": [
            {
                "kind": "visiting",
                "line": "Keksitynkatu 5",
                "post_code": "70100",
                "city": "KUOPIO",
                "municipality_code": "297",
                "country": "",
            }
        ],
        "municipality_code": "297",
        "vat_liable": True,
        "vat_id": "FI" + business_id.replace("-", ""),
        "situations": [],
        "registered_on": date(2001, 5, 2),
        "ended_on": None,
        "website": "",
        "source": "ytj",
        "digest": case.DIGEST,
        "fetched_at": case.days_ago(0),
        "stale": False,
    }


class FakeCompanies:
    """`undertaking` is the rooms' own: a foreign company's is not there."""

    def __init__(self, undertaking: Callable[[Asker, str], Data], person: Callable[[str], Data]) -> None:
        self.undertaking, self.person = undertaking, person
        self.disagreement: Data = {
            "disagreement_id": "d-1",
            "business_id": case.VERSTAS,
            "about": "address",
            "registered": "Keksitynkatu 5, 70100 KUOPIO",
            "should_be": "Keksitynkatu 7, 70100 KUOPIO",
            "note": "",
            "state": "open",
            "reported_by": "p-aino",
            "reported_at": case.days_ago(2),
            "outcome": None,
            "reason": None,
            "settled_by": None,
            "settled_at": None,
            "version": 1,
        }
        self.key: Data = {
            "key_id": "0123456789abcdef",
            "name": "Tilitoimisto",
            "business_id": case.VERSTAS,
            "person_id": "p-aino",
            "rights": ["prepare"],
            "created_by": "p-aino",
            "created_at": case.days_ago(3),
            "expires_on": (case.NOW + timedelta(days=100)).date(),
            "revoked_at": None,
            "revoked_by": None,
            "last_used_at": None,
            "usable": True,
        }
        self.link: Data = {
            "link_id": "l-1",
            "owner": case.BAATAR,
            "owned": case.VERSTAS,
            "owner_name": "Kustens Båtbyggeri Ab",
            "owned_name": "Saimaan Verstas Oy",
            "kind": "partner",
            "share": Rate.of("30"),
            "since": date(2024, 1, 1),
            "until": None,
            "source": "register",
            "recorded_by": "p-pekka",
            "recorded_at": case.days_ago(40),
        }
        self.invitation: Data = {
            "invitation_id": "i-1",
            "name": "Anna Mallikas",
            "role": "editor",
            "invited_by": "p-aino",
            "invited_at": case.days_ago(1),
            "expires_at": case.NOW + timedelta(days=13),
        }
        self.release: Data | None = None
        self.preferences: Data = {
            "business_id": case.VERSTAS,
            "second_signature": False,
            "responsible": None,
            "version": 0,
        }

    def answers(self) -> dict[Any, Callable[[Asker, Data], Any]]:
        return {
            c.GET_REGISTER_DATA: self.register,
            c.GET_REGISTER_ANSWER: self.register_answer,
            c.FETCH_REGISTER_DATA: self.register,
            c.SEARCH_BUSINESS_REGISTER: lambda asker, data: {
                "items": [
                    {
                        "business_id": case.BAATAR,
                        "name": "Kustens Båtbyggeri Ab",
                        "form": {"fi": "Osakeyhtiö"},
                        "city": "JAKOBSTAD",
                        "ended_on": None,
                    }
                ],
                "total": 1,
            },
            c.REPORT_DISAGREEMENT: lambda asker, data: self.disagreement | data,
            c.SETTLE_DISAGREEMENT: lambda asker, data: self.disagreement | {"state": "settled", "version": 2},
            c.LIST_DISAGREEMENTS: lambda asker, data: self.of_own(asker, self.disagreement),
            c.LIST_MANDATE_CHECKS: lambda asker, data: self.shown(asker, data, self.check()),
            c.BEGIN_MANDATE_CHECK: lambda asker, data: {
                "check_id": "mc-1",
                "address": "https://valtuudet.example.fi/oauth/authorize?user=1",
            },
            c.FINISH_MANDATE_CHECK: lambda asker, data: self.check() | {"person_id": data["person_id"]},
            c.LIST_COMPANY_PEOPLE: self.people,
            c.CHANGE_PERSONS_ROLE: lambda asker, data: self.people(asker, {"business_id": asker.business_id}),
            c.END_PERSON: lambda asker, data: self.people(asker, {"business_id": asker.business_id}),
            c.LIST_COMPANY_ACTS: lambda asker, data: self.shown(asker, data, ACT),
            c.INVITE_PERSON: lambda asker, data: self.invitation | data | {"code": CODE},
            c.WITHDRAW_INVITATION: self.withdraw,
            c.SEE_INVITATION: self.see,
            c.ACCEPT_INVITATION: lambda asker, data: self.person(data["person_id"]),
            c.GET_COMPANY_PREFERENCES: lambda asker, data: self.chosen(asker, data["business_id"]),
            c.SET_COMPANY_PREFERENCES: lambda asker, data: self.chosen(asker, asker.business_id or "") | {"version": 1},
            c.ASK_RELEASE: lambda asker, data: self.ask_release(asker),
            c.SETTLE_RELEASE: self.settle_release,
            c.CREATE_API_KEY: lambda asker, data: self.key | {"name": data["name"], "token": TOKEN},
            c.REVOKE_API_KEY: self.revoke,
            c.LIST_API_KEYS: lambda asker, data: self.shown(asker, data, self.key),
            c.OPEN_API_KEY: self.open_key,
            c.RECORD_OWNERSHIP: lambda asker, data: self.link | data,
            c.LIST_OWNERSHIP: lambda asker, data: self.shown(asker, data, self.link),
        }

    def register(self, asker: Asker, data: Data) -> Data:
        return register_data(self.undertaking(asker, data["business_id"])["business_id"])

    def register_answer(self, asker: Asker, data: Data) -> Data:
        self.undertaking(asker, data["business_id"])
        if data["digest"] != ANSWER_DIGEST:
            raise NotFound(what="register_answer")
        return {
            "business_id": data["business_id"],
            "source": "ytj",
            "fetched_at": case.days_ago(0),
            "digest": ANSWER_DIGEST,
            "raw": ANSWER,
            "unchanged": True,
        }

    def people(self, asker: Asker, data: Data) -> Data:
        return {
            "items": [member("p-aino", "Aino Lehtonen", "signatory"), member("p-anna", "Anna Apulainen", "editor")],
            "invitations": [self.invitation],
            "preferences": self.chosen(asker, data["business_id"]),
            "release": self.release,
        }

    def ask_release(self, asker: Asker) -> Data:
        self.release = {
            "release_id": "re-1",
            "business_id": asker.business_id,
            "asked_by": asker.person,
            "asked_at": case.NOW,
            "expires_at": case.NOW + timedelta(days=7),
            "outcome": None,
            "settled_by": None,
            "settled_at": None,
        }
        return self.release

    def settle_release(self, asker: Asker, data: Data) -> Data:
        if self.release is None or self.release["release_id"] != data["release_id"]:
            raise NotFound(what="release")
        outcome = "confirmed" if data["confirmed"] else "declined"
        settled = self.release | {"outcome": outcome, "settled_by": asker.person, "settled_at": case.NOW}
        self.release = None
        return settled

    def chosen(self, asker: Asker, business_id: str) -> Data:
        return self.preferences | {"business_id": self.undertaking(asker, business_id)["business_id"]}

    def see(self, asker: Asker, data: Data) -> Data:
        if data["code"] != CODE:
            raise NotFound(what="invitation")
        return self.invitation | {"business_id": case.VERSTAS, "undertaking_name": "Saimaan Verstas Oy"}

    def withdraw(self, asker: Asker, data: Data) -> Data:
        if data["invitation_id"] != "i-1" or asker.business_id != case.VERSTAS:
            raise NotFound(what="invitation")
        return self.invitation

    def revoke(self, asker: Asker, data: Data) -> Data:
        if asker.role is Role.COMPANY and asker.business_id != case.VERSTAS:
            raise NotFound(what="api_key")
        return self.key | {"usable": False, "revoked_at": case.NOW, "revoked_by": asker.person}

    def open_key(self, asker: Asker, data: Data) -> Data:
        if data["token"] != TOKEN:
            raise KeyNotValid
        owner = self.person("p-aino")
        capacity = owner["capacities"][0] | {"rights": self.key["rights"]}
        return owner | {
            "session_id": "key:0123456789abcdef",
            "capacity": capacity,
            "capacities": [capacity],
            "began_at": case.days_ago(3),
            "expires_at": case.NOW + timedelta(days=100),
            "via": "0123456789abcdef",
        }

    def check(self) -> Data:
        return {
            "check_id": "mc-1",
            "person_id": "p-aino",
            "state": "granted",
            "why": "",
            "request_id": "r-1",
            "begun_at": case.days_ago(0),
            "finished_at": case.days_ago(0),
            "valid_until": case.NOW + timedelta(hours=12),
            "organisations": [
                {
                    "business_id": case.VERSTAS,
                    "name": "Saimaan Verstas Oy",
                    "complete": True,
                    "roles": ["TJ"],
                    "rights": ["prepare", "sign"],
                }
            ],
        }

    def shown(self, asker: Asker, data: Data, one: Data) -> Data:
        self.undertaking(asker, data["business_id"])
        return {"items": [one], "total": 1}

    def of_own(self, asker: Asker, one: Data) -> Data:
        items = [one] if asker.business_id in (None, one["business_id"]) else []
        return {"items": items, "total": len(items)}


def member(person_id: str, name: str, role: str) -> Data:
    return {
        "person_id": person_id,
        "name": name,
        "role": role,
        "rights": ["prepare", "sign"] if role == "signatory" else ["prepare"],
        "sources": ["company"],
        "given_by": "p-aino",
        "given_at": case.days_ago(300),
        "until": None,
        "acted_at": case.days_ago(1),
        "responsible": False,
    }


ACT: Data = {
    "at": case.days_ago(1),
    "person_id": "p-aino",
    "what": "application_submitted",
    "subject": "application/A80655",
    "via": "",
}
