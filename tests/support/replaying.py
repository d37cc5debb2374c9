"""A small HTTP server on the loopback that answers what a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

RECORDED = Path(__file__).parent.parent / "unit/customers/recorded"


@dataclass(frozen=True, slots=True)
class Answer:
    body: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/json"


@dataclass(frozen=True, slots=True)
class Asked:
    method: str
    target: str
    headers: dict[str, str]


def recorded(name: str) -> Answer:
    return Answer((RECORDED / name).read_text())


class Replay:
    """Answers in the order given; the last one is answered for ever."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[Asked] = []
        self.address = ""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        self.asked.append(Asked(request.method, environ["REQUEST_URI"], dict(request.headers)))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        response = Response(answer.body, answer.status, answer.headers, content_type=answer.kind)
        return response(environ, start_response)


class _Quiet(WSGIRequestHandler):
    def log(self, *line: Any) -> None:
        """Nothing: a test reads what was asked from the server itself."""


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """The app on a free loopback port while the block runs: its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def replaying(*answers: Answer) -> Iterator[Replay]:
    replay = Replay(*answers)
    with serving(replay) as address:
        replay.address = address
        yield replay
