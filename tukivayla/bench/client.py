"""People of the bench: the same requests over HTTP, with little of the client's own time on the measured cores."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from tukivayla.demo.people import TIMEOUT_SECONDS, Person, Refused

API = "/api/v1"


class LeanPerson(Person):
    """A signed-in person on one connection that stays open. Not to be shared between threads."""

    def __init__(self, person: Person) -> None:
        self.address = person.address
        self.name = person.name
        self._headers = {"Authorization": str(person.http.headers["Authorization"])}
        self._connection = HTTPConnection(urlsplit(person.address).netloc, timeout=TIMEOUT_SECONDS)

    def get(self, path: str, **query: Any) -> Any:
        return _read(*self._exchange("GET", f"{path}?{urlencode(query)}" if query else path))

    def get_bytes(self, path: str) -> bytes:
        answered, content = self._exchange("GET", path)
        if answered.status >= 400:
            _read(answered, content)
        return content

    def post(self, path: str, body: dict[str, Any] | None = None, *, key: str = "") -> Any:
        return _read(*self._exchange("POST", path, json.dumps(body or {}).encode(), "application/json", key))

    def put(self, path: str, body: dict[str, Any]) -> Any:
        return _read(*self._exchange("PUT", path, json.dumps(body).encode(), "application/json"))

    def post_xml(self, path: str, xml: str) -> Any:
        return _read(*self._exchange("POST", path, xml.encode(), "application/xml"))

    def _exchange(
        self, method: str, path: str, body: bytes | None = None, media_type: str = "", key: str = ""
    ) -> tuple[HTTPResponse, bytes]:
        headers = dict(self._headers)
        if body is not None:
            headers |= {"Content-Type": media_type, "Idempotency-Key": key or str(uuid4())}
        try:
            return self._once(method, path, body, headers)
        except (HTTPException, ConnectionError):
            # The server may close a line that was idle; the key makes asking again harmless.
            self._connection.close()
            return self._once(method, path, body, headers)

    def _once(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[HTTPResponse, bytes]:
        self._connection.request(method, API + path, body, headers)
        answered = self._connection.getresponse()
        return answered, answered.read()


def _read(answered: HTTPResponse, content: bytes) -> Any:
    if answered.status < 400:
        return json.loads(content) if content else None
    try:
        problem = json.loads(content)
    except ValueError:
        problem = {"title": answered.reason, "detail": content[:200].decode(errors="replace")}
    raise Refused(answered.status, problem)
