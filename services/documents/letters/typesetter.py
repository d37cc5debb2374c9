"""Sets sheets in type: a program of its own, so that neither a long letter nor a fault in the typesetter's native
code holds up or ends the room. It imports nothing of the project.

In: JSON, {"template": path, "sheets": […]}. Out, for each sheet: one byte (1 printed, 0 not), four bytes of
length, then the PDF or the reason as text.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from calendar import timegm
from typing import Any, Literal

import typst

# Archivable for good (PDF/A-3a, ISO 19005-3) and readable by a screen reader (PDF/UA-1, ISO 14289-1) at once.
STANDARDS: list[Literal["ua-1", "a-3a"]] = ["ua-1", "a-3a"]

LATER = 10  # a person who waits for a page goes before a letter, which nobody waits for


def main() -> None:
    os.nice(LATER)
    job = json.load(sys.stdin)
    compiler = typst.Compiler(job["template"], ignore_system_fonts=True)
    for sheet in job["sheets"]:
        _answer(*_set(compiler, sheet))


def _set(compiler: typst.Compiler, sheet: dict[str, Any]) -> tuple[bool, bytes]:
    try:
        pdf = compiler.compile(
            format="pdf",
            sys_inputs={"sheet": json.dumps(sheet)},
            pdf_standards=list(STANDARDS),
            timestamp=timegm((*sheet["made_at"], 0, 0, 0)),
        )
    except typst.TypstError as error:
        return False, f"{error.message} {error.diagnostic}".encode()
    except BaseException as panic:  # a panic of the native code is no Exception, and costs one letter only
        if isinstance(panic, (KeyboardInterrupt, SystemExit)):
            raise
        return False, repr(panic).encode()
    return (True, pdf) if isinstance(pdf, bytes) else (False, b"not one file")


def _answer(printed: bool, content: bytes) -> None:
    sys.stdout.buffer.write(struct.pack(">?I", printed, len(content)) + content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
