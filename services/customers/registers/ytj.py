"""The business register: the open data of PRH and the Tax Administration (YTJ), interface v3, CC BY 4.0.

One GET a company. Not found is an empty list, not 404; 429 comes as plain text. In the nameko processes eventlet has
patched sockets and locks, so that waiting here lets the room's other work go on; only resolving the name does not.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic
from types import TracebackType
from typing import Any, Self

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import InvalidHeader, MaxRetryError, ResponseError
from urllib3.util.retry import Retry

from services.customers.ports import RegisterSilent, Told

REAL_ADDRESS = "https://avoindata.prh.fi/opendata-ytj-api/v3"
PASSING = frozenset({429, 500, 502, 503, 504})
PAUSES = (2.0, 4.0, 8.0, 16.0)
"""Seconds the register is left alone after one, two, three or more failures in a row, unless it says how long."""
LONGEST_PAUSE = 600.0
PAGES_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class YtjSettings:
    """`patience`: seconds for an answer, and the longest pause that somebody at a page is made to wait for."""

    address: str
    patience: float = 2.5
    retries: int = 2
    user_agent: str = "Tukivayla"


class BriefRetry(Retry):
    """Retries at once what passes at once; a longer Retry-After than a person waits is left to the caller."""

    longest = 2.0

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        if response is not None and _pool and (self.get_retry_after(response) or 0) > self.longest:
            raise MaxRetryError(_pool, url or "", ResponseError("asked to wait"))
        return super().increment(method, url, response, error, _pool, _stacktrace)


class BusinessRegister:
    """Raises RegisterSilent when there is no answer to be had now; it is then left alone for a while."""

    def __init__(self, settings: YtjSettings, clock: Callable[[], float] = monotonic) -> None:
        self._settings = settings
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._not_before = 0.0
        self._http = requests.Session()
        self._http.headers.update({"Accept": "application/json", "User-Agent": settings.user_agent})
        retry = BriefRetry(
            total=settings.retries,
            redirect=0,
            status_forcelist=PASSING,
            allowed_methods={"GET"},
            backoff_factor=0.2,
            raise_on_status=False,
            respect_retry_after_header=True,
        )
        self._http.mount("http://", HTTPAdapter(max_retries=retry))
        self._http.mount("https://", HTTPAdapter(max_retries=retry))

    def company(self, business_id: str) -> Told | None:
        """The company of that id, or None: sole traders outside the trade register and public bodies are not there."""
        answer, raw = self._asked(businessId=business_id)
        for company in companies_in(answer):
            if id_of(company) == business_id:
                return Told(raw=raw, digest=hashlib.sha256(raw.encode()).hexdigest(), company=company)
        return None

    def named(self, name: str) -> tuple[list[Mapping[str, Any]], int]:
        """Companies with that name now or earlier, and how many the register says there are."""
        found = {}
        total = 0
        for page in self._pages(name=name):
            total = page[1]
            found.update({id_of(company): company for company in page[0]})
        return list(found.values()), max(total, len(found))

    def _pages(self, **asked: str) -> Iterator[tuple[list[Mapping[str, Any]], int]]:
        """Page by page, counted against totalResults: a page too far answers page 1 again, never an empty one."""
        seen, page = 0, 1
        while page <= PAGES_MOST:
            answer, _ = self._asked(**asked, page=str(page))
            companies = companies_in(answer)
            seen += len(companies)
            total = answer.get("totalResults")
            total = total if isinstance(total, int) else seen
            yield companies, total
            if not companies or seen >= total:
                return
            page += 1

    def _asked(self, **asked: str) -> tuple[Mapping[str, Any], str]:
        """(the answer read, and as it came)."""
        if self._clock() < self._not_before:
            raise RegisterSilent("business")
        try:
            answered = self._http.get(
                f"{self._settings.address}/companies", params=asked, timeout=self._settings.patience
            )
            if answered.status_code == 200:
                read = answered.json()
                if isinstance(read, dict):
                    self._answered()
                    return read, answered.content.decode()
        except (requests.RequestException, ValueError):
            answered = None
        self._was_silent(answered)
        raise RegisterSilent("business")

    def _answered(self) -> None:
        with self._lock:
            self._failures, self._not_before = 0, 0.0

    def _was_silent(self, answered: requests.Response | None) -> None:
        with self._lock:
            pause = PAUSES[min(self._failures, len(PAUSES) - 1)]
            self._failures += 1
            self._not_before = self._clock() + min(_told_to_wait(answered) or pause, LONGEST_PAUSE)


def companies_in(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    companies = answer.get("companies")
    return [company for company in companies or [] if isinstance(company, dict)] if isinstance(companies, list) else []


def id_of(company: Mapping[str, Any]) -> str:
    told = company.get("businessId")
    value = told.get("value") if isinstance(told, dict) else told
    return value if isinstance(value, str) else ""


def _told_to_wait(answered: requests.Response | None) -> float | None:
    if answered is None or not (told := answered.headers.get("Retry-After")):
        return None
    try:
        return Retry().parse_retry_after(told)
    except InvalidHeader:  # neither seconds nor a date: it says nothing
        return None
