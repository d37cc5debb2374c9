"""Workers that stay warm between files and are replaced when one dies or has served long enough.

Reading a PDF takes the processor for as long as it lasts and may not end at all, so it never
happens in the calling process. Workers are plain subprocesses spoken to over a socket pair:
both work the same under eventlet, where a forked worker would inherit the caller's hub.
"""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path
from typing import Any

from .frames import Closed, TooLong, receive, send
from .limits import DEFAULT, Limits

ROOT = Path(__file__).resolve().parents[3]
WORKER = "services.documents.reading.worker"
GREETING_BYTES = 1024
START_SECONDS = 60  # for a cold start on a busy machine


class NoAnswer(Exception):
    """A worker was lost over a file; `reason` is the code that the reading will carry."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class WorkerDoesNotStart(RuntimeError):
    """The installation is broken: no file is to blame."""


class Worker:
    """One subprocess and the socket it listens on."""

    def __init__(self) -> None:
        self.channel, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", WORKER],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # a Ctrl-C in the terminal is for the house, which lets a reading be finished
                cwd=ROOT,
            )
        self.served = 0
        self._await_start()

    def _await_start(self) -> None:
        try:
            receive(self.channel, longest=GREETING_BYTES, deadline=time.monotonic() + START_SECONDS)
        except (Closed, TooLong, OSError) as error:
            self.stop()
            raise WorkerDoesNotStart(str(self.process.returncode)) from error

    def ask(self, question: dict[str, Any], limits: Limits) -> dict[str, Any]:
        """The worker's answer. Raises NoAnswer when it died, hung or said too much."""
        self.served += 1
        try:
            send(self.channel, question)
            return receive(
                self.channel,
                longest=limits.answer_bytes,
                deadline=time.monotonic() + limits.seconds,
            )
        except TimeoutError:
            raise NoAnswer("too_slow") from None
        except TooLong:
            raise NoAnswer("too_much_memory") from None
        except (Closed, OSError):
            raise NoAnswer(_cause_of_death(self.process)) from None

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.channel.close()


def _cause_of_death(process: subprocess.Popen[bytes]) -> str:
    try:
        code = process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        return "too_slow"
    if code == -signal.SIGXCPU:
        return "too_slow"
    # The kernel kills what eats the machine's memory; a native library out of memory aborts.
    return "too_much_memory" if code in (-signal.SIGKILL, -signal.SIGABRT) else "damaged"


class WorkerPool:
    """As many workers as the machine has processors, lent to whoever asks."""

    def __init__(self, size: int | None = None) -> None:
        self._places = threading.BoundedSemaphore(size or max(1, os.cpu_count() or 1))
        self._idle: deque[Worker] = deque()

    def ask(self, question: dict[str, Any], limits: Limits = DEFAULT) -> dict[str, Any]:
        """Put a question to a free worker; raises NoAnswer, after which the worker is gone."""
        with self._places:
            worker = self._take()
            try:
                answer = worker.ask(question, limits)
            except BaseException:  # also an interrupted caller: its late answer must not meet the next question
                worker.stop()
                raise
            self._give_back(worker, limits, worn_out=bool(answer.get("worn_out")))
            return answer

    def close(self) -> None:
        """Stop the idle workers; a later question starts new ones."""
        while self._idle:
            self._idle.pop().stop()

    def _take(self) -> Worker:
        while True:
            try:
                worker = self._idle.pop()
            except IndexError:
                return Worker()
            if worker.process.poll() is None:
                return worker
            worker.stop()

    def _give_back(self, worker: Worker, limits: Limits, *, worn_out: bool) -> None:
        if worn_out or worker.served >= limits.files_per_worker:
            worker.stop()
        else:
            self._idle.append(worker)


_pool = WorkerPool()
atexit.register(lambda: _pool.close())


def shared_pool() -> WorkerPool:
    """The pool of this process."""
    return _pool


def _start_over() -> None:
    # A forked child must not speak on its parent's sockets.
    global _pool
    _pool = WorkerPool()


os.register_at_fork(after_in_child=_start_over)
