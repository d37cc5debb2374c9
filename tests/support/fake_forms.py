"""What the fake rooms tell of a draft: its versions, signatures, copies, and what came on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from shared.asker import Asker
from shared.contracts import applications as a
from shared.contracts.terms import Operation
from shared.errors import ChangedMeanwhile, NotFound
from tests.support import fake_case as case

Data = dict[str, Any]
Answer = Callable[[Asker, Data], Mapping[str, Any]]

ARRIVAL = {
    "channel": "paper",
    "arrived_at": case.days_ago(3),
    "reason": "Palvelu ei auennut hakijan laitteella.",
    "entered_by": "p-pekka",
    "entered_at": case.days_ago(1),
}
VERSIONS = [
    {
        "place": 2,
        "deed": "draft",
        "by": "p-leena",
        "since": case.days_ago(2),
        "at": case.days_ago(2),
        "keys": ["title", "costs"],
    },
    {
        "place": 1,
        "deed": "draft",
        "by": "p-aino",
        "since": case.days_ago(4),
        "at": case.days_ago(3),
        "keys": ["title", "summary"],
    },
]
DIFFERENCES = [
    {
        "key": "title",
        "column": "",
        "row_was": None,
        "row_is": None,
        "kind": "changed",
        "old": "Lämpö",
        "new": "Lämpö talteen",
    },
    {"key": "costs", "column": "amount", "row_was": 0, "row_is": 0, "kind": "changed", "old": "100", "new": "62000.00"},
    {
        "key": "costs",
        "column": "category",
        "row_was": None,
        "row_is": 1,
        "kind": "row_added",
        "old": "",
        "new": "staff",
    },
]


class FakeForms:
    """`own` gives the asker's own application, or refuses; `applications` are all there are."""

    def __init__(self, applications: dict[str, Data], own: Callable[[Asker, str], Data]) -> None:
        self.applications, self.own = applications, own
        self.drafting: Data = {
            "copied_from": None,
            "left_out": [],
            "prepared_by": ["p-aino"],
            "registered": [],
            "company_demands": False,
            "responsible": "p-aino",
            "responsible_since": case.days_ago(4),
            "left_by": None,
        }
        self.left: list[Data] = []

    def answers(self) -> dict[Operation, Answer]:
        return {
            a.COUNT_DRAFT: self._counted,
            a.LIST_VERSIONS: self._versions,
            a.COMPARE_VERSIONS: self._compared,
            a.GET_DRAFTING: lambda asker, data: self._drafting(self.own(asker, data["number"])),
            a.ASK_FOR_SIGNATURE: self._asked,
            a.TAKE_BACK_REQUEST: lambda asker, data: self._moved(asker, data, "draft"),
            a.RETURN_UNSIGNED: self._returned,
            a.DEMAND_SECOND_SIGNATURE: self._demanded,
            a.TAKE_OVER_DRAFT: self._taken_over,
            a.LIST_LEFT_DRAFTS: lambda asker, data: {"items": self.left},
            a.CLONE_APPLICATION: self._cloned,
            a.ENTER_PAPER: self._entered,
            a.FILE_PAPER: self._filed,
            a.LIST_PAPERS: lambda asker, data: {"items": [], "total": 0},
        }

    def _counted(self, asker: Asker, data: Data) -> Data:
        draft = self.own(asker, data["number"])
        return {"totals": case.TOTALS, "hidden": draft["hidden"], "required_kinds": [], "sums": {}}

    def _versions(self, asker: Asker, data: Data) -> Data:
        self.own(asker, data["number"])
        return {"items": VERSIONS, "total": len(VERSIONS)}

    def _compared(self, asker: Asker, data: Data) -> Data:
        self.own(asker, data["number"])
        known = {version["place"]: version for version in VERSIONS}
        if data["second"] not in known:
            raise NotFound(what="version")
        return data | {
            "first": known.get(data["first"]),
            "second": known[data["second"]],
            "differences": DIFFERENCES,
        }

    def _drafting(self, application: Data) -> Data:
        return self.drafting | {name: application[name] for name in ("number", "version", "state")}

    def _moved(self, asker: Asker, data: Data, state: str) -> Data:
        application = self.own(asker, data["number"])
        application.update(state=state, version=data["version"] + 1)
        return self._drafting(application)

    def _asked(self, asker: Asker, data: Data) -> Data:
        self.drafting |= {"asked_by": asker.person, "asked_at": case.NOW, "ask_note": data["note"]}
        return self._moved(asker, data, "awaiting_signature")

    def _returned(self, asker: Asker, data: Data) -> Data:
        self.drafting |= {"returned_by": asker.person, "returned_at": case.NOW, "return_note": data["note"]}
        return self._moved(asker, data, "draft")

    def _demanded(self, asker: Asker, data: Data) -> Data:
        by = (asker.person, case.NOW) if data["demanded"] else (None, None)
        self.drafting |= dict(zip(("demanded_by", "demanded_at"), by, strict=True))
        return self._drafting(self.own(asker, data["number"]))

    def _taken_over(self, asker: Asker, data: Data) -> Data:
        draft = self.own(asker, data["number"])
        if self.drafting["responsible"] != data["before"]:
            raise ChangedMeanwhile(by=self.drafting["responsible"], at=case.NOW.isoformat())
        self.drafting |= {"responsible": asker.person, "responsible_since": case.NOW, "left_by": None}
        self.left = []
        return self._drafting(draft)

    def _cloned(self, asker: Asker, data: Data) -> Data:
        source = self.own(asker, data["number"])
        number = f"A{80900 + len(self.applications)}"
        self.applications[number] = deepcopy(source) | {"number": number, "version": 1, "state": "draft"}
        self.drafting |= {"copied_from": source["number"]}
        return {"number": number, "version": 1, "copied_from": source["number"], "left_out": []}

    def _entered(self, asker: Asker, data: Data) -> Data:
        number = f"A{80900 + len(self.applications)}"
        own = {name: data[name] for name in ("business_id", "undertaking_name", "language")}
        arrival = ARRIVAL | {name: data[name] for name in ("channel", "arrived_at", "reason")}
        authority = asker.authority or "ITA"
        blank = case.application(number, "draft", business_id=data["business_id"], authority=authority)
        self.applications[number] = deepcopy(blank) | own | {"version": 1, "arrival": arrival}
        return self.applications[number]

    def _filed(self, asker: Asker, data: Data) -> Data:
        application = self.own(asker, data["number"])
        application.update(state="submitted", version=data["version"] + 1, digest=case.DIGEST, submitted_at=case.NOW)
        return application | {"submitted_by": asker.person}
