"""Printing sheets in a process of its own."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "letter.typ"
TYPESETTER = FOLDER / "typesetter.py"
START_SECONDS = 20  # a cold start on a busy machine
SHEET_SECONDS = 5
ENDED = "the typesetter ended over this letter"

_HEAD = struct.Struct(">?I")


class SubprocessPress:
    """One short-lived typesetter per batch: it starts in a tenth of a second, and nothing of it can leak.

    `seconds` it may take for a sheet, beside `start_seconds` for itself.
    """

    def __init__(
        self, typesetter: Path = TYPESETTER, *, seconds: float = SHEET_SECONDS, start_seconds: float = START_SECONDS
    ) -> None:
        self._command = [sys.executable, "-I", str(typesetter)]
        self._seconds, self._start_seconds = seconds, start_seconds

    def print(self, sheets: Sequence[dict[str, Any]]) -> Sequence[bytes | str]:
        """A PDF for each sheet in order or, as text, why it could not be printed. Never raises for a sheet."""
        printed: list[bytes | str] = []
        while len(printed) < len(sheets):
            rest = sheets[len(printed) :]
            answers = _answers(self._run(rest))
            # The sheet that the typesetter ended over must not take those behind it along.
            printed += answers if len(answers) == len(rest) else [*answers, ENDED]
        return printed

    def _run(self, sheets: Sequence[dict[str, Any]]) -> bytes:
        job = json.dumps({"template": str(TEMPLATE), "sheets": list(sheets)}).encode()
        try:
            finished = subprocess.run(  # noqa: S603  our own program, its input only on stdin
                self._command,
                input=job,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # a Ctrl-C in the terminal is for the house, which lets a sheet be finished
                timeout=self._start_seconds + self._seconds * len(sheets),
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            return late.stdout or b""
        return finished.stdout


def _answers(out: bytes) -> list[bytes | str]:
    """Whole answers only; one that was cut short is as good as none."""
    answers: list[bytes | str] = []
    at = 0
    while at + _HEAD.size <= len(out):
        printed, length = _HEAD.unpack_from(out, at)
        content = out[at + _HEAD.size : at + _HEAD.size + length]
        if len(content) < length:
            break
        answers.append(content if printed else content.decode(errors="replace"))
        at += _HEAD.size + length
    return answers
