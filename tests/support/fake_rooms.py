"""The rooms as the gateway meets them, without rooms: contracts checked both ways, answers from `fake_case`.

    rooms = FakeRooms()
    rooms.refuses(SUBMIT, CallHasClosed(closed_at="…"))      # or any exception
    rooms.answers(GET_CALL, CALL | {"stage": "closed"})       # or a function of (asker, data)
    rooms.asked_for(SUBMIT)                                   # what was asked, loaded by the contract

A company sees its own, staff their authority's, auditors and operators all, as the real rooms promise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from marshmallow import ValidationError

from services.applications.calculations import CALCULATIONS as OF_APPLICATIONS
from services.monitoring.calculations import CALCULATIONS as OF_MONITORING
from services.payments.calculations import CALCULATIONS as OF_PAYMENTS
from shared.asker import Asker, Role
from shared.calculations import ask as ask_rule
from shared.calculations import calculation_named, card, newest
from shared.contracts import OPERATIONS, ROOMS, Kind, Operation, health
from shared.contracts import applications as a
from shared.contracts import customers as c
from shared.contracts import documents as d
from shared.contracts import monitoring as m
from shared.contracts import payments as p
from shared.errors import ChangedMeanwhile, Gone, KeyUsedForAnother, NotForYou, NotFound
from shared.messaging.faults import invalid_fields
from shared.messaging.schemas import schema_of
from tests.support import fake_case as case
from tests.support.fake_afterwards import FakeAfterwards
from tests.support.fake_casework import FakeCasework
from tests.support.fake_companies import FakeCompanies
from tests.support.fake_correspondence import FakeCorrespondence
from tests.support.fake_deciding import FakeDeciding
from tests.support.fake_forms import FakeForms
from tests.support.fake_letters import answers_of_letters

Data = dict[str, Any]
Answer = Callable[[Asker, Data], Mapping[str, Any]]

CALCULATIONS = {"applications": OF_APPLICATIONS, "payments": OF_PAYMENTS, "monitoring": OF_MONITORING}
ALL_OPERATIONS = OPERATIONS | {operation.address: operation for operation in map(health.operation, ROOMS)}


class SessionOver(Gone):
    code = "session_over"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as a room would have got it."""

    operation: Operation
    asker: Asker
    data: Data


class FakeRooms:
    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.sessions: dict[str, Data] = {}
        self.kept: dict[str, Data] = {}
        self.companies = FakeCompanies(self._undertaking, self._person)
        self.applications = {
            "A80700": case.application("A80700", "draft"),
            "A80655": case.application("A80655", "submitted"),
            "A80648": case.application("A80648", "in_assessment"),
            "A80641": case.application("A80641", "proposed"),
            "A80412": case.application("A80412", "approved_in_part"),
            "A80777": case.application("A80777", "submitted", business_id=case.BAATAR, authority="KES"),
        }
        self.casework = FakeCasework(self._own_application, self._visible, self.applications)
        self.claims = {"M80412-1": deepcopy(case.CLAIM)}
        self.documents = {"d-quote": case.DOCUMENT | {"blob": "0" * 32}}
        self.blob_of_picture = "0" * 32
        self.unjudged: Data = {"unscanned": 3, "failed": 1, "scanner": True}
        self._answers: dict[str, Answer] = self._canned()
        self._refusals: dict[str, Exception] = {}
        self._first: dict[tuple[str, str], tuple[str, Data, Data]] = {}

    # ---- what a test says ----

    def answers(self, operation: Operation, answer: Mapping[str, Any] | Answer) -> None:
        self._answers[operation.address] = answer if callable(answer) else lambda asker, data: answer

    def refuses(self, operation: Operation, error: Exception) -> None:
        self._refusals[operation.address] = error

    def asked_for(self, operation: Operation) -> list[Asked]:
        return [asked for asked in self.asked if asked.operation.address == operation.address]

    def session_of(self, person_id: str, capacity_id: str | None = None) -> Data:
        """Sign somebody in without any page."""
        person = self._person(person_id)
        capacity = next(own for own in person["capacities"] if capacity_id is None or own["capacity_id"] == capacity_id)
        return self._begin(Asker(person="visitor", role=Role.VISITOR), {**person, **capacity})

    # ---- what the gateway says ----

    def ask(self, operation: Operation, asker: Asker, **data: Any) -> Data:
        loaded = self._loaded(operation, data)
        if asker.role not in operation.roles:
            raise NotForYou
        self.asked.append(Asked(operation, asker, loaded))
        if refusal := self._refusals.get(operation.address):
            raise refusal
        return self._once(operation, asker, loaded)

    def _once(self, operation: Operation, asker: Asker, loaded: Data) -> Data:
        """The first answer to an idempotency key is the answer."""
        if operation.kind is Kind.QUERY or asker.idempotency_key is None:
            return self._answer(operation, asker, loaded)
        key = (f"{operation.room}/{asker.person}", asker.idempotency_key)
        address, first_data, first = self._first.get(key, (operation.address, loaded, {}))
        if (address, first_data) != (operation.address, loaded):
            raise KeyUsedForAnother
        given = first or self._answer(operation, asker, loaded)
        self._first[key] = (operation.address, loaded, given)
        return given

    def _answer(self, operation: Operation, asker: Asker, loaded: Data) -> Data:
        schema = schema_of(operation.gives)
        given = self._answers[operation.address](asker, loaded)
        answer: Data = schema.load(schema.dump(given))
        return answer

    def _loaded(self, operation: Operation, data: Data) -> Data:
        schema = schema_of(operation.takes)
        try:
            loaded: Data = schema.load(schema.dump(data) | {key: data[key] for key in data.keys() - set(schema.fields)})
        except ValidationError as error:
            raise invalid_fields(error) from error
        return loaded

    # ---- the rooms' own promises ----

    def _own_application(self, asker: Asker, number: str) -> Data:
        found = self.applications.get(number)
        if found is None:
            raise NotFound(what="application")
        return self._own(asker, found)

    def _own_claim(self, asker: Asker, claim_id: str) -> Data:
        found = self.claims.get(claim_id)
        if found is None:
            raise NotFound(what="claim")
        return self._own(asker, found)

    def _own(self, asker: Asker, thing: Data) -> Data:
        if asker.role is Role.COMPANY and asker.business_id != thing["business_id"]:
            raise NotFound(what="case")
        sees_all = asker.role in (Role.COMPANY, Role.AUDITOR, Role.OPERATOR)
        if not sees_all and asker.authority != thing["authority"]:
            raise NotForYou
        return thing

    def _visible(self, asker: Asker, things: list[Data]) -> Data:
        items = []
        for thing in things:
            try:
                items.append(self._own(asker, thing))
            except (NotFound, NotForYou):
                continue
        return {"items": items, "total": len(items)}

    def _changed(self, thing: Data, data: Data, **changes: Any) -> Data:
        if data["version"] != thing["version"]:
            raise ChangedMeanwhile(by="p-aino", at=case.NOW.isoformat())
        thing.update(version=thing["version"] + 1, **changes)
        return thing

    def _person(self, person_id: str) -> Data:
        for person in case.PEOPLE:
            if person["person_id"] == person_id:
                return person
        raise NotFound(what="person")

    def _begin(self, asker: Asker, data: Data) -> Data:
        person = self._person(data["person_id"])
        capacity = next((own for own in person["capacities"] if own["capacity_id"] == data["capacity_id"]), None)
        if capacity is None:
            raise NotForYou
        began = asker.at or case.datetime.now(case.UTC)
        session = {
            "session_id": uuid4().hex,
            **{name: person[name] for name in ("person_id", "name", "language", "capacities")},
            "capacity": capacity,
            "began_at": began,
            "expires_at": began + timedelta(hours=8),
        }
        self.sessions[session["session_id"]] = session
        return session

    def _session(self, asker: Asker, data: Data) -> Data:
        session = self.sessions.get(data["session_id"])
        if session is None:
            raise NotFound(what="session")
        if session["expires_at"] <= (asker.at or case.datetime.now(case.UTC)):
            raise SessionOver(why="idle", at=session["expires_at"].isoformat())
        return session

    def _ended(self, asker: Asker, data: Data) -> Data:
        if session := self.sessions.get(data["session_id"]):
            session["expires_at"] = session["began_at"]
        return data

    # ---- canned answers ----

    def _canned(self) -> dict[str, Answer]:
        parts = (self._of_customers(), self._of_documents(), self._of_applications(), self._of_payments())
        canned = {operation.address: answer for part in parts for operation, answer in part.items()}
        canned |= {operation.address: answer for operation, answer in self._of_monitoring().items()}
        self.forms = FakeForms(self.applications, self._own_application)
        canned |= {operation.address: answer for operation, answer in self.forms.answers().items()}
        self.correspondence = FakeCorrespondence(self._own_application)
        canned |= {operation.address: answer for operation, answer in self.correspondence.answers().items()}
        return canned | self._of_every_room()

    def _of_customers(self) -> dict[Operation, Answer]:
        return {
            c.REGISTER_UNDERTAKING: lambda asker, data: data | {"registered_at": case.NOW},
            c.GET_UNDERTAKING: lambda asker, data: self._undertaking(asker, data["business_id"]),
            c.LIST_UNDERTAKINGS: lambda asker, data: {"items": list(case.UNDERTAKINGS.values()), "total": 2},
            c.WELCOME: lambda asker, data: case.PEOPLE[0] | {"name": data["name"]},
            c.GIVE_MANDATE: lambda asker, data: self._person(data["person_id"]),
            c.GIVE_POST: lambda asker, data: self._person(data["person_id"]),
            c.GET_PERSON: lambda asker, data: self._person(data["person_id"]),
            c.BEGIN_SESSION: self._begin,
            c.GET_SESSION: self._session,
            c.END_SESSION: self._ended,
            c.NAME_PEOPLE: lambda asker, data: {
                "items": [person for person in case.PEOPLE if person["person_id"] in data["person_ids"]]
            },
            c.DEMO_PEOPLE: lambda asker, data: {"items": case.PEOPLE},
            c.LIST_CONTACTS: self._contacts,
            c.KEEP_POST: self._keep,
            c.TAKE_KEPT: self._take_kept,
        } | self.companies.answers()

    def _undertaking(self, asker: Asker, business_id: str) -> Data:
        if business_id not in case.UNDERTAKINGS or asker.business_id not in (None, business_id):
            raise NotFound(what="undertaking")
        return case.UNDERTAKINGS[business_id]

    def _contacts(self, asker: Asker, data: Data) -> Data:
        self._undertaking(asker, data["business_id"])
        contact = {
            "at": case.days_ago(20),
            "what": "application_submitted",
            "subject": "application/A80655",
            "authority": "ITA",
            "business_id": data["business_id"],
        }
        return {"items": [contact], "total": 1}

    def _keep(self, asker: Asker, data: Data) -> Data:
        kept_id = uuid4().hex
        self.kept[kept_id] = {"kept_id": kept_id, "kept_at": case.NOW, **data}
        return {"kept_id": kept_id}

    def _take_kept(self, asker: Asker, data: Data) -> Data:
        kept = self.kept.get(data["kept_id"])
        if kept is None or kept["kept_for"] != asker.person:
            raise NotFound(what="post")
        return self.kept.pop(data["kept_id"])

    def _of_documents(self) -> dict[Operation, Answer]:
        return {
            d.STORE_DOCUMENT: self._store,
            d.GET_DOCUMENT: lambda asker, data: self._document(asker, data["document_id"]),
            d.OPEN_DOCUMENT: lambda asker, data: self._document(asker, data["document_id"]),
            d.LIST_DOCUMENTS: lambda asker, data: self._visible(
                asker, [one for one in self.documents.values() if one["subject"] == data["subject"]]
            ),
            d.GET_READING: lambda asker, data: (
                case.READING | {"document_id": self._document(asker, data["document_id"])["document_id"]}
            ),
            d.GET_PAGE_PICTURE: self._picture,
            d.CHECK_LETTER: self._checked_letter,
            d.CHECK_FILE: self._checked_file,
            d.COUNT_UNJUDGED: lambda asker, data: self.unjudged,
            d.SCAN_UNJUDGED: lambda asker, data: {"unscanned": 0, "failed": 0, "scanner": True},
            d.SCAN_AGAIN: lambda asker, data: self._document(asker, data["document_id"]) | {"scan": "waiting"},
            **answers_of_letters(),
        }

    def _document(self, asker: Asker, document_id: str) -> Data:
        if document_id not in self.documents:
            raise NotFound(what="document")
        return self._own(asker, self.documents[document_id])

    def _store(self, asker: Asker, data: Data) -> Data:
        stored = case.DOCUMENT | data | {"document_id": f"d-{len(self.documents)}", "stored_by": asker.person}
        self.documents[stored["document_id"]] = stored
        return stored

    def _picture(self, asker: Asker, data: Data) -> Data:
        self._document(asker, data["document_id"])
        return {"blob": self.blob_of_picture, "width": 595.0, "height": 842.0}

    def _checked_letter(self, asker: Asker, data: Data) -> Data:
        if data["check_code"] != case.LETTER["check_code"]:
            raise NotFound(what="letter")
        return case.LETTER

    def _checked_file(self, asker: Asker, data: Data) -> Data:
        if data["sha256"] != case.LETTER["sha256"]:
            raise NotFound(what="letter")
        return case.LETTER

    def _of_applications(self) -> dict[Operation, Answer]:
        return {
            a.LIST_CALLS: lambda asker, data: {"items": [case.CALL], "total": 1},
            a.GET_CALL: self._call,
            a.SIMULATE: lambda asker, data: case.SIMULATION | {"call_id": data["call_id"]},
            a.PUBLISH_CALL: lambda asker, data: data | {"stage": "upcoming"},
            a.GRANT_AUTHORITY: lambda asker, data: case.ENVELOPE | data,
            a.LIST_ENVELOPES: lambda asker, data: {"items": [case.ENVELOPE], "total": 1},
            a.OPEN_APPLICATION: self._open_application,
            a.SAVE_DRAFT: lambda asker, data: self._saved(asker, data, answers=data["answers"]),
            a.ATTACH: lambda asker, data: self._saved(asker, data, attachments=[data["attachment"]]),
            a.DETACH: lambda asker, data: self._saved(asker, data, attachments=[]),
            a.SUBMIT: self._submit,
            a.WITHDRAW: lambda asker, data: self._saved(asker, data, state="withdrawn"),
            a.GET_APPLICATION: lambda asker, data: self._own_application(asker, data["number"]),
            a.LIST_APPLICATIONS: self._list_applications,
            a.TAKE_CASE: lambda asker, data: self._saved(asker, data, state="in_assessment", handler=asker.person),
            a.PROPOSE: lambda asker, data: self._acted(
                asker, data, state="proposed", proposal=case.PROPOSAL | {"proposed_by": asker.person}
            ),
            a.DECIDE: lambda asker, data: self._acted(
                asker, data, state="approved_in_part", decision=case.DECISION | {"decided_by": asker.person}
            ),
            **FakeAfterwards(self._own_application).answers(),
            **FakeDeciding(self._own_application, self.applications).answers(),
            **self.casework.answers(),
        }

    def _call(self, asker: Asker, data: Data) -> Data:
        if data["call_id"] != case.CALL["call_id"]:
            raise NotFound(what="call")
        return case.CALL

    def _open_application(self, asker: Asker, data: Data) -> Data:
        number = f"A{80800 + len(self.applications)}"
        opened = case.application(number, "draft", business_id=asker.business_id or case.VERSTAS)
        self.applications[number] = opened | {"version": 1, "language": data["language"]}
        return self.applications[number]

    def _list_applications(self, asker: Asker, data: Data) -> Data:
        wanted = data["state"]
        return self._visible(asker, [one for one in self.applications.values() if not wanted or one["state"] in wanted])

    def _acted(self, asker: Asker, data: Data, **changes: Any) -> Data:
        return self._changed(self._own_application(asker, data["number"]), data, **changes)

    def _saved(self, asker: Asker, data: Data, **changes: Any) -> Data:
        return self._acted(asker, data, **changes) | {"saved_at": case.NOW}

    def _submit(self, asker: Asker, data: Data) -> Data:
        submitted = self._acted(asker, data, state="submitted", digest=case.DIGEST, submitted_at=case.NOW)
        return submitted | {"submitted_by": asker.person}

    def _of_payments(self) -> dict[Operation, Answer]:
        return {
            p.GET_GRANT: self._grant,
            p.LIST_GRANTS: lambda asker, data: self._visible(asker, [case.GRANT]),
            p.OPEN_CLAIM: self._open_claim,
            p.SAVE_CLAIM: lambda asker, data: self._claim_acted(asker, data, typed=data["typed"]),
            p.SUBMIT_CLAIM: lambda asker, data: (
                self._claim_acted(asker, data, state="submitted")
                | {"digest": case.DIGEST, "submitted_at": case.NOW, "submitted_by": asker.person}
            ),
            p.GET_CLAIM: lambda asker, data: self._own_claim(asker, data["claim_id"]),
            p.LIST_CLAIMS: self._list_claims,
            p.COUNT_CLAIMS: self._count_claims,
            p.VERIFY_CLAIM: lambda asker, data: self._claim_acted(asker, data, state="verified"),
            p.PROPOSE_PAYMENT: lambda asker, data: self._claim_acted(asker, data, state="proposed"),
            p.DECIDE_PAYMENT: lambda asker, data: self._claim_acted(asker, data, state="approved"),
            p.MAKE_BATCH: lambda asker, data: case.BATCH,
            p.LIST_BATCHES: lambda asker, data: {"items": [case.BATCH], "total": 1},
            p.GET_BATCH: lambda asker, data: self._batch(asker, data, case.BATCH),
            p.GET_BATCH_FILE: lambda asker, data: self._batch(asker, data, case.BATCH_FILE),
            p.IMPORT_BANK_ANSWER: self._bank_answer,
        }

    def _grant(self, asker: Asker, data: Data) -> Data:
        if data["number"] != case.GRANT["number"]:
            raise NotFound(what="grant")
        return self._own(asker, case.GRANT)

    def _open_claim(self, asker: Asker, data: Data) -> Data:
        self._grant(asker, data)
        claim_id = f"{data['number'].replace('A', 'M')}-{len(self.claims) + 1}"
        nothing_yet = {"lines": [], "decision": None, "payments": [], "verified_by": None, "submitted_by": None}
        self.claims[claim_id] = (
            case.CLAIM
            | nothing_yet
            | {
                "claim_id": claim_id,
                "state": "draft",
                "version": 1,
                "kind": data["kind"],
                "claimed": case.euros("0.00"),
            }
        )
        return self.claims[claim_id]

    def _list_claims(self, asker: Asker, data: Data) -> Data:
        number, states = data["number"], data["state"]
        fitting = [
            claim
            for claim in self.claims.values()
            if number in ("", claim["number"]) and (not states or claim["state"] in states)
        ]
        return self._visible(asker, fitting)

    def _count_claims(self, asker: Asker, data: Data) -> Data:
        listed = [self._list_claims(asker, {"number": "", **one}) for one in data["narrowings"]]
        return {"counts": [one["total"] for one in listed]}

    def _claim_acted(self, asker: Asker, data: Data, **changes: Any) -> Data:
        return self._changed(self._own_claim(asker, data["claim_id"]), data, **changes) | {"saved_at": case.NOW}

    def _batch(self, asker: Asker, data: Data, answer: Data) -> Data:
        if data["batch_id"] != case.BATCH["batch_id"]:
            raise NotFound(what="batch")
        self._own(asker, case.BATCH)
        return answer

    def _bank_answer(self, asker: Asker, data: Data) -> Data:
        return {
            "answer_id": "pain.002/0031",
            "message": "pain.002",
            "first_time": True,
            "applied": 1,
            "unchanged": 0,
            "payments": [case.PAYMENT | {"state": "accepted"}],
        }

    def _of_monitoring(self) -> dict[Operation, Answer]:
        return {
            m.CASE_TRAIL: lambda asker, data: {
                "number": self._own_application(asker, data["number"])["number"],
                "entries": [case.TRAIL_ENTRY],
            },
            m.TRACE_PAYMENT: self._trace,
            m.VERIFY_TRAIL: lambda asker, data: {
                "holds": True,
                "entries": 112,
                "head": case.DIGEST,
                "broken_at": None,
                "broken": None,
                "checked_at": case.NOW,
                "checkpoints": 1,
            },
            m.LIST_CASES: lambda asker, data: {"items": [case.CASE_ROW], "total": 1},
            m.LIST_PAYMENTS: lambda asker, data: self._visible(asker, [case.PAYMENT_ROW]),
            m.FIGURES: lambda asker, data: case.FIGURES,
        }

    def _trace(self, asker: Asker, data: Data) -> Data:
        if data["payment_id"] != case.PAYMENT["payment_id"]:
            raise NotFound(what="payment")
        self._own(asker, case.CLAIM)
        return case.TRACE

    def _of_every_room(self) -> dict[str, Answer]:
        canned: dict[str, Answer] = {}
        for room, rules in CALCULATIONS.items():
            canned |= {
                f"{room}.list_rules": lambda asker, data, rules=rules: {
                    "items": [card(rule, rules) for rule in newest(rules)],
                    "total": len(newest(rules)),
                },
                f"{room}.calculate": lambda asker, data, rules=rules: ask_rule(
                    calculation_named(data["rule"], rules, data.get("version")), data["inputs"]
                ).to_wire(),
            }
        for room in ROOMS:
            parked = case.PARKED | {"room": room}
            canned |= {
                f"{room}.list_parked": lambda asker, data, parked=parked: {"items": [parked], "total": 1},
                f"{room}.show_parked": lambda asker, data, parked=parked: parked | data,
                f"{room}.replay_parked": lambda asker, data: data | {"status": "applied"},
                f"{room}.discard_parked": lambda asker, data: data | {"status": "discarded"},
                f"{room}.health": lambda asker, data, room=room: {
                    "room": room,
                    "unsent": 0,
                    "unsent_seconds": 0,
                    "waiting": 0,
                    "parked": 1,
                    "settled_seconds": 3,
                },
            }
        return canned
