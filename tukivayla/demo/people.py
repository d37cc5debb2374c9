"""People of the demonstration as programs over HTTP: signed in, each request with a key of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import uuid4

import requests

T = TypeVar("T")

TIMEOUT_SECONDS = 30


class Refused(Exception):
    """The house said no; `problem` is its problem document (RFC 9457)."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(
            f"{status} {problem.get('title', '')}: {problem.get('detail', '')} {problem.get('errors', '')}"
        )
        self.status = status
        self.problem = problem


class Person:
    """One signed-in person. Paths are relative to the API, "/applications"."""

    def __init__(self, address: str, name: str, token: str) -> None:
        self.address = address
        self.name = name
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, **query: Any) -> Any:
        return self._read(self.http.get(self._url(path), params=query, timeout=TIMEOUT_SECONDS))

    def get_bytes(self, path: str) -> bytes:
        answered = self.http.get(self._url(path), timeout=TIMEOUT_SECONDS)
        if not answered.ok:
            self._read(answered)
        return answered.content

    def post(self, path: str, body: dict[str, Any] | None = None, *, key: str = "") -> Any:
        return self._read(self.http.post(self._url(path), json=body or {}, headers=_key(key), timeout=TIMEOUT_SECONDS))

    def put(self, path: str, body: dict[str, Any]) -> Any:
        return self._read(self.http.put(self._url(path), json=body, headers=_key(), timeout=TIMEOUT_SECONDS))

    def post_xml(self, path: str, xml: str) -> Any:
        headers = {**_key(), "Content-Type": "application/xml"}
        return self._read(self.http.post(self._url(path), data=xml.encode(), headers=headers, timeout=TIMEOUT_SECONDS))

    def upload(self, subject: str, kind: str, file_name: str, content: bytes) -> Any:
        return self._read(
            self.http.post(
                self._url("/documents"),
                data={"subject": subject, "kind": kind},
                files={"file": (file_name, content, "application/pdf")},
                headers=_key(),
                timeout=TIMEOUT_SECONDS,
            )
        )

    def _url(self, path: str) -> str:
        return f"{self.address}/api/v1{path}"

    def _read(self, answered: requests.Response) -> Any:
        if answered.ok:
            return answered.json() if answered.content else None
        try:
            problem = answered.json()
        except ValueError:
            problem = {"title": answered.reason, "detail": answered.text[:200]}
        raise Refused(answered.status_code, problem)


def sign_in(address: str, name: str, *, role: str = "", authority: str = "", business_id: str = "") -> Person:
    """Sign in as an invented person by name, in the one capacity that fits. Raises LookupError when none does."""
    listed = requests.get(f"{address}/api/v1/demo-people", timeout=TIMEOUT_SECONDS)
    listed.raise_for_status()
    for person in listed.json()["items"]:
        for capacity in person["capacities"]:
            wanted = {"role": role, "authority": authority, "business_id": business_id}
            if person["name"] == name and all(capacity[key] == value for key, value in wanted.items() if value):
                return _begin(address, person, capacity)
    raise LookupError(f"nobody called {name} may act as {role or authority or business_id}")


def _begin(address: str, person: dict[str, Any], capacity: dict[str, Any]) -> Person:
    begun = requests.post(
        f"{address}/api/v1/session",
        json={"person_id": person["person_id"], "capacity_id": capacity["capacity_id"]},
        timeout=TIMEOUT_SECONDS,
    )
    begun.raise_for_status()
    return Person(address, person["name"], begun.json()["token"])


def eventually(ask: Callable[[], T | None], *, seconds: float = 30.0, what: str = "it") -> T:
    """The first answer that is something. Facts travel: what one room did, another knows a moment later."""
    deadline, pause = time.monotonic() + seconds, 0.05
    while True:
        try:
            answer = ask()
        except Refused as refusal:
            if refusal.status != 404:
                raise
            answer = None
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds:.0f} s for {what}")
        time.sleep(pause)
        pause = min(pause * 1.5, 0.5)


def _key(key: str = "") -> dict[str, str]:
    return {"Idempotency-Key": key or str(uuid4())}
