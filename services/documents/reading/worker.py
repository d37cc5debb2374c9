"""A worker process: reads the files it is asked to, within limits, until its caller is gone.

Started as `python -m services.documents.reading.worker` with a socket as its standard input.
"""

from __future__ import annotations

import base64
import gc
import logging
import math
import os
import resource
import socket
from pathlib import Path
from typing import Any

from .figures import Reading
from .frames import Closed, receive, send
from .limits import Limits
from .picture import draw
from .reading_file import read_file
from .refusals import Refused

LONGEST_QUESTION = 64 * 1024
SPARE_SECONDS = 2  # of processor time beyond the wall clock's; for a worker whose caller is gone


def main() -> None:
    os.set_blocking(0, True)  # under eventlet the caller's sockets are made non-blocking
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.freeze()
    with socket.socket(fileno=os.dup(0)) as channel:
        try:
            send(channel, {"ready": True})
            while True:
                send(channel, _answer(receive(channel, longest=LONGEST_QUESTION)))
        except (Closed, BrokenPipeError, ConnectionResetError):
            return


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    limits = Limits(**question["limits"])
    path = Path(question["path"])
    _bound(limits)
    try:
        if question["task"] == "picture":
            return _picture(path, question["page"], limits)
        return {"reading": read_file(path, limits).to_wire()}
    except MemoryError:
        # What could not be had may be lost in pieces: this worker answers and is replaced.
        refused = Reading.refused(str(path), "too_much_memory")
        return {"reading": refused.to_wire(), "reason": refused.reason, "worn_out": True}


def _picture(path: Path, page: int, limits: Limits) -> dict[str, Any]:
    try:
        return {"png": base64.b64encode(draw(path, page, limits)).decode()}
    except Refused as refused:
        return {"reason": refused.reason}


def _bound(limits: Limits) -> None:
    """Hold this process to the limits of the coming file."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = math.ceil(used.ru_utime + used.ru_stime) + limits.seconds + SPARE_SECONDS
    _lower(resource.RLIMIT_CPU, seconds)
    _lower(resource.RLIMIT_AS, limits.memory_bytes)


def _lower(what: int, soft: int) -> None:
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


if __name__ == "__main__":
    main()
