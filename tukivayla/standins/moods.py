"""How a stand-in behaves: well, unless told to be slow, to refuse, or to answer half."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, request


@dataclass(slots=True)
class Mood:
    """`status` is answered `times` times, with `retry_after` where given; `slow_seconds` pass before each answer.

    `incomplete`: the mandate register answers `complete: false`, as when a register behind it is away.
    """

    status: int = 200
    times: int = 0
    retry_after: str = ""
    slow_seconds: float = 0.0
    incomplete: bool = False
    asked: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def set(self, **told: Any) -> None:
        for name in ("status", "times", "retry_after", "slow_seconds", "incomplete"):
            setattr(self, name, told.get(name, getattr(Mood(), name)))

    def refusal(self) -> Response | None:
        """The bad answer that is due, in the real register's form: 429 is plain text, the others JSON."""
        with self.lock:
            if not self.times:
                return None
            self.times -= 1
        headers = {"Retry-After": self.retry_after} if self.retry_after else {}
        if self.status == 429:
            return Response("Too many requests", 429, headers, content_type="text/plain")
        body = {"timestamp": "2026-11-22 10:00:00", "message": "Service unavailable", "errorcode": self.status}
        answer: Response = Flask.json_provider_class(Flask(__name__)).response(body)  # type: ignore[assignment]
        answer.status_code = self.status
        answer.headers.update(headers)
        return answer


def in_a_mood(app: Flask, mood: Mood) -> None:
    """Every answer by the mood; `POST /-/mood` sets it, so that whoever tries the service can make a register fail."""

    @app.before_request
    def behave() -> Response | None:
        if request.path == "/-/mood":
            return None
        mood.asked.append(f"{request.method} {request.full_path}")
        if mood.slow_seconds:
            time.sleep(mood.slow_seconds)
        return mood.refusal()

    @app.post("/-/mood")
    def change_mood() -> tuple[str, int]:
        mood.set(**(request.get_json(silent=True) or {}))
        return "", 204
