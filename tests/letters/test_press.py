"""What the press promises when its typesetter does not behave."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.documents.letters.press import ENDED, SubprocessPress

ANSWER = """
import json, os, struct, sys, time
def answer(content):
    sys.stdout.buffer.write(struct.pack(">?I", True, len(content)) + content)
    sys.stdout.buffer.flush()
for sheet in json.load(sys.stdin)["sheets"]:
    {misfortune}
    answer(sheet["case"].encode())
"""


def a_typesetter(folder: Path, misfortune: str) -> Path:
    script = folder / "typesetter.py"
    script.write_text(ANSWER.format(misfortune=misfortune))
    return script


def sheets(*cases: str) -> list[dict[str, Any]]:
    return [{"case": case} for case in cases]


@pytest.mark.parametrize(
    "misfortune",
    [
        "if sheet['case'] == 'bad': os.abort()",
        "if sheet['case'] == 'bad': os._exit(3)",
        "if sheet['case'] == 'bad': sys.stdout.buffer.write(b'\\x01\\0\\0'); sys.stdout.buffer.flush(); os._exit(0)",
        "if sheet['case'] == 'bad': answer = lambda content: sys.exit(1)",
    ],
    ids=["aborts", "exits", "is cut short", "gives up"],
)
def test_a_typesetter_that_dies_over_one_letter_leaves_the_others_printed(tmp_path, misfortune):
    press = SubprocessPress(a_typesetter(tmp_path, misfortune))

    assert press.print(sheets("1", "bad", "2", "bad", "3")) == [b"1", ENDED, b"2", ENDED, b"3"]


def test_a_typesetter_that_hangs_is_ended_in_time_and_what_it_printed_is_kept(tmp_path):
    hangs = a_typesetter(tmp_path, "if sheet['case'] == 'bad': time.sleep(60)")

    printed = SubprocessPress(hangs, seconds=0.1, start_seconds=4).print(sheets("1", "bad", "2"))

    assert printed == [b"1", ENDED, b"2"]


def test_a_ctrl_c_in_the_terminal_ends_no_letter(tmp_path):
    """It goes to every process of the terminal's own group; the house is asked to close, the sheet gets finished."""
    tells = a_typesetter(tmp_path, "sheet['case'] = str(os.getpgid(0) == os.getpid())")

    assert SubprocessPress(tells).print(sheets("1")) == [b"True"]


def test_nothing_to_print_starts_nothing(tmp_path):
    assert SubprocessPress(tmp_path / "not there").print([]) == []
