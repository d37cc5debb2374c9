"""Somebody at the real system's door: signed in as a browser is, sends what it is told, shows the answer as it came.

`tukivayla.demo.people.Person` raises when the house says no; here the no is what is looked at.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import requests

TIMEOUT_SECONDS = 30
API = "/api/v1"


class Caller:
    """A visitor until `sign_in`. Every change carries the page's form token and a key of its own."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.http = requests.Session()
        self.token = ""
        self.person_id = ""
        self._take_form_token()

    def sign_in(self, name: str, *, role: str = "", authority: str = "", business_id: str = "") -> Caller:
        """In the first capacity that fits. Raises LookupError."""
        wanted = {"role": role, "authority": authority, "business_id": business_id}
        for person in self.send("GET", f"{API}/demo-people").json()["items"]:
            for capacity in person["capacities"]:
                if person["name"] == name and all(capacity[key] == value for key, value in wanted.items() if value):
                    return self._begin(person["person_id"], capacity["capacity_id"])
        raise LookupError(f"{name} as {wanted}")

    def send(
        self, method: str, path: str, *, key: str | None = None, headers: dict[str, str] | None = None, **parts: Any
    ) -> requests.Response:
        """`parts` as `requests` takes them: json, data, files, params. Redirects are shown, not followed."""
        changes = {} if method == "GET" else {"Idempotency-Key": key or uuid4().hex}
        return self.http.request(
            method,
            self.address + path,
            headers=changes | (headers or {}),
            allow_redirects=False,
            timeout=TIMEOUT_SECONDS,
            **parts,
        )

    def get(self, path: str, **query: Any) -> requests.Response:
        return self.send("GET", API + path, params=query)

    def post(self, path: str, body: Any = None, **more: Any) -> requests.Response:
        return self.send("POST", API + path, json={} if body is None else body, **more)

    def put(self, path: str, body: Any, **more: Any) -> requests.Response:
        return self.send("PUT", API + path, json=body, **more)

    def _begin(self, person_id: str, capacity_id: str) -> Caller:
        begun = self.post("/session", {"person_id": person_id, "capacity_id": capacity_id})
        begun.raise_for_status()
        self.token, self.person_id = begun.json()["token"], person_id
        self._take_form_token()
        return self

    def _take_form_token(self) -> None:
        self.http.headers["X-CSRF-Token"] = self.send("GET", f"{API}/session").json()["form_token"]
