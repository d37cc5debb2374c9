"""Reading an invoice from a PDF file, in a worker process with limits."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from .figures import Reading
from .limits import DEFAULT, Limits
from .pool import NoAnswer, WorkerPool, shared_pool


def read_invoice(path: Path, *, limits: Limits = DEFAULT, pool: WorkerPool | None = None) -> Reading:
    """The figures of the invoice in `path`, or the reason why it cannot be read.

    Never raises for what the file contains, however hostile, and returns within the limits.
    Safe to call from several threads and under eventlet.
    """
    question = {"task": "read", "path": str(path.absolute()), "limits": asdict(limits)}
    try:
        answer = (pool or shared_pool()).ask(question, limits)
    except NoAnswer as lost:
        return Reading.refused(str(path), lost.reason)
    return Reading.from_wire({**answer["reading"], "file": str(path)})
